"""A form -> bytes of its .xlsx: locked but for the cells to fill in, with drop-downs, ranges, formulas and their results."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import xlsxwriter

from pipeline.desk.form_book import MAP, Form, map_rows
from pipeline.desk.form_layout import Input, Measure, Sheet, height
from pipeline.desk.kinds import CHOICE, COUNT, NUMBER, PERCENT, POINTS, CellKind, choices
from pipeline.model.regulation import Regulation
from pipeline.rendering.stable_zip import stable_zip

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
GRID = {"border": 1, "border_color": "#808080", "text_wrap": True}
STYLES: dict[str, dict[str, Any]] = {
    "tieu_de": {"bold": True, "font_size": 13, "text_wrap": True},
    "de_muc": {"bold": True, "italic": True, "text_wrap": True},
    "chu": {**GRID},
    "chu_thich": {**GRID, "italic": True, "font_color": "#404040"},
    "dau_bang": {**GRID, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE7F0"},
    "muc": {**GRID, "bold": True, "bg_color": "#DDE7F0"},
    "muc_so": {**GRID, "bold": True, "bg_color": "#DDE7F0", "align": "center"},
    "tieu_chi": {**GRID, "bold": True, "bg_color": "#F2F2F2"},
    "tieu_chi_so": {**GRID, "bold": True, "bg_color": "#F2F2F2", "align": "center"},
    "ma": {**GRID},
    "so": {**GRID, "align": "center"},
    "diem": {**GRID, "align": "center", "num_format": "0.00"},
    "diem_dam": {**GRID, "bold": True, "align": "center", "num_format": "0.00", "bg_color": "#F2F2F2"},
    "ghi_chu": {"italic": True},
    "an": {},
}
WHOLE_ROW = ("tieu_de", "de_muc")  # headings over all columns
TINTS = {"khong_dung": {"bg_color": "#D9D9D9"}, "con_no": {"bg_color": "#F8CBAD"}}
INPUT = {**GRID, "locked": False, "bg_color": "#FFF9DB"}
FORMATS = {
    PERCENT: "0.00%",
    POINTS: "0.00",
    COUNT: "0",
    NUMBER: "General",
}  # all else is text, so that nothing typed becomes a date or a formula
NUMBERS = tuple(FORMATS)
MOST = 999_999_999
ALLOWED = {"format_rows": True, "format_columns": True}


def write_form(form: Form, regulation: Regulation, created: dt.date) -> bytes:
    """`created`: the declared date; the same form gives the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": dict(FONT)}) as book:
        book.set_properties(
            {
                "title": f"{form.sheets[0].labels[0].text}: {form.sheets[0].labels[1].text}",
                "created": dt.datetime(created.year, created.month, created.day),
            }
        )
        styles = {name: book.add_format({**FONT, **look}) for name, look in STYLES.items()}
        styles |= {name: book.add_format(look) for name, look in TINTS.items()}
        styles |= {
            f"o_{kind}": book.add_format({**FONT, **INPUT, "num_format": shown, "align": "left" if kind == COUNT else "center"})
            for kind, shown in FORMATS.items()
        }
        styles["o_chu"] = book.add_format({**FONT, **INPUT, "num_format": "@"})
        for sheet in form.sheets:
            _Page(book.add_worksheet(sheet.name), form, sheet, styles, regulation).write()
        _write_map(book.add_worksheet(MAP), form)
    return stable_zip(buffer.getvalue())


def _write_map(page: Any, form: Form) -> None:
    for row, cells in enumerate(map_rows(form)):
        for column, text in enumerate(cells):
            page.write_string(row, column, text)
    page.protect()
    page.very_hidden()


