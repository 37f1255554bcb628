"""All units' possible levels -> who is rated highest within the quota, who waits, who is outside (Điều 6 khoản 1 đoạn cuối).

The basis, ties, open units and the scope (the whole list or each group) are settings of the regulation's folder. Integers only;
limits round down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    group: int = 0
    place: int = 0  # in the register: those of one total stand in its order

    @property
    def certain_candidate(self) -> bool:
        return self.levels == {CANDIDATE}

    @property
    def rival(self) -> bool:
        """May become a candidate, or is one whose total is not settled yet."""
        return CANDIDATE in self.levels and (not self.certain_candidate or self.total is None)


def settle(rule: QuotaRule, entrants: list[Entrant], basis: str | None) -> QuotaResult:
    """`basis` None = not chosen: the narrowest reading is the worst case, the widest the best."""
    found = _settle(rule, entrants, rule.basis(basis))
    return replace(found, by_basis={b.code: _settle(rule, entrants, b.code).chosen for b in rule.bases})


def _settle(rule: QuotaRule, entrants: list[Entrant], basis: str | None) -> QuotaResult:
    if rule.scope == "toan_bo":
        return _settle_scope(rule, entrants, basis)
    scopes = [[e for e in entrants if e.group == group] for group in sorted({e.group for e in entrants})]
    return _together(rule, entrants, [_settle_scope(rule, scope, basis) for scope in scopes])


def _settle_scope(rule: QuotaRule, entrants: list[Entrant], basis: str | None) -> QuotaResult:
    good = {CANDIDATE, rule.other}
    n_min = sum(e.levels <= good for e in entrants)
    n_max = n_min if rule.open_units == "phan_da_ro" else sum(bool(e.levels & good) for e in entrants)
    bases = [basis] if basis else [b.code for b in rule.bases]
    narrow, wide = min(rule.limit(b, n_min) for b in bases), max(rule.limit(b, n_max) for b in bases)
    candidates = by_rank(e for e in entrants if e.certain_candidate)
    places = {e.code: _place(rule, e, candidates, entrants, bases, n_min, n_max) for e in candidates}
    return QuotaResult(
        n_min,
        n_max,
        basis,
        narrow,
        wide,
        tuple(code for code, place in places.items() if place == "chon"),
        tuple(code for code, place in places.items() if place == "cho"),
        tuple(code for code, place in places.items() if place == "ngoai"),
        tuple(places),
        {b.code: (rule.limit(b.code, n_min), rule.limit(b.code, n_max)) for b in rule.bases},
    )


def by_rank(entrants: Iterable[Entrant]) -> list[Entrant]:
    return sorted(entrants, key=lambda e: (-(e.total or 0), e.place, e.code))


def _place(
    rule: QuotaRule, candidate: Entrant, candidates: list[Entrant], entrants: list[Entrant], bases: list[str], n_min: int, n_max: int
) -> str:
    """`chon` under every way of settling the open units and the basis, `ngoai` under every way, else `cho`."""
    total, good = candidate.total, {CANDIDATE, rule.other}
    rivals = [e for e in entrants if e.rival] if rule.open_units != "phan_da_ro" else []
    if total is None or (rule.open_units == "cho_du" and any(len(e.levels) > 1 for e in entrants)):
        return "cho"
    above = sum((e.total or 0) > total for e in candidates)
    tied = sum(e.total == total for e in candidates)
    stronger = [r for r in rivals if r.best is None or r.best >= total]
    worst_n = n_min + sum(not r.levels <= good for r in stronger)
    if above + tied + len(stronger) <= min(rule.limit(b, worst_n) for b in bases):
        return "chon"
    widest = max(rule.limit(b, n_max) for b in bases)
    return "ngoai" if above >= widest or (rule.tie == "khong_lay" and above + tied > widest) else "cho"


def _together(rule: QuotaRule, entrants: list[Entrant], scopes: list[QuotaResult]) -> QuotaResult:
    """Quotas of several groups as one: figures summed, candidates by rank over all."""
    order = [e.code for e in by_rank(e for e in entrants if e.certain_candidate)]

    def joined(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(sorted((code for codes in names for code in codes), key=order.index))

    limits = {b.code: tuple(sum(s.limits[b.code][i] for s in scopes) for i in (0, 1)) for b in rule.bases}
    return QuotaResult(
        sum(s.n_min for s in scopes),
        sum(s.n_max for s in scopes),
        scopes[0].basis if scopes else None,
        sum(s.limit_min for s in scopes),
        sum(s.limit_max for s in scopes),
        joined(s.chosen for s in scopes),
        joined(s.waiting for s in scopes),
        joined(s.outside for s in scopes),
        tuple(order),
        {code: (low, high) for code, (low, high) in limits.items()},
        scopes=tuple(scopes),
    )


def within(rule: QuotaRule, basis: str, excellent: int, good: int) -> bool:
    """Whether a final list keeps the quota: `excellent` rated highest, `good` rated HTT."""
    return excellent <= rule.limit(basis, excellent + good)
