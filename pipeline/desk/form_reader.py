"""Bytes of a form that came back -> whose it is, what it said at first and what it says now, and every cell that cannot be read.

Nothing is guessed from positions: the form's own map says which cell is which key; labels that are not where they were stop the reading.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from pipeline.desk.answers import KeyPath
from pipeline.desk.form_book import MAP, MARK, VERSION, Identity, checksum
from pipeline.desk.kinds import CHOICE, CLOCK, COUNT, DATE, LABEL, LINE, LONG, NUMBER, PERCENT, POINTS, CellKind
from pipeline.forms.package import trap
from pipeline.problems import DataError, Kind, Place, Problem

FORBIDDEN = {"vbaProject": "macro", "externalLinks/": "liên kết tới tệp khác", "activeX": "đối tượng ActiveX", "embeddings/": "tệp nhúng"}
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
BROKEN = "không đọc được tệp (tệp hỏng hoặc không phải .xlsx)"
AGAIN = "lập lại biểu (make form) rồi chép nội dung đã điền sang"
MOST_ROWS = 5_000


@dataclass(frozen=True)
class MapCell:
    """A line of the form's map; `page`: number of its sheet."""

    page: int
    sheet: str
    row: int
    column: int
    path: KeyPath
    kind: CellKind
    first: str  # its text when the form was made

    @property
    def name(self) -> str:
        """As a clerk finds it: Chấm điểm!F12."""
        return f"{self.sheet}!{get_column_letter(self.column + 1)}{self.row + 1}"

    def place(self, shown: str) -> Place:
        return Place(shown, self.page * MOST_ROWS + self.row + 1, self.column + 1, self.name)


@dataclass(frozen=True)
class _Raw:
    """A cell as openpyxl gives it."""

    value: Any
    type: str
    shape: str


_Grid = Mapping[tuple[int, int], _Raw]


@dataclass(frozen=True)
class Found:
    """What a cell holds: text as typed (numbers as the shortest decimal), or why it cannot be taken."""

    text: str = ""
    wrong: str = ""
    write: str = ""


@dataclass(frozen=True)
class FilledForm:
    """`shown`: the file's name in messages."""

    identity: Identity
    cells: Mapping[KeyPath, MapCell]
    found: Mapping[KeyPath, Found]
    shown: str

    def place(self, path: KeyPath) -> Place:
        return self.cells[path].place(self.shown)


def read_form(data: bytes, shown: str) -> FilledForm:
    """Raises DataError when it is no form of ours or its cells are not where they were."""
    try:
        _refuse_foreign(data, shown)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of parts it leaves out when writing; nothing is written here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
            grids = {name: _grid(book[name]) for name in book.sheetnames}
    except DataError:
        raise
    except Exception as error:  # a file from anywhere: openpyxl raises whatever its parsers do
        raise _refused(shown, f"{BROKEN[:-1]}: {type(error).__name__})", "mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại") from error
    identity, cells = _map(grids, shown)
    shifted = [p for cell in cells if cell.kind.name == LABEL for p in _shifted(cell, grids, shown)]
    if shifted:
        raise DataError(shifted)
    inputs = {cell.path: cell for cell in cells if cell.kind.name != LABEL}
    found = {path: _found(grids[cell.sheet].get((cell.row, cell.column)), cell.kind) for path, cell in inputs.items()}
    return FilledForm(identity, inputs, found, shown)


def _refused(shown: str, what: str, write: str) -> DataError:
    return DataError([Problem(Place(shown), Kind.ERROR, what, write)])


def _refuse_foreign(data: bytes, shown: str) -> None:
    """Zips that are traps, macros, links out, and XML that declares entities of its own."""
    why = trap(data, "xl/workbook.xml", "tệp Excel (.xlsx)")
    if why:
        raise _refused(shown, why, "nhập tệp .xlsx do make form lập")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            for word, what in FORBIDDEN.items():
                if word in name:
                    raise _refused(shown, f"tệp có {what} ({name})", "lưu lại dạng .xlsx không có phần này rồi nhập lại")
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name).replace(b"\x00", b""):
                raise _refused(shown, f"tệp có khai báo XML lạ ({name})", "mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại")


def _grid(page: Any) -> _Grid:
    """(row, column) from 0 -> the cell, those that hold something."""
    page.reset_dimensions()
    cells = ((number, column, c) for number, row in enumerate(page.iter_rows(max_row=MOST_ROWS)) for column, c in enumerate(row))
    return {(number, column): _Raw(c.value, c.data_type, str(c.number_format)) for number, column, c in cells if c.value is not None}


