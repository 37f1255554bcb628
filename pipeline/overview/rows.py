"""YearOverview -> the table for the terminal: a row per unit, a line on the province."""

from __future__ import annotations

from pipeline.overview.year import PUBLISHED, STATES, UnitOverview, YearOverview
from pipeline.problems import Kind
from pipeline.rendering.vietnamese import score

HEADS = ("STT", "Đơn vị", "Điền", "Lỗi", "Thiếu", "C.báo", "Tự chấm", "T.định", "Mức", "Hồ sơ")


def rows(overview: YearOverview) -> list[tuple[str, ...]]:
    return [_row(overview, u) for u in overview.units]


def _row(overview: YearOverview, u: UnitOverview) -> tuple[str, ...]:
    level = u.official or u.level
    counts = [str(u.count(kind) or "") for kind in Kind]
    return (
        str(u.unit.number),
        u.unit.name,
        f"{u.filled.percent}%" if u.filled else "-",
        *counts,
        score(u.self_score) or "...",
        score(u.appraised_score) or "...",
        overview.regulation.level_short(level) if level else "Chưa rõ",
        f"{STATES[u.state]}, {PUBLISHED[u.published]}",
    )


def province_lines(overview: YearOverview) -> list[str]:
    """Under the table: quota, opinions still owed, the province's dossier."""
    n, limit = overview.quota
    owed = [f"{b.name} {b.given}/{b.asked}" for b in overview.bodies if b.given < b.asked]
    state = f"dự thảo, còn {len(overview.missing)} điều chưa đủ" if overview.missing else "đã đủ"
    return [
        f"Hạn mức xuất sắc: {f'tối đa {limit}/{n} đơn vị, đã xác định {overview.chosen}' if limit is not None else 'chưa xác định được'}.",
        f"Ý kiến còn thiếu: {'; '.join(owed)}." if owed else "Ý kiến của các chủ thể đã đủ.",
        f"Hồ sơ của tỉnh: {state}, {PUBLISHED[overview.published]}.",
    ]
