"""Candidates and the quota -> each one's rank (equal totals share it) and its position in a sentence for the explanation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipeline.model.assessment import Assessment, QuotaResult
from pipeline.model.regulation import Regulation


def rank_of(assessments: Mapping[str, Assessment], quota: QuotaResult, a: Assessment) -> int:
    """1 for the highest total."""
    return 1 + sum(_total(assessments, code) > (a.total or Decimal(0)) for code in scope_of(quota, a.code).candidates)


def scope_of(quota: QuotaResult, code: str) -> QuotaResult:
    """The quota the unit competes in: the whole list's, or its group's."""
    return next((scope for scope in quota.scopes if code in scope.candidates), quota)


def position(regulation: Regulation, assessments: Mapping[str, Assessment], quota: QuotaResult, a: Assessment) -> str:
    """ "Đủ điều kiện ..., xếp thứ 11, giới hạn 09: ngoài hạn mức."; empty for a unit that is no candidate."""
    if a.rank is None:
        return ""
    scope = scope_of(quota, a.code)
    limits = f"{scope.limit_min:02d}" if scope.limit is not None else f"{scope.limit_min:02d} đến {scope.limit_max:02d}"
    outcome = "trong hạn mức" if a.code in quota.chosen else "ngoài hạn mức" if a.code in quota.outside else "chờ quyết định"
    tied = sum(_total(assessments, code) == a.total for code in scope.candidates) - 1
    same = f", đồng điểm với {tied:02d} tập thể khác" if tied else ""
    points = "chưa đủ điểm" if a.total is None else f"{a.total:.2f} điểm".replace(".", ",")
    level = regulation.level_name(regulation.quota.chosen).lower()
    return f"Đủ điều kiện {level}, {points}, xếp thứ {rank_of(assessments, quota, a):02d}{same}, giới hạn {limits}: {outcome}."


def _total(assessments: Mapping[str, Assessment], code: str) -> Decimal:
    return assessments[code].total or Decimal(0)
