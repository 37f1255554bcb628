"""A document's .docx and .pdf + its standard -> where they do not follow its figures, and what must move to the next page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.forms.standards import Standard
from pipeline.signoff import layout_docx, layout_pdf
from pipeline.signoff.layout_tails import tails
from pipeline.signoff.layout_taste import remarks
from pipeline.signoff.page_breaks import Move
from pipeline.signoff.pages import PdfPage, read_pages
from pipeline.signoff.word import Document, read

SHOWN = 6


@dataclass(frozen=True)
class Layout:
    """`fault`: the first findings of both files in one line, '' = none; `remarks`: matters of taste.

    `moves`: headings left alone, which are among the findings, and ends of tables left alone, which are none.
    """

    fault: str
    moves: tuple[Move, ...]
    remarks: tuple[str, ...] = ()


def check_layout(docx: Path, pdf: Path, standard: Standard) -> Layout:
    return measured(read(docx.read_bytes()), read_pages(pdf), standard)


def measured(document: Document, pages: list[PdfPage], standard: Standard) -> Layout:
    """The same of files already read."""
    found = [*layout_docx.findings(document, standard), *layout_pdf.findings(pages, document, standard)]
    more = f"; và {len(found) - SHOWN} điểm khác" if len(found) > SHOWN else ""
    fault = f"không đúng thể thức: {'; '.join(found[:SHOWN])}{more}" if found else ""
    moves: tuple[Move, ...] = (*layout_pdf.lonely_headings(pages, document), *tails(pages, document))
    return Layout(fault, moves, tuple(remarks(pages, document)))
