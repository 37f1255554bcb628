"""A .pdf -> its pages as lines of text with their places, in millimetres from the top left corner."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from pipeline.signoff.finished import squeeze

MM = 25.4 / 72
PICTURE = "\ufffc"  # stands for a picture among the pieces of a page
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
    document = pypdfium2.PdfDocument(path)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> PdfPage:
    width, height = page.get_size()
    text = page.get_textpage()
    pieces = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = unicodedata.normalize("NFC", text.get_text_bounded(left, bottom, right, top)).strip()
        if words:
            pieces.append(Piece(words, left * MM, right * MM, (height - top) * MM, (height - bottom) * MM))
    for shown in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = shown.get_bounds()
        pieces.append(Piece(PICTURE, left * MM, right * MM, (height - top) * MM, (height - bottom) * MM))
    written = squeeze(text.get_text_range())
    text.close()
    return PdfPage(width * MM, height * MM, tuple(sorted(pieces, key=lambda p: (round(p.bottom / SAME_LINE), p.left))), written)
