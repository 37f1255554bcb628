"""A dossier's plan and the pages of its documents -> cover and index as PDF, with the place of every clickable row; page stamps.

Drawn with ReportLab in Liberation Serif; the number of pages is known exactly because the index is laid out before it is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
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
from pipeline.model.files import DossierPlan

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 15 * mm, 25 * mm, 22 * mm
WIDTH = A4[0] - LEFT - RIGHT
COLUMNS = (12 * mm, 74 * mm, 61 * mm, 18 * mm)
BODY = ParagraphStyle("than", fontName="Thuong", fontSize=12, leading=16)
CENTRE = ParagraphStyle("giua", parent=BODY, alignment=TA_CENTER)
BOLD = ParagraphStyle("dam", parent=BODY, fontName="Dam")
HEADING = ParagraphStyle("cot", parent=CENTRE, fontName="Dam")
TITLE = ParagraphStyle("ten", parent=CENTRE, fontName="Dam", fontSize=18, leading=25)
OWNER = ParagraphStyle("chu", parent=CENTRE, fontName="Dam", fontSize=15, leading=21)
NOTE = ParagraphStyle("ghi", parent=BODY, fontName="Nghieng", fontSize=11, leading=14)


@dataclass(frozen=True)
class Row:
    """A row of the index: what it says and the bundle page (from 1) where its document starts and ends."""

    number: str
    name: str
    own_number: str
    first: int
    last: int


@dataclass(frozen=True)
class Link:
    """A clickable rectangle on a front page (from 0), leading to a bundle page (from 1)."""

    page: int
    box: tuple[float, float, float, float]
    target: int


def _canvas(buffer: io.BytesIO) -> Canvas:
    for face, file in FACES.items():
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(font_file(file))))
    return Canvas(buffer, pagesize=A4, invariant=1, initialFontName="Thuong", pageCompression=1)  # type: ignore[arg-type]  # the stubs take it for a size


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def front_pages(plan: DossierPlan, pages: Sequence[int], secrecy: str) -> tuple[bytes, list[Link], list[Row]]:
    """Cover and index; `pages` counts each document's pages. The index's own length is found by laying it out first."""
    length = 1 + len(cover_notes(plan)) // 40
    while True:
        rows = _rows(plan, pages, length)
        data, links, used = _draw(plan, rows, secrecy)
        if used == length:
            return data, links, rows
        length = used


def _rows(plan: DossierPlan, pages: Sequence[int], front: int) -> list[Row]:
    rows, start = [], front + 1
    for i, (document, count) in enumerate(zip(plan.documents, pages), 1):
        rows.append(Row(str(i), document.name, document.number, start, start + count - 1))
        start += count
    return rows


def cover_notes(plan: DossierPlan) -> list[str]:
    return [f"- {item}" for item in plan.missing]


def signing_lines(plan: DossierPlan, rows: list[Row]) -> list[str]:
    """Who signs what; documents of one name that the same people sign share a line ("10-65. Biểu thẩm định: ...")."""
    groups: list[tuple[str, str, list[Row]]] = []
    for row, document in zip(rows, plan.documents):
        name = document.name.split(":")[0]  # "Biểu thẩm định: Sở Nội vụ"
        if groups and groups[-1][:2] == (name, document.signers):
            groups[-1][2].append(row)
        elif document.signers:
            groups.append((name, document.signers, [row]))
    return [
        f"{g[0].number}. {g[0].name}: {who}" if len(g) == 1 else f"{g[0].number}-{g[-1].number}. {name}: {who}" for name, who, g in groups
    ]


class _Page:
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


def _draw(plan: DossierPlan, rows: list[Row], secrecy: str) -> tuple[bytes, list[Link], int]:
    buffer = io.BytesIO()
    canvas = _canvas(buffer)
    page = _Page(canvas, "DỰ THẢO" if plan.draft else "")
    _cover(page, plan, rows, secrecy)
    page.new()
    links = _index(page, rows)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue(), links, page.number + 1


def _cover(page: _Page, plan: DossierPlan, rows: list[Row], secrecy: str) -> None:
    if secrecy:
        page.write(secrecy.upper(), BOLD)
    page.y -= 30 * mm
    page.write(plan.title, TITLE, 10)
    page.write(plan.owner, OWNER, 24)
    page.write(f"Mã hồ sơ: {plan.code}", CENTRE, 20)
    for label, value in plan.lines:
        page.write(f"{label}: {value}", BODY, 6)
    page.write(f"Số tài liệu: {len(rows):02d}; số trang: {rows[-1].last if rows else 0}", BODY, 12)
    page.write("Người ký:", BOLD)
    for line in signing_lines(plan, rows):
        page.write(line, BODY, 2)
    if plan.draft:
        page.y -= 6
        page.write("DỰ THẢO: hồ sơ còn thiếu", BOLD)
        for note in cover_notes(plan):
            page.write(note, NOTE, 2)
    if plan.illustrative:
        page.y -= 10
        page.write("Số liệu minh họa, không phải kết quả đánh giá thật.", NOTE)


INDEX_HEAD = ("STT", "Tên tài liệu", "Số, ngày", "Trang")  # again on each page


def _index(page: _Page, rows: list[Row]) -> list[Link]:
    page.write("MỤC LỤC HỒ SƠ", TITLE, 10)
    _line(page, INDEX_HEAD, (HEADING,) * 4)
    links = []
    for row in rows:
        span = str(row.first) if row.first == row.last else f"{row.first}-{row.last}"
        number, box = _line(page, (row.number, row.name, row.own_number, span), (CENTRE, BODY, BODY, CENTRE))
        links.append(Link(number, box, row.first))
    return links


def _line(page: _Page, cells: tuple[str, ...], styles: tuple[ParagraphStyle, ...]) -> tuple[int, tuple[float, float, float, float]]:
    """One ruled row of the index; gives its page and rectangle."""
    drawn = [Paragraph(_safe(c), style) for c, style in zip(cells, styles)]
    height = max(p.wrap(w - 4, A4[1])[1] for p, w in zip(drawn, COLUMNS)) + 6
    if page.y - height < BOTTOM:
        page.new()
        _line(page, INDEX_HEAD, (HEADING,) * 4)
    x, bottom = LEFT, page.y - height
    for paragraph, width in zip(drawn, COLUMNS):
        paragraph.drawOn(page.canvas, x + 2, page.y - 3 - paragraph.height)
        page.canvas.setLineWidth(0.4)
        page.canvas.rect(x, bottom, width, height)
        x += width
    page.y = bottom
    return page.number, (LEFT, bottom, x, bottom + height)


def stamps(code: str, total: int, draft: bool) -> bytes:
    """A transparent page per bundle page with "HS 25-2023 · tr. 12/48" low in the bottom margin."""
    buffer = io.BytesIO()
    canvas = _canvas(buffer)
    mark = "DỰ THẢO · " if draft else ""
    for number in range(1, total + 1):
        canvas.setFont("Thuong", 8)
        canvas.drawRightString(A4[0] - RIGHT, 8 * mm, f"{mark}HS {code} · tr. {number}/{total}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
