"""YearResult -> why each unit has its level: the tree of conditions, what is missing, the quota, what other readings would give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.assessing import YearResult
from pipeline.model.assessment import DECIDED, Assessment, Written
from pipeline.model.explanation import Decision, Doubt, Explanation
from pipeline.rating import effective
from pipeline.rating.branches import branches
from pipeline.rating.doubts import doubt
from pipeline.rating.gap import gap
from pipeline.rating.other_readings import Case, other_readings
from pipeline.rating.possible import possible_levels
from pipeline.rating.procedure import steps
from pipeline.rating.rank import position, rank_of
from pipeline.rating.result import result as result_object


def explain_year(result: YearResult, only: str | None = None) -> dict[str, Explanation]:
    """Unit -> its explanation; `only`: other readings are tried for that unit alone (they take most of the time)."""
    regulation, quota = result.files.regulation, result.quota
    others = other_readings(result.basis_of_rating, result.files.under, only)
    decisions = result.files.decisions.usable
    entries = {case.unit: i for i, case in enumerate((decisions.open_cases if decisions else None) or [])}
    every = list(result.assessments.values())
    found = {}
    for code, a in result.assessments.items():
        case = result.basis_of_rating.cases[code]
        found[code] = Explanation(
            branches(regulation, a, quota, Written(DECIDED, ("y_kien", entries[code])) if code in entries else None),
            possible_levels(regulation, a, quota),
            gap(regulation, a, quota),
            rank_of(result.assessments, quota, a) if a.rank is not None else None,
            position(regulation, result.assessments, quota, a),
            others[code],
            steps(regulation, case.unit, case.submission, case.appraisal, a, decisions),
            _doubt(result, case, a, every),
            Decision(a.decided_level, a.decided_by, a.decided_on, a.decided_reason or "") if a.decided_by and a.decided_level else None,
        )
    return found


def _doubt(result: YearResult, case: Case, a: Assessment, every: list[Assessment]) -> Doubt | None:
    """What leaves the case open, or left it so until a person decided."""
    if (a.level and not a.decided_by) or case.submission is None or case.appraisal is None:
        return None
    regulation = result.files.regulation
    facts = effective.facts(regulation, case.submission, case.appraisal, case.unit.number, case.decided_members)
    return doubt(regulation, a, facts, every, result.quota)


def results(result: YearResult, explanations: Mapping[str, Explanation]) -> dict[str, Any]:
    """What ket_qua.json says."""
    files = result.files
    return result_object(files.regulation, files.year, files.register, result.assessments, result.quota, explanations)
