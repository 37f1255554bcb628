"""Rows as a clerk wrote them x maxima -> ScoreSheet: each row's points, printed sums, exact and equal-split totals.

Điều 4 khoản 1, khoản 2; rounding and the three totals by readings n10 and n17.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.assessment import Maximum, ScoredRow, ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.submission import RowEntry
from pipeline.rating.maxima import maxima
from pipeline.rating.numbers import half_up


def score(regulation: Regulation, section: str, entries: Mapping[str, RowEntry], changed: frozenset[str] = frozenset()) -> ScoreSheet:
    """`section` is the unit's part of B; `changed` are the rows the appraiser has written."""
    absent = frozenset(code for code, entry in entries.items() if entry.not_applicable)
    limits = maxima(regulation, section, absent)
    rows = {
        row.code: score_row(regulation, row.code, entries.get(row.code, RowEntry()), limits[row.code], row.code in changed)
        for _, _, row in regulation.rows(section)
    }
    parts = {part.part: _sum([rows[r.code] for c in part.criteria for r in c.rows]) for part in regulation.parts(section)}
    lost = Decimal(regulation.scoring.total.points or 0) - sum((m.printed for m in limits.values() if m.printed is not None), Decimal(0))
    total = None if lost or any(p is None for p in parts.values()) else sum((p for p in parts.values() if p is not None), Decimal(0))
    return ScoreSheet(
        rows,
        parts,
        total,
        _range(rows, "exact", Fraction(lost)),
        _range(rows, "equal", Fraction(lost)),
        _printed_range(rows, lost),
        no_rule=bool(lost),
    )


def score_row(regulation: Regulation, code: str, entry: RowEntry, maximum: Maximum, changed: bool) -> ScoredRow:
    """Share of the plan achieved times the row's maximum, half-up; points are taken as given."""
    row = ScoredRow(code, maximum, None, None, None, "", entry.reason, entry.evidence, entry.not_applicable, changed)
    if maximum.printed is None or maximum.equal is None:
        return row
    digits = regulation.scoring.rounding.digits or 0
    if entry.points is not None:
        given = Fraction(entry.points)
        return replace(row, points=half_up(given, digits), exact=given, equal=half_up(given, digits), how=_plain(entry.points) + " điểm")
    share = share_of(entry, Fraction(regulation.scoring.cap.percent or 0, 100))
    if share is None:
        return row
    exact = share * Fraction(maximum.printed)
    return replace(row, points=half_up(exact, digits), exact=exact, equal=half_up(share * maximum.equal, digits), how=_how(entry))


def share_of(entry: RowEntry, cap: Fraction) -> Fraction | None:
    """The share achieved as an exact fraction, capped; None when the row is still blank."""
    if entry.share is not None:
        return min(Fraction(entry.share) / 100, cap)
    if entry.planned and entry.achieved is not None:
        return min(Fraction(entry.achieved) / Fraction(entry.planned), cap)
    return None


def _how(entry: RowEntry) -> str:
    if entry.share is not None:
        return f"{_plain(entry.share)}%"
    return f"{_plain(entry.achieved)}/{_plain(entry.planned)}"


def _plain(number: Decimal | None) -> str:
    return format(number or Decimal(0), "f").replace(".", ",")


def _sum(rows: list[ScoredRow]) -> Decimal | None:
    if any(r.applies and r.points is None for r in rows):
        return None
    return sum((r.points for r in rows if r.points is not None), Decimal(0))


def _range(rows: Mapping[str, ScoredRow], kind: str, lost: Fraction) -> tuple[Fraction, Fraction]:
    """A blank row may still turn out anything from 0 to its maximum; so may points no row can carry."""
    low = sum((Fraction(getattr(r, kind)) for r in rows.values() if getattr(r, kind) is not None), Fraction(0))
    limits = [r.maximum.equal if kind == "equal" else r.maximum.printed for r in rows.values() if r.points is None]
    return low, low + sum((Fraction(m) for m in limits if m is not None), lost)


def _printed_range(rows: Mapping[str, ScoredRow], lost: Decimal) -> tuple[Decimal, Decimal]:
    low = sum((r.points for r in rows.values() if r.points is not None), Decimal(0))
    open_ = sum((r.maximum.printed for r in rows.values() if r.maximum.printed is not None and r.points is None), lost)
    return low, low + open_
