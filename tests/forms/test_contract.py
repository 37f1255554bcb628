"""The fields forms may print (truong.yaml) against those the program fills in, and against what each form prints; the text beside each form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from unittest.mock import patch
from typing import Any

import pytest

from pipeline import assessing
from pipeline.explaining import explain_year
from pipeline.forms.asked import fields_of
from pipeline.forms.catalogue import read_forms
from pipeline.forms.contract import NARRATIVE, PICTURE, WORDS, Contracts, read_contracts
from pipeline.forms.lines import read_lines
from pipeline.forms.projection import projection
from pipeline.forms.tags import tags_of
from pipeline.freshness import DocumentRecord, DossierRecord
from pipeline.model.files import DocumentPlan
from pipeline.packing import contents
from pipeline.places import PROJECT, TEMPLATES, Places
from pipeline.planning import PlannedYear, plan_listing, plan_province, plan_units
from pipeline.rendering.markup import Paragraphs

EMPTY = ""
UNPRINTED = ["nam_truoc"]  # no form speaks of last year by number; an office user may want to
FILES = sorted({form.file for form in read_forms(TEMPLATES).forms})


def contracts() -> Contracts:
    return read_contracts(TEMPLATES, tuple(FILES))


@cache
def documents() -> tuple[DocumentPlan, ...]:
    """Every document of the sample year and the list of contents of its parcel, with all their fields."""
    with patch("pipeline.planning.used_fields", lambda *_: Everything()):  # else a plan holds only what its form prints
        return _documents()


class Everything:
    """A set that has whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


def _documents() -> tuple[DocumentPlan, ...]:
    result = assessing.check(Places(PROJECT / "data", PROJECT / "build", 2023))
    explanations = explain_year(result)
    year = PlannedYear(result, explanations, (*plan_units(result, TEMPLATES), plan_province(result, explanations, TEMPLATES)))
    records = {p.folder: DossierRecord(documents={d.stem: DocumentRecord(pages=2) for d in p.documents}) for p in year.plans}
    listing = plan_listing(year, contents(read_forms(TEMPLATES), records), ("ho-so.pdf", 9), False, TEMPLATES)
    assert listing is not None
    return (*(document for plan in year.plans for document in plan.documents), listing.document)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, kind) of everything a form could print."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
        if not value:
            yield f"{path}[]", EMPTY
    else:
        yield path, NARRATIVE if isinstance(value, Paragraphs) else WORDS if isinstance(value, str) else PICTURE


@pytest.mark.parametrize("file", FILES)
def test_the_program_fills_in_exactly_what_is_offered(file: str) -> None:
    """Over all documents of the form; of a list that is empty in every one nothing can be seen."""
    given = {leaf for document in documents() if document.form == file for leaf in leaves(document.fields)}
    offered = {(path, field.kind) for path, field in contracts().forms[file].offered.items()}
    empty = tuple(path for path, kind in given if kind == EMPTY)
    assert {leaf for leaf in given if leaf[1] != EMPTY} - offered == set()
    assert {leaf for leaf in offered - given if not leaf[0].startswith(empty)} == set()


def test_every_offered_field_has_a_meaning() -> None:
    """In words for people who edit forms."""
    offered = {path: f.meaning for contract in contracts().forms.values() for path, f in contract.offered.items()}
    assert len(offered) > 150
    assert [path for path, meaning in offered.items() if len(meaning.split()) < 2] == []


@pytest.mark.parametrize("file", FILES)
def test_what_a_form_prints_it_must_print(file: str) -> None:
    """Its contract is up to date, so that no field can be lost unseen."""
    asked = fields_of(tags_of(read_lines((TEMPLATES / "bieu_mau" / file).read_bytes())).tags).asked
    assert sorted({a.path for a in asked if a.printed}) == sorted(contracts().forms[file].required)


def test_every_field_the_program_makes_is_printed_somewhere() -> None:
    """By a form or a block."""
    printed = {path for contract in (*contracts().forms.values(), *contracts().blocks.values()) for path in contract.required}
    tested = {
        a.path
        for file in (*(TEMPLATES / "bieu_mau" / f for f in FILES), *TEMPLATES.glob("the_thuc/*.docx"))
        for a in fields_of(tags_of(read_lines(file.read_bytes())).tags).asked
    }
    offered = {path for contract in contracts().forms.values() for path in contract.offered}
    assert sorted(offered - printed - tested) == UNPRINTED


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*/*.docx")), ids=lambda path: path.stem)
def test_the_text_beside_a_form_is_its_text(file: Path) -> None:
    """`make forms` writes it; a change of a .docx can be read in git."""
    assert file.with_suffix(".txt").read_text("utf-8") == projection(file.read_bytes(), f"{file.parent.name}/{file.name}")
