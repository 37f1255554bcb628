"""Why a unit has its level: branches of the article with their conditions, what is missing to the next, what other readings give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.assessment import Written
from pipeline.model.procedure import Steps

SCORE = "diem"  # the finding about the total
NO_DEFECT, SOME_DEFECT = "khong_khuyet_diem", "co_khuyet_diem"  # all defects together
NOT_HIGHEST = "ngoai_muc_dat"  # conditions of the highest level lacking, or outside its quota
DECISION = "quyet_dinh"  # a person's decision on an open case
COMPOSED = {NO_DEFECT, SOME_DEFECT}  # made up of others, without a place of their own


@dataclass(frozen=True)
class Finding:
    """One condition of a branch: what it asks, the value found, met / not met / open, the document and item, the clerk's files and keys.

    `parts`: what it is made up of.
    `reading`: the one to see where it is not simply met; `counts`: for the result of its branch.
    """

    code: str
    citation: str
    text: str
    value: str
    result: str
    where: str
    written: tuple[Written, ...] = ()
    parts: tuple[Finding, ...] = ()
    reading: str = ""
    counts: bool = True


@dataclass(frozen=True)
class BranchFound:
    """One way to reach a level as the article words it; `result` sums up its findings."""

    level: str
    name: str
    citation: str
    result: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class PossibleLevel:
    """A level still possible: how open facts must turn out (nothing = as they are), the articles, the readings that leave it open."""

    level: str
    when: tuple[str, ...]
    citations: tuple[str, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Doubt:
    """What leaves, or left, a case open: unclear facts, readings of unclear clauses, bands the totals fall into, the quota."""

    facts: tuple[str, ...]
    readings: tuple[str, ...]
    bands: tuple[str, ...]
    quota: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What a person decided on an open case."""

    level: str
    who: str
    date: dt.date | None
    reason: str


@dataclass(frozen=True)
class Gap:
    """The nearest higher level and exactly what is missing for it, each with its citation; `other`: by a way that asks for fewer points."""

    level: str
    lacking: tuple[str, ...]
    other: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rescored:
    """A row whose points are above its maximum under another reading, and whether the council scored it (else the unit did)."""

    code: str
    appraised: bool


@dataclass(frozen=True)
class OtherReading:
    """What another way of reading an unclear clause would have given this unit; `applied` None = no way is chosen yet.

    `total` empty = none can be computed: a row is blank, or must be scored again.
    """

    reading: str
    way: str
    applied: str | None
    total: str
    levels: tuple[str, ...]
    state: str
    scored_again: tuple[Rescored, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """All of it for one unit; `rank` and the sentence `quota` for candidates only."""

    branches: tuple[BranchFound, ...]
    possible: tuple[PossibleLevel, ...]
    gap: Gap | None
    rank: int | None
    quota: str
    readings: tuple[OtherReading, ...]
    steps: Steps
    doubt: Doubt | None = None
    decision: Decision | None = None