def _map(grids: Mapping[str, _Grid], shown: str) -> tuple[Identity, list[MapCell]]:
    """The form's own map, when it is there and whole."""
    rows: dict[int, list[str]] = {}
    for (row, column), cell in grids.get(MAP, {}).items():
        line = rows.setdefault(row, [""] * 6)
        if column < len(line):
            line[column] = unescaped(cell.value) if isinstance(cell.value, str) else str(cell.value)
    if 0 not in rows or rows[0][0] != MARK:
        raise _refused(shown, "tệp này không phải biểu nhập liệu do chương trình lập", "lập biểu bằng make form rồi điền vào đó")
    head, lines = rows[0], [rows[number] for number in sorted(rows) if number]
    if head[1] != VERSION:
        raise _refused(shown, f"biểu thuộc phiên bản {head[1]}, chương trình đọc phiên bản {VERSION}", AGAIN)
    if head[5] != checksum(lines) or not head[3].isdigit():
        raise _refused(shown, "phần ẩn của biểu đã bị sửa", AGAIN)
    pages = {name: number for number, name in enumerate(dict.fromkeys(line[0] for line in lines))}
    cells = [
        MapCell(pages[s], s, int(r), int(c), tuple(p.split("/")) if p else (), CellKind.of_code(k), text) for s, r, c, p, k, text in lines
    ]
    missing = sorted({cell.sheet for cell in cells} - set(grids))
    if missing:
        raise _refused(shown, f"biểu thiếu trang {', '.join(f'«{name}»' for name in missing)}", AGAIN)
    return Identity(head[2], int(head[3]), head[4]), cells


def _shifted(cell: MapCell, grids: Mapping[str, _Grid], shown: str) -> Iterator[Problem]:
    there = grids[cell.sheet].get((cell.row, cell.column))
    text = "" if there is None else tidy(str(there.value))
    if text != tidy(cell.first):
        what = f"ô này phải là «{_short(cell.first)}» nhưng đang là «{_short(text)}»: trang đã bị chèn, xóa hoặc đổi chỗ dòng, cột"
        yield Problem(cell.place(shown), Kind.ERROR, what, AGAIN)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40].rstrip() + "..."


# --- one cell --------------------------------------------------------------------------------------------------------
def tidy(text: str) -> str:
    """As the reader of YAML takes text: composed letters, plain line breaks, no white space around."""
    return unicodedata.normalize("NFC", unescaped(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def unescaped(text: str) -> str:
    """Office files write some characters as _x000D_."""
    return ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _found(cell: _Raw | None, kind: CellKind) -> Found:
    if cell is None:
        return Found()
    value = cell.value
    if cell.type == "f":
        return Found(wrong="ô có công thức", write="chép ô, dán lại dạng giá trị (Dán đặc biệt, Giá trị)")
    if cell.type == "e" or isinstance(value, bool):
        return Found(wrong=f"ô có giá trị «{value}» của Excel", write="xóa ô và gõ lại")
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return _moment(value, kind)
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)), cell.shape, kind)
    return Found(tidy(str(value)))


def _moment(value: Any, kind: CellKind) -> Found:
    if kind.name == DATE and isinstance(value, dt.datetime) and value.time() == dt.time():
        return Found(f"{value:%d/%m/%Y}")
    if kind.name == CLOCK and isinstance(value, dt.time) and not value.second:
        return Found(f"{value:%H:%M}")
    return Found(
        wrong=f"Excel đã đổi nội dung của ô thành ngày, giờ ({value})",
        write=_ADVICE.get(kind.name, "đặt lại định dạng ô là Văn bản (Text) rồi gõ lại"),
    )


_ADVICE = {
    DATE: "gõ ngày/tháng/năm, ví dụ 05/01/2024",
    CLOCK: "gõ giờ:phút, ví dụ 08:00",
    **dict.fromkeys((PERCENT, POINTS, NUMBER, COUNT), "đặt lại định dạng ô là Số rồi gõ lại"),
}


def _number(number: Decimal, shape: str, kind: CellKind) -> Found:
    """A percent cell holds 0.95 for 95%; elsewhere a number is what it looks like."""
    percent = "%" in shape
    if not number.is_finite():
        return Found(wrong="ô không chứa số đọc được", write="xóa ô và gõ lại")
    if kind.name == PERCENT and not percent:
        return Found(
            wrong=f"ô tỷ lệ đã mất định dạng phần trăm (đang là {_plain(number)})",
            write=f"gõ lại kèm dấu %, ví dụ {_plain(number)}% nếu đúng là vậy",
        )
    if kind.name in (PERCENT, POINTS, NUMBER) and (many := _too_exact(number * 100 if percent else number)):
        return many
    if kind.name == PERCENT and number > 1:
        return Found(wrong=f"tỷ lệ {_plain(number * 100)}% lớn hơn 100%", write="vượt kế hoạch cũng chỉ ghi 100%; 95 phần trăm thì gõ 95%")
    if kind.name == PERCENT:
        return Found(f"{_plain(number * 100)}%")
    if percent and kind.name in (POINTS, NUMBER, COUNT):
        return Found(
            wrong=f"ô này ghi số, không ghi tỷ lệ ({_plain(number * 100)}%)",
            write="đặt lại định dạng ô là Số rồi gõ lại; tỷ lệ ghi ở cột Tỷ lệ",
        )
    if kind.name in (DATE, CLOCK, CHOICE):
        return Found(wrong=f"ô này không nhận số {_plain(number)}", write=_ADVICE.get(kind.name, "chọn một giá trị trong danh sách"))
    assert kind.name in (POINTS, NUMBER, COUNT, LINE, LONG)
    return Found(_plain(number))


def _too_exact(number: Decimal) -> Found | None:
    if number == round(number, 2):
        return None
    return Found(wrong=f"số {_plain(number)} có quá hai chữ số thập phân", write="làm tròn đến hai chữ số thập phân rồi gõ lại")


def _plain(number: Decimal) -> str:
    """Digits as they are written by hand: 5.50 -> 5,5."""
    digits = f"{number:f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace(".", ",")
