"""Members, conference and votes of a file -> contradictions (lỗi) and deadlines missed (cảnh báo)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission, Votes
from pipeline.problems import Kind, Place, Problem
from pipeline.reading.shape import Loaded

ERROR, WARNING = Kind.ERROR, Kind.WARNING


def one_head(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    members = submission.members or []
    heads = [i for i, m in enumerate(members) if m.head == "co"]
    if submission.members is not None and not members:
        yield Problem(loaded.place("thanh_vien"), ERROR, "chưa có thành viên nào", "ghi danh sách tập thể lãnh đạo")
    elif members and not heads and all(m.head for m in members):
        yield Problem(loaded.place("thanh_vien"), ERROR, "chưa ghi ai là người đứng đầu", "thêm dung_dau: co cho người đứng đầu")
    for i in heads[1:]:
        yield Problem(
            loaded.place("thanh_vien", i, "dung_dau"),
            ERROR,
            f"có hai người đứng đầu (người thứ nhất ở dòng {loaded.place('thanh_vien', heads[0], 'dung_dau').line})",
            "chỉ để dung_dau: co ở một người",
        )
    seen: dict[str, int] = {}
    for i, member in enumerate(members):
        if member.name and seen.setdefault(member.name, i) != i:
            yield Problem(
                loaded.place("thanh_vien", i, "ho_ten"),
                ERROR,
                f"«{member.name}» ghi hai lần (lần đầu ở dòng {loaded.place('thanh_vien', seen[member.name], 'ho_ten').line})",
                "xóa một trong hai",
            )


def head_not_above_collective(loaded: Loaded[Submission], submission: Submission, regulation: Regulation) -> Iterator[Problem]:
    for i, member in enumerate(submission.members or []):
        if (
            member.head == "co"
            and member.level
            and submission.proposed
            and regulation.rank(member.level) < regulation.rank(submission.proposed)
        ):
            yield Problem(
                loaded.place("thanh_vien", i, "xep_loai"),
                ERROR,
                f"người đứng đầu xếp «{member.level}», cao hơn mức tập thể tự nhận «{submission.proposed}» (dòng {loaded.place('tu_nhan').line})",
                f"sửa một trong hai ({regulation.heading.head_rule.citation})",
            )


def conference_in_order(loaded: Loaded[Submission], submission: Submission, regulation: Regulation, year: int) -> Iterator[Problem]:
    meeting = submission.conference
    if meeting is None:
        return
    rule = regulation.procedure.deadlines
    if meeting.draft_sent and meeting.date:
        if meeting.draft_sent > meeting.date:
            yield Problem(
                loaded.place("hoi_nghi", "gui_du_thao"),
                ERROR,
                f"gửi dự thảo sau ngày hội nghị (dòng {loaded.place('hoi_nghi', 'ngay').line})",
                "sửa gui_du_thao hoặc ngay",
            )
        elif (meeting.date - meeting.draft_sent).days < (rule.draft.days_before or 0):
            yield Problem(
                loaded.place("hoi_nghi", "gui_du_thao"),
                WARNING,
                f"gửi dự thảo chưa đủ {rule.draft.days_before} ngày trước hội nghị ({rule.draft.citation})",
                "",
            )
    day, month = (int(part) for part in rule.file.before.split("/"))
    if meeting.date and meeting.date >= dt.date(year, month, day):
        yield Problem(
            loaded.place("hoi_nghi", "ngay"),
            WARNING,
            f"hội nghị không trước ngày {rule.file.before} nên hồ sơ nộp muộn ({rule.file.citation})",
            "",
        )
    if meeting.invited is not None and meeting.present is not None:
        if meeting.present > meeting.invited:
            yield Problem(
                loaded.place("hoi_nghi", "co_mat"),
                ERROR,
                f"có mặt {meeting.present} người mà chỉ triệu tập {meeting.invited}",
                "sửa trieu_tap hoặc co_mat",
            )
        elif meeting.absent is not None and len(meeting.absent) != meeting.invited - meeting.present:
            yield Problem(
                loaded.place("hoi_nghi", "vang"),
                ERROR,
                f"nêu tên {len(meeting.absent)} người vắng mà triệu tập {meeting.invited}, có mặt {meeting.present}",
                "ghi đủ người vắng hoặc sửa số",
            )


def votes_add_up(loaded: Loaded[Any], votes: Votes, path: tuple[str, ...]) -> Iterator[Problem]:
    place: Place = loaded.place(*path)
    if votes.returned is not None and votes.issued is not None and votes.returned > votes.issued:
        yield Problem(
            loaded.place(*path, "thu_ve"), ERROR, f"thu về {votes.returned} phiếu mà chỉ phát ra {votes.issued}", "sửa phat_ra hoặc thu_ve"
        )
    if votes.valid is not None and votes.returned is not None and votes.valid > votes.returned:
        yield Problem(
            loaded.place(*path, "hop_le"), ERROR, f"hợp lệ {votes.valid} phiếu mà chỉ thu về {votes.returned}", "sửa thu_ve hoặc hop_le"
        )
    counts = (votes.excellent, votes.good, votes.completed, votes.failed)
    if votes.valid is not None and all(c is not None for c in counts) and sum(c or 0 for c in counts) != votes.valid:
        yield Problem(
            place,
            ERROR,
            f"tổng số phiếu các mức là {sum(c or 0 for c in counts)}, khác số phiếu hợp lệ {votes.valid}",
            "sửa số phiếu các mức hoặc hop_le",
        )
