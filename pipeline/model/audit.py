"""What the audit of finished files is held against, and what it finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, order=True)
class AuditFinding:
    """Words in Vietnamese about one finished file; page 0 = the file as a whole; `stops` = it may not be published so."""

    file: str
    page: int
    words: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.file}, trang {self.page}: {self.words}" if self.page else f"{self.file}: {self.words}"


@dataclass(frozen=True)
class OneOf:
    """One word out of a closed list (a level): any other of the list in its place is a contradiction."""

    word: str
    among: tuple[str, ...]


Value = Decimal | int | dt.date | str | OneOf
Row = Mapping[str, Value | None]  # column -> what must stand there; None = must be blank


@dataclass(frozen=True)
class Facts:
    """What a dossier must say, taken from the data by a way of its own (never from the fields that filled the forms).

    `values`: by name; a name of several values (`diem_muc`) has one for each word put into its sentence. `own`: every text that
    may stand in the dossier because its own data, the forms or the regulation hold it.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    several: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # {nam}, {tap_the} ... in sentences
    own: str = ""


@dataclass(frozen=True)
class ScoredLine:
    """A row of the scoring table as ket_qua.json has it; `points` and `appraised` None = blank, "" = does not apply."""

    code: str
    text: str
    maximum: str | None
    points: str | None
    appraised: str | None = None


@dataclass(frozen=True)
class ScoringPart:
    """Part of the table: its criteria (number, text, rows) and what they add up to; `dashes`: rows stand below the criterion's own."""

    name: str
    criteria: tuple[tuple[str, str, bool, tuple[ScoredLine, ...]], ...]


@dataclass(frozen=True)
class ScoringTable:
    """The whole table of one unit; `appraised`: whether the column of the council is filled in."""

    parts: tuple[ScoringPart, ...]
    appraised: bool
