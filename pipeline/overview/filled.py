"""A unit's file -> how much of what a ready dossier needs has been answered, counted item by item.

Items: each row of the scoring table; each condition, defect and count of targets; whether there was discipline; each member's level; the level proposed and
the one registered for next year; each fact of the conference and its votes; each narrative, figure and tick of the reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.intake.documents import CONFERENCE
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Report, ReviewCounts, SelfGrades, Submission, Votes

TARGETS = ("assigned", "done", "key", "key_done", "force_majeure")
LEVELS = ("excellent", "good", "completed", "failed")
NARRATIVES = tuple(name for name in Report.model_fields if name not in ("review", "grades"))


@dataclass(frozen=True)
class Filled:
    answered: int
    asked: int

    @property
    def percent(self) -> int:
        """Rounded down: 100 only when nothing is left."""
        return self.answered * 100 // self.asked if self.asked else 0


def filled(submission: Submission, regulation: Regulation, section: str) -> Filled:
    answers = list(_answers(submission, regulation, section))
    return Filled(sum(answers), len(answers))


def _answers(submission: Submission, regulation: Regulation, section: str) -> Iterator[bool]:
    """One truth per item: is there an answer?"""
    for _, _, row in regulation.rows(section):
        entry = submission.rows.get(row.code)
        yield entry is not None and any(value is not None for _, value in entry)
    conditions, defects = submission.conditions, submission.defects
    for name in ("exemplary", "innovative", "reforming"):
        yield from _has(_part(conditions, name), ("met",))
    yield from _has(_part(conditions, "suggestion"), ("happened",))
    for name in ("disunity", "degeneration"):
        yield from _has(_part(defects, name), ("happened",))
    yield from _has(_part(defects, "targets"), TARGETS)
    yield submission.discipline is not None
    members = submission.members or []
    yield from [member.level is not None for member in members] or [False]
    yield from _has(submission, ("proposed", "next_year_level"))
    yield from _has(submission.conference, CONFERENCE)
    yield from _has(_part(submission.conference, "votes"), tuple(Votes.model_fields))
    report = submission.report
    yield from _has(report, NARRATIVES)
    yield from _has(_part(report, "review"), tuple(name for name in ReviewCounts.model_fields if name != "results"))
    yield from _has(_part(_part(report, "review"), "results"), LEVELS)
    yield from _has(_part(report, "grades"), tuple(SelfGrades.model_fields))


def _has(group: Any, names: tuple[str, ...]) -> Iterator[bool]:
    """A group that is not there answers nothing."""
    for name in names:
        yield group is not None and getattr(group, name) is not None


def _part(group: Any, name: str) -> Any:
    return None if group is None else getattr(group, name)
