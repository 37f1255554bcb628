"""Forms in tests: made from the sample year, filled in as a spreadsheet program would, taken back into a file."""

from __future__ import annotations

import datetime as dt
import functools
import io
import shutil
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from pipeline.desk.answers import KeyPath
from pipeline.desk.form_book import Form, form_of
from pipeline.desk.form_reader import read_form
from pipeline.desk.form_writer import stored, write_form
from pipeline.desk.importing import Import, prepare_import
from pipeline.desk.kinds import CHOICE, COUNT, LONG, NUMBER, PERCENT, POINTS, choices
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.model.submission import Submission
from pipeline.model.year import YearFiles
from pipeline.places import PROJECT, Places
from pipeline.reading.shape import load

CREATED = dt.date(2023, 12, 29)
SAMPLE = Places(PROJECT / "data", Path("build"), 2023)


@functools.cache
def year() -> YearFiles:
    return read_year(SAMPLE, LawBook)


@functools.cache
def form(number: int) -> Form:
    unit = next(u for u in year().units.values() if u.unit.number == number)
    assert unit.submission.value is not None
    return form_of(year().regulation, unit.unit, 2023, unit.submission.value)


@functools.cache
def form_bytes(number: int) -> bytes:
    return write_form(form(number), year().regulation, CREATED)


@dataclass(frozen=True)
class Desk:
    """A data folder with one unit's file, and a form of it."""

    places: Places
    number: int

    @property
    def file(self) -> Path:
        return next(self.places.submissions.glob(f"{self.number:02d}-*.yaml"))

    @property
    def form(self) -> Path:
        return self.places.data.parent / "bieu.xlsx"

    def submission(self) -> Submission:
        found = load(self.file, self.file.name, Submission).value
        assert found is not None
        return found

    def fill(self, values: Mapping[KeyPath, Any], data: bytes | None = None, old_macintosh: bool = False) -> None:
        """`values`: texts as files have them, or (value,) to be put into the cell as it is."""
        self.form.write_bytes(filled(data or form_bytes(self.number), values, old_macintosh))

    def take(self) -> Import:
        return prepare_import(self.form, self.places, None, "")

    def write(self) -> None:
        found = self.take()
        assert found.file.write(found.kept)


def desk(folder: Path, number: int) -> Desk:
    """Regulation and register are the project's own."""
    places = Places(folder / "data", folder / "build", 2023)
    places.submissions.mkdir(parents=True)
    (places.data / "quy_dinh").symlink_to(PROJECT / "data" / "quy_dinh")
    for name in ("don_vi.yaml", "2023/tinh.yaml"):
        shutil.copy(PROJECT / "data" / name, places.data / name)
    shutil.copy(next(SAMPLE.submissions.glob(f"{number:02d}-*.yaml")), places.submissions)
    made = Desk(places, number)
    made.form.write_bytes(form_bytes(number))
    return made


def filled(data: bytes, values: Mapping[KeyPath, Any], old_macintosh: bool = False) -> bytes:
    """The workbook with cells changed, saved by openpyxl as another program would."""
    cells = read_form(data, "bieu.xlsx").cells
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    book.epoch = CALENDAR_MAC_1904 if old_macintosh else CALENDAR_WINDOWS_1900
    for path, value in values.items():
        cell = cells[path]
        book[cell.sheet].cell(cell.row + 1, cell.column + 1).value = value[0] if isinstance(value, tuple) else _value(value, cell.kind)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _value(text: str, kind: Any) -> Any:
    if not text:
        return None
    if kind.name in (PERCENT, POINTS, NUMBER, COUNT):
        return float(stored(text))
    if kind.name == CHOICE:
        return choices(kind, year().regulation)[text]
    return text.removesuffix("\n") if kind.name == LONG else text
