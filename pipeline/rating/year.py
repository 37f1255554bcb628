"""All assessments + people's decisions -> final proposals: open cases settled, quota applied, decisions that do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.model.assessment import CANDIDATE, INCOMPLETE, PROPOSED, WAITING, Assessment, QuotaResult
from pipeline.model.province import HumanDecision
from pipeline.model.rating_rules import QuotaRule
from pipeline.model.regulation import Regulation
from pipeline.problems import Kind
from pipeline.rating.quota import Entrant, settle


@dataclass(frozen=True)
class Refusal:
    """A person's decision about a unit that cannot be applied (an error), or not yet (a warning), and why."""

    unit: str
    why: str
    kind: Kind = Kind.ERROR
    other: str | None = None  # the unit whose total or decision it contradicts


def settle_year(
    regulation: Regulation,
    assessments: Mapping[str, Assessment],
    decisions: Mapping[str, HumanDecision],
    basis: str | None,
    groups: Mapping[str, int] | None = None,
) -> tuple[QuotaResult, list[Refusal]]:
    """Fills state, level and possible levels of every assessment; `groups`: unit -> its group of Điều 2.

    A decision on an open case that turns out not to fit the quota is as if it had not been made: all is settled again without it.
    """
    kept, gone = dict(decisions), list[Refusal]()
    while True:
        quota, refused, applied = _settle(regulation, assessments, kept, basis, groups or {})
        undone = [r for r in refused if r.kind is Kind.ERROR and r.unit in applied]
        if not undone:
            return quota, [*gone, *refused]
        gone += undone
        for refusal in undone:
            kept.pop(refusal.unit, None)


def _settle(
    regulation: Regulation,
    assessments: Mapping[str, Assessment],
    decisions: Mapping[str, HumanDecision],
    basis: str | None,
    groups: Mapping[str, int],
) -> tuple[QuotaResult, list[Refusal], set[str]]:
    """Also which units' open cases a decision settled before the quota."""
    refused: list[Refusal] = []
    for code, assessment in assessments.items():
        assessment.decided_by = assessment.decided_reason = assessment.decided_on = assessment.decided_level = assessment.rank = None
        _before_quota(regulation, assessment, decisions.get(code), refused)
    applied = {code for code, a in assessments.items() if a.decided_by}
    entrants = [_entrant(regulation, a, groups.get(code, 0), place) for place, (code, a) in enumerate(assessments.items())]
    quota = settle(regulation.quota, entrants, basis)
    for position, code in enumerate(quota.candidates, 1):
        _after_quota(regulation, assessments[code], quota, position, decisions.get(code), refused)
    for scope in quota.scopes or (quota,):
        _keep_limit(regulation, assessments, scope, refused)
    return _with_decisions(regulation, assessments, quota), refused, applied


def _before_quota(regulation: Regulation, a: Assessment, decision: HumanDecision | None, refused: list[Refusal]) -> None:
    """Open cases as people have settled them; what is still missing comes before any decision."""
    wanted = decision.level if decision else None
    if a.levels is None or a.sheet is None:
        if wanted:
            refused.append(Refusal(a.code, f"chưa áp dụng: {'; '.join(a.missing)}", Kind.WARNING))
        return
    found = list(a.levels.levels)
    a.candidate = found == [CANDIDATE]
    if wanted and len(found) > 1:
        level = CANDIDATE if wanted == regulation.quota.chosen else wanted
        outside = CANDIDATE in found and wanted in regulation.quota.outside  # where a candidate may end through the quota
        if level not in found and not outside:
            possible = list(dict.fromkeys(_names(regulation, _spelled(regulation, found))))
            refused.append(Refusal(a.code, "mức này không nằm trong các mức có thể: " + ", ".join(possible)))
        elif a.missing:
            refused.append(Refusal(a.code, f"chưa áp dụng: {'; '.join(a.missing)}", Kind.WARNING))
        else:
            assert decision is not None
            found = [level]
            a.candidate = level == CANDIDATE
            _decide(a, decision)
    elif wanted and not a.candidate and wanted != found[0]:
        refused.append(Refusal(a.code, f"trường hợp này đã rõ: {regulation.level_name(found[0]).lower()}"))
    _state(regulation, a, found)


def _decide(a: Assessment, decision: HumanDecision) -> None:
    a.decided_by, a.decided_reason, a.decided_on, a.decided_level = decision.who, decision.reason, decision.date, decision.level


def _state(regulation: Regulation, a: Assessment, found: list[str]) -> None:
    a.possible = _spelled(regulation, found)
    settled = len(found) == 1 and found[0] != CANDIDATE
    a.state = INCOMPLETE if a.missing else PROPOSED if settled else WAITING
    a.level = found[0] if settled and not a.missing else None


