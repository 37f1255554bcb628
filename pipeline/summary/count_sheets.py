"""Quota and counts -> the two sheets beside the table, whose numbers are formulas over it with their results."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from pipeline.summary.book import A4, HEAD, LINE, Book, height, put
from pipeline.summary.columns import CENTRE, GROUP, NUMBER, PLACE, POINTS, TEXT
from pipeline.summary.counts import SHARE, TOTAL, UNCLEAR, CountSheet, QuotaSheet

QUOTA, COUNTS = "Hạn mức", "Mức theo nhóm"
QUOTA_WIDTHS, NAME_WIDTH = (10, 44, 34, 20), 62


def write_quota(book: Book, quota: QuotaSheet) -> None:
    """What the quota is counted from, who is in, how it was reckoned."""
    sheet = book.sheet(QUOTA, A4, ["HẠN MỨC"])
    sheet.set_portrait()
    for i, width in enumerate(QUOTA_WIDTHS):
        sheet.set_column(i, i, width)
    row = 2
    for head, value in quota.figures:
        put(sheet, row, 1, head, book.cell(TEXT))
        put(sheet, row, 2, value, book.cell(CENTRE))
        sheet.set_row(row, height([(value, QUOTA_WIDTHS[2])]))
        row += 1
    for head, number in quota.counted:
        put(sheet, row, 1, head, book.cell(TEXT))
        sheet.write_formula(row, 2, f'=COUNTIF({PLACE},"{head}")', book.cell(NUMBER), number)
        row += 1
    row = _places(book, sheet, quota, row + 1)
    for i, sentence in enumerate(quota.sentences, row):
        sheet.merge_range(i, 0, i, 3, sentence, book.look(text_wrap=True, valign="top"))
        sheet.set_row(i, height([(sentence, sum(QUOTA_WIDTHS))]) + 4)
    sheet.fit_to_pages(1, 0)


def _places(book: Book, sheet: Worksheet, quota: QuotaSheet, row: int) -> int:
    """Candidates in the order of their totals; gives the row to go on from."""
    for i, head in enumerate(("Thứ hạng", "Cơ quan, đơn vị", "Tổng điểm", "Kết quả")):
        put(sheet, row, i, head, book.look(**HEAD))
    for found in quota.places:
        row += 1
        for i, (value, look) in enumerate(((found.rank, NUMBER), (found.name, TEXT), (found.total, POINTS), (found.place, CENTRE))):
            put(sheet, row, i, value, book.cell(look))
    return row + 2


def write_counts(book: Book, counts: Sequence[CountSheet]) -> None:
    """One block below the other, each counted from the table by formulas."""
    sheet = book.sheet(COUNTS, A4, ["SỐ TẬP THỂ THEO MỨC XẾP LOẠI VÀ NHÓM"])
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, 1, NAME_WIDTH)
    sheet.set_column(2, 8, 13)
    row = 2
    for block in counts:
        row = _block(book, sheet, block, row) + 1
    sheet.fit_to_pages(1, 0)


def _block(book: Book, sheet: Worksheet, block: CountSheet, top: int) -> int:
    """Title, heads, a row per group, total, share; gives the row after."""
    levels, first = len(block.levels), top + 2
    last = first + len(block.groups) - 1
    sheet.write_string(top, 0, block.title, book.look(bold=True))
    sheet.set_row(top + 1, 2 * LINE)
    for i, head in enumerate(("Nhóm", "Tên nhóm", *block.levels, UNCLEAR, TOTAL)):
        put(sheet, top + 1, i, head, book.look(**HEAD))
    for row, ((number, name), counted) in enumerate(zip(block.groups, block.counts), first):
        put(sheet, row, 0, number, book.cell(NUMBER))
        put(sheet, row, 1, name, book.cell(TEXT))
        sheet.set_row(row, height([(name, NAME_WIDTH)]))
        for i, value in enumerate(counted[:levels], 2):
            head = f"{xl_col_to_name(i)}${top + 2}"
            sheet.write_formula(row, i, f"=COUNTIFS({GROUP},$A{row + 1},{block.column},{head})", book.cell(NUMBER), value)
        known, whole = f"{xl_rowcol_to_cell(row, 2)}:{xl_rowcol_to_cell(row, levels + 1)}", xl_rowcol_to_cell(row, levels + 3)
        sheet.write_formula(row, levels + 2, f"={whole}-SUM({known})", book.cell(NUMBER), counted[levels])
        sheet.write_formula(row, levels + 3, f"=COUNTIF({GROUP},$A{row + 1})", book.cell(NUMBER), sum(counted))
    _sums(book, sheet, block, first, last)
    return last + 3


def _sums(book: Book, sheet: Worksheet, block: CountSheet, first: int, last: int) -> None:
    """Below each column its sum, and its share of all in percent."""
    totals = (*block.totals, sum(block.totals))
    for row, head in ((last + 1, TOTAL), (last + 2, SHARE)):
        put(sheet, row, 0, None, book.cell(TEXT, bold=True))
        put(sheet, row, 1, head, book.cell(TEXT, bold=True))
    whole = xl_rowcol_to_cell(last + 1, len(totals) + 1, row_abs=True, col_abs=True)
    for i, total in enumerate(totals, 2):
        letter, share = xl_col_to_name(i), Decimal(total * 100) / sum(block.totals)
        sheet.write_formula(last + 1, i, f"=SUM({letter}{first + 1}:{letter}{last + 1})", book.cell(NUMBER, bold=True), total)
        rounded = share.quantize(Decimal("0.01"))
        sheet.write_formula(last + 2, i, f"=ROUND({letter}{last + 2}/{whole}*100,2)", book.cell(POINTS, bold=True), rounded)
