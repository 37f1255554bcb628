"""The three steps of Điều 5 as a state: self-assessed, consulted, appraised, decided; each consulted body's opinion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

GIVEN, OWED, WAIVED = "da_co", "con_thieu", "xac_nhan_bo_qua"


@dataclass(frozen=True)
class Step:
    code: str
    done: bool
    date: dt.date | None
    citation: str
    holds: bool = True  # False: while it is not done the next steps may go on


@dataclass(frozen=True)
class OpinionState:
    """`when`: asked before the appraisal, or together with the proposal."""

    body: str
    state: str
    when: str


@dataclass(frozen=True)
class Steps:
    steps: tuple[Step, ...]
    opinions: tuple[OpinionState, ...]

    @property
    def reached(self) -> str:
        """The last step done without a gap that holds it up; empty before the first."""
        reached = ""
        for step in self.steps:
            if step.done:
                reached = step.code
            elif step.holds:
                break
        return reached

    @property
    def appraised(self) -> bool:
        return next(step.done for step in self.steps if step.code == "tham_dinh")

    @property
    def owed(self) -> tuple[str, ...]:
        return tuple(o.body for o in self.opinions if o.state == OWED)
