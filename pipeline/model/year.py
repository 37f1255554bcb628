"""One year as read: every unit with its files and their problems, the province's settings and decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.model.appraisal import Appraisal
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.problems import Place, Problem, errors, owed

Value = TypeVar("Value")


@dataclass
class File(Generic[Value]):
    """A clerk's file: what it says (None when it cannot be used) and what is wrong with it; `at` gives places in it."""

    name: str
    value: Value | None
    problems: list[Problem]
    at: Callable[..., Place]

    @property
    def usable(self) -> Value | None:
        """The value, unless the file has an error."""
        return None if errors(self.problems) else self.value


@dataclass
class UnitFiles:
    """A unit with its own file and the council's file for it (None = not appraised yet)."""

    unit: Unit
    submission: File[Submission]
    appraisal: File[Appraisal] | None = None

    @property
    def sound(self) -> bool:
        """Whether what there is can be used: no file of the unit has an error."""
        return self.submission.usable is not None and (self.appraisal is None or self.appraisal.usable is not None)


@dataclass
class YearFiles:
    year: int
    regulation: Regulation
    register: list[Unit]
    units: dict[str, UnitFiles]
    province: File[ProvinceYear]
    decisions: File[Decisions]
    under: Callable[[str, str], Regulation]  # a reading and another way of it -> the regulation read that way
    stray: list[Problem] = field(default_factory=list)  # problems of no single unit

    @property
    def problems(self) -> list[Problem]:
        found = [*self.stray, *self.province.problems, *self.decisions.problems]
        for files in self.units.values():
            found += files.submission.problems
            found += files.appraisal.problems if files.appraisal else []
        return found

    @property
    def province_owed(self) -> list[Problem]:
        appraisals = [p for f in self.units.values() if f.appraisal for p in f.appraisal.problems]
        return owed([*self.province.problems, *self.decisions.problems, *appraisals])
