"""A unit's submission and self-assessment -> the fields of its documents (Điều 7); nothing of the appraisal enters here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.forms.catalogue import Form, Forms, Profiles
from pipeline.model.assessment import Assessment
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Report, SelfGrades, Submission
from pipeline.model.unit import Unit
from pipeline.problems import TemplateError
from pipeline.rendering.fields_conference import discipline_lines, level_counts, meeting_fields, vote_fields
from pipeline.rendering.fields_sheet import condition_rows, evidence_rows, table_notes, table_rows
from pipeline.rendering.letterhead import (
    MISSING,
    number_and_date,
    shared_fields,
    unit_issuer,
    unit_signature,
    unit_signatures,
    unit_signers,
)
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.on_paper import quoted
from pipeline.rendering.signing_order import in_signing_order
from pipeline.rendering.vietnamese import capital, count, in_sentence, items, long_date, score, share, short_date, words

GRADES = ("xuat_sac", "tot", "trung_binh", "kem")


def unit_dossier(
    regulation: Regulation,
    forms: Forms,
    profiles: Profiles,
    declared: dt.date,
    unit: Unit,
    submission: Submission,
    assessment: Assessment,
    place: str,
    missing: list[str],
) -> DossierPlan:
    """`missing` are the clerk's own words for what is owed; empty = ready. A document without a date follows the standard of the declared one."""
    year = submission.year or 0
    fields = _all_fields(regulation, unit, submission, assessment)
    documents = [
        _document(form, profiles, declared, unit, submission, place, bool(missing), fields) for form in _dossier_forms(regulation, forms)
    ]
    lines = (
        ("Đơn vị", unit.name),
        ("Năm đánh giá", str(year)),
        ("Quy định áp dụng", f"{regulation.heading.symbol} ngày {short_date(regulation.heading.date)}"),
        ("Tổng điểm tự chấm", f"{score(assessment.self_sheet.total if assessment.self_sheet else None) or '...'} điểm"),
        ("Mức tập thể tự nhận", regulation.level_name(submission.proposed) if submission.proposed else MISSING),
    )
    return DossierPlan(
        unit.folder,
        f"{unit.number:02d}-{year}",
        "HỒ SƠ ĐỀ NGHỊ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG",
        unit.collective,
        lines,
        in_signing_order(documents, forms, bool(missing)),
        tuple(map(quoted, missing)),
        submission.illustrative == "co",
    )


def _dossier_forms(regulation: Regulation, forms: Forms) -> list[Form]:
    """The forms of the documents the regulation asks for, in its order (Điều 7)."""
    by_code = {form.code: form for form in forms.of("don_vi")}
    missing = [d.form for d in regulation.dossier.documents if d.form not in by_code]
    if missing:
        raise TemplateError(f"templates_docx/bieu_mau.yaml: chưa có biểu mẫu cho tài liệu của hồ sơ: {', '.join(missing)}")
    return [by_code[d.form] for d in regulation.dossier.documents]


def _document(
    form: Form, profiles: Profiles, declared: dt.date, unit: Unit, submission: Submission, place: str, draft: bool, fields: dict[str, Any]
) -> DocumentPlan:
    number = (submission.numbers or {}).get(form.number_key or "")
    meeting = submission.conference.date if submission.conference else None
    at_meeting = not form.type and number is None  # no type, no number of its own: made at the conference
    date = (number.date if number else None) or (meeting if at_meeting else None) or declared
    profile = profiles.of(unit.format, date, f"{unit.folder}/{form.code}")
    recipients = [r for r in submission.recipients or [] if r]
    shared = shared_fields(form, profile, unit_issuer(unit), number, place, submission.year or 0, recipients, draft)
    if at_meeting:
        shared["dia_danh_ngay"] = long_date(meeting, place)
    own_date = number.date if number else meeting if at_meeting else None
    own_number = number_and_date(shared["so"], number, own_date)
    return DocumentPlan(
        form.code,
        form.file,
        profile.code,
        form.name,
        f"{form.name} năm {submission.year} - {unit.name}",
        unit.name,
        {**fields, **shared, "ky": unit_signature(form, profile, unit, submission)},
        (unit_issuer(unit).name,),
        own_number,
        unit_signers(form, profile, unit, submission),
        unit_signatures(form, profile, unit, submission),
    )


