"""Columns -> the sheet of all collectives: heads, cells, differences as formulas, filter, frozen panes, names for other formulas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.model.assessment import NOT_MET
from pipeline.summary.book import A3, FIT_BOLD, HEAD, LINE, Book, height, put
from pipeline.summary.columns import APPRAISED_TOTAL, DIFFERENCE, RESULTS, SELF_TOTAL, Column

TABLE, SCALE = "Tổng hợp", 58
GROUPS, HEADS = 3, 4  # rows (from 0) of the two lines of heads; the cells begin below
FROZEN = 2  # columns that stay in view and are printed again: number and name
FAILED = {"font_color": "#9C0006", "bold": True}


def write_table(book: Book, columns: Sequence[Column]) -> None:
    """Two lines of heads, a row per unit; filter and frozen panes, on paper the heads and names again on every page."""
    sheet = book.sheet(TABLE, A3, book.titles, FROZEN)
    first, last, right = HEADS + 1, HEADS + len(columns[0].cells), len(columns) - 1
    _heads(book, sheet, columns)
    for i, column in enumerate(columns):
        _column(book, sheet, columns, i)
        if column.name:
            book.file.define_name(column.name, f"='{TABLE}'!{xl_range_abs(first, i, last, i)}")
    for row in range(first, last + 1):
        sheet.set_row(row, height((column.cells[row - first], column.width) for column in columns))
    failed = {"type": "cell", "criteria": "==", "value": f'"{RESULTS[NOT_MET]}"', "format": book.look(**FAILED)}
    sheet.conditional_format(first, FROZEN, last, right, failed)
    sheet.autofilter(HEADS, 0, last, right)
    sheet.freeze_panes(first, FROZEN)
    sheet.repeat_rows(GROUPS, HEADS)
    sheet.repeat_columns(0, FROZEN - 1)
    sheet.set_v_pagebreaks([i for i, column in enumerate(columns) if column.turn])
    sheet.set_print_scale(SCALE)


def _column(book: Book, sheet: Worksheet, columns: Sequence[Column], i: int) -> None:
    column, look = columns[i], book.cell(columns[i].look)
    sheet.set_column(i, i, column.width)
    for row, value in enumerate(column.cells, HEADS + 1):
        if column.look == DIFFERENCE:
            sheet.write_formula(row, i, _gap(columns, row), look, "" if value is None else value)
        else:
            put(sheet, row, i, value, look)


def _heads(book: Book, sheet: Worksheet, columns: Sequence[Column]) -> None:
    """A group's head over those of its columns; a column of no group looks as if its head went over both lines."""
    start = 0
    sheet.set_row(HEADS, height(((column.head, column.width) for column in columns), FIT_BOLD))
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = list(members)
        end = start + len(inside) - 1
        if group:
            _over(sheet, start, end, group, book.look(**HEAD))
            sheet.set_row(GROUPS, 2 * LINE)
        for i, column in enumerate(inside, start):
            if not group:
                sheet.write_blank(GROUPS, i, None, book.look(**HEAD, bottom=0))
            sheet.write_string(HEADS, i, column.head, book.look(**HEAD, **({} if group else {"top": 0})))
        start = end + 1


def _over(sheet: Worksheet, start: int, end: int, group: str, look: Format) -> None:
    """A single cell cannot be merged with itself."""
    if start == end:
        sheet.write_string(GROUPS, start, group, look)
    else:
        sheet.merge_range(GROUPS, start, GROUPS, end, group, look)


def _gap(columns: Sequence[Column], row: int) -> str:
    """Appraised less own total, blank while either is blank; rounded, since a spreadsheet counts in binary."""
    own, appraised = (
        xl_rowcol_to_cell(row, next(i for i, column in enumerate(columns) if column.name == name)) for name in (SELF_TOTAL, APPRAISED_TOTAL)
    )
    return f'=IF(OR({own}="",{appraised}=""),"",ROUND({appraised}-{own},2))'
