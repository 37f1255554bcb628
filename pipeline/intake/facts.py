"""Facts of a unit's file -> contradictions (lỗi), evidence still owed (thiếu), deadlines missed (cảnh báo).

Each function is one truth, named for it; places name the line of the fact that should change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.intake.calendar import own_calendar
from pipeline.intake.discipline import discipline_cases, nothing_withdrawn
from pipeline.intake.people import attendance, head_not_above_collective, one_head, votes_add_up
from pipeline.intake.places_of import Files
from pipeline.intake.suggestion import grounds_where_they_belong, suggestion_agrees_with_scoring
from pipeline.model.appraisal import RestatedConditions, RestatedDefects
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Conditions, Defects, Submission, Targets
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

ERROR, OWED, WARNING = Kind.ERROR, Kind.OWED, Kind.WARNING


def check_facts(loaded: Loaded[Submission], regulation: Regulation, year: int) -> Iterator[Problem]:
    """`year` is the folder's: a wrong `nam` has its own message and must not make every date look wrong."""
    submission = loaded.value
    assert submission is not None
    if submission.conditions:
        yield from conditions_evidence(loaded, submission.conditions)
    files = Files(loaded)
    suggestion = submission.conditions.suggestion if submission.conditions else None
    yield from grounds_where_they_belong(files, submission.rows, regulation)
    yield from suggestion_agrees_with_scoring(files, submission.rows, suggestion, regulation)
    if submission.defects:
        yield from defect_documents(loaded, submission.defects)
        if submission.defects.targets:
            yield from possible_targets(loaded, submission.defects.targets)
    yield from discipline_cases(files, submission.discipline or [], [m.name for m in submission.members or []], year)
    yield from nothing_withdrawn(loaded, submission)
    yield from one_head(loaded, submission)
    yield from head_not_above_collective(loaded, submission, regulation)
    yield from own_calendar(loaded, submission, regulation, year)
    yield from attendance(loaded, submission)
    if submission.conference and submission.conference.votes:
        yield from votes_add_up(loaded, submission.conference.votes, ("hoi_nghi", "phieu"))


def conditions_evidence(loaded: Loaded[Any], written: Conditions | RestatedConditions) -> Iterator[Problem]:
    for key, condition in (
        ("doan_ket_tieu_bieu", written.exemplary),
        ("doi_moi_sang_tao", written.innovative),
        ("cai_cach_hanh_chinh", written.reforming),
    ):
        if condition and condition.met == "co" and not condition.evidence:
            yield Problem(
                loaded.place("dieu_kien", key), OWED, f"điều kiện «{key}» ghi có mà chưa nêu minh chứng", 'thêm minh_chung: "..."'
            )
    suggestion = written.suggestion
    if suggestion and suggestion.happened == "co":
        for key, value in (("doi_tuong", suggestion.whom), ("van_ban", suggestion.document)):
            if not value:
                yield Problem(
                    loaded.place("dieu_kien", "goi_y_kiem_diem"), OWED, f"có gợi ý kiểm điểm mà chưa ghi «{key}»", f"thêm {key}: ..."
                )


def defect_documents(loaded: Loaded[Any], written: Defects | RestatedDefects) -> Iterator[Problem]:
    for key, finding in (("mat_doan_ket", written.disunity), ("suy_thoai", written.degeneration)):
        if finding and finding.happened == "co" and not finding.document:
            yield Problem(
                loaded.place("khuyet_diem", key),
                OWED,
                f"khuyết điểm «{key}» ghi có mà chưa có văn bản của cấp có thẩm quyền, nên tính là chưa rõ",
                'thêm van_ban: "..."',
            )


def possible_targets(loaded: Loaded[Any], t: Targets) -> Iterator[Problem]:
    """Counts that cannot all be true (Điều 6 khoản 4 gạch đầu dòng 2), and the document that recognises force majeure."""
    path = ("khuyet_diem", "chi_tieu")
    if t.force_majeure == "co" and not t.document:
        what = "ghi bất khả kháng mà chưa có văn bản công nhận, nên tính là chưa rõ"
        yield Problem(loaded.place(*path, "bat_kha_khang"), OWED, what, 'thêm van_ban: "..."')

    def line(key: str) -> str:
        return f"dòng {loaded.place(*path, key).line}"

    if t.assigned is None or t.done is None or t.key is None or t.key_done is None:
        return
    if t.done > t.assigned:
        yield Problem(
            loaded.place(*path, "hoan_thanh"),
            ERROR,
            f"hoàn thành {t.done} chỉ tiêu mà chỉ được giao {t.assigned} ({line('giao')})",
            "sửa giao hoặc hoan_thanh",
        )
    if t.key > t.assigned:
        yield Problem(
            loaded.place(*path, "chu_yeu"),
            ERROR,
            f"có {t.key} chỉ tiêu chủ yếu mà chỉ được giao {t.assigned} ({line('giao')})",
            "sửa giao hoặc chu_yeu",
        )
    if t.key_done > t.key:
        yield Problem(
            loaded.place(*path, "chu_yeu_dat"),
            ERROR,
            f"đạt {t.key_done} chỉ tiêu chủ yếu mà chỉ có {t.key} ({line('chu_yeu')})",
            "sửa chu_yeu hoặc chu_yeu_dat",
        )
    elif t.key_done > t.done:
        yield Problem(
            loaded.place(*path, "chu_yeu_dat"),
            ERROR,
            f"đạt {t.key_done} chỉ tiêu chủ yếu mà chỉ hoàn thành {t.done} chỉ tiêu ({line('hoan_thanh')})",
            "sửa hoan_thanh hoặc chu_yeu_dat",
        )
    elif t.done <= t.assigned and t.key - t.key_done > t.assigned - t.done:
        yield Problem(
            loaded.place(*path, "chu_yeu_dat"),
            ERROR,
            f"không đạt {t.key - t.key_done} chỉ tiêu chủ yếu mà tổng số không hoàn thành chỉ là {t.assigned - t.done} ({line('hoan_thanh')})",
            "sửa hoan_thanh hoặc chu_yeu_dat",
        )
    yield from _named_key_targets(loaded, t, t.key)


def _named_key_targets(loaded: Loaded[Any], t: Targets, key: int) -> Iterator[Problem]:
    """The key targets are listed by name before scoring (reading n6)."""
    path = ("khuyet_diem", "chi_tieu")
    names = len(t.key_list or [])
    if names < key:
        yield Problem(loaded.place(*path), OWED, f"mới nêu tên {names}/{key} chỉ tiêu chủ yếu", "ghi đủ tên vào danh_muc_chu_yeu")
    if names > key:
        yield Problem(
            loaded.place(*path, "danh_muc_chu_yeu"),
            ERROR,
            f"nêu tên {names} chỉ tiêu chủ yếu mà chu_yeu (dòng {loaded.place(*path, 'chu_yeu').line}) ghi {key}",
            "sửa chu_yeu hoặc danh mục",
        )
