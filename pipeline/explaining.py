"""YearResult -> why each unit has its level: the tree of conditions, what is missing, the quota, what other readings would give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.assessing import YearResult
from pipeline.model.explanation import Explanation
from pipeline.rating.branches import branches, possible_levels
from pipeline.rating.gap import gap
from pipeline.rating.other_readings import other_readings
from pipeline.rating.procedure import steps
from pipeline.rating.rank import position, rank_of
from pipeline.rating.result import result as result_object


def explain_year(result: YearResult, only: str | None = None) -> dict[str, Explanation]:
    """Unit -> its explanation; `only`: other readings are tried for that unit alone (they take most of the time)."""
    regulation, quota = result.files.regulation, result.quota
    others = other_readings(result.basis_of_rating, result.files.under, only)
    decisions = result.files.decisions.usable
    found = {}
    for code, a in result.assessments.items():
        case = result.basis_of_rating.cases[code]
        found[code] = Explanation(
            branches(regulation, a, quota),
            () if a.decided_by else possible_levels(regulation, a),
            gap(regulation, a, quota),
            rank_of(result.assessments, quota, a) if a.rank is not None else None,
            position(regulation, result.assessments, quota, a),
            others[code],
            steps(regulation, case.unit, case.submission, case.appraisal, a, decisions),
        )
    return found


def results(result: YearResult, explanations: Mapping[str, Explanation]) -> dict[str, Any]:
    """What ket_qua.json says."""
    files = result.files
    return result_object(files.regulation, files.year, files.register, result.assessments, result.quota, explanations)
