"""Facts of a unit's file -> contradictions (lỗi), evidence still owed (thiếu), deadlines missed (cảnh báo).

Each function is one truth, named for it; places name the line of the fact that should change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.intake.people import conference_in_order, head_not_above_collective, one_head, votes_add_up
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Conditions, Defects, DisciplineCase, Submission, Targets
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

ERROR, OWED, WARNING = Kind.ERROR, Kind.OWED, Kind.WARNING


def check_facts(loaded: Loaded[Submission], regulation: Regulation, year: int) -> Iterator[Problem]:
    """`year` is the folder's: a wrong `nam` has its own message and must not make every date look wrong."""
    submission = loaded.value
    assert submission is not None
    if submission.conditions:
        yield from conditions_evidence(loaded, submission.conditions)
    yield from suggestion_agrees_with_scoring(loaded, submission, regulation)
    if submission.defects:
        yield from defect_documents(loaded, submission.defects)
        if submission.defects.targets:
            yield from possible_targets(loaded, submission.defects.targets)
    yield from discipline_cases(loaded, submission.discipline or [], [m.name for m in submission.members or []], year)
    yield from nothing_withdrawn(loaded, submission)
    yield from one_head(loaded, submission)
    yield from head_not_above_collective(loaded, submission, regulation)
    yield from conference_in_order(loaded, submission, regulation, year)
    if submission.conference and submission.conference.votes:
        yield from votes_add_up(loaded, submission.conference.votes, ("hoi_nghi", "phieu"))


def conditions_evidence(loaded: Loaded[Submission], written: Conditions) -> Iterator[Problem]:
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


def suggestion_agrees_with_scoring(loaded: Loaded[Submission], submission: Submission, regulation: Regulation) -> Iterator[Problem]:
    """C.2.1 scored for a suggestion against the condition of Điều 6 khoản 1 gạch đầu dòng 4 (rule 27)."""
    code = regulation.scoring.suggestion_row.code
    for other, entry in submission.rows.items():
        if entry.ground and (other != code or entry.not_applicable):
            yield Problem(
                loaded.place("cham_diem", other, "can_cu"),
                ERROR,
                f"«can_cu» chỉ ghi ở hàng {code} khi hàng này được chấm",
                "xóa dòng can_cu",
            )
    row = submission.rows.get(code)
    suggestion = submission.conditions.suggestion if submission.conditions else None
    if row is None:
        return
    scored = row.share is not None or row.points is not None or row.planned is not None
    fact = loaded.place("dieu_kien", "goi_y_kiem_diem", "co_khong")
    if scored and not row.ground:
        yield Problem(
            loaded.place("cham_diem", code), OWED, f"hàng {code} được chấm mà chưa ghi căn cứ", "thêm can_cu: goi_y hoặc can_cu: phe_binh"
        )
    if scored and row.ground == "goi_y" and suggestion and suggestion.happened == "khong":
        yield Problem(
            loaded.place("cham_diem", code),
            ERROR,
            f"hàng {code} chấm theo gợi ý kiểm điểm, nhưng dieu_kien.goi_y_kiem_diem (dòng {fact.line}) ghi không",
            "sửa một trong hai: can_cu: phe_binh, hoặc co_khong: co",
        )
    if row.not_applicable and suggestion and suggestion.happened == "co" and suggestion.whom == "tap_the":
        yield Problem(
            fact,
            ERROR,
            f"tập thể bị gợi ý kiểm điểm, nhưng hàng {code} (dòng {loaded.place('cham_diem', code).line}) ghi không áp dụng",
            f"chấm điểm hàng {code}, hoặc sửa co_khong",
        )


def defect_documents(loaded: Loaded[Submission], written: Defects) -> Iterator[Problem]:
    for key, finding in (("mat_doan_ket", written.disunity), ("suy_thoai", written.degeneration)):
        if finding and finding.happened == "co" and not finding.document:
            yield Problem(
                loaded.place("khuyet_diem", key),
                OWED,
                f"khuyết điểm «{key}» ghi có mà chưa có văn bản của cấp có thẩm quyền, nên tính là chưa rõ",
                'thêm van_ban: "..."',
            )


