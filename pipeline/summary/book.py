"""Looks and texts -> a workbook being written: cells that hold exactly what they are given, sheets set up for print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.summary.columns import CENTRE, DATE, DIFFERENCE, NUMBER, POINTS, TEXT, Cell

A3, A4 = 8, 9
LINE, FIT, FIT_BOLD = 15, Decimal("1.1"), Decimal("0.95")  # points of a line; letters of the face to a unit of a column's width
ALIGN = {TEXT: "left", CENTRE: "center", NUMBER: "center", POINTS: "right", DIFFERENCE: "right", DATE: "center"}
FORMATS = {POINTS: "0.00", DIFFERENCE: "+0.00;-0.00;0.00", DATE: "dd/mm/yyyy", NUMBER: "0"}
HUNDREDTH = Decimal("0.01")
BOX = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter", "text_wrap": True}
HEAD = {**BOX, "bold": True, "align": "center", "bg_color": "#E7E6E6"}


@dataclass(frozen=True)
class Book:
    """A workbook being written; each look of a cell is made once."""

    file: Workbook
    titles: Sequence[str]
    secrecy: str
    draft: str
    regulation: str
    formats: dict[str, Format] = field(default_factory=dict)

    def look(self, **properties: Any) -> Format:
        key = repr(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(properties)
        return self.formats[key]

    def cell(self, look: str, **more: Any) -> Format:
        number = {"num_format": FORMATS[look]} if look in FORMATS else {}
        indent = {} if ALIGN[look] == "center" else {"indent": 1}
        return self.look(**{**BOX, "align": ALIGN[look], **indent, **number, **more})

    def sheet(self, name: str, paper: int, titles: Sequence[str], column: int = 0) -> Worksheet:
        """A sheet with its titles, its header and footer."""
        sheet: Worksheet = self.file.add_worksheet(name)
        for row, (title, size) in enumerate(zip(titles, (14, 11))):
            sheet.write_string(row, column, title, self.look(bold=not row, italic=bool(row), font_size=size))
        face = '&"Times New Roman,{}"&10'
        sheet.set_header(f"&L{face.format('Bold')}{_escaped(self.secrecy)}&R{face.format('Bold')}{self.draft}")
        sheet.set_footer(f"&L{face.format('Regular')}{_escaped(self.regulation)}&R{face.format('Regular')}Trang &P/&N")
        sheet.set_paper(paper)
        sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.4, top=0.7, bottom=0.7)
        return sheet


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def put(sheet: Worksheet, row: int, column: int, value: Cell, look: Format) -> None:
    """Text as text, whatever it begins with; points with both decimals of their Decimal: XlsxWriter writes its digits, no binary float is made of it."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, value.quantize(HUNDREDTH) if isinstance(value, Decimal) else value, look)


def height(cells: Iterable[tuple[Cell, int]], fit: Decimal = FIT) -> int:
    """Points a row needs for its texts in columns of these widths; spreadsheets do not all find that out by themselves."""
    return LINE * max((len(wrap(text, int(width * fit))) for text, width in cells if isinstance(text, str) and text), default=1)
