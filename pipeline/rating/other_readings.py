"""Every reading that touched a unit, taken another way -> the units whose score or level would be different, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import CANDIDATE, Assessment
from pipeline.model.explanation import OtherReading, Rescored
from pipeline.model.province import DecidedLevel, HumanDecision
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.rating import effective
from pipeline.rating.assess import assess
from pipeline.rating.claims import above_maximum
from pipeline.rating.year import settle_year

Under = Callable[[str, str], Regulation]  # reading, way -> the regulation read that way


@dataclass(frozen=True)
class Case:
    """What a unit's assessment was made from."""

    unit: Unit
    submission: Submission | None
    appraisal: Appraisal | None
    decided_members: Mapping[str, DecidedLevel]


@dataclass(frozen=True)
class Year:
    """Everything the quota and the decisions look at."""

    regulation: Regulation
    cases: Mapping[str, Case]
    assessments: Mapping[str, Assessment]
    decisions: Mapping[str, HumanDecision]
    basis: str | None


@dataclass(frozen=True)
class Variant:
    """The regulation with one reading taken another way than the one applied (None = none is chosen yet)."""

    reading: str
    way: str
    applied: str | None
    law: Regulation
    basis: str | None


def other_readings(year: Year, under: Under, only: str | None = None) -> dict[str, tuple[OtherReading, ...]]:
    """Unit -> the other ways that change its score or level; `only`: leaves out the ways that do not touch that unit."""
    found: dict[str, list[OtherReading]] = {code: [] for code in year.assessments}
    touching = {code: _touching(year, a) for code, a in year.assessments.items()}
    for reading in year.regulation.readings:
        touched = [code for code in year.assessments if reading in touching[code]]
        if not touched or (only is not None and only not in touched):
            continue
        for variant in _variants(year, under, reading):
            settled, above = _settled(year, variant, touched)
            for code in touched:
                if above[code] or _outcome(settled[code]) != _outcome(year.assessments[code]):
                    found[code].append(_other(variant, settled[code], above[code]))
    return {code: tuple(others) for code, others in found.items()}


def _touching(year: Year, a: Assessment) -> set[str | None]:
    """Readings of the unit's own facts; members' levels count for every unit, the quota's readings for a candidate."""
    quota = year.regulation.quota
    of_quota: set[str | None] = {*quota.readings, quota.own_claim_reading, quota.outside_reading} if a.candidate else set()
    return {*a.readings, year.regulation.rating.member_levels.reading, *of_quota}


def _variants(year: Year, under: Under, reading: str) -> Iterator[Variant]:
    """The quota's basis may have been chosen by people (tinh.yaml), over the regulation's folder: then theirs is the one replaced."""
    regulation, rule = year.regulation, year.regulation.quota
    applied = regulation.applied(reading, rule.basis(year.basis))
    if reading == rule.basis_reading:
        for basis in rule.bases:
            if basis.way and basis.way != applied:
                yield Variant(reading, basis.way, applied, regulation, basis.code)
        return
    for way in regulation.computable(reading):
        if way != regulation.readings[reading].chosen and way in regulation.readings[reading].ways:
            yield Variant(reading, way, applied, under(reading, way), year.basis)


def _settled(year: Year, variant: Variant, touched: list[str]) -> tuple[dict[str, Assessment], dict[str, tuple[Rescored, ...]]]:
    """The year under another law: touched units assessed anew, the others as they were before the quota.

    Points given directly may be above a row's maximum there: such a unit has no score (rows to be scored again are listed).
    """
    fresh, above = {}, {}
    for code, a in year.assessments.items():
        fresh[code] = replace(a, decided_by=None, decided_reason=None, level=None, candidate=False, rank=None)
        if code in touched:
            fresh[code], above[code] = _assessed(year.cases[code], variant.law)
    groups = {code: case.unit.group for code, case in year.cases.items()}
    settle_year(variant.law, fresh, year.decisions, variant.basis, groups)
    return fresh, above


def _assessed(case: Case, law: Regulation) -> tuple[Assessment, tuple[Rescored, ...]]:
    a = assess(law, case.unit, case.submission, case.appraisal, case.decided_members)
    if case.submission is None or case.appraisal is None or a.rated is None:
        return a, ()
    rows = effective.rows(case.submission, case.appraisal)[0] if a.rated is a.sheet else case.submission.rows
    above = tuple(Rescored(code, row.changed) for code, row in a.rated.rows.items() if code in rows and above_maximum(law, row, rows[code]))
    if not above:
        return a, ()
    return Assessment(a.code, possible=a.possible, missing=[f"hàng {row.code} phải chấm lại" for row in above]), above


def _outcome(a: Assessment) -> tuple[object, ...]:
    return (a.total, a.level, tuple(a.possible))


def _other(variant: Variant, a: Assessment, above: tuple[Rescored, ...]) -> OtherReading:
    total = "" if a.total is None else format(a.total, ".2f")
    levels = tuple(level for level in a.possible if level != CANDIDATE)
    return OtherReading(variant.reading, variant.way, variant.applied, total, (a.level,) if a.level else levels, a.state, above)
