"""The last build's words are said again only while everything it read and made is as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import standing
from pipeline.places import TEMPLATES, Places
from pipeline.problems import Kind, Place, Problem
from pipeline.publishing import write_file, write_json
from pipeline.standing import Said
from tests.support import write_year

SAID = Said(
    (Problem(Place("a.yaml", 3, 4), Kind.WARNING, "việc này", "sửa thế kia", "hoi_nghi"),),
    ("x.pdf: cảnh báo: trình bày: dòng lẻ",),
    (("Giữ nguyên", "2 - mọi hồ sơ đã mới nhất"),),
    ("Chưa rõ mức: Sở A",),
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A year with its own regulation and forms, as published by a build that kept its words."""
    data = write_year(tmp_path / "data").data
    (data / "quy_dinh").unlink()
    (data / "quy_dinh" / "x").mkdir(parents=True)
    (data / "quy_dinh" / "x" / "han_muc.yaml").write_text("a: 1\n", "utf-8")
    shutil.copytree(TEMPLATES / "the_thuc", tmp_path / "mau" / "the_thuc")
    found = Places(data, tmp_path / "build", 2023, tmp_path / "mau")
    write_file(found.out / "25-so-noi-vu" / "ho-so.pdf", b"%PDF")
    write_json(found.manifest, {"subject": [{"name": "25-so-noi-vu/ho-so.pdf", "digest": {"sha256": "..."}}]})
    standing.keep(found, standing.inputs(found), SAID)
    return found


def test_nothing_changed(places: Places) -> None:
    """Every word comes back, also after files were saved anew with the same content."""
    places.province.write_bytes(places.province.read_bytes())
    assert standing.unchanged(places) == SAID


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


CHANGES: dict[str, Callable[[Places], None]] = {
    "a unit's file": lambda p: edit(next(p.submissions.iterdir())),
    "an appraisal taken away": lambda p: next(p.appraisals.iterdir()).unlink(),
    "a file nobody expects": lambda p: (p.submissions / "26-lạ.yaml").write_text("", "utf-8"),
    "a file become a link": lambda p: (p.decisions.rename(p.data / "kia.yaml"), p.decisions.symlink_to(p.data / "kia.yaml"))[0],
    "the register": lambda p: edit(p.register),
    "the regulation": lambda p: edit(p.data / "quy_dinh" / "x" / "han_muc.yaml"),
    "a standard": lambda p: edit(next((p.templates / "the_thuc").glob("*.docx"))),
    "a published file": lambda p: edit(p.out / "25-so-noi-vu" / "ho-so.pdf"),
    "a published file lost": lambda p: (p.out / "25-so-noi-vu" / "ho-so.pdf").unlink(),
    "the manifest": lambda p: edit(p.manifest),
    "the manifest lost": lambda p: p.manifest.unlink(),
    "what stands, edited": lambda p: p.standing.write_text(p.standing.read_text("utf-8").replace('"cảnh báo"', '"khác"'), "utf-8"),
    "what stands, cut": lambda p: p.standing.write_text("{", "utf-8"),
    "another build began": standing.forget,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_any_change_is_seen(places: Places, change: Callable[[Places], None]) -> None:
    """Each alone sends the program to look for itself."""
    change(places)
    assert standing.unchanged(places) is None


def test_other_places_are_another_build(places: Places) -> None:
    """Messages name folders as typed, so the words of one way to type them are not those of another."""
    assert standing.unchanged(Places(places.data / "." / ".." / "data", places.build, 2023, places.templates)) is None


@pytest.mark.parametrize("name", ["_tools", "_roots"])
def test_tools_and_code_count(places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A new LibreOffice, font or line of code."""
    before = getattr(standing, name)
    (tmp_path / "moi.py").write_text("x = 1\n", "utf-8")
    monkeypatch.setattr(standing, name, lambda *given: iter([*before(*given), tmp_path / "moi.py"]))
    assert standing.unchanged(places) is None


def test_a_validator_counts(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is there, it has to be asked."""
    monkeypatch.setenv("VERAPDF_JAR", "vera.jar")
    assert standing.unchanged(places) is None


def test_a_file_saved_during_the_build_counts(places: Places) -> None:
    """What was hashed before reading is what counts, not what lies there at the end."""
    read = standing.inputs(places)
    edit(next(places.submissions.iterdir()))
    standing.keep(places, read, SAID)
    assert standing.unchanged(places) is None


def test_real_tools_are_found() -> None:
    """LibreOffice's start program and the file with its version, and the faces: else a new one would not be seen."""
    names = {path.name for path in standing._tools() if path.is_file()}
    assert {"versionrc", "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf"} <= names
