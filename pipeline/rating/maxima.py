"""Which rows apply -> the maximum of each row, points of the others carried over, lost or granted as the regulation is read.

Điều 4 khoản 2 đoạn 2 (contents of A and rows of B), Phụ lục mục C notes (transfers, one of two contents).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.assessment import Maxima, Maximum
from pipeline.model.criteria import CARRY, GRANT, LOSE, Criterion, Dash, Handling, Section, Transfer
from pipeline.model.regulation import Regulation
from pipeline.rating.numbers import proportional


@dataclass(frozen=True)
class Group:
    """Rows that share points: a criterion, or the whole of a unit's own part."""

    name: str
    rows: Sequence[Dash]
    total: Decimal
    handling: Handling  # what becomes of the points of a row that does not apply
    empty: str | None  # the same when no row applies; None = nothing can be said
    why: tuple[str, ...]  # citations of the transfers that changed the total
    readings: tuple[str, ...] = ()


def maxima(regulation: Regulation, section: str, not_applicable: frozenset[str]) -> Maxima:
    """Row code -> its maximum; a criterion none of whose rows can carry its points is named as stuck."""
    rows: dict[str, Maximum] = {}
    stuck: list[Group] = []
    readings: list[str] = []
    for part in regulation.parts(section):
        moved, absent = transfers(regulation, part, not_applicable)
        for group in groups(regulation, part, moved, absent):
            live = [r for r in group.rows if r.code not in absent]
            if not live and group.total and group.empty not in (LOSE, GRANT):
                stuck.append(group)
            rows |= _spread(regulation, group, live)
            readings += _touched(regulation, group, live)
    return Maxima(rows, tuple(g.name for g in stuck), sum((g.total for g in stuck), Decimal(0)), tuple(dict.fromkeys(readings)))


def transfers(regulation: Regulation, part: Section, not_applicable: frozenset[str]) -> tuple[list[Transfer], frozenset[str]]:
    """Transfers that take place, and every row of the part that does not apply, those of a transferred criterion among them."""
    mine = {criterion.code: [r.code for r in criterion.rows] for criterion in part.criteria}
    moved = [t for t in regulation.scoring.transfers if t.source in mine and set(t.rows) <= not_applicable]
    return moved, not_applicable | {code for t in moved for code in mine[t.source]}


def groups(regulation: Regulation, part: Section, moved: list[Transfer], absent: frozenset[str]) -> Iterator[Group]:
    """What shares points in a part, with the totals after transfers."""
    rules = regulation.scoring
    whole = rules.not_applicable.whole_criterion
    empty = whole.fate if part.part in whole.parts else None
    if regulation.part_rule(part).own == "co":
        handling = rules.not_applicable.whole_row
        yield Group(part.code, part.rows, Decimal(part.total or 0), handling, None if empty == CARRY else empty, ())
        return
    criteria = [_criterion(regulation, criterion, moved, empty) for criterion in part.criteria]
    dead = [g for g in criteria if g.total and all(r.code in absent for r in g.rows) and g.empty == CARRY]
    alive = [g for g in criteria if g.total and g not in dead]
    if not dead or not alive or part.part not in whole.parts:
        yield from criteria
        return
    whole_total = Fraction(sum((g.total for g in (*alive, *dead)), Decimal(0)))
    totals = proportional([Fraction(g.total) for g in alive], whole_total, rules.rounding.digits or 0)
    larger = {g.name: total for g, total in zip(alive, totals)}
    for g in criteria:
        citations = (*g.why, whole.citation) if g.name in larger else g.why
        yield replace(g, total=larger.get(g.name, Decimal(0)), why=citations, readings=(*g.readings, *_codes(whole.reading)))


def _criterion(regulation: Regulation, criterion: Criterion, moved: list[Transfer], empty: str | None) -> Group:
    """A criterion with its points after the transfers, and the rule for its contents that do not apply."""
    rules = regulation.scoring
    handling: Handling = rules.not_applicable
    if criterion.code in rules.one_content.criteria:
        handling = rules.one_content
    elif criterion.code == rules.first_of_c.criterion:
        handling, empty = rules.first_of_c, rules.first_of_c.fate if rules.first_of_c.fate == GRANT else None
    total, why, readings = Decimal(criterion.points or 0), list[str](), list[str]()
    for transfer in moved:
        if transfer.target == criterion.code:
            points = next(c.points for s in regulation.sections.values() for c in s.criteria if c.code == transfer.source)
            total += Decimal(points or 0)
            why.append(transfer.citation)
            readings += _codes(transfer.reading, transfer.split_reading)
        elif transfer.source == criterion.code:
            total = Decimal(0)
    return Group(criterion.code, criterion.rows, total, handling, empty, tuple(why), tuple(readings))


def _spread(regulation: Regulation, group: Group, live: Sequence[Dash]) -> dict[str, Maximum]:
    """The group's points over its rows; rows without a share do not apply."""
    if len(live) == len(group.rows) and group.total == sum(r.points or 0 for r in group.rows):
        return {r.code: Maximum(Decimal(r.points or 0), Decimal(r.points or 0), Fraction(r.points or 0)) for r in group.rows}
    fate = group.handling.fate if live else group.empty
    carriers = live if fate == CARRY else group.rows
    weights = [Fraction(r.points or 0) for r in carriers]
    result = {r.code: Maximum(Decimal(r.points or 0), None, None) for r in group.rows}
    if not group.total or not sum(weights) or (not live and fate != GRANT):
        return result
    equal = [w + (Fraction(group.total) - sum(weights)) / len(carriers) for w in weights]
    carried = regulation.scoring.not_applicable.method == "ty_le_thuan"
    alive = {r.code for r in live}
    why = (*group.why, group.handling.citation) if len(live) < len(group.rows) else group.why
    shares = proportional(weights if carried else equal, Fraction(group.total), regulation.scoring.rounding.digits or 0)
    for row, printed, exact in zip(carriers, shares, equal):
        standard, granted = Decimal(row.points or 0), row.code not in alive
        if granted and fate == LOSE:
            continue
        result[row.code] = Maximum(standard, printed, exact, why if printed != standard or granted else (), granted)
    return result


def _touched(regulation: Regulation, group: Group, live: Sequence[Dash]) -> list[str]:
    """Readings that shaped the maxima of a group."""
    found = list(group.readings)
    if len(live) < len(group.rows) and group.total:
        found += _codes(group.handling.reading)
        if len(live) > 1 and group.handling.fate == CARRY:
            found += _codes(regulation.scoring.not_applicable.reading)
    return found


def _codes(*readings: str | None) -> list[str]:
    return [r for r in readings if r]
