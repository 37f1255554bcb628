"""Rows as a clerk wrote them x maxima -> ScoreSheet: each row's points, printed sums, exact and equal-split totals.

Điều 4 khoản 1, khoản 2; rounding, cap and the totals to compare are settings of the regulation's folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.assessment import Maximum, ScoredRow, ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.rating.maxima import maxima
from pipeline.rating.numbers import half_up
from pipeline.rating.shares import above_plan, share_of, told


def score(regulation: Regulation, section: str, entries: Mapping[str, RowEntry], changed: frozenset[str] = frozenset()) -> ScoreSheet:
    """`section` is the unit's own part; `changed` are the rows the appraiser has written."""
    absent = frozenset(code for code, entry in entries.items() if entry.not_applicable)
    limits = maxima(regulation, section, absent)
    rows = {
        row.code: score_row(regulation, row.code, entries.get(row.code, RowEntry()), limits.rows[row.code], row.code in changed)
        for _, _, row in regulation.rows(section)
    }
    parts = {part.part: _sum([rows[r.code] for r in part.rows]) for part in regulation.parts(section)}
    known = [points for points in parts.values() if points is not None]
    total = None if limits.stuck or len(known) < len(parts) else sum(known, Decimal(0))
    return ScoreSheet(
        rows,
        parts,
        total,
        _range(rows, "exact", Fraction(limits.stuck_points)),
        _range(rows, "equal", Fraction(limits.stuck_points)),
        _printed_range(rows, limits.stuck_points),
        limits.stuck,
        tuple(dict.fromkeys([*limits.readings, *_readings(regulation, entries, rows)])),
    )


def score_row(regulation: Regulation, code: str, entry: RowEntry, maximum: Maximum, changed: bool) -> ScoredRow:
    """Share of the plan achieved times the row's maximum, half-up; points are taken as given."""
    row = ScoredRow(code, maximum, None, None, None, "", entry.reason, entry.evidence, entry.not_applicable, changed)
    if maximum.printed is None or maximum.equal is None:
        return row
    digits = regulation.scoring.rounding.digits or 0
    if maximum.granted:
        granted = half_up(maximum.equal, digits)
        return replace(row, points=maximum.printed, exact=Fraction(maximum.printed), equal=granted, how="hưởng trọn điểm")
    if entry.points is not None:
        given = Fraction(entry.points)
        return replace(row, points=half_up(given, digits), exact=given, equal=half_up(given, digits), how=told(entry))
    share = share_of(entry, regulation.scoring)
    if share is None:
        return row
    if regulation.scoring.rounding.what == "ty_le":
        share = Fraction(half_up(share * 100, digits)) / 100
    exact = share * Fraction(maximum.printed)
    return replace(row, points=half_up(exact, digits), exact=exact, equal=half_up(share * maximum.equal, digits), how=told(entry))


def _readings(regulation: Regulation, entries: Mapping[str, RowEntry], rows: Mapping[str, ScoredRow]) -> list[str]:
    """Rounding matters where a row is not exact, the cap where a result is above the plan."""
    rules, found = regulation.scoring, []
    if any(r.points is not None and r.exact != r.points for r in rows.values()):
        found.append(rules.rounding.reading)
    if any(above_plan(e, rules) for e in entries.values()):
        found.append(rules.cap.reading)
    if any(e.subordinates for e in entries.values()):
        found.append(rules.subordinates.reading)
    return [code for code in found if code]


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