def _all_fields(regulation: Regulation, unit: Unit, submission: Submission, assessment: Assessment) -> dict[str, Any]:
    heading = regulation.heading
    sheet = assessment.self_sheet
    assert sheet is not None
    return {
        **narratives(submission.report),
        "quy_dinh": {
            "ngan": f"Quy định số {heading.symbol}",
            "day_du": f"Quy định số {heading.symbol}, ngày {short_date(heading.date)} của {heading.issuer} về {heading.title.removeprefix('Quy định về ')}",
            "dieu_xep_loai": heading.levels_article,
        },
        "tap_the": unit.collective,
        "tap_the_thuong": in_sentence(unit.collective),
        "kiem_diem": _review(regulation, submission.report),
        "thanh_vien": _members(regulation, submission),
        "chi_tieu": _targets(submission),
        "danh_gia": _grades(submission.report),
        "tu_cham": {
            "cac_muc": "; ".join(f"mục {part}: {score(points)} điểm" for part, points in sheet.parts.items()),
            "tong": score(sheet.total),
            "bang_chu": capital(words(sheet.total)),
        },
        "tu_nhan": _level(regulation, submission.proposed),
        "dang_ky_nam_sau": _level(regulation, submission.next_year_level),
        "muc_xep_loai": _level_ticks(regulation, submission.proposed),
        "hang": table_rows(regulation, unit.section, sheet, None),
        "ghi_chu_bang": table_notes(regulation, sheet),
        "minh_chung": evidence_rows(regulation, unit.section, sheet),
        "dieu_kien": condition_rows(regulation, submission),
        "hop": meeting_fields(submission.conference, submission.members or []),
        "phieu": vote_fields(regulation, submission.conference.votes if submission.conference else None),
        "ky_luat": ["..."] if submission.discipline is None else discipline_lines(submission.discipline),  # a blank must not read as none
    }


def narratives(report: Report | None) -> dict[str, Paragraphs]:
    """Every narrative of the forms; one not written prints a visible mark and makes a draft."""
    found = {}
    for name, info in Report.model_fields.items():
        if name not in ("review", "grades"):
            found[info.alias or name] = Paragraphs((getattr(report, name) if report else None) or MISSING)
    return found


def _level(regulation: Regulation, code: str | None) -> str:
    return regulation.level_name(code) if code else MISSING


def _level_ticks(regulation: Regulation, chosen: str | None) -> list[dict[str, Any]]:
    """The four levels two by two, an x in the chosen one."""
    cells = [{"ten": level.name, "chon": "x" if level.code == chosen else ""} for level in regulation.heading.levels]
    return [{"trai": cells[i], "phai": cells[i + 1] if i + 1 < len(cells) else {"ten": "", "chon": ""}} for i in range(0, len(cells), 2)]


def _review(regulation: Regulation, report: Report | None) -> dict[str, Any]:
    review = report.review if report else None
    results = review.results if review else None
    return {
        "so_tap_the": count(review.collectives if review else None),
        "so_ca_nhan": count(review.individuals if review else None),
        "muc": level_counts(regulation, results, review.individuals if review else None),
    }


def _members(regulation: Regulation, submission: Submission) -> list[dict[str, str]]:
    return [
        {"stt": str(i), "ho_ten": m.name or "", "chuc_vu": m.post or "", "muc": _level(regulation, m.level)}
        for i, m in enumerate(submission.members or [], 1)
    ]


def _targets(submission: Submission) -> dict[str, Any]:
    targets = submission.defects.targets if submission.defects else None
    if targets is None:
        return {"giao": "", "hoan_thanh": "", "ty_le": "", "chu_yeu": "", "chu_yeu_dat": "", "bat_kha_khang": "", "danh_muc": [MISSING]}
    excuse = f" Trường hợp bất khả kháng: {targets.document}." if targets.force_majeure == "co" and targets.document else ""
    return {
        "giao": count(targets.assigned),
        "hoan_thanh": count(targets.done),
        "ty_le": share(targets.done, targets.assigned),
        "chu_yeu": count(targets.key),
        "chu_yeu_dat": count(targets.key_done),
        "bat_kha_khang": excuse,
        "danh_muc": items([k for k in targets.key_list or [] if k]),
    }


def _grades(report: Report | None) -> dict[str, dict[str, str]]:
    grades = report.grades if report else None
    return {
        info.alias or name: {g: "x" if grades and getattr(grades, name) == g else "" for g in GRADES}
        for name, info in SelfGrades.model_fields.items()
    }
