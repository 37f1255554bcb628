"""Điều 6 khoản 1 đoạn cuối: the quota, by trying every way to settle the open units where that can be done, else by the worst and best case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from tests.oracle.oracle_table import HTNV, HTT, KHTNV, XS

R1, R2 = 6, 5  # reading 7: E = N // 6 (base without the XS units), E = N // 5 (base with them)
BASES = {"khong_gom_xuat_sac": (R1,), "gom_xuat_sac": (R2,), None: (R1, R2)}
IN, OUT, TIED = "in", "out", "tied"
MOST_WAYS = 20_000


@dataclass(frozen=True)
class Standing:
    """A unit as the quota sees it. `levels`: still possible before the quota; a candidate has {XS, HTT} and candidate=True."""

    code: str
    score: Fraction | None
    levels: frozenset[str]
    candidate: bool = False

    @property
    def good(self) -> bool:
        """Rated HTT or better whatever happens."""
        return self.levels <= {XS, HTT}

    @property
    def fixed(self) -> bool:
        return len(self.levels) == 1

    @property
    def rival(self) -> bool:
        """Open, and may still be XS."""
        return not self.fixed and not self.candidate and XS in self.levels


@dataclass(frozen=True)
class Quota:
    n_min: int
    n_max: int
    limit_min: int
    limit_max: int
    outcome: dict[str, str]  # undecided candidate -> in, out, tied (= waits)


def walk(field: list[tuple[str, Fraction | None]], places: int) -> dict[str, str]:
    """Procedure, step 4: tie groups from the highest score down; a group that crosses the limit waits, all below are out."""
    result: dict[str, str] = {}
    for code, score in field:
        above = sum(1 for _, other in field if _higher(other, score))
        level = sum(1 for _, other in field if other == score)
        result[code] = IN if above + level <= places else OUT if above >= places else TIED
    return result


def _higher(other: Fraction | None, score: Fraction | None) -> bool:
    """A unit without a score yet may lie above everyone (reading 16)."""
    return (other is None and score is not None) or (other is not None and score is not None and other > score)


def settlements(units: list[Standing]) -> Iterator[tuple[list[Standing], int]]:
    """Every way to settle the open units: who of them becomes a candidate, how many more are HTT."""
    rivals = [u for u in units if u.rival]
    simple = sum(1 for u in units if not u.fixed and not u.rival and not u.candidate and HTT in u.levels and not u.good)
    for way in product(*([XS, HTT, HTNV] if u.levels & {HTNV, KHTNV} else [XS, HTT] for u in rivals)):
        extra = [u for u, level in zip(rivals, way) if level == XS]
        for others in range(simple + 1):
            yield extra, sum(level == HTT for level in way) + others


def count_ways(units: list[Standing]) -> int:
    simple = sum(1 for u in units if not u.fixed and not u.candidate and not u.rival)
    return 3 ** sum(u.rival for u in units) * (simple + 1)


def brute_force(units: list[Standing], bases: tuple[int, ...]) -> dict[str, set[str]]:
    """Candidate -> every outcome it can have."""
    candidates = [u for u in units if u.candidate]
    taken = sum(u.levels == {XS} for u in units)  # by a recorded decision
    sure = sum(u.good and not u.rival for u in units)
    found: dict[str, set[str]] = {u.code: set() for u in candidates}
    for extra, others in settlements(units):
        n = sure + len(extra) + others
        field = [(u.code, u.score) for u in [*candidates, *extra]]
        for base in bases:
            outcome = walk(field, n // base - taken)
            for u in candidates:
                found[u.code].add(outcome[u.code])
    return found


def worst_and_best(units: list[Standing], bases: tuple[int, ...]) -> dict[str, str]:
    """Reading 22: worst case = smallest N plus the rivals, R1; best case = largest N, no rival, R2."""
    candidates = [u for u in units if u.candidate]
    taken = sum(u.levels == {XS} for u in units)
    n_min, n_max = sum(u.good for u in units), sum(bool(u.levels & {XS, HTT}) for u in units)
    result = {}
    for c in candidates:
        assert c.score is not None
        rivals = [u for u in units if u.rival and (u.score is None or u.score >= c.score)]
        not_above = taken + sum(u.score is not None and u.score >= c.score for u in candidates) + len(rivals)
        above = taken + sum(u.score is not None and u.score > c.score for u in candidates)
        worst = (n_min + sum(not u.good for u in rivals)) // max(bases)
        best = n_max // min(bases)
        result[c.code] = IN if not_above <= worst else OUT if above >= best else TIED
    return result


def settle(units: list[Standing], basis: str | None) -> Quota:
    """The quota over all units (reading 23: one list)."""
    bases = BASES[basis]
    outcome = worst_and_best(units, bases)
    if count_ways(units) <= MOST_WAYS:  # the rule must agree with trying everything
        tried = brute_force(units, bases)
        assert outcome == {code: found.pop() if len(found) == 1 else TIED for code, found in tried.items()}
    n_min, n_max = sum(u.good for u in units), sum(bool(u.levels & {XS, HTT}) for u in units)
    return Quota(n_min, n_max, n_min // max(bases), n_max // min(bases), outcome)
