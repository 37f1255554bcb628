"""What clerks fill in -> the sheets of the form: where each label, input and formula stands (pages other than the scoring table's)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.desk.kinds import CHOICE, LINE, POINTS, CellKind, form_words, kind_of
from pipeline.key_words import words_of
from pipeline.model.submission import Condition, DisciplineCase, Finding, Suggestion, Targets

STATE = "?"  # stands behind the path of a list that may be empty: whether there is anything
STATES = CellKind(CHOICE, ("khong", "co"))
LINES = CellKind(LINE)
COUNCIL_ONLY = {(model, key) for model in (Condition, Suggestion, Finding, Targets, DisciplineCase) for key in ("ly_do", "bo")}
LINE_HEIGHT, HIGHEST, TITLE_LENGTH = 16, 409, 32  # what Excel can do


@dataclass(frozen=True)
class Label:
    """Locked text; an `anchor` is looked up again on reading, to see that nothing has been shifted."""

    row: int
    column: int
    text: str
    style: str = "chu"
    anchor: bool = False


@dataclass(frozen=True)
class Input:
    """A cell that is filled in; `path`: keys of the unit's file; `limit`: cell that holds the highest value."""

    row: int
    column: int
    path: tuple[str, ...]
    kind: CellKind
    title: str = ""
    about: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Formula:
    """`value`: what it gives for the file as it is, for readers that do not compute."""

    row: int
    column: int
    text: str
    value: Decimal | int | str
    style: str = "diem"


@dataclass(frozen=True)
class Tint:
    """Cells coloured while a formula holds."""

    cells: str
    formula: str
    style: str


@dataclass(frozen=True)
class Measure:
    """A text and the width of its cell, in digits."""

    text: str
    width: int
    bold: bool


@dataclass
class Sheet:
    """One page of the form; `row` is where the next line goes while it is laid out."""

    name: str
    widths: tuple[int, ...]
    labels: list[Label] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)
    heads: int = 0  # rows that stay in sight and are printed on every page
    fixed: int = 0  # columns that stay in sight
    printed: int = 0  # columns printed; 0 = all
    hidden: tuple[int, ...] = ()
    hints: int = 2  # column that says how to write a value
    row: int = 0

    def label(self, column: int, text: str, style: str = "chu", anchor: bool = False) -> None:
        self.labels.append(Label(self.row, column, text, style, anchor))

    def line(self, text: str, style: str) -> None:
        """A row of its own."""
        self.label(0, text, style)
        self.row += 1

    def field(self, path: tuple[str, ...], model: type[BaseModel], key: str, name: str = "") -> None:
        """One value: what it is, the cell, how to write it."""
        words = words_of(model, key)
        self.label(0, name or words.tieu_de, anchor=True)
        self.label(self.hints, hint(model, key), "chu_thich")
        self.ask(1, (*path, key), model, key)
        self.row += 1

    def ask(self, column: int, path: tuple[str, ...], model: type[BaseModel], key: str, limit: str = "") -> None:
        title = words_of(model, key).tieu_de
        kind = CellKind(POINTS) if limit else kind_of(info_of(model, key))
        self.inputs.append(Input(self.row, column, path, kind, title if len(title) <= TITLE_LENGTH else "", hint(model, key), limit))

    def state(self, path: tuple[str, ...], question: str) -> None:
        """Whether a list has anything in it: none is an answer too."""
        self.label(0, question, anchor=True)
        self.label(self.hints, "Không có mục nào thì chọn «Không có»; để trống là chưa trả lời.", "chu_thich")
        self.inputs.append(Input(self.row, 1, (*path, STATE), STATES))
        self.row += 1

    def lines(self, path: tuple[str, ...], name: str, count: int) -> None:
        """A list of one-line texts."""
        for number in range(count):
            self.label(0, f"{name} {number + 1}", anchor=True)
            self.inputs.append(Input(self.row, 1, (*path, str(number)), LINES))
            self.row += 1

    def records(self, path: tuple[str, ...], model: type[BaseModel], count: int) -> None:
        """A list of groups, a row each under their heads."""
        keys = keys_of(model)
        for column, key in enumerate(keys):
            self.label(column, words_of(model, key).tieu_de, "dau_bang", anchor=True)
        self.row += 1
        for number in range(count):
            for column, key in enumerate(keys):
                self.ask(column, (*path, str(number), key), model, key)
            self.row += 1


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys a unit's clerk fills in."""
    aliases = (info.alias or name for name, info in model.model_fields.items())
    return [key for key in aliases if (model, key) not in COUNCIL_ONLY]


def info_of(model: type[BaseModel], key: str) -> FieldInfo:
    return next(info for name, info in model.model_fields.items() if (info.alias or name) == key)


def hint(model: type[BaseModel], key: str) -> str:
    """How to write it, in words that fit a cell: a drop-down needs no codes, a cell no quotation marks."""
    name = f"{model.__name__}.{key}"
    words = words_of(model, key)
    example = f"Ví dụ: {words.vi_du}" if words.vi_du and kind_of(info_of(model, key)).name != CHOICE else ""
    return " ".join(part for part in (form_words().goi_y.get(name, words.mo_ta), example) if part)


def height(row: Iterable[Measure]) -> int:
    """Points that show the longest text of a row, as far as a row may grow."""
    lines = [sum(max(1, len(textwrap.wrap(p, room(t.width, t.bold, p.isupper())))) for p in t.text.split("\n")) for t in row]
    return min(max(lines) * LINE_HEIGHT + 3, HIGHEST)


def room(width: int, bold: bool, capitals: bool) -> int:
    """Letters that fit where so many digits do, in hundredths: letters are narrower, bold ones and capitals wider."""
    return max(width * (70 if capitals else 92 if bold else 108) // 100, 4)


def spare(found: Sequence[object] | None, least: int, more: int) -> int:
    """Rows for a list: what there is and some to add."""
    return max(least, len(found or ()) + more)
