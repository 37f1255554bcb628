"""A field of a model -> the kind of cell it is filled in; a value -> its one text in forms and files, and a clerk's text -> that value's text."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from pipeline.model.regulation import Regulation
from pipeline.model.values import (
    LEVELS,
    YES_NO,
    YES_NO_WORDS,
    Clock,
    Count,
    Date,
    LongText,
    Percent,
    Points,
    Text,
    Written,
    complaint,
    name_key,
    parse_clock,
    parse_count,
    parse_date,
    parse_number,
    parse_percent,
)
from pipeline.reading.text import SPACES_FROM_WORD

WORDS = Path(__file__).with_name("form_words.yaml")
LABEL, PERCENT, POINTS, NUMBER, COUNT, DATE, CLOCK, LINE, LONG, CHOICE = (
    "nhan",
    "ty_le",
    "diem",
    "so",
    "dem",
    "ngay",
    "gio",
    "dong",
    "bai",
    "chon",
)


@dataclass(frozen=True)
class CellKind:
    """`allowed`: the codes of a drop-down."""

    name: str
    allowed: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """As it stands in the form's map of cells."""
        return " ".join((self.name, *self.allowed))

    @classmethod
    def of_code(cls, code: str) -> CellKind:
        name, *allowed = code.split(" ")
        return cls(name, tuple(allowed))


@dataclass(frozen=True)
class FormWords:
    """What the form says besides the regulation's and the keys' words.

    `chon`: words of each drop-down, by its codes; `goi_y`: model.key -> how to fill in a cell, where the words for YAML do not fit one.
    """

    huong_dan: list[str]
    chon: list[dict[str, str]]
    goi_y: dict[str, str]


@functools.cache
def form_words() -> FormWords:
    return TypeAdapter(FormWords).validate_python(yaml.load(WORDS.read_text("utf-8"), yaml.BaseLoader))


def _written(annotation: Any) -> Written:
    return next(m for m in get_args(annotation)[1:] if isinstance(m, Written))


SPACES = str.maketrans(dict.fromkeys(SPACES_FROM_WORD + "\t", " "))
KINDS = {_written(a): name for a, name in ((Percent, PERCENT), (Points, NUMBER), (Count, COUNT), (Date, DATE), (Clock, CLOCK))}
KINDS |= {_written(Text): LINE, _written(LongText): LONG}
CODES = {tuple(YES_NO): ("co", "khong"), YES_NO_WORDS: ("co", "khong", "chua_ro")}


def kind_of(info: FieldInfo) -> CellKind:
    written = next(m for m in info.metadata if isinstance(m, Written))
    if written.allowed:
        return CellKind(CHOICE, CODES.get(written.allowed, written.allowed))
    return CellKind(KINDS[written])


def choices(kind: CellKind, regulation: Regulation) -> Mapping[str, str]:
    """Code -> the words a clerk chooses."""
    if kind.allowed == LEVELS:
        return {level: regulation.level_name(level) for level in LEVELS}
    return next(words for words in form_words().chon if tuple(words) == kind.allowed)


def text_of(value: Any, kind: CellKind) -> str:
    """A value of the model as text, "" for none: two values are the same when their texts are."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        digits = (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace(".", ",")
        return f"{digits}%" if kind.name == PERCENT else digits
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return long_text(value) if kind.name == LONG else str(value)


def long_text(text: str) -> str:
    """Paragraphs without white space at their ends, no blank line first or last; ends with a line break as text after | does."""
    lines = [line.rstrip() for line in text.translate(SPACES).split("\n")]
    joined = "\n".join(lines).strip("\n").lstrip()
    return f"{joined}\n" if joined else ""


def understood(text: str, kind: CellKind, regulation: Regulation) -> str:
    """What a clerk typed into a cell, as `text_of` would write it. Raises the complaint of the value's own parser."""
    if not text:
        return ""
    if kind.name == CHOICE:
        return _chosen(text, choices(kind, regulation))
    if kind.name == LINE:
        return " ".join(text.split())
    if kind.name == LONG:
        return long_text(text)
    return text_of(_PARSERS[kind.name](text), kind)


_PARSERS: Mapping[str, Any] = {
    PERCENT: lambda text: parse_percent(re.sub(r"\s+%$", "%", text)),
    POINTS: parse_number,
    NUMBER: parse_number,
    COUNT: parse_count,
    DATE: parse_date,
    CLOCK: parse_clock,
}


def _chosen(text: str, words: Mapping[str, str]) -> str:
    for code, label in words.items():
        if name_key(text) in (name_key(code), name_key(label)):
            return code
    raise complaint(f"giá trị «{text}» không có trong danh sách chọn", "chọn một trong: " + "; ".join(words.values()))
