"""YearOverview -> the table for the terminal, narrow enough for 80 columns: a row per unit, what the short forms mean, lines on the province."""

from __future__ import annotations

from pipeline.model.regulation import Regulation
from pipeline.overview.year import ABSENT, FRESH, OLD, PUBLISHED, STATES, UnitOverview, YearOverview
from pipeline.problems import Kind
from pipeline.rendering.vietnamese import score

HEADS = ("STT", "Đơn vị", "Đã\nđiền", "Vấn\nđề", "Tự\nchấm", "Thẩm\nđịnh", "Mức", "Hồ sơ", "Bản lập")
NUMBERS = (0, 2, 3, 4, 5)
TERSE = {ABSENT: "chưa lập", FRESH: "mới nhất", OLD: "lập lại"}
OPEN, NONE = "?", "-"


def rows(overview: YearOverview, only: str = "") -> list[tuple[str, ...]]:
    """`only`: the code of one unit."""
    return [_row(overview.regulation, u) for u in overview.units if only in ("", u.unit.code)]


def _row(regulation: Regulation, u: UnitOverview) -> tuple[str, ...]:
    levels = (_initials(regulation, u.claimed), _initials(regulation, u.level) if u.level else OPEN, _initials(regulation, u.official))
    return (
        str(u.unit.number),
        u.unit.name,
        NONE if u.percent is None else f"{u.percent}%",
        "/".join(str(u.count(kind)) for kind in Kind) if u.problems else NONE,
        score(u.self_score) or "...",
        score(u.appraised_score) or "...",
        "/".join(levels),
        STATES[u.state],
        TERSE[u.published],
    )


def _initials(regulation: Regulation, level: str | None) -> str:
    return "".join(word[0].upper() for word in regulation.level_short(level).split()) if level else NONE


def key_lines(regulation: Regulation) -> list[str]:
    """What the short forms of the table mean."""
    levels = "; ".join(f"{_initials(regulation, level.code)}: {level.short.lower()}" for level in regulation.heading.levels)
    return [
        "Vấn đề: số lỗi/thiếu/cảnh báo. Đã điền: 100% chỉ khi hồ sơ đã đủ.",
        f"Mức: tự nhận/đề xuất/chính thức ({levels}; {OPEN}: chưa rõ; {NONE}: chưa có).",
    ]


def province_lines(overview: YearOverview) -> list[str]:
    """Under the table: quota, opinions still owed, the province's dossier."""
    n, limit = overview.quota
    highest = overview.regulation.level_short(overview.regulation.quota.chosen).lower()
    owed = [f"{b.name} {len(b.owing)}/{b.asked} đơn vị" for b in overview.bodies if b.owing]
    state = f"dự thảo, còn {len(overview.missing)} điều chưa đủ" if overview.missing else "đã đủ"
    return [
        f"Hạn mức {highest}: {f'tối đa {limit}/{n} đơn vị, đã xác định {overview.chosen}' if limit is not None else 'chưa xác định được'}.",
        f"Ý kiến còn thiếu: {'; '.join(owed)}." if owed else "Ý kiến của các chủ thể đã đủ.",
        f"Hồ sơ của tỉnh: {state}, {PUBLISHED[overview.published]}.",
    ]