class _Page:
    """One sheet on its way into the workbook."""

    def __init__(self, page: Any, form: Form, sheet: Sheet, styles: dict[str, Any], regulation: Regulation) -> None:
        self.page, self.form, self.sheet, self.styles, self.regulation = page, form, sheet, styles, regulation

    def write(self) -> None:
        self._set_up()
        last = (self.sheet.printed or len(self.sheet.widths)) - 1
        for label in self.sheet.labels:
            if label.style in WHOLE_ROW:
                self.page.merge_range(label.row, 0, label.row, last, label.text, self.styles[label.style])
            else:
                self.page.write_string(label.row, label.column, label.text, self.styles[label.style])
        for cell in self.sheet.inputs:
            self._input(cell)
        for formula in self.sheet.formulas:
            self.page.write_formula(formula.row, formula.column, formula.text, self.styles[formula.style], formula.value)
        for tint in self.sheet.tints:
            self.page.conditional_format(tint.cells, {"type": "formula", "criteria": tint.formula, "format": self.styles[tint.style]})
        rows: dict[int, list[Measure]] = {}
        for row, measure in self._texts():
            rows.setdefault(row, []).append(measure)
        for row, measures in rows.items():
            self.page.set_row(row, height(measures))

    def _set_up(self) -> None:
        page, sheet = self.page, self.sheet
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        if sheet.hidden:
            page.set_column(sheet.hidden[0], sheet.hidden[-1], None, None, {"hidden": True})
        page.protect("", ALLOWED)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(0.6, 0.5, 0.6, 0.6)
        page.set_footer("&L&A&R&P/&N")
        if sheet.heads:
            page.freeze_panes(sheet.heads, sheet.fixed)
            page.repeat_rows(sheet.heads - 1)
        page.print_area(0, 0, sheet.row - 1, (sheet.printed or len(sheet.widths)) - 1)

    def _texts(self) -> Iterator[tuple[int, Measure]]:
        """The row of every text of the page, and what its height depends on."""
        widths = self.sheet.widths
        for label in self.sheet.labels:
            width = sum(widths[: self.sheet.printed or None]) if label.style in WHOLE_ROW else widths[label.column]
            yield label.row, Measure(label.text, width, "bold" in STYLES[label.style])
        for cell in self.sheet.inputs:
            yield cell.row, Measure(self._shown(cell), widths[cell.column], False)

    def _shown(self, cell: Input) -> str:
        text = self.form.texts[cell.path]
        return choices(cell.kind, self.regulation)[text] if text and cell.kind.name == CHOICE else text.removesuffix("\n")

    def _input(self, cell: Input) -> None:
        text, style = self._shown(cell), self.styles[f"o_{cell.kind.name}" if cell.kind.name in NUMBERS else "o_chu"]
        if not text:
            self.page.write_blank(cell.row, cell.column, None, style)
        elif cell.kind.name in NUMBERS:
            self.page.write_number(cell.row, cell.column, stored(text), style)
        else:
            self.page.write_string(cell.row, cell.column, text, style)
        rule = self._rule(cell)
        if rule:
            self.page.data_validation(cell.row, cell.column, cell.row, cell.column, rule)

    def _rule(self, cell: Input) -> dict[str, Any]:
        """What the cell takes, and what is said about it."""
        told = {"input_title": cell.title, "input_message": cell.about} if cell.about else {}
        if cell.kind.name == CHOICE:
            listed = list(choices(cell.kind, self.regulation).values())
            return {
                "validate": "list",
                "source": listed,
                "error_title": "Giá trị không có trong danh sách",
                "error_message": "Chọn một giá trị trong danh sách.",
                **told,
            }
        if cell.kind.name in NUMBERS:
            return {**_range(cell.kind, cell.limit), **told}
        return {"validate": "any", **told} if told else {}


def _range(kind: CellKind, limit: str) -> dict[str, Any]:
    if kind.name == PERCENT:
        most: Any = 1
        said = "Ghi tỷ lệ từ 0% đến 100%, ví dụ 95%."
    elif kind.name == POINTS:
        most, said = f"={limit}", "Ghi điểm từ 0 đến điểm tối đa của hàng (sau điều chỉnh), nhiều nhất hai chữ số thập phân."
    elif kind.name == COUNT:
        most, said = 999_999, "Ghi số nguyên không âm, ví dụ 12."
    else:
        most, said = MOST, "Ghi số không âm, nhiều nhất hai chữ số thập phân."
    whole = "integer" if kind.name == COUNT else "decimal"
    return {
        "validate": whole,
        "criteria": "between",
        "minimum": 0,
        "maximum": most,
        "error_title": "Giá trị không đúng",
        "error_message": said,
    }


def stored(text: str) -> Decimal:
    """The number a cell holds: 95% is 0.95."""
    number = Decimal(text.removesuffix("%").replace(",", "."))
    return number / 100 if text.endswith("%") else number
