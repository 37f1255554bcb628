"""ProvinceView -> the fields of the provincial documents: proposal, synthesis, minutes, decision, letters, appraised sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.forms.catalogue import Form, Forms, Profiles
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.model.regulation import Regulation
from pipeline.problems import TemplateError
from pipeline.rendering.fields_council import minutes, sheet_document
from pipeline.rendering.fields_decision import decision
from pipeline.rendering.fields_explanation import explanation_fields
from pipeline.rendering.fields_office import (
    WITH_PROPOSAL,
    number_of,
    own_row,
    proposed_row,
    signature_of,
    signatures_of,
    signers_of,
    with_copy,
)
from pipeline.rendering.fields_results import proposal, synthesis
from pipeline.rendering.letterhead import number_and_date, office_issuer, shared_fields
from pipeline.rendering.on_paper import quoted
from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.signing_order import in_signing_order
from pipeline.rendering.special_cases import special_cases
from pipeline.rendering.vietnamese import (
    NBSP,
    count,
    short_date,
)


def province_dossier(view: ProvinceView, forms: Forms, profiles: Profiles, missing: list[str]) -> DossierPlan:
    """The provincial documents in the order of the catalogue, then every unit's appraised sheet."""
    draft = bool(missing)
    names, outcome = _names(view), _outcome(view)
    papers = _papers(view.regulation, forms)
    documents = [_document(view, forms, profiles, f, names if f.body else {**names, **outcome}, draft) for f in papers]
    sheet_form = forms.of("tung_don_vi")[0]
    documents += [sheet_document(view, forms, profiles, sheet_form, v, draft) for v in view.units]
    heading = view.regulation.heading
    lines = (
        ("Cơ quan tổng hợp", "Ban Tổ chức Tỉnh ủy"),
        ("Năm đánh giá", str(view.year)),
        ("Quy định áp dụng", f"{heading.symbol} ngày {short_date(heading.date)}"),
        ("Số tập thể", f"{count(len(view.units))}/{count(len(view.files.register))}"),
    )
    return DossierPlan(
        "tinh",
        f"TINH-{view.year}",
        "HỒ SƠ TRÌNH BAN THƯỜNG VỤ TỈNH ỦY",
        f"Xếp loại chất lượng tập thể lãnh đạo cơ quan, đơn vị cấp tỉnh năm {view.year}",
        lines,
        in_signing_order(documents, forms, draft),
        tuple(map(quoted, missing)),
        view.province.illustrative == "co",
        signing_sheet=True,
    )


def _papers(regulation: Regulation, forms: Forms) -> list[Form]:
    """Forms in the order of the catalogue, without those to bodies that only another regulation consults; each body of this one has its own."""
    bodies = {body.code: body.number_key for body in regulation.procedure.bodies}
    papers = [form for form in forms.of("tinh") if not form.body or form.number_key == bodies.get(form.body)]
    missing = sorted(set(bodies.values()) - {form.number_key for form in papers})
    if missing:
        raise TemplateError(f"templates_docx/bieu_mau.yaml: chưa có biểu mẫu xin ý kiến: {', '.join(missing)}")
    return papers


def _document(view: ProvinceView, forms: Forms, profiles: Profiles, form: Form, given: Mapping[str, Any], draft: bool) -> DocumentPlan:
    office = forms.office(form.office)
    number, issuer = number_of(view, form.number_key), office_issuer(office)
    profile = profiles.of(office.format, view.standing(number.date if number else None), form.code)
    shared = shared_fields(form, profile, issuer, number, view.province.place or "", view.year, [], draft)
    signature = signature_of(view, forms, form, profile)
    own = {**given, **_special(view, form, forms, profiles)}
    return DocumentPlan(
        form.code,
        form.file,
        profile.code,
        form.name,
        f"{form.name} năm {view.year}",
        office.author,
        {**own, **with_copy(shared, office, profile), "ky": signature},
        (issuer.name,),
        number_and_date(shared["so"], number, number.date if number else None),
        signers_of(view, forms, form, profile),
        signatures_of(view, form),
    )


def _names(view: ProvinceView) -> dict[str, Any]:
    """Fields of every provincial document: what things are called, how many there are."""
    levels = view.regulation.heading.levels
    return {
        "quy_dinh": view.regulation_name,
        "ten_muc": {level.code: level.short for level in levels},
        "so_don_vi": count(len(view.files.register)),
        "so_ho_so": count(len(view.units)),
    }


def _outcome(view: ProvinceView) -> dict[str, Any]:
    """Fields about the appraisal, which letters to consulted bodies may not hold."""
    appraised = [v for v in view.units if v.assessment.appraised_total is not None]
    changed = [v for v in appraised if v.assessment.self_sheet and v.assessment.self_sheet.total != v.assessment.appraised_total]
    owed = view.owed_opinions()
    names = [
        f"{view.regulation.procedure.body(b).name} ({count(len(units))} tập thể: {', '.join(u.name for u in units)})"
        for b, units in owed.items()
    ]
    return {
        "ten_muc_han_muc": view.regulation.level_name(view.regulation.quota.chosen).upper(),
        "so_tham_dinh": count(sum(view.explanations[v.unit.code].steps.appraised for v in view.units)),
        "so_thay_doi": count(len(changed)),
        "y_kien_thieu": "; ".join(names) or "không có",
        "truong_hop": special_cases(view),
        "can_cu_tham_dinh": view.regulation.procedure.appraisal.citation,
    }


def _special(view: ProvinceView, form: Form, forms: Forms, profiles: Profiles) -> dict[str, Any]:
    """Fields of one document; letters before the appraisal know self results only."""
    if form.body:
        return _asked(view, form.body)
    if form.code == "4-quyet-dinh":
        return decision(view, form, forms, profiles)
    makers = {
        "1-to-trinh": proposal,
        "2-bao-cao-tong-hop": synthesis,
        "3-bien-ban-tham-dinh": minutes,
        "6-phieu-giai-trinh": explanation_fields,
    }
    return makers[form.code](view)


def _asked(view: ProvinceView, body: str) -> dict[str, Any]:
    """A body asked before the appraisal sees self results only; one asked with the proposal sees what is proposed too (Điều 5 khoản 2)."""
    rule = view.regulation.procedure.body(body)
    units = view.asked(body)
    campaign = view.province.campaign
    due = short_date(campaign.opinions_due if campaign else None) or f"......{NBSP}/......{NBSP}/......"
    rows = [own_row(view, v) for v in units]
    if rule.when == WITH_PROPOSAL:
        rows = [{**row, **proposed_row(view, v)} for row, v in zip(rows, units)]
    return {"chu_the": rule.name, "can_cu_chu_the": rule.citation, "so_don_vi": count(len(units)), "han_y_kien": due, "don_vi": rows}
