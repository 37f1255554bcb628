"""ProvinceView -> the fields of the proposal and of the synthesis report."""

from __future__ import annotations

from typing import Any

from pipeline.rendering.fields_charts import charts
from pipeline.rendering.fields_office import own_row, proposed_row
from pipeline.rendering.fields_opinions import different_opinions, opinion_rows
from pipeline.rendering.letterhead import MISSING
from pipeline.rendering.level_rows import level_counts_sentence, level_rows
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.quota_words import quota_sentences
from pipeline.rendering.special_cases import reasons_against
from pipeline.rendering.vietnamese import count, lower_first, score, share, short_date

IN_PROPOSAL, IN_SYNTHESIS = "xem mục III", "xem mục V"  # where each of the two papers tells the cases that need words


def proposal(view: ProvinceView) -> dict[str, Any]:
    whole, council = len(view.files.register), view.province.council
    levels = [
        {"stt": str(i), "ten": level.name, "so": count(number), "ty_le": share(number, whole)}
        for i, level in enumerate(view.regulation.heading.levels, 1)
        for number in [len(view.with_level(level.code))]
    ]
    return {
        "muc": levels,
        "han_muc": {"cau": quota_sentences(view)[:3]},
        "hoi_dong": {"ngay": short_date(council.date if council else None) or MISSING},
        "danh_sach": level_rows(view, official=False, note=lambda v: _note(view, v, IN_PROPOSAL)),
    }


def _note(view: ProvinceView, v: UnitView, aside: str) -> str:
    """Beside a level that is not what the unit claimed, or that the score alone does not explain."""
    a, notes = v.assessment, []
    if v.submission.proposed and v.submission.proposed != a.level:
        notes.append(f"tự nhận: {lower_first(view.regulation.level_short(v.submission.proposed))}")
    if a.candidate and a.level != view.regulation.quota.chosen:
        notes.append("ngoài hạn mức")
    elif a.decided_by or reasons_against(view, v):
        notes.append(aside)
    return "; ".join(notes)


def synthesis(view: ProvinceView) -> dict[str, Any]:
    candidates = [_candidate(view, code) for code in view.quota.candidates]
    nobody = [{"thu": "", "ten": "Không có", "diem": "", "ket_qua": ""}]
    return {
        "nhom": _groups(view),
        "co_chua_ro": "có" if any(not v.assessment.level for v in view.units) else "",
        "dem_muc": level_counts_sentence(view),
        "y_kien": opinion_rows(view),
        "y_kien_khac": different_opinions(view),
        "han_muc": {"dien_giai": quota_sentences(view), "ung_vien": candidates or nobody},
        "don_vi": [{**own_row(view, v), **proposed_row(view, v), "ghi_chu": _note(view, v, IN_SYNTHESIS)} for v in view.units],
        "bieu_do": charts(view),
    }


def _groups(view: ProvinceView) -> list[dict[str, str]]:
    """A row for each group, then all of them: `tong`."""
    heading = view.regulation.heading
    rows = [("nhom", str(g.number), g.name, [v for v in view.units if v.unit.group == g.number]) for g in heading.groups]
    found = []
    for kind, number, name, members in [*rows, ("tong", "", "Tổng cộng", list(view.units))]:
        levels = [v.assessment.level for v in members]
        by_level = {level.code: count(levels.count(level.code)) for level in heading.levels}
        unknown = count(sum(not level for level in levels))
        found.append({"loai": kind, "so": number, "ten": name, **by_level, "chua_ro": unknown, "tong": count(len(members))})
    return found


def _candidate(view: ProvinceView, code: str) -> dict[str, str]:
    v = next(v for v in view.units if v.unit.code == code)
    return {
        "thu": count(view.explanations[code].rank),
        "ten": v.unit.collective,
        "diem": score(v.assessment.total),
        "ket_qua": proposed_row(view, v)["de_xuat_ngan"],
    }
