"""All assessments + people's decisions -> final proposals: open cases settled, quota applied, official levels, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.model.assessment import CANDIDATE, INCOMPLETE, PROPOSED, WAITING, Assessment, QuotaResult
from pipeline.model.province import HumanDecision
from pipeline.model.regulation import Regulation
from pipeline.rating.quota import Entrant, settle


def settle_year(
    regulation: Regulation, assessments: Mapping[str, Assessment], decisions: Mapping[str, HumanDecision], basis: str | None
) -> tuple[QuotaResult, list[tuple[str, str]]]:
    """Fills state, level and possible levels of every assessment. Gives the quota and the decisions that do not fit: (unit, why)."""
    refused: list[tuple[str, str]] = []
    for code, assessment in assessments.items():
        _before_quota(regulation, assessment, decisions.get(code), refused)
    quota = settle(regulation.quota, [_entrant(regulation, a) for a in assessments.values()], basis)
    for position, code in enumerate(quota.candidates, 1):
        _after_quota(regulation, assessments[code], quota, position, decisions.get(code), refused)
    _keep_limit(regulation, assessments, quota, refused)
    return _with_decisions(regulation, assessments, quota), refused


def _before_quota(regulation: Regulation, a: Assessment, decision: HumanDecision | None, refused: list[tuple[str, str]]) -> None:
    if a.levels is None or a.sheet is None:
        return  # a decision about it waits until there is something to decide
    found = list(a.levels.levels)
    a.candidate = found == [CANDIDATE]
    if len(found) > 1 and decision and decision.level:
        wanted = CANDIDATE if decision.level == regulation.quota.chosen else decision.level
        if wanted not in found:
            refused.append((a.code, "mức này không nằm trong các mức có thể: " + ", ".join(_names(regulation, found))))
        elif not a.missing:
            found = [wanted]
            a.candidate = wanted == CANDIDATE
            a.decided_by, a.decided_reason = decision.who, decision.reason
    elif decision and decision.level and not a.candidate and decision.level != found[0]:
        refused.append((a.code, f"trường hợp này đã rõ: {regulation.level_name(found[0]).lower()}"))
    _state(regulation, a, found)


def _state(regulation: Regulation, a: Assessment, found: list[str]) -> None:
    a.possible = [regulation.quota.chosen if level == CANDIDATE else level for level in found]
    if CANDIDATE in found and regulation.quota.other not in a.possible:
        a.possible.insert(1, regulation.quota.other)
    settled = len(found) == 1 and found[0] != CANDIDATE
    a.state = INCOMPLETE if a.missing else PROPOSED if settled else WAITING
    a.level = found[0] if settled and not a.missing else None


def _names(regulation: Regulation, found: list[str]) -> list[str]:
    return [regulation.level_name(regulation.quota.chosen if c == CANDIDATE else c).lower() for c in found]


def _entrant(regulation: Regulation, a: Assessment) -> Entrant:
    if a.levels is None or a.sheet is None:
        everything = frozenset({CANDIDATE, *(level.code for level in regulation.heading.levels)})
        return Entrant(a.code, everything, None, None)
    if a.decided_by and not a.candidate:
        kept = frozenset(a.possible)
    elif a.decided_by:
        kept = frozenset({CANDIDATE})
    else:
        kept = frozenset(a.levels.levels)
    return Entrant(a.code, kept, a.sheet.total, a.sheet.printed[1])


def _after_quota(
    regulation: Regulation, a: Assessment, quota: QuotaResult, position: int, decision: HumanDecision | None, refused: list[tuple[str, str]]
) -> None:
    """Within the limit -> highest level; outside -> the next; between -> waits for a person."""
    rule = regulation.quota
    a.rank = position
    if a.code in quota.chosen:
        found, decided = [rule.chosen], False
    elif a.code in quota.outside:
        found, decided = [rule.other], False
    else:
        found, decided = [rule.chosen, rule.other], bool(decision and decision.level in (rule.chosen, rule.other) and not a.missing)
    if decision and decision.level and decision.level not in found:
        refused.append((a.code, "mức này không nằm trong các mức có thể sau hạn mức: " + ", ".join(_names(regulation, found))))
    elif decided and decision and decision.level:
        found = [decision.level]
        a.decided_by, a.decided_reason = decision.who, decision.reason
    a.possible = found
    if not a.missing:
        a.level, a.state = (found[0], PROPOSED) if len(found) == 1 else (None, WAITING)


def _with_decisions(regulation: Regulation, assessments: Mapping[str, Assessment], quota: QuotaResult) -> QuotaResult:
    """The quota as people have settled its ties: who they chose is in, who they did not is outside, the rest still waits."""
    settled = {code: assessments[code].level for code in quota.waiting if assessments[code].level}
    chosen = {code for code, level in settled.items() if level == regulation.quota.chosen}
    return replace(
        quota,
        chosen=tuple(c for c in quota.candidates if c in quota.chosen or c in chosen),
        waiting=tuple(c for c in quota.waiting if c not in settled),
        outside=tuple(c for c in quota.candidates if c in quota.outside or (c in settled and c not in chosen)),
    )


def _keep_limit(regulation: Regulation, assessments: Mapping[str, Assessment], quota: QuotaResult, refused: list[tuple[str, str]]) -> None:
    """People settle a tie, not the limit: more of the highest level than it allows is refused and waits again."""
    rule = regulation.quota
    picked = [code for code in quota.waiting if assessments[code].level == rule.chosen]
    if len(quota.chosen) + len(picked) <= quota.limit_max:
        return
    for code in picked:
        a = assessments[code]
        refused.append((code, f"số tập thể được chọn vượt quá giới hạn {quota.limit_max:02d} ({rule.citation})"))
        a.level, a.state, a.possible = None, WAITING, [rule.chosen, rule.other]
        a.decided_by = a.decided_reason = None
