"""Every reading that touched a unit, taken another way -> the units whose score or level would be different, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import CANDIDATE, Assessment
from pipeline.model.explanation import OtherReading
from pipeline.model.province import HumanDecision
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.rating.assess import assess
from pipeline.rating.year import settle_year

Under = Callable[[str, str], Regulation]  # reading, way -> the regulation read that way


@dataclass(frozen=True)
class Case:
    """What a unit's assessment was made from."""

    unit: Unit
    submission: Submission | None
    appraisal: Appraisal | None
    decided_members: Mapping[str, str]


@dataclass(frozen=True)
class Year:
    """Everything the quota and the decisions look at."""

    regulation: Regulation
    cases: Mapping[str, Case]
    assessments: Mapping[str, Assessment]
    decisions: Mapping[str, HumanDecision]
    basis: str | None


def other_readings(year: Year, under: Under, only: str | None = None) -> dict[str, tuple[OtherReading, ...]]:
    """Unit -> the other ways that change its score or level; `only` one unit's readings are tried."""
    found: dict[str, list[OtherReading]] = {code: [] for code in year.assessments}
    for reading in year.regulation.readings.values():
        touched = [code for code, a in year.assessments.items() if reading.code in _touching(year, a) and only in (None, code)]
        ways = [way for way in year.regulation.computable(reading.code) if way != reading.chosen and way in reading.ways]
        for way in ways if touched else ():
            variant = _settled(year, under(reading.code, way), touched)
            for code in touched:
                if _outcome(variant[code]) != _outcome(year.assessments[code]):
                    found[code].append(_other(reading.code, way, variant[code]))
    return {code: tuple(others) for code, others in found.items()}


def _touching(year: Year, a: Assessment) -> set[str | None]:
    """Readings of the unit's own facts; a candidate is also touched by those of the quota."""
    quota = year.regulation.quota
    of_quota: set[str | None] = {*quota.readings, quota.own_claim_reading, quota.outside_reading} if a.candidate else set()
    return {*a.readings, *of_quota}


def _settled(year: Year, law: Regulation, touched: list[str]) -> dict[str, Assessment]:
    """The year under another law: touched units assessed anew, the others as they were before the quota."""
    fresh = {}
    for code, a in year.assessments.items():
        if code in touched:
            case = year.cases[code]
            fresh[code] = assess(law, case.unit, case.submission, case.appraisal, dict(case.decided_members))
        else:
            fresh[code] = replace(a, decided_by=None, decided_reason=None, level=None, candidate=False)
    groups = {code: case.unit.group for code, case in year.cases.items()}
    settle_year(law, fresh, year.decisions, year.basis, groups)
    return fresh


def _outcome(a: Assessment) -> tuple[object, ...]:
    return (a.total, a.level, tuple(a.possible))


def _other(reading: str, way: str, a: Assessment) -> OtherReading:
    total = "" if a.total is None else format(a.total, ".2f")
    levels = tuple(level for level in a.possible if level != CANDIDATE)
    return OtherReading(reading, way, total, (a.level,) if a.level else levels)
