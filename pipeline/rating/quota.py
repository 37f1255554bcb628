"""All units' possible levels -> who is rated highest within the quota, who waits, who is outside (Điều 6 khoản 1 đoạn cuối).

Readings n7 (basis), n21 (ties), n22 (open units), n23 (the whole list). Integers only; limits round down.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.assessment import CANDIDATE, QuotaResult
from pipeline.model.rating_rules import QuotaRule


@dataclass(frozen=True)
class Entrant:
    """A unit as the quota sees it: the levels still possible, its printed total, the highest total it may reach."""

    code: str
    levels: frozenset[str]
    total: Decimal | None
    best: Decimal | None  # None = no score yet: any total is possible

    @property
    def certain_candidate(self) -> bool:
        return self.levels == {CANDIDATE}

    @property
    def rival(self) -> bool:
        """May become a candidate, or is one whose total is not settled yet."""
        return CANDIDATE in self.levels and (not self.certain_candidate or self.total is None)


def settle(rule: QuotaRule, entrants: list[Entrant], basis: str | None) -> QuotaResult:
    """`basis` None = not chosen yet: the narrowest reading is the worst case, the widest the best."""
    good = {CANDIDATE, rule.other}
    n_min = sum(e.levels <= good for e in entrants)
    n_max = sum(bool(e.levels & good) for e in entrants)
    bases = [basis] if basis else [b.code for b in rule.bases]

    def limits(n: int) -> list[int]:
        return [rule.limit(b, n) for b in bases]

    candidates = sorted((e for e in entrants if e.certain_candidate), key=lambda e: (-(e.total or 0), e.code))
    rivals = [e for e in entrants if e.rival]
    chosen, waiting, outside = [], [], []
    for candidate in candidates:
        total = candidate.total
        if total is None:
            waiting.append(candidate.code)
            continue
        above = sum((e.total or 0) > total for e in candidates)
        tied = sum(e.total == candidate.total for e in candidates)
        stronger = [r for r in rivals if r.best is None or r.best >= total]
        worst_n = n_min + sum(not r.levels <= good for r in stronger)
        if above + tied + len(stronger) <= min(limits(worst_n)):
            chosen.append(candidate.code)
        elif above >= max(limits(n_max)):
            outside.append(candidate.code)
        else:
            waiting.append(candidate.code)
    return QuotaResult(
        n_min,
        n_max,
        basis,
        min(limits(n_min)),
        max(limits(n_max)),
        tuple(chosen),
        tuple(waiting),
        tuple(outside),
        tuple(e.code for e in candidates),
        {b.code: rule.limit(b.code, n_min) for b in rule.bases},
    )


def within(rule: QuotaRule, basis: str, excellent: int, good: int) -> bool:
    """Whether a final list keeps the quota: `excellent` rated highest, `good` rated HTT."""
    return excellent <= rule.limit(basis, excellent + good)
