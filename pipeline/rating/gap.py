"""An assessment with a level -> the nearest higher level and exactly what is missing for it: points, conditions, rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from pipeline.model.assessment import MET, Assessment, QuotaResult
from pipeline.model.explanation import NO_DEFECT, NOT_HIGHEST, SCORE, SOME_DEFECT, BranchFound, Finding, Gap
from pipeline.model.rating_rules import Band, Branch, DefectRules, Ground
from pipeline.model.regulation import Regulation
from pipeline.rating.branches import branches
from pipeline.rating.rank import scope_of

DEFECTS = [info.alias or name for name, info in DefectRules.model_fields.items()]


@dataclass(frozen=True)
class Way:
    """What a branch of the higher level still asks for: points up to a band, findings that must be otherwise, all in words."""

    band: Band | None  # None = the score is in place
    points: Decimal
    changes: tuple[str, ...]
    lacking: tuple[str, ...]


def gap(regulation: Regulation, a: Assessment, quota: QuotaResult) -> Gap | None:
    """None for the highest level, and while the level itself is open.

    The way with the fewest changes of facts, then points; another one too where it asks for fewer points.
    """
    if not a.level or a.rated is None or a.facts is None or a.total is None or not regulation.rank(a.level):
        return None
    level = regulation.heading.levels[regulation.rank(a.level) - 1].code
    if a.candidate and level == regulation.quota.chosen:
        return Gap(level, (rank_lacking(regulation, a, quota),))
    found = ways(regulation, a, quota, level)
    if not found:
        return None
    rank = (f"thứ hạng trong hạn mức ({regulation.quota.citation})",) if level == regulation.quota.chosen else ()
    shortest = min(found, key=lambda way: way.points)
    other = shortest.lacking if shortest.points < found[0].points else ()
    return Gap(level, (*found[0].lacking, *rank), (*other, *rank) if other else ())


def ways(regulation: Regulation, a: Assessment, quota: QuotaResult, level: str) -> list[Way]:
    """Nearest first. The branches are taken as the article has them: a person's decision changes no condition."""
    undecided = branches(regulation, replace(a, decided_by=None), quota)
    pairs = zip(regulation.rating.branches_in_force, undecided)
    found = [_way(regulation, a, branch, tree) for branch, tree in pairs if branch.level == level]
    return sorted((way for way in found if way), key=lambda way: (len(way.changes), way.points))


def _way(regulation: Regulation, a: Assessment, branch: Branch, tree: BranchFound) -> Way | None:
    """None where the branch asks for fewer points or for something bad: that is no way up."""
    band: Band | None = None
    points, changes, lacking = Decimal(0), list[str](), list[str]()
    for ground, f in zip(branch.in_force, tree.findings):
        if f.result == MET or not f.counts or f.code == NOT_HIGHEST:
            continue
        if f.code == SCORE:
            target = _target(regulation, a, branch)
            if target is None:
                return None
            band, points = target
            said = format(points, ".2f").replace(".", ",")
            lacking.insert(0, f"thêm {said} điểm để đạt {band.low} điểm ({f.citation})")
        elif f.code == SOME_DEFECT or ground.contrary == "co":
            return None
        else:
            wanted = dict(_wanted(a, ground, f))
            changes += wanted
            lacking += wanted.values()
    return Way(band, points, tuple(changes), tuple(lacking))


def _target(regulation: Regulation, a: Assessment, branch: Branch) -> tuple[Band, Decimal] | None:
    """The lowest band of the branch above the total, and the points up to it; None when the total is beyond them all."""
    total = a.total or Decimal(0)
    for band in regulation.rating.bands:
        if band.code not in branch.bands or (band.high is not None and total >= band.high):
            continue
        points = Decimal(band.low or 0) - total
        if points <= 0:  # printed it is enough: another of the totals compared falls short
            points = Decimal(ceil((Fraction(band.low or 0) - _least(regulation, a)) * 100)) / 100
        return (band, points) if points > 0 else None
    return None


def _least(regulation: Regulation, a: Assessment) -> Fraction:
    assert a.rated
    totals = {"in": Fraction(a.rated.printed[0]), "chinh_xac": a.rated.exact[0], "chia_deu": a.rated.equal[0]}
    return min(totals[name] for name in regulation.scoring.comparison.totals)


def _wanted(a: Assessment, ground: Ground, f: Finding) -> Iterator[tuple[str, str]]:
    """Finding -> the condition in words, by the branch's own citation; of all defects together those there are."""
    if f.code != NO_DEFECT:
        yield f.code, _condition(f.text, f.citation)
        return
    for e in a.evidence:
        if e.code in (ground.parts or DEFECTS) and e.result != MET:
            yield e.code, _condition(e.text, f"{f.citation}; {e.citation}")


def _condition(text: str, citation: str) -> str:
    return f"điều kiện «{text[:1].lower()}{text[1:]}» ({citation})"


def rank_lacking(regulation: Regulation, a: Assessment, quota: QuotaResult) -> str:
    """For a candidate outside the quota: a place within the limit."""
    scope = scope_of(quota, a.code)
    limits = f"{scope.limit_min:02d}" if scope.limit is not None else f"{scope.limit_min:02d} đến {scope.limit_max:02d}"
    return f"thứ hạng trong giới hạn {limits} tập thể ({regulation.quota.citation})"
