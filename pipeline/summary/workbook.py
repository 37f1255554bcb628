"""ProvinceView -> bytes of tong-hop.xlsx: three sheets with real numbers and dates, formulas with their results, set up for print."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter

from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.stable_zip import stable_zip
from pipeline.summary.book import Book
from pipeline.summary.columns import OFFICIAL, PROPOSAL, columns
from pipeline.summary.count_sheets import write_counts, write_quota
from pipeline.summary.counts import count_sheet, quota_sheet
from pipeline.summary.table_sheet import write_table

TITLE = "Bảng tổng hợp kết quả đánh giá, xếp loại chất lượng tập thể lãnh đạo cơ quan, đơn vị cấp tỉnh năm {year}"
DRAFT = "DỰ THẢO"
ILLUSTRATIVE = "Số liệu minh họa, không phải kết quả đánh giá thật."
FACE = {"font_name": "Times New Roman", "font_size": 11}  # XlsxWriter writes into what it is given: each workbook gets a copy
COUNTED = ((PROPOSAL, "Theo mức đề xuất"), (OFFICIAL, "Theo mức chính thức"))


def workbook(view: ProvinceView, draft: bool) -> bytes:
    """The same view gives the same bytes; the file's only date is `ngay_lap`."""
    buffer, title = io.BytesIO(), TITLE.format(year=view.year)
    file = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": dict(FACE), "strings_to_formulas": False})
    file.set_properties({"title": title, "author": "Ban Tổ chức Tỉnh ủy", "created": dt.datetime.combine(view.declared, dt.time())})
    book = Book(
        file, _titles(view, title, draft), (view.province.secrecy or "").upper(), DRAFT if draft else "", view.regulation_name["ngan"]
    )
    table = columns(view)
    write_table(book, table)
    write_quota(book, quota_sheet(view))
    write_counts(book, [count_sheet(view, words, column) for name, words in COUNTED for column in table if column.name == name])
    file.close()
    return stable_zip(buffer.getvalue())


def _titles(view: ProvinceView, title: str, draft: bool) -> list[str]:
    """The lines above the table: what it is, by which regulation, whether the figures are real."""
    illustrative = f" {ILLUSTRATIVE}" if view.province.illustrative == "co" else ""
    return [f"{f'{DRAFT} - ' if draft else ''}{title.upper()}", f"Theo {view.regulation_name['day_du']}.{illustrative}"]
