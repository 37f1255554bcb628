"""Which rows apply -> the maximum of each row, points of the others carried over inside the criterion or section.

Điều 4 khoản 2 đoạn 2 (contents of A and rows of B), Phụ lục mục C notes (transfers, one of two contents).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.model.assessment import Maximum
from pipeline.model.criteria import Criterion, Dash, Section
from pipeline.model.regulation import Regulation
from pipeline.rating.numbers import proportional


def maxima(regulation: Regulation, section: str, not_applicable: frozenset[str]) -> dict[str, Maximum]:
    """Row code -> its maximum. Rows of a criterion without any applicable row get none (its points go where the law says)."""
    result: dict[str, Maximum] = {}
    for part in regulation.parts(section):
        if part.part == regulation.scoring.evidence_part:
            rows = [row for criterion in part.criteria for row in criterion.rows]
            result |= _spread(
                regulation, rows, Decimal(part.total or 0), not_applicable, (regulation.scoring.not_applicable.whole_row.citation,)
            )
        else:
            for criterion, total, why in _criteria_totals(regulation, part, not_applicable):
                result |= _spread(regulation, criterion.rows, total, not_applicable, why)
    return result


def _criteria_totals(
    regulation: Regulation, part: Section, not_applicable: frozenset[str]
) -> list[tuple[Criterion, Decimal, tuple[str, ...]]]:
    """Each criterion's points after the transfers of section C."""
    totals = {c.code: Decimal(c.points or 0) for c in part.criteria}
    why: dict[str, tuple[str, ...]] = {c.code: (_citation(regulation, c),) for c in part.criteria}
    for transfer in regulation.scoring.transfers:
        source = next((c for c in part.criteria if c.code == transfer.source), None)
        if source and all(r.code in not_applicable for r in source.rows):
            totals[transfer.target] += totals[source.code]
            totals[source.code] = Decimal(0)
            why[transfer.target] += (transfer.citation,)
    return [(c, totals[c.code], why[c.code]) for c in part.criteria]


def _citation(regulation: Regulation, criterion: Criterion) -> str:
    if criterion.code in regulation.scoring.one_content.criteria:
        return regulation.scoring.one_content.citation
    return regulation.scoring.not_applicable.citation


def _spread(
    regulation: Regulation, rows: Sequence[Dash], total: Decimal, not_applicable: frozenset[str], why: tuple[str, ...]
) -> dict[str, Maximum]:
    live = [r for r in rows if r.code not in not_applicable]
    weights = [Fraction(r.points or 0) for r in live]
    equal = [w + (Fraction(total) - sum(weights)) / len(live) for w in weights]
    rounded = regulation.scoring.not_applicable.method == "ty_le_thuan"
    shares = proportional(weights if rounded else equal, Fraction(total)) if live else []
    result = {r.code: Maximum(Decimal(r.points or 0), None, None) for r in rows}
    for row, printed, exact in zip(live, shares, equal):
        standard = Decimal(row.points or 0)
        result[row.code] = Maximum(standard, printed, exact, why if printed != standard else ())
    return result
