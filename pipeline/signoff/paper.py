"""Lines of text and ruled rows -> the pages of a PDF in Liberation Serif, and where each row stands; what covers and indexes are drawn with."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from pipeline.fonts import FACES, font_file

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 15 * mm, 25 * mm, 22 * mm
WIDTH = A4[0] - LEFT - RIGHT
ASIDE = 4.5  # points between the words of a cell and its borders
BODY = ParagraphStyle("than", fontName="Thuong", fontSize=12, leading=16)
CENTRE = ParagraphStyle("giua", parent=BODY, alignment=TA_CENTER)
BOLD = ParagraphStyle("dam", parent=BODY, fontName="Dam")
HEADING = ParagraphStyle("cot", parent=CENTRE, fontName="Dam")
TITLE = ParagraphStyle("ten", parent=CENTRE, fontName="Dam", fontSize=18, leading=25)
OWNER = ParagraphStyle("chu", parent=CENTRE, fontName="Dam", fontSize=15, leading=21)
NOTE = ParagraphStyle("ghi", parent=BODY, fontName="Nghieng", fontSize=11, leading=14)


def new_canvas(buffer: io.BytesIO) -> Canvas:
    for face, file in FACES.items():
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(font_file(file))))
    return Canvas(buffer, pagesize=A4, invariant=1, initialFontName="Thuong", pageCompression=0)  # type: ignore[arg-type]  # the stubs take it for a size


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True)
class Ruled:
    """Its heading, again on each page, and the widths of its columns."""

    head: tuple[str, ...]
    columns: tuple[float, ...]


class Paper:
    """A pen that moves down the page and starts a new one when it is full."""

    def __init__(self, canvas: Canvas, mark: str) -> None:
        self.canvas, self.mark, self.number, self.y = canvas, mark, 0, A4[1] - TOP
        self._begin()

    def _begin(self) -> None:
        if self.mark:
            self.canvas.setFont("Dam", 12)
            self.canvas.drawRightString(A4[0] - RIGHT, A4[1] - 15 * mm, self.mark)

    def new(self) -> None:
        self.canvas.showPage()
        self.number += 1
        self.y = A4[1] - TOP
        self._begin()

    def write(self, text: str, style: ParagraphStyle, gap: float = 4) -> None:
        paragraph = Paragraph(_safe(text), style)
        _, height = paragraph.wrap(WIDTH, A4[1])
        if self.y - height < BOTTOM:
            self.new()
        self.y -= height
        paragraph.drawOn(self.canvas, LEFT, self.y)
        self.y -= gap


def ruled_row(
    page: Paper, table: Ruled, cells: tuple[str, ...], styles: tuple[ParagraphStyle, ...]
) -> tuple[int, tuple[float, float, float, float]]:
    """One ruled row; gives its page and rectangle."""
    drawn = [Paragraph(_safe(c), style) for c, style in zip(cells, styles)]
    height = max(p.wrap(w - 2 * ASIDE, A4[1])[1] for p, w in zip(drawn, table.columns)) + 7
    if page.y - height < BOTTOM:
        page.new()
        ruled_row(page, table, table.head, (HEADING,) * len(table.head))
    x, bottom = LEFT, page.y - height
    for paragraph, width in zip(drawn, table.columns):
        paragraph.drawOn(page.canvas, x + ASIDE, page.y - 3 - paragraph.height)
        page.canvas.setLineWidth(0.4)
        page.canvas.rect(x, bottom, width, height)
        x += width
    page.y = bottom
    return page.number, (LEFT, bottom, x, bottom + height)
