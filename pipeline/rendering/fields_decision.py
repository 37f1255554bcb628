"""ProvinceView -> the fields of the decision: grounds, counts, the annex grouped by level."""

from __future__ import annotations

from typing import Any

from pipeline.forms.catalogue import Form, Forms, Profiles
from pipeline.rendering.fields_office import DECISION, number_of
from pipeline.rendering.letterhead import number_line, office_issuer
from pipeline.rendering.level_rows import level_counts_sentence, level_rows
from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.vietnamese import NBSP, short_date

BLANK_DATE = f"{NBSP * 4}/{NBSP * 4}/{NBSP * 6}"


def decision(view: ProvinceView, form: Form, forms: Forms, profiles: Profiles) -> dict[str, Any]:
    """Official levels; while one is missing the proposals stand in and the document is a draft."""
    grounds = [*(view.province.grounds or []), *(_cited(view, forms, profiles, code) for code in form.cites)]
    number = number_of(view, DECISION)
    given = number.number if number and number.number else NBSP * 6
    date = short_date(number.date if number else None) or BLANK_DATE
    return {
        "can_cu": [f"- Căn cứ {ground};" for ground in grounds[:-1]] + [f"- Căn cứ {ground}," for ground in grounds[-1:]],
        "dem_muc": level_counts_sentence(view, official=True),
        "phu_luc": {
            "kem_theo": f"kèm theo Quyết định số {given}-QĐ/TU ngày {date} của Ban Thường vụ Tỉnh ủy",
            "hang": level_rows(view, official=True, note=lambda _: ""),
        },
    }


def _cited(view: ProvinceView, forms: Forms, profiles: Profiles, code: str) -> str:
    """Another document of the dossier with its own number and date: "Tờ trình số 30-TTr/BTCTU, ngày 28/12/2023 của ..."."""
    form = next(f for f in forms.forms if f.code == code)
    office = forms.office(form.office)
    number = number_of(view, form.number_key)
    profile = profiles.of(office.format, view.standing(number.date if number else None), form.code)
    line = number_line(form, profile, office_issuer(office), number).replace("Số:", "số").replace("Số", "số")
    date = short_date(number.date if number else None) or BLANK_DATE
    return f"{form.type_name} {line}, ngày {date} của {office.author}"
