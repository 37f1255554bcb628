"""A unit's file + the appraisal of it -> the rows and facts that count for the appraised score (Điều 5 khoản 2 điểm (2))."""

from __future__ import annotations

from typing import TypeVar

from pipeline.model.appraisal import Appraisal, RestatedConditions, RestatedDefects
from pipeline.model.submission import Conditions, Defects, DisciplineCase, Member, RowEntry, Submission
from pipeline.rating.facts import Facts

Group = TypeVar("Group", Conditions, Defects)


def own_facts(submission: Submission, number: int) -> Facts:
    """The facts as the unit itself states them."""
    return Facts(
        number,
        submission.year or 0,
        submission.conditions,
        submission.defects,
        tuple(submission.discipline or ()),
        tuple(submission.members or ()),
    )


def rows(submission: Submission, appraisal: Appraisal) -> tuple[dict[str, RowEntry], frozenset[str]]:
    """Rows for the appraised sheet and the codes the council changed; an untouched row stands as self-scored."""
    changed = {code: entry for code, entry in (appraisal.rows or {}).items() if entry.model_fields_set}
    merged = dict(submission.rows)
    for code, entry in changed.items():
        own = submission.rows.get(code, RowEntry())
        merged[code] = entry if entry.evidence else entry.model_copy(update={"evidence": own.evidence})
    return merged, frozenset(changed)


def facts(submission: Submission, appraisal: Appraisal, number: int, decided: dict[str, str]) -> Facts:
    """A fact the appraisal restates replaces the unit's; `decided` are member levels set by the decision (name -> level)."""
    return Facts(
        number,
        submission.year or 0,
        _restated(Conditions, submission.conditions, appraisal.conditions),
        _restated(Defects, submission.defects, appraisal.defects),
        _discipline(submission, appraisal),
        members(submission, appraisal, decided),
    )


def _restated(kind: type[Group], own: Group | None, new: RestatedConditions | RestatedDefects | None) -> Group | None:
    """The appraisal's facts over the unit's own; a group the unit left blank starts with every fact blank."""
    if new is None:
        return own
    given = {name: value for name in type(new).model_fields if (value := getattr(new, name)) is not None}
    return (own or kind.model_construct(**dict.fromkeys(kind.model_fields))).model_copy(update=given)


def _discipline(submission: Submission, appraisal: Appraisal) -> tuple[DisciplineCase, ...]:
    """Cases are told apart by whom and name; restated ones replace the unit's of that name, others add, `bo: co` withdraws."""
    restated = {(c.whom, c.name) for c in appraisal.discipline or ()}
    kept = [c for c in submission.discipline or () if (c.whom, c.name) not in restated]
    return tuple(c for c in (*kept, *(appraisal.discipline or ())) if c.withdrawn != "co")


def members(submission: Submission, appraisal: Appraisal | None, decided: dict[str, str]) -> tuple[Member, ...]:
    """Members with the latest level: decided, else appraised, else proposed by the conference (reading n15)."""
    restated = {m.name: m for m in (appraisal.members if appraisal else None) or ()}
    result = []
    for member in submission.members or ():
        new = restated.get(member.name)
        level = decided.get(member.name or "") or (new.level if new else None) or member.level
        result.append(member.model_copy(update={"level": level}))
    return tuple(result)