def possible_targets(loaded: Loaded[Any], t: Targets) -> Iterator[Problem]:
    """Counts that cannot all be true (Điều 6 khoản 4 gạch đầu dòng 2)."""
    path = ("khuyet_diem", "chi_tieu")
    if t.force_majeure == "co" and not t.document:
        yield Problem(
            loaded.place(*path, "bat_kha_khang"),
            OWED,
            "ghi bất khả kháng mà chưa có văn bản công nhận, nên tính là chưa rõ",
            'thêm van_ban: "..."',
        )
    if t.assigned is None or t.done is None or t.key is None or t.key_done is None:
        return
    if t.done > t.assigned:
        yield Problem(
            loaded.place(*path, "hoan_thanh"),
            ERROR,
            f"hoàn thành {t.done} chỉ tiêu mà chỉ được giao {t.assigned}",
            "sửa giao hoặc hoan_thanh",
        )
    if t.key > t.assigned:
        yield Problem(
            loaded.place(*path, "chu_yeu"), ERROR, f"có {t.key} chỉ tiêu chủ yếu mà chỉ được giao {t.assigned}", "sửa giao hoặc chu_yeu"
        )
    if t.key_done > t.key:
        yield Problem(
            loaded.place(*path, "chu_yeu_dat"),
            ERROR,
            f"đạt {t.key_done} chỉ tiêu chủ yếu mà chỉ có {t.key}",
            "sửa chu_yeu hoặc chu_yeu_dat",
        )
    elif t.key_done > t.done:
        yield Problem(
            loaded.place(*path, "chu_yeu_dat"),
            ERROR,
            f"đạt {t.key_done} chỉ tiêu chủ yếu mà chỉ hoàn thành {t.done} chỉ tiêu",
            "sửa hoan_thanh hoặc chu_yeu_dat",
        )
    elif t.done <= t.assigned and t.key - t.key_done > t.assigned - t.done:
        yield Problem(
            loaded.place(*path, "chu_yeu_dat"),
            ERROR,
            f"không đạt {t.key - t.key_done} chỉ tiêu chủ yếu mà tổng số không hoàn thành chỉ là {t.assigned - t.done}",
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
            f"nêu tên {names} chỉ tiêu chủ yếu mà chu_yeu ghi {key}",
            "sửa chu_yeu hoặc danh mục",
        )


def discipline_cases(loaded: Loaded[Any], cases: list[DisciplineCase], members: list[str | None], year: int) -> Iterator[Problem]:
    for i, case in enumerate(cases):
        if case.whom == "thanh_vien" and case.name and case.name not in members:
            yield Problem(
                loaded.place("ky_luat", i, "ten"),
                ERROR,
                f"«{case.name}» bị kỷ luật nhưng không có trong thanh_vien (dòng {loaded.place('thanh_vien').line})",
                "viết đúng họ tên như trong thanh_vien, hoặc sửa doi_tuong",
            )
        if case.date and case.date.year != year:
            yield Problem(
                loaded.place("ky_luat", i, "ngay"),
                ERROR,
                f"quyết định kỷ luật ngày {case.date:%d/%m/%Y} không thuộc năm {year}",
                "chỉ ghi kỷ luật có quyết định trong năm",
            )
        if case.withdrawn == "co":
            continue
        for key, value in (("van_ban", case.document), ("ngay", case.date)):
            if not value:
                yield Problem(
                    loaded.place("ky_luat", i), OWED, f"trường hợp kỷ luật «{case.name or i + 1}» chưa ghi «{key}»", f"thêm {key}: ..."
                )
        if case.whom != "tap_the" and case.self_discovered == "co" and not case.evidence:
            yield Problem(
                loaded.place("ky_luat", i),
                OWED,
                f"trường hợp kỷ luật «{case.name or i + 1}» chưa có minh chứng tự phát hiện và khắc phục",
                'thêm minh_chung: "..."',
            )


def nothing_withdrawn(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    """`bo` is the council's word for a case that the unit should not have listed."""
    for i, case in enumerate(submission.discipline or []):
        if case.withdrawn:
            yield Problem(
                loaded.place("ky_luat", i, "bo"), ERROR, "«bo» chỉ dùng trong tệp thẩm định", "xóa cả trường hợp này nếu không có kỷ luật"
            )
