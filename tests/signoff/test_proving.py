"""The order of a document's proof: what must move is told before the lint, unless nothing may move any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.forms.standards import Standard, read_standards
from pipeline.model.files import DocumentPlan
from pipeline.places import TEMPLATES
from pipeline.signoff import proving
from pipeline.signoff.layout import Layout
from pipeline.signoff.page_breaks import Tail
from pipeline.signoff.pdfa.rules import Finding
from tests.signoff.small_pdf import DECLARED, draw

MOVES = (Tail(0, 3),)
PLAN = DocumentPlan("1-bao-cao", "bao-cao-tong-ket", "nha_nuoc", "Báo cáo", "Báo cáo", "Sở Nội vụ", {}, ("Sở Nội vụ",))


def proved(folder: Path, monkeypatch: pytest.MonkeyPatch, moves: tuple[Tail, ...], broken: list[Finding], may_move: bool) -> proving.Proof:
    docx, pdf = folder / "a.docx", folder / "a.pdf"
    docx.write_bytes(b"docx")
    pdf.write_bytes(draw(["Sở Nội vụ"]))
    monkeypatch.setattr(proving, "read", lambda data: None)
    monkeypatch.setattr(proving, "measured", lambda document, pages, standard: Layout("", moves))
    monkeypatch.setattr(proving, "lint", lambda data: broken)
    return proving.prove(docx, pdf, PLAN, standard(), DECLARED, may_move)


def standard() -> Standard:
    return next(iter(read_standards(TEMPLATES).values()))


BROKEN = [Finding("mo-tep", "cả tệp")]


def test_a_document_that_goes_round_again_is_not_linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proof = proved(tmp_path, monkeypatch, MOVES, BROKEN, may_move=True)
    assert (proof.fault, proof.moves, proof.docx, proof.pdf) == ("", MOVES, b"docx", b"")


@pytest.mark.parametrize("moves", [(), MOVES])
def test_the_last_time_round_is_linted_whatever_would_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: tuple[Tail, ...]
) -> None:
    assert "không giữ được PDF/A-2b" in proved(tmp_path, monkeypatch, moves, BROKEN, may_move=False).fault
    sound = proved(tmp_path, monkeypatch, moves, [], may_move=False)
    assert (sound.fault, sound.moves, sound.pages) == ("", moves, 1) and sound.pdf.startswith(b"%PDF")


def test_without_moves_it_is_linted_the_first_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proved(tmp_path, monkeypatch, (), BROKEN, may_move=True).fault
