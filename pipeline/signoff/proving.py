"""A document's .docx and its .pdf fresh from LibreOffice -> the .pdf made stable where it stands, and its proof: both read back and measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.forms.standards import Standard
from pipeline.model.files import DocumentPlan
from pipeline.problems import OutputError
from pipeline.signoff.blanks import SignatureField, place
from pipeline.signoff.finished import normalise, structure_fault, text_fault
from pipeline.signoff.layout import measured
from pipeline.signoff.page_breaks import Move
from pipeline.signoff.pages import read_pages
from pipeline.signoff.pdfa.lint import LEVEL, lint, told
from pipeline.signoff.word import read


@dataclass(frozen=True)
class Proof:
    """Both files as they are now and read back: what is wrong ('' = sound), what must move to the next page, pages, matters of taste, where to sign."""

    fault: str
    moves: tuple[Move, ...] = ()
    docx: bytes = b""
    pdf: bytes = b""
    pages: int = 0
    remarks: tuple[str, ...] = ()
    to_sign: tuple[SignatureField, ...] = ()


def prove(docx: Path, pdf: Path, document: DocumentPlan, standard: Standard, declared: datetime, may_move: bool = False) -> Proof:
    """Takes clock and machine out of the PDF, then reads each file once; the first fault ends it, and so does what must move, where it may."""
    try:
        to_sign = place(pdf, document.signatures, float(standard.signing_width or 0))
        normalise(pdf, declared, document.title, document.author, to_sign)
        return _read_back(docx.read_bytes(), pdf, document, standard, to_sign, may_move)
    except OutputError as error:
        return Proof(str(error))


def _read_back(
    docx: bytes, pdf: Path, document: DocumentPlan, standard: Standard, to_sign: tuple[SignatureField, ...], may_move: bool
) -> Proof:
    if fault := structure_fault(pdf):
        return Proof(fault)
    pages = read_pages(pdf)
    if fault := text_fault([page.text for page in pages], document.expect):
        return Proof(fault)
    layout = measured(read(docx), pages, standard)
    if layout.moves and may_move:
        return Proof("", layout.moves, docx)
    data = pdf.read_bytes()
    if broken := lint(data):
        return Proof(f"không giữ được {LEVEL}: {told(broken)}")
    return Proof(layout.fault, layout.moves, docx, data, len(pages), layout.remarks, to_sign)
