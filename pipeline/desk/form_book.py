"""Regulation, unit, year and the unit's file -> the whole form: its pages, what each cell holds now, and the map that import reads by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.desk.answers import KeyPath, text_at
from pipeline.desk.form_layout import Input, Sheet
from pipeline.desk.form_pages import guide, pages
from pipeline.desk.form_scoring import scoring
from pipeline.desk.kinds import LABEL
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit

MAP, MARK, VERSION = "khoa", "bieu-nhap", "1"


@dataclass(frozen=True)
class Identity:
    """Which form it is: unit, year, regulation."""

    unit: str
    year: int
    regulation: str

    @property
    def cells(self) -> list[str]:
        return [MARK, VERSION, self.unit, str(self.year), self.regulation]


@dataclass(frozen=True)
class Form:
    identity: Identity
    sheets: Sequence[Sheet]
    texts: Mapping[KeyPath, str]  # what the file said when the form was made

    @property
    def inputs(self) -> list[tuple[Sheet, Input]]:
        return [(sheet, cell) for sheet in self.sheets for cell in sheet.inputs]


def form_of(regulation: Regulation, unit: Unit, year: int, found: Submission) -> Form:
    sheets = [guide(unit, year), scoring(regulation, unit, year, found), *pages(regulation, year, found)]
    texts = {cell.path: text_at(found, cell.path, cell.kind) for sheet in sheets for cell in sheet.inputs}
    return Form(Identity(unit.code, year, regulation.folder), sheets, texts)


def texts_of(form: Form, found: Submission) -> dict[KeyPath, str]:
    """What another state of the file says in the form's cells."""
    return {cell.path: text_at(found, cell.path, cell.kind) for _, cell in form.inputs}


def map_rows(form: Form) -> list[list[str]]:
    """Page, row and column from 0, keys, kind and first text of every cell that import looks at; first of all whose form it is and a sum over the rest."""
    rows: list[list[str]] = []
    for sheet in form.sheets:
        rows += [[sheet.name, str(a.row), str(a.column), "", LABEL, a.text] for a in sheet.labels if a.anchor]
        rows += [[sheet.name, str(c.row), str(c.column), "/".join(c.path), c.kind.code, form.texts[c.path]] for c in sheet.inputs]
    return [[*form.identity.cells, checksum(rows)], *rows]


def checksum(rows: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
