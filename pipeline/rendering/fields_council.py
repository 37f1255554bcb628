"""ProvinceView -> the fields of the council's minutes and of each unit's sheet with both scores."""

from __future__ import annotations

from typing import Any

from pipeline.forms.catalogue import Form, Forms, Profiles
from pipeline.model.files import DocumentPlan
from pipeline.rendering.fields_office import WITH_PROPOSAL, proposed_row, signature_of, signatures_of, signers_of, with_copy
from pipeline.rendering.fields_restated import restated
from pipeline.rendering.fields_sheet import table_notes, table_rows
from pipeline.rendering.letterhead import MISSING, number_and_date, office_issuer, shared_fields
from pipeline.rendering.level_rows import level_counts_sentence
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.quota_words import quota_sentences
from pipeline.rendering.vietnamese import (
    NBSP,
    capital,
    clock,
    count,
    in_sentence,
    long_date,
    score,
    words,
)

ROLES = {"chu_tich": "Chủ tịch", "pho_chu_tich": "Phó Chủ tịch", "uy_vien": "Ủy viên", "thu_ky": "Thư ký"}
VOTES = (("xuat_sac", "excellent"), ("tot", "good"), ("hoan_thanh", "completed"), ("khong_hoan_thanh", "failed"))


def minutes(view: ProvinceView) -> dict[str, Any]:
    council = view.province.council
    members = (council.members if council else None) or []
    absent = [f"{a.name} ({a.reason})" if a.reason else f"{a.name}" for a in (council.absent if council else None) or []]
    people = {m.role: m for m in members}
    chair, secretary = people.get("chu_tich"), people.get("thu_ky")
    meeting = {
        "bat_dau": _moment(view, "time"),
        "ket_thuc": _moment(view, "end_time"),
        "dia_diem": (council.place if council else None) or MISSING,
        "trieu_tap": count(len(members)),
        "co_mat": count(len(members) - len(absent)),
        "vang_ten": "; vắng: " + "; ".join(absent) if absent else "",
        "chu_tri": f"đồng chí {chair.name}, {chair.post}, Chủ tịch Hội đồng thẩm định" if chair else MISSING,
        "thu_ky": f"đồng chí {secretary.name}, {secretary.post}" if secretary else MISSING,
    }
    listed = [
        {"stt": str(i), "ho_ten": m.name or "", "chuc_vu": m.post or "", "vai_tro": ROLES[m.role or "uy_vien"]}
        for i, m in enumerate(members, 1)
    ]
    nobody = [{"stt": "", "ho_ten": MISSING, "chuc_vu": "", "vai_tro": ""}]
    remarks = [{"ten": v.unit.collective, "noi_dung": v.appraisal.remarks} for v in view.units if v.appraisal and v.appraisal.remarks]
    return {
        "hop": meeting,
        "hoi_dong": {"thanh_vien": listed or nobody},
        "nhan_xet": Paragraphs((council.remarks if council else None) or MISSING),
        "don_vi": [_vote_row(view, v) for v in view.units],
        "phieu_chung": _ballots(view),
        "dem_muc": level_counts_sentence(view),
        "han_muc": {"cau": quota_sentences(view)[1:3]},
        "kien_nghi": remarks or [{"ten": "Hội đồng", "noi_dung": "không có kiến nghị riêng"}],
    }


def _moment(view: ProvinceView, which: str) -> str:
    council = view.province.council
    time = getattr(council, which) if council else None
    return f"{clock(time) or f'......{NBSP}giờ{NBSP}......'}{NBSP}phút, {long_date(council.date if council else None)}"


def _ballots(view: ProvinceView) -> str:
    """How many ballots, when it is the same for every collective; "" leaves the sentence out."""
    votes = [v.appraisal.votes if v.appraisal else None for v in view.units]
    counts = {(x.issued, x.returned, x.valid) if x else None for x in votes}
    if len(counts) != 1 or not (only := counts.pop()) or None in only:
        return ""
    issued, returned, valid = (count(number) for number in only)
    return f"Hội đồng bỏ phiếu đối với từng tập thể; mỗi lần số phiếu phát ra {issued}, thu về {returned}, hợp lệ {valid}."


