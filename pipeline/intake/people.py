"""Members, conference and votes of a file -> contradictions (lỗi)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission, Votes
from pipeline.model.values import name_key
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

ERROR, OWED = Kind.ERROR, Kind.OWED


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
        if member.name and seen.setdefault(name_key(member.name), i) != i:
            yield Problem(
                loaded.place("thanh_vien", i, "ho_ten"),
                ERROR,
                f"«{member.name}» ghi hai lần (lần đầu ở dòng {loaded.place('thanh_vien', seen[name_key(member.name)], 'ho_ten').line})",
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
            head, collective = (regulation.level_name(level).lower() for level in (member.level, submission.proposed))
            line = loaded.place("tu_nhan").line
            what = f"người đứng đầu xếp «{head}», cao hơn mức tập thể tự nhận «{collective}» (dòng {line})"
            write = f"sửa một trong hai ({regulation.heading.head_rule.citation})"
            yield Problem(loaded.place("thanh_vien", i, "xep_loai"), ERROR, what, write)


def attendance(loaded: Loaded[Submission], submission: Submission) -> Iterator[Problem]:
    """No more present than invited; the absent named one by one; two people sign the minutes."""
    meeting = submission.conference
    if meeting and meeting.chair and name_key(meeting.chair) == name_key(meeting.secretary):
        what = f"chủ trì và thư ký hội nghị là cùng một người (dòng {loaded.place('hoi_nghi', 'chu_tri').line})"
        yield Problem(loaded.place("hoi_nghi", "thu_ky"), Kind.WARNING, what, "ghi họ tên người ghi biên bản")
    if meeting is None or meeting.invited is None or meeting.present is None:
        return
    invited = f"{meeting.invited} (dòng {loaded.place('hoi_nghi', 'trieu_tap').line})"
    if meeting.present > meeting.invited:
        what = f"có mặt {meeting.present} người mà chỉ triệu tập {invited}"
        yield Problem(loaded.place("hoi_nghi", "co_mat"), ERROR, what, "sửa trieu_tap hoặc co_mat")
    elif meeting.absent is None and meeting.present < meeting.invited and "absent" not in meeting.model_fields_set:
        what = f"triệu tập {invited}, có mặt {meeting.present} mà chưa nêu tên người vắng"
        yield Problem(loaded.place("hoi_nghi"), OWED, what, "thêm mục vang: gồm ho_ten và ly_do của từng người")
    elif meeting.absent is not None and len(meeting.absent) != meeting.invited - meeting.present:
        what = f"nêu tên {len(meeting.absent)} người vắng mà triệu tập {invited}, có mặt {meeting.present}"
        yield Problem(loaded.place("hoi_nghi", "vang"), ERROR, what, "ghi đủ người vắng hoặc sửa số")
    for i, person in enumerate(meeting.absent or []):
        if not person.reason and "reason" not in person.model_fields_set:
            yield Problem(loaded.place("hoi_nghi", "vang", i), OWED, f"chưa ghi lý do vắng của «{person.name}»", 'thêm ly_do: "..."')


def votes_add_up(loaded: Loaded[Any], votes: Votes, path: tuple[str, ...]) -> Iterator[Problem]:
    """Issued, returned, valid, and the levels among the valid."""

    def line(key: str) -> str:
        return f"(dòng {loaded.place(*path, key).line})"

    if votes.returned is not None and votes.issued is not None and votes.returned > votes.issued:
        what = f"thu về {votes.returned} phiếu mà chỉ phát ra {votes.issued} {line('phat_ra')}"
        yield Problem(loaded.place(*path, "thu_ve"), ERROR, what, "sửa phat_ra hoặc thu_ve")
    if votes.valid is not None and votes.returned is not None and votes.valid > votes.returned:
        what = f"hợp lệ {votes.valid} phiếu mà chỉ thu về {votes.returned} {line('thu_ve')}"
        yield Problem(loaded.place(*path, "hop_le"), ERROR, what, "sửa thu_ve hoặc hop_le")
    counts = (votes.excellent, votes.good, votes.completed, votes.failed)
    if votes.valid is not None and all(c is not None for c in counts) and sum(c or 0 for c in counts) != votes.valid:
        what = f"tổng số phiếu các mức là {sum(c or 0 for c in counts)}, khác số phiếu hợp lệ {votes.valid} {line('hop_le')}"
        yield Problem(loaded.place(*path), ERROR, what, "sửa số phiếu các mức hoặc hop_le")