def _spelled(regulation: Regulation, found: list[str]) -> list[str]:
    """The levels as people know them: a candidate may end as the highest or, through the quota, outside it."""
    quota = regulation.quota
    named = {level for code in found for level in ((quota.chosen, *quota.outside) if code == CANDIDATE else (code,))}
    return sorted(named, key=regulation.rank)


def _names(regulation: Regulation, found: list[str]) -> list[str]:
    return [regulation.level_name(regulation.quota.chosen if c == CANDIDATE else c).lower() for c in found]


def _entrant(regulation: Regulation, a: Assessment, group: int, place: int) -> Entrant:
    if a.levels is None or a.total is None:  # no score to judge by: open in every way (reading n16)
        everything = frozenset({CANDIDATE, *(level.code for level in regulation.heading.levels)})
        return Entrant(a.code, everything, None, None, group, place)
    if a.decided_by and not a.candidate:
        kept = frozenset(a.possible)
    elif a.decided_by:
        kept = frozenset({CANDIDATE})
    elif a.candidate and a.missing:  # nothing is certain about it yet: it stays open between its levels
        kept = frozenset({CANDIDATE, regulation.quota.other})
    else:
        kept = frozenset(a.levels.levels)
    return Entrant(a.code, kept, a.total, a.total, group, place)


def _after_quota(
    regulation: Regulation, a: Assessment, quota: QuotaResult, position: int, decision: HumanDecision | None, refused: list[Refusal]
) -> None:
    """Within the limit -> highest level; outside -> the next; between -> waits for a person."""
    rule = regulation.quota
    a.rank = position
    found = [rule.chosen] if a.code in quota.chosen else list(rule.outside)
    if a.code in quota.waiting:
        found = [rule.chosen, *rule.outside]
    wanted = decision.level if decision else None
    if wanted and wanted not in found:
        refused.append(
            Refusal(
                a.code, f"mức này không nằm trong các mức có thể sau hạn mức ({rule.citation}): " + ", ".join(_names(regulation, found))
            )
        )
    elif wanted in found and len(found) > 1:
        if a.missing:
            refused.append(Refusal(a.code, f"chưa áp dụng: {'; '.join(a.missing)}", Kind.WARNING))
        elif decision and wanted:
            found = [wanted]
            _decide(a, decision)
    a.possible = found
    if not a.missing:
        a.level, a.state = (found[0], PROPOSED) if len(found) == 1 else (None, WAITING)


def _keep_limit(regulation: Regulation, assessments: Mapping[str, Assessment], quota: QuotaResult, refused: list[Refusal]) -> None:
    """People settle a tie, not the limit or the order: more than it allows is refused, and so is whoever is picked over a higher total."""
    rule = regulation.quota
    waiting = [assessments[code] for code in quota.waiting]
    picked = [a for a in waiting if a.level == rule.chosen]
    if len(quota.chosen) + len(picked) > quota.limit_max:
        for a in picked:
            refused.append(Refusal(a.code, f"số tập thể được chọn vượt quá giới hạn {quota.limit_max:02d} ({rule.citation})"))
            _unpick(rule, a)
        return
    full = bool(picked) and len(quota.chosen) + len(picked) == quota.limit
    for a in picked:
        passed_over = next((h for h in waiting if _higher(h, a) and (h.level in rule.outside or (full and h.level is None))), None)
        if passed_over:
            refused.append(Refusal(a.code, _out_of_order(regulation, passed_over, a), other=passed_over.code))
    for a in picked:
        if a.code in {r.unit for r in refused}:
            _unpick(rule, a)
            full = False
    for a in waiting if full else ():  # the last place is given: the rest of the tie is outside
        if a.state == WAITING:
            a.possible = list(rule.outside)
            a.level, a.state = (rule.outside[0], PROPOSED) if len(rule.outside) == 1 else (None, WAITING)


def _higher(one: Assessment, other: Assessment) -> bool:
    return one.total is not None and other.total is not None and one.total > other.total


def _out_of_order(regulation: Regulation, higher: Assessment, a: Assessment) -> str:
    rule = regulation.quota
    level = regulation.level_name(higher.level or rule.outside[0]).lower()
    above, mine = (f"{total:.2f}".replace(".", ",") for total in (higher.total, a.total))
    left = f"mà xếp «{level}»" if higher.level else f"sẽ phải xếp «{level}» vì hết giới hạn"
    return (
        f"«{higher.code}» được {above} điểm, cao hơn {mine} điểm của đơn vị này, {left}; phải lấy từ điểm cao xuống thấp ({rule.citation})"
    )


def _unpick(rule: QuotaRule, a: Assessment) -> None:
    a.level, a.state, a.possible = None, WAITING, [rule.chosen, *rule.outside]
    a.decided_by = a.decided_reason = None


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
