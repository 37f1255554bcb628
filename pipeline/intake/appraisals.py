"""The council's file for a unit against the unit's own -> contradictions and what the appraisal still owes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pipeline.intake.calendar import appraisal_calendar
from pipeline.intake.discipline import discipline_cases
from pipeline.intake.facts import conditions_evidence, defect_documents, possible_targets
from pipeline.intake.known_keys import unknown_keys
from pipeline.intake.owed_keys import owed_keys
from pipeline.intake.people import votes_add_up
from pipeline.intake.places_of import Files, seen_from
from pipeline.intake.restated_cases import restated_cases
from pipeline.intake.rows import check_rows, empty_criteria
from pipeline.intake.suggestion import grounds_where_they_belong, suggestion_agrees_with_scoring
from pipeline.model.appraisal import Appraisal, HeadResponsibility, RestatedMember
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Member, Submission, Votes
from pipeline.model.unit import Unit
from pipeline.model.values import name_key
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded


def check_appraisal(
    loaded: Loaded[Appraisal], unit: Unit, regulation: Regulation, own: Loaded[Submission] | None, year: int
) -> Iterator[Problem]:
    """`own`: the unit's file, None while it has errors; `year`: the folder's."""
    appraisal = loaded.value
    assert appraisal is not None
    yield from check_rows(loaded, regulation, unit.section, appraisal.rows or {}, complete=False)
    yield from grounds_where_they_belong(Files(loaded), appraisal.rows or {}, regulation)
    yield from _reasons_for_restated(loaded, appraisal)
    yield from _restated_facts(loaded, appraisal)
    if own and own.value:
        yield from _against_the_unit(loaded, appraisal, own, own.value, unit, regulation, year)
    if appraisal.votes:
        yield from votes_add_up(loaded, appraisal.votes, ("phieu",))
    yield from _confirmed_points(loaded, appraisal, unit, regulation)
    yield from _own_bodies(loaded, appraisal, unit, regulation)
    yield from _owed(loaded, appraisal, unit, regulation)


def _restated_facts(loaded: Loaded[Appraisal], appraisal: Appraisal) -> Iterator[Problem]:
    """A fact the council writes needs what it would need in the unit's file."""
    if appraisal.conditions:
        yield from conditions_evidence(loaded, appraisal.conditions)
    if appraisal.defects:
        yield from defect_documents(loaded, appraisal.defects)
        if appraisal.defects.targets:
            yield from possible_targets(loaded, appraisal.defects.targets)


def _against_the_unit(
    loaded: Loaded[Appraisal],
    appraisal: Appraisal,
    own: Loaded[Submission],
    submission: Submission,
    unit: Unit,
    regulation: Regulation,
    year: int,
) -> Iterator[Problem]:
    """What the council wrote together with what the unit wrote."""
    files = Files(loaded, own)
    names = [m.name for m in submission.members or []]
    rows = {**submission.rows, **{code: entry for code, entry in (appraisal.rows or {}).items() if entry.model_fields_set}}
    conditions = appraisal.conditions if appraisal.conditions and appraisal.conditions.suggestion else submission.conditions
    yield from empty_criteria(loaded, regulation, unit.section, rows)
    yield from suggestion_agrees_with_scoring(files, rows, conditions.suggestion if conditions else None, regulation)
    yield from discipline_cases(files, appraisal.discipline or [], names, year)
    yield from restated_cases(files, appraisal.discipline or [], submission.discipline or [])
    yield from _known_members(files, appraisal, submission.members or [])
    yield from appraisal_calendar(loaded, appraisal, own, regulation, year)


def _owed(loaded: Loaded[Appraisal], appraisal: Appraisal, unit: Unit, regulation: Regulation) -> Iterator[Problem]:
    """Votes, date, and for units of the People's Committee the rating of the head's responsibility."""
    written = _written(appraisal)
    for key, value in (("phieu", appraisal.votes), ("ngay", appraisal.date)):
        if value is None and key not in written:
            yield Problem(loaded.place(), Kind.OWED, f"kết quả thẩm định chưa ghi «{key}»", f"thêm {key}: ...")
    if appraisal.votes:
        yield from owed_keys(loaded, ("phieu",), appraisal.votes, Votes, tuple(Votes.model_fields), "biên bản thẩm định")
    if appraisal.head_responsibility:
        yield from owed_keys(
            loaded, ("trach_nhiem_dung_dau",), appraisal.head_responsibility, HeadResponsibility, ("document",), "biểu thẩm định"
        )
    rule = regulation.procedure.head_responsibility
    if (rule.first or 0) <= unit.number <= (rule.last or 0) and "trach_nhiem_dung_dau" not in written:
        what = f"chưa ghi kết quả đánh giá trách nhiệm người đứng đầu ({rule.citation})"
        yield Problem(loaded.place(), Kind.OWED, what, "thêm trach_nhiem_dung_dau: gồm muc và van_ban")


def _written(appraisal: Appraisal) -> set[str]:
    return {Appraisal.model_fields[name].alias or name for name in appraisal.model_fields_set}


