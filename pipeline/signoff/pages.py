"""A .pdf -> its pages as lines of text with their places, in millimetres from the top left corner."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from pipeline.signoff.finished import opened_pdf, squeeze

MM = 25.4 / 72
PICTURE = "\ufffc"  # stands for a picture among the pieces of a page
IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
Box = tuple[float, float, float, float]  # left, bottom, right, top in points
SAME_LINE = 1.2  # how far apart in height, mm, pieces of one line may be


@dataclass(frozen=True)
class Piece:
    """Words side by side without a wide gap, as the PDF holds them; or a picture."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class PdfPage:
    """`text`: its words in the order in which they were written (cell by cell), without white space."""

    width: float
    height: float
    pieces: tuple[Piece, ...]  # top to bottom, left to right
    text: str


def read_pages(path: Path) -> list[PdfPage]:
    """Raises OutputError for what is no PDF."""
    with opened_pdf(path) as document:
        return [_page(page) for page in document]


def _page(page: pypdfium2.PdfPage) -> PdfPage:
    width, height = page.get_size()
    text = page.get_textpage()
    room = (ctypes.c_ushort * (2 * text.count_chars() + 2))()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    said = ((unicodedata.normalize("NFC", _inside(text, box, room)).strip(), box) for box in boxes)
    shown = [(words, box) for words, box in said if words] + [(PICTURE, box) for box in _pictures(page)]
    pieces = [Piece(words, left * MM, right * MM, (height - top) * MM, (height - low) * MM) for words, (left, low, right, top) in shown]
    written = squeeze(text.get_text_range())
    text.close()
    return PdfPage(width * MM, height * MM, tuple(sorted(pieces, key=lambda p: (round(p.bottom / SAME_LINE), p.left))), written)


def _inside(text: pypdfium2.PdfTextPage, box: Box, room: ctypes.Array[ctypes.c_ushort]) -> str:
    """As the library's get_text_bounded, which asks twice, first for the length: PDFium goes through the whole page each time."""
    left, bottom, right, top = box
    count = pypdfium2.raw.FPDFText_GetBoundedText(text, left, top, right, bottom, room, len(room))
    return bytes(memoryview(room)[:count]).decode("utf-16-le", "ignore").rstrip("\0")


def _pictures(page: pypdfium2.PdfPage) -> list[Box]:
    """Their places; drawn forms are looked into only where there are any."""
    count = pypdfium2.raw.FPDFPage_CountObjects(page)
    kinds = {pypdfium2.raw.FPDFPageObj_GetType(pypdfium2.raw.FPDFPage_GetObject(page, number)) for number in range(count)}
    if not kinds & {IMAGE, pypdfium2.raw.FPDF_PAGEOBJ_FORM}:
        return []
    return [shown.get_bounds() for shown in page.get_objects(filter=[IMAGE])]
