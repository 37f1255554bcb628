"""What rating produces: scored rows, totals, findings with citations, the levels still possible, the quota."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import product

from pipeline.model.rating_rules import TableRow

MET, NOT_MET, OPEN = "dat", "khong_dat", "chua_ro"
PROPOSED, WAITING, INCOMPLETE = "de_xuat", "cho_nguoi_quyet", "chua_du_du_lieu"
CANDIDATE = "ung_vien"
OWN, APPRAISED, DECIDED = "don_vi", "tham_dinh", "quyet_dinh"  # whose file, whose document


@dataclass(frozen=True)
class Maximum:
    """A row's maximum after redistribution: printed to two decimals, and the exact equal split for comparison."""

    standard: Decimal
    printed: Decimal | None
    equal: Fraction | None
    why: tuple[str, ...] = ()  # citations of what changed it
    granted: bool = False  # does not apply, yet its points are the unit's (a reading that may be chosen)


@dataclass(frozen=True)
class Maxima:
    """Every row's maximum; criteria that nothing can carry, their points, and the readings that shaped all this."""

    rows: dict[str, Maximum]
    stuck: tuple[str, ...]
    stuck_points: Decimal
    readings: tuple[str, ...]


@dataclass(frozen=True)
class ScoredRow:
    """One row; `points` None = still blank, `maximum.printed` None = not applicable."""

    code: str
    maximum: Maximum
    points: Decimal | None
    exact: Fraction | None
    equal: Decimal | None
    how: str = ""
    reason: str | None = None
    evidence: str | None = None
    not_applicable: str | None = None
    changed: bool = False

    @property
    def applies(self) -> bool:
        return self.maximum.printed is not None

    @property
    def cut(self) -> bool:
        return self.points is not None and self.maximum.printed is not None and self.points < self.maximum.printed


@dataclass(frozen=True)
class ScoreSheet:
    """All rows of one scorer; totals are plain sums of printed rows, None while a row is blank."""

    rows: dict[str, ScoredRow]
    parts: dict[str, Decimal | None]
    total: Decimal | None
    exact: tuple[Fraction, Fraction]  # lowest and highest exact total (equal unless rows are blank)
    equal: tuple[Fraction, Fraction]
    printed: tuple[Decimal, Decimal]
    stuck: tuple[str, ...] = ()  # criteria without any row to carry their points
    readings: tuple[str, ...] = ()  # readings of unclear clauses that shaped a maximum or a row

    @property
    def blank(self) -> list[str]:
        return [r.code for r in self.rows.values() if r.applies and r.points is None]


@dataclass(frozen=True)
class Written:
    """Where a clerk wrote a fact: in the unit's own file, the appraisal's or the decisions', under which keys."""

    file: str
    path: tuple[str | int, ...]


@dataclass(frozen=True)
class Evidence:
    """One condition as found: its code, citation, what it asks, the value, met / not met / open, where that was written.

    `printed`: the documents that show it, by whose they are.
    """

    code: str
    citation: str
    text: str
    value: str
    result: str
    written: tuple[Written, ...] = ()
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """Facts fully settled: one row of the decision table applies to it."""

    defect: str  # co | khong
    discipline: str  # khong | duoc_tru | khac
    failed_member: str
    conditions: str

    def fits(self, row: TableRow, band: str) -> bool:
        """An empty cell fits any fact."""
        return (
            band in row.bands
            and (not row.defect or self.defect in row.defect)
            and (not row.discipline or self.discipline in row.discipline)
            and (not row.failed_member or self.failed_member in row.failed_member)
            and (not row.conditions or self.conditions in row.conditions)
        )


def every_world() -> Iterator[World]:
    """Every settling that agrees with itself: with discipline or a failed member the conditions of the highest level cannot hold."""
    for defect, kind, failed, conditions in product(("khong", "co"), ("khong", "duoc_tru", "khac"), ("khong", "co"), ("co", "khong")):
        if conditions == "khong" or (kind == "khong" and failed == "khong"):
            yield World(defect, kind, failed, conditions)


@dataclass(frozen=True)
class FactFindings:
    """Every way to settle the unit's facts, what was found, and which facts are blank."""

    worlds: frozenset[World]
    evidence: tuple[Evidence, ...]
    blank: tuple[str, ...]
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class LevelSet:
    """Levels the table gives (CANDIDATE among them stands for the highest), the rows used and their readings."""

    levels: tuple[str, ...]
    rows: tuple[str, ...]
    citations: tuple[str, ...]
    readings: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass
class Assessment:
    """One unit: both sheets, its facts, its level before and after the quota."""

    code: str
    self_sheet: ScoreSheet | None = None
    self_facts: FactFindings | None = None
    self_levels: LevelSet | None = None
    sheet: ScoreSheet | None = None
    facts: FactFindings | None = None
    levels: LevelSet | None = None
    rated: ScoreSheet | None = None  # the sheet whose total drives the level: the appraised one, unless the reading says otherwise
    evidence: tuple[Evidence, ...] = ()  # every condition in the order of Điều 6, the score among them
    readings: tuple[str, ...] = ()  # readings of unclear clauses that mattered
    missing: list[str] = field(default_factory=list)  # data still owed, in words
    state: str = INCOMPLETE
    level: str | None = None
    possible: list[str] = field(default_factory=list)
    candidate: bool = False
    official: str | None = None
    official_reason: str | None = None
    decided_by: str | None = None  # who settled the open case; None = nobody, whatever the next three say
    decided_reason: str | None = None
    decided_on: dt.date | None = None
    decided_level: str | None = None
    warnings: list[str] = field(default_factory=list)  # for people to see; change nothing
    decided_changes: tuple[str, ...] = ()  # those among the warnings that only a decision on a member brought
    roles: tuple[str, ...] = ()  # what else the unit is in the procedure that rates it
    conflicts: list[str] = field(default_factory=list)  # head above the collective: the province stays a draft
    errors: list[str] = field(default_factory=list)
    rank: int | None = None

    @property
    def total(self) -> Decimal | None:
        """The total that is rated and ranked."""
        return self.rated.total if self.rated else None

    @property
    def appraised_total(self) -> Decimal | None:
        return self.sheet.total if self.sheet else None


@dataclass(frozen=True)
class QuotaResult:
    """The quota with its range: candidates, limits under the chosen basis (or both), who is in, who waits."""

    n_min: int
    n_max: int
    basis: str | None
    limit_min: int
    limit_max: int
    chosen: tuple[str, ...]
    waiting: tuple[str, ...]
    outside: tuple[str, ...]
    candidates: tuple[str, ...]
    limits: dict[str, tuple[int, int]] = field(default_factory=dict)  # basis -> lowest and highest limit
    by_basis: dict[str, tuple[str, ...]] = field(default_factory=dict)  # basis -> who would be in for certain under it
    scopes: tuple[QuotaResult, ...] = ()  # one for each group where the quota is counted by group

    @property
    def n(self) -> int | None:
        return self.n_min if self.n_min == self.n_max else None

    @property
    def limit(self) -> int | None:
        """The one limit every basis and every N in range lead to, if there is one."""
        return self.limit_min if self.limit_min == self.limit_max else None