def _reasons_for_restated(loaded: Loaded[Appraisal], appraisal: Appraisal) -> Iterator[Problem]:
    """A fact restated by the appraisal owes a reason."""
    groups: tuple[tuple[str, BaseModel | None], ...] = (("dieu_kien", appraisal.conditions), ("khuyet_diem", appraisal.defects))
    for path, group in groups:
        for name, info in type(group).model_fields.items() if group else ():
            fact = getattr(group, name)
            if fact is not None and not fact.reason:
                key = info.alias or name
                yield Problem(loaded.place(path, key), Kind.OWED, f"thẩm định sửa «{path}.{key}» mà chưa nêu lý do", 'thêm ly_do: "..."')
    lists: list[tuple[str, list[Any]]] = [("ky_luat", list(appraisal.discipline or [])), ("thanh_vien", list(appraisal.members or []))]
    for path, items in lists:
        for i, item in enumerate(items):
            if not item.reason:
                yield Problem(
                    loaded.place(path, i), Kind.OWED, f"thẩm định sửa «{path}» ({item.name}) mà chưa nêu lý do", 'thêm ly_do: "..."'
                )


def _known_members(files: Files, appraisal: Appraisal, own: list[Member]) -> Iterator[Problem]:
    """`own`: the members as the unit lists them; the council restates their levels only."""
    loaded, seen, known = files.loaded, dict[str, int](), [name_key(member.name) for member in own]
    for i, member in enumerate(appraisal.members or []):
        here = loaded.place("thanh_vien", i, "ho_ten")
        if member.name and name_key(member.name) not in known:
            there = seen_from(here, files.own.place("thanh_vien")) if files.own else ""
            what = f"«{member.name}» không có trong danh sách thành viên của đơn vị ({there})"
            yield Problem(here, Kind.ERROR, what, "viết đúng họ tên như tệp của đơn vị")
        first = seen.setdefault(name_key(member.name), i)
        if member.name and first != i:
            line = loaded.place("thanh_vien", first, "ho_ten").line
            yield Problem(here, Kind.ERROR, f"«{member.name}» ghi hai lần (lần đầu ở dòng {line})", "xóa một trong hai")
        if member.name and name_key(member.name) in known:
            position = known.index(name_key(member.name))
            yield from _levels_only(files, member, i, own[position], position)


def _levels_only(files: Files, restated: RestatedMember, i: int, own: Member, position: int) -> Iterator[Problem]:
    """A post or a head that differs would be passed over in silence: neither is the council's to change."""
    keys = (
        ("chuc_vu", restated.post is not None and name_key(restated.post) != name_key(own.post)),
        ("dung_dau", restated.head is not None and restated.head != (own.head or "khong")),
    )
    for key, differs in keys:
        if differs and files.own:
            here = files.loaded.place("thanh_vien", i, key)
            there = seen_from(here, files.own.place("thanh_vien", position, key))
            what = f"thẩm định chỉ ghi lại xep_loai của thành viên; {key} của «{own.name}» khác tệp của đơn vị ({there})"
            yield Problem(here, Kind.ERROR, what, f"xóa {key}, hoặc đề nghị đơn vị sửa tệp của mình")


def _confirmed_points(loaded: Loaded[Appraisal], appraisal: Appraisal, unit: Unit, regulation: Regulation) -> Iterator[Problem]:
    """`xac_nhan` names a row, an opinion of a body or a reading that exists, and says why."""
    rows = {row.code for _, _, row in regulation.rows(unit.section)}
    bodies = {f"y_kien.{b.code}" for b in regulation.procedure.bodies}
    for i, confirmation in enumerate(appraisal.confirmations or []):
        if confirmation.point and confirmation.point not in rows | bodies | set(regulation.readings):
            yield Problem(
                loaded.place("xac_nhan", i, "diem"),
                Kind.ERROR,
                f"không có điểm cần xác nhận «{confirmation.point}»",
                "viết mã hàng (B.7), y_kien.<chủ thể> hoặc mã cách hiểu (n12)",
            )
        if not confirmation.note and "note" not in confirmation.model_fields_set:
            what = f"xác nhận «{confirmation.point or i + 1}» chưa có ghi chú nên chưa tính"
            yield Problem(loaded.place("xac_nhan", i), Kind.OWED, what, 'thêm ghi_chu: "..."')


def _own_bodies(loaded: Loaded[Appraisal], appraisal: Appraisal, unit: Unit, regulation: Regulation) -> Iterator[Problem]:
    """Opinions come from the bodies the regulation has this unit's opinion asked of, and no other."""
    known = {body.code: body for body in regulation.procedure.bodies}
    yield from unknown_keys(loaded, "y_kien", appraisal.opinions or {}, list(known))
    for code in appraisal.opinions or {}:
        if code in known and code not in unit.bodies:
            body = known[code]
            what = f"{body.name} không được xin ý kiến về đơn vị này ({body.citation})"
            yield Problem(loaded.place("y_kien", code), Kind.ERROR, what, "xóa mục này")
