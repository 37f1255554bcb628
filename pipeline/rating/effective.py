"""A unit's file + the appraisal of it -> the rows and facts that count for the appraised score (Điều 5 khoản 2 điểm (2))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pipeline.model.appraisal import Appraisal, RestatedConditions, RestatedDefects
from pipeline.model.assessment import APPRAISED, DECIDED, OWN, Written
from pipeline.model.province import DecidedLevel
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.model.same_case import cases_meant
from pipeline.model.submission import Conditions, Defects, DisciplineCase, Member, Submission
from pipeline.model.values import name_key
from pipeline.rating.facts import Facts

Group = TypeVar("Group", Conditions, Defects)


def own_facts(regulation: Regulation, submission: Submission, number: int) -> Facts:
    """The facts as the unit itself states them."""
    return Facts(
        number,
        submission.year or 0,
        submission.conditions,
        submission.defects,
        None if submission.discipline is None else tuple(submission.discipline),
        tuple(submission.members or ()),
        _ground(regulation, submission.rows),
    )


def _ground(regulation: Regulation, rows: Mapping[str, RowEntry]) -> str | None:
    """What the row of section C scores: a suggestion for review or criticism; None where it does not apply."""
    row = rows.get(regulation.scoring.suggestion_row.code)
    return row.ground if row and not row.not_applicable else None


def rows(submission: Submission, appraisal: Appraisal) -> tuple[dict[str, RowEntry], frozenset[str]]:
    """Rows for the appraised sheet and the codes the council changed; an untouched row stands as self-scored.

    A row the council named but left blank is still owed: its score is not guessed from the unit's.
    """
    changed = appraisal.rows or {}
    merged = dict(submission.rows)
    for code, entry in changed.items():
        own = submission.rows.get(code, RowEntry())
        merged[code] = entry if entry.evidence else entry.model_copy(update={"evidence": own.evidence})
    return merged, frozenset(changed)


def facts(regulation: Regulation, submission: Submission, appraisal: Appraisal, number: int, decided: Mapping[str, DecidedLevel]) -> Facts:
    """A fact the appraisal restates replaces the unit's; `decided` are member levels set by the decision (name -> level)."""
    merged, _ = rows(submission, appraisal)
    people = members(submission, appraisal, decided)
    if regulation.rating.member_levels.source == "da_quyet_dinh":
        people = tuple(m.model_copy(update={"level": _decided(decided, m)}) for m in people)
    proposed = [m.level for m in submission.members or ()]
    return Facts(
        number,
        submission.year or 0,
        _restated(Conditions, submission.conditions, appraisal.conditions),
        _restated(Defects, submission.defects, appraisal.defects),
        _discipline(submission, appraisal),
        people,
        _ground(regulation, merged),
        dict(_written(submission, appraisal, decided)),
        tuple(at for _, at in _standing(submission, appraisal, decided)),
        [m.level for m in people] != proposed,
    )


def _written(
    submission: Submission, appraisal: Appraisal, decided: Mapping[str, DecidedLevel]
) -> Iterator[tuple[str, tuple[Written, ...]]]:
    """Facts that stand (also) as the appraisal or the decision wrote them: `dieu_kien.doi_moi_sang_tao`, `ky_luat`, `thanh_vien`."""
    for group, value in (("dieu_kien", appraisal.conditions), ("khuyet_diem", appraisal.defects)):
        for name, info in type(value).model_fields.items() if value else ():
            if getattr(value, name) is not None:
                key = info.alias or name
                yield f"{group}.{key}", (Written(APPRAISED, (group, key)),)
    if appraisal.discipline:
        own = (Written(OWN, ("ky_luat",)),) if submission.discipline else ()
        yield "ky_luat", (Written(APPRAISED, ("ky_luat",)), *own)
    places = [at if at.file == DECIDED else Written(at.file, ("thanh_vien",)) for _, at in _standing(submission, appraisal, decided)]
    if places:
        last_word_first = (DECIDED, APPRAISED, OWN)
        yield "thanh_vien", tuple(sorted(dict.fromkeys(places), key=lambda at: last_word_first.index(at.file)))


def _restated(kind: type[Group], own: Group | None, new: RestatedConditions | RestatedDefects | None) -> Group | None:
    """The appraisal's facts over the unit's own; a group the unit left blank starts with every fact blank."""
    if new is None:
        return own
    given = {name: value for name in type(new).model_fields if (value := getattr(new, name)) is not None}
    return (own or kind.model_construct(**dict.fromkeys(kind.model_fields))).model_copy(update=given)


def _discipline(submission: Submission, appraisal: Appraisal) -> tuple[DisciplineCase, ...] | None:
    """A restated case replaces the unit's own that it speaks of, others add, `bo: co` withdraws.

    An entry that does not say which of several cases it speaks of is an error of the appraisal: here it removes none.
    What the unit left blank stays open: the council's cases may not be all there were.
    """
    if submission.discipline is None:
        return None
    own = submission.discipline or []
    meant = [cases_meant(entry, own) for entry in appraisal.discipline or ()]
    replaced = {found[0] for found in meant if len(found) == 1}
    kept = [case for i, case in enumerate(own) if i not in replaced]
    return tuple(c for c in (*kept, *(appraisal.discipline or ())) if c.withdrawn != "co")


def members(submission: Submission, appraisal: Appraisal | None, decided: Mapping[str, DecidedLevel]) -> tuple[Member, ...]:
    """Members with the latest level: decided, else appraised, else proposed by the conference (reading n15)."""
    return tuple(member for member, _ in _standing(submission, appraisal, decided))


def _standing(submission: Submission, appraisal: Appraisal | None, decided: Mapping[str, DecidedLevel]) -> Iterator[tuple[Member, Written]]:
    """Each member with the level that counts, and where it is written."""
    restated = {name_key(m.name): (i, m.level) for i, m in enumerate((appraisal.members if appraisal else None) or ()) if m.level}
    settled = _by_key(decided)
    for i, member in enumerate(submission.members or ()):
        if final := settled.get(name_key(member.name)):
            yield member.model_copy(update={"level": final.level}), Written(DECIDED, ("thanh_vien", final.position))
        elif name_key(member.name) in restated:
            position, level = restated[name_key(member.name)]
            yield member.model_copy(update={"level": level}), Written(APPRAISED, ("thanh_vien", position))
        else:
            yield member, Written(OWN, ("thanh_vien", i))


def _decided(decided: Mapping[str, DecidedLevel], member: Member) -> str | None:
    found = _by_key(decided).get(name_key(member.name))
    return found.level if found else None


def _by_key(decided: Mapping[str, DecidedLevel]) -> dict[str, DecidedLevel]:
    return {name_key(name): level for name, level in decided.items()}
