"""Bytes of a form that came back -> whose it is, what it said at first and what it says now, and every cell that cannot be read.

Nothing is guessed from positions: the form's own map says which cell is which key; labels that are not where they were stop the reading.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from pipeline.desk.answers import KeyPath
from pipeline.desk.form_book import MAP, MARK, VERSION, Identity, checksum
from pipeline.desk.form_cell import Found, Raw, found_in, tidy, unescaped
from pipeline.desk.kinds import LABEL, CellKind
from pipeline.forms.package import trap
from pipeline.problems import DataError, Kind, Place, Problem

FORBIDDEN = {"vbaProject": "macro", "externalLinks/": "liên kết tới tệp khác", "activeX": "đối tượng ActiveX", "embeddings/": "tệp nhúng"}
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


_Grid = Mapping[tuple[int, int], Raw]


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
    found = {path: found_in(grids[cell.sheet].get((cell.row, cell.column)), cell.kind) for path, cell in inputs.items()}
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
    return {(number, column): Raw(c.value, c.data_type, str(c.number_format)) for number, column, c in cells if c.value is not None}


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
