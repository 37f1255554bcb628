"""ProvinceView -> the fields of the proposal, the synthesis report and the decision with its annex."""

from __future__ import annotations

from typing import Any

from pipeline.rendering.fields_charts import charts
from pipeline.rendering.fields_office import DECISION, number_of, own_row
from pipeline.rendering.letterhead import MISSING
from pipeline.rendering.province_view import ProvinceView, UnitView, quota_sentences
from pipeline.rendering.vietnamese import (
    NBSP,
    count,
    listing,
    lower_first,
    score,
    share,
    short_date,
)

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _level_table(view: ProvinceView, official: bool = False) -> list[dict[str, Any]]:
    whole = len(view.files.register)
    found = []
    for i, level in enumerate(view.regulation.heading.levels):
        units = view.with_level(level.code, official)
        found.append(
            {
                "stt": str(i + 1),
                "ten": level.name,
                "so": count(len(units)),
                "ty_le": share(len(units), whole),
                "don_vi": units,
                "de_muc": f"{i + 1}. {level.name} ({count(len(units))} tập thể)",
            }
        )
    return found


def proposal(view: ProvinceView) -> dict[str, Any]:
    levels = [{**row, "don_vi": [_proposed_row(view, v) for v in row["don_vi"]]} for row in _level_table(view)]
    council = view.province.council
    return {
        "muc": levels,
        "han_muc": {"cau": " ".join(quota_sentences(view)[:2])},
        "hoi_dong": {"ngay": short_date(council.date if council else None) or MISSING},
    }


def _proposed_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    a = v.assessment
    note = (
        " (theo quyết định về trường hợp chưa rõ)"
        if a.decided_by
        else f" (đủ điều kiện {lower_first(view.regulation.level_name(view.regulation.quota.chosen))}, ngoài hạn mức)"
        if a.candidate and a.level != view.regulation.quota.chosen
        else ""
    )
    return {"stt": str(v.unit.number), "ten": v.unit.collective, "diem": score(a.total) or "...", "ghi_chu": note}


def synthesis(view: ProvinceView) -> dict[str, Any]:
    groups = []
    for group in view.regulation.heading.groups:
        members = [v for v in view.units if v.unit.group == group.number]
        by_level = {level.code: count(sum(v.assessment.level == level.code for v in members)) for level in view.regulation.heading.levels}
        groups.append(
            {"so": str(group.number), "ten": group.name, **by_level, "chua_ro": count(sum(not v.assessment.level for v in members))}
        )
    candidates = [_candidate(view, code) for code in view.quota.candidates]
    rows = [
        {**own_row(view, v), "tham_dinh": score(v.assessment.appraised_total), "de_xuat": view.level_text(v.assessment)} for v in view.units
    ]
    nobody = [{"thu": "", "ten": "Không có", "diem": "", "ket_qua": ""}]
    return {
        "nhom": groups,
        "han_muc": {"dien_giai": quota_sentences(view), "ung_vien": candidates or nobody},
        "don_vi": rows,
        "bieu_do": charts(view),
    }


def _candidate(view: ProvinceView, code: str) -> dict[str, str]:
    v = next(v for v in view.units if v.unit.code == code)
    return {
        "thu": count(view.explanations[code].rank),
        "ten": v.unit.collective,
        "diem": score(v.assessment.total),
        "ket_qua": view.level_text(v.assessment),
    }


def decision(view: ProvinceView) -> dict[str, Any]:
    """Official levels; while one is missing the proposals stand in and the document is a draft."""
    levels = _level_table(view, official=True)
    counts = listing([f"{row['so']} tập thể {lower_first(row['ten'])}" for row in levels])
    rows: list[dict[str, str]] = []
    for roman, row in zip(ROMAN, levels):
        rows.append({"de_muc": f"{roman}- {row['ten']} ({row['so']} tập thể)", "stt": "", "ten": "", "diem": "", "ghi_chu": ""})
        for i, v in enumerate(row["don_vi"], 1):
            a = v.assessment
            note = (
                f"Đề xuất: {lower_first(view.regulation.level_name(a.level))}" if a.official and a.level and a.official != a.level else ""
            )
            rows.append({"de_muc": "", "stt": str(i), "ten": v.unit.collective, "diem": score(a.total), "ghi_chu": note})
    number = number_of(view, DECISION)
    given = number.number if number and number.number else NBSP * 6
    date = short_date(number.date if number else None) or f"{NBSP * 4}/{NBSP * 4}/{NBSP * 6}"
    grounds = [f"- Căn cứ {ground}" for ground in view.province.grounds or [MISSING]]
    return {
        "can_cu": [f"{g};" for g in grounds[:-1]] + [f"{grounds[-1]},"],
        "dem_muc": counts,
        "phu_luc": {"kem_theo": f"kèm theo Quyết định số {given}-QĐ/TU ngày {date} của Ban Thường vụ Tỉnh ủy", "hang": rows},
    }
