"""Discipline cases of a unit's file or of the appraisal -> impossible ones (lỗi) and evidence still owed (thiếu)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.intake.places_of import Files, seen_from
from pipeline.model.submission import DisciplineCase, Submission
from pipeline.model.values import name_key
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

ERROR, OWED = Kind.ERROR, Kind.OWED


def discipline_cases(files: Files, cases: list[DisciplineCase], members: list[str | None], year: int) -> Iterator[Problem]:
    """`members`: names of the leading collective; `year`: the one assessed."""
    loaded, known = files.loaded, {name_key(name) for name in members}
    for i, case in enumerate(cases):
        if case.whom == "thanh_vien" and case.name and name_key(case.name) not in known:
            here = loaded.place("ky_luat", i, "ten")
            what = f"«{case.name}» bị kỷ luật nhưng không có trong thanh_vien ({seen_from(here, _members_at(files))})"
            yield Problem(here, ERROR, what, "viết đúng họ tên như trong thanh_vien, hoặc sửa doi_tuong")
        if case.date and case.date.year != year:
            what = f"quyết định kỷ luật ngày {case.date:%d/%m/%Y} không thuộc năm {year}"
            yield Problem(loaded.place("ky_luat", i, "ngay"), ERROR, what, "chỉ ghi kỷ luật có quyết định trong năm")
        if case.year_of_act is not None and case.year_of_act > year:
            what = f"vi phạm năm {case.year_of_act} không thể bị kỷ luật trong năm {year}"
            yield Problem(loaded.place("ky_luat", i, "nam_vi_pham"), ERROR, what, "sửa nam_vi_pham")
        if case.withdrawn != "co":
            yield from _owed(loaded, case, i)


def _members_at(files: Files) -> Any:
    """The list of members is the unit's, also for a case the appraisal writes."""
    return (files.own or files.loaded).place("thanh_vien")


def _owed(loaded: Loaded[Any], case: DisciplineCase, i: int) -> Iterator[Problem]:
    """The document, its date, the year of the act; for anyone but the collective also discovery and remedy, with their evidence."""
    name = case.name or i + 1
    for key, value in (("van_ban", case.document), ("ngay", case.date), ("nam_vi_pham", case.year_of_act)):
        if not value and key not in _blank(case):
            yield Problem(loaded.place("ky_luat", i), OWED, f"trường hợp kỷ luật «{name}» chưa ghi «{key}»", f"thêm {key}: ...")
    if case.whom == "tap_the":
        return
    for key, fact in (("tu_phat_hien", case.self_discovered), ("khac_phuc_xong", case.remedied)):
        if not fact and key not in _blank(case):
            yield Problem(
                loaded.place("ky_luat", i), OWED, f"trường hợp kỷ luật «{name}» chưa ghi «{key}»", f"thêm {key}: co, khong hoặc chua_ro"
            )
    if "co" in (case.self_discovered, case.remedied) and not case.evidence:
        what = f"trường hợp kỷ luật «{name}» chưa có minh chứng tự phát hiện và khắc phục"
        yield Problem(loaded.place("ky_luat", i), OWED, what, 'thêm minh_chung: "..."')


def _blank(case: DisciplineCase) -> set[str]:
    """Keys written but left blank have their own message already."""
    return {DisciplineCase.model_fields[name].alias or name for name in case.model_fields_set}


def nothing_withdrawn(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    """`bo` is the council's word for a case that the unit should not have listed."""
    for i, case in enumerate(submission.discipline or []):
        if case.withdrawn:
            what = "«bo» chỉ dùng trong tệp thẩm định"
            yield Problem(loaded.place("ky_luat", i, "bo"), ERROR, what, "xóa cả trường hợp này nếu không có kỷ luật")