def _vote_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    votes = v.appraisal.votes if v.appraisal else None
    return {
        "stt": str(v.unit.number),
        "ten": v.unit.collective,
        "diem": score(v.assessment.total),
        "de_xuat_ngan": proposed_row(view, v)["de_xuat_ngan"],
        **{key: count(getattr(votes, name)) if votes else "" for key, name in VOTES},
    }


def sheet_document(view: ProvinceView, forms: Forms, profiles: Profiles, form: Form, v: UnitView, draft: bool) -> DocumentPlan:
    office = forms.office(form.office)
    council, a = view.province.council, v.assessment
    date = (v.appraisal.date if v.appraisal else None) or (council.date if council else None)
    profile = profiles.of(office.format, view.standing(date), f"{form.code}/{v.unit.folder}")
    shared = shared_fields(
        form, profile, office_issuer(office), None, view.province.place or "", view.year, [], draft, about=in_sentence(v.unit.collective)
    )
    shared["dia_danh_ngay"] = long_date(date, view.province.place or "")
    assert a.self_sheet is not None
    total = a.sheet.total if a.sheet else None
    changes = restated(view, v)
    fields = {
        "hang": table_rows(view.regulation, v.unit.section, a.self_sheet, a.sheet),
        "ghi_chu_bang": table_notes(view.regulation, a.sheet or a.self_sheet),
        "y_kien": _opinions(view, v),
        "tu_cham": {"tong": score(a.self_sheet.total)},
        "tham_dinh": {"tong": score(total) or "...", "bang_chu": capital(words(total)) or "..."},
        "tu_nhan": view.regulation.level_name(v.submission.proposed) if v.submission.proposed else MISSING,
        "de_xuat": view.level_text(a),
        "sua": {"co": "có" if changes else "", "muc": changes},
        "nhan_xet": Paragraphs(v.appraisal.remarks or "Không có." if v.appraisal else MISSING),
    }
    return DocumentPlan(
        f"7-bieu-tham-dinh/{v.unit.folder}",
        form.file,
        profile.code,
        f"{form.name}: {v.unit.collective}",
        f"{form.name} năm {view.year} - {v.unit.name}",
        office.author,
        {**fields, **with_copy(shared, office, profile), "ky": signature_of(view, forms, form, profile)},
        (v.unit.name,),
        number_and_date("", None, date),
        signers_of(view, forms, form, profile),
        signatures_of(view, form),
    )


def _opinions(view: ProvinceView, v: UnitView) -> list[dict[str, str]]:
    rows = []
    for code in v.unit.bodies:
        body = view.regulation.procedure.body(code)
        if body.when == WITH_PROPOSAL:  # not before the council when it appraises
            rows.append({"ten": body.name, "muc": "", "y_kien": f"Xin ý kiến đồng thời với báo cáo đề xuất ({body.citation})"})
            continue
        opinion = v.appraisal.opinion(code) if v.appraisal else None
        level = view.regulation.level_name(opinion.level) if opinion and opinion.level else "Chưa có ý kiến"
        rows.append({"ten": body.name, "muc": level, "y_kien": (opinion.text if opinion else None) or ""})
    rule = view.regulation.procedure.head_responsibility
    if (rule.first or 0) <= v.unit.number <= (rule.last or 0):
        duty = v.appraisal.head_responsibility if v.appraisal else None
        rows.append(
            {
                "ten": "Trách nhiệm người đứng đầu trong thi hành công vụ",
                "muc": view.regulation.level_name(duty.level) if duty and duty.level else "Chưa có",
                "y_kien": (duty.document if duty else None) or "",
            }
        )
    return rows
