"""A unit's conference, votes and discipline cases -> the fields the minutes and reports print."""

from __future__ import annotations

from typing import Any

from pipeline.model.regulation import Regulation
from pipeline.model.submission import Conference, DisciplineCase, Member, Votes
from pipeline.rendering.letterhead import MISSING, unbroken
from pipeline.rendering.vietnamese import NBSP, clock, count, items, long_date, share, short_date

LISTED_FROM = 4  # so many absent people stand line by line
PENALTY_NAMES = {
    "khien_trach": "khiển trách",
    "canh_cao": "cảnh cáo",
    "ha_bac_luong": "hạ bậc lương",
    "giang_chuc": "giáng chức",
    "cach_chuc": "cách chức",
    "buoc_thoi_viec": "buộc thôi việc",
    "khai_tru": "khai trừ",
    "giai_tan": "giải tán",
}


def meeting_fields(meeting: Conference | None, members: list[Member]) -> dict[str, Any]:
    """The chair is one of the members, whose posts are known."""
    meeting = meeting or Conference()
    chair = ", ".join(v for v in (meeting.chair, next((m.post for m in members if m.name == meeting.chair), None)) if v)
    absent = [f"{unbroken(a.name or '')} ({a.reason})" if a.reason else unbroken(a.name or "") for a in meeting.absent or []]
    secretary = ", ".join(v for v in (meeting.secretary, meeting.secretary_post) if v)
    missing = None if meeting.invited is None or meeting.present is None else meeting.invited - meeting.present
    return {
        "bat_dau": _moment(meeting, meeting.time),
        "ket_thuc": _moment(meeting, meeting.end_time),
        "dia_diem": meeting.place or MISSING,
        "trieu_tap": count(meeting.invited),
        "co_mat": count(meeting.present),
        "vang_so": count(missing),
        "vang_ten": ":" if len(absent) >= LISTED_FROM else f": {'; '.join(absent)}." if absent else ".",
        "vang": items(absent) if len(absent) >= LISTED_FROM else [],
        "chu_tri": chair or MISSING,
        "thu_ky": secretary or MISSING,
        "gui_du_thao": short_date(meeting.draft_sent) or MISSING,
        "y_kien": _opinions(meeting),
    }


def _opinions(meeting: Conference) -> list[str]:
    """A key left blank must not read as nobody's having spoken."""
    if meeting.opinions is None and "opinions" in meeting.model_fields_set:
        return [MISSING]
    return [o for o in meeting.opinions or [] if o]


def _moment(meeting: Conference, time: str | None) -> str:
    return f"{clock(time) or f'......{NBSP}giờ{NBSP}......'}{NBSP}phút, {long_date(meeting.date)}"


def vote_fields(regulation: Regulation, votes: Votes | None) -> dict[str, Any]:
    votes = votes or Votes()
    invalid = None if votes.returned is None or votes.valid is None else votes.returned - votes.valid
    return {
        "phat_ra": count(votes.issued),
        "thu_ve": count(votes.returned),
        "hop_le": count(votes.valid),
        "khong_hop_le": count(invalid),
        "muc": level_counts(regulation, votes, votes.valid),
    }


def discipline_lines(cases: list[DisciplineCase]) -> list[str]:
    """One sentence per case."""
    found = []
    for case in cases:
        facts = [f"{case.name or ''}: {PENALTY_NAMES.get(case.penalty or '', '')}", case.document or "", case.evidence or ""]
        found.append("; ".join(f.rstrip(".") for f in facts if f) + ".")
    return found


def level_counts(regulation: Regulation, votes: Votes | None, whole: int | None) -> list[dict[str, str]]:
    by_level = votes.by_level if votes else {}
    return [
        {"stt": str(i), "ten": level.name, "so": count(by_level.get(level.code)), "ty_le": share(by_level.get(level.code), whole)}
        for i, level in enumerate(regulation.heading.levels, 1)
    ]
