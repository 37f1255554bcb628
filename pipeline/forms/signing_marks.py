"""Lines of a standard -> what is wrong with the marks that say where to sign, before any document is made.

In every cell of a signature block the first empty line under the post carries the bookmark `KY_TU_<blank>`, the name `KY_DEN_<blank>`;
LibreOffice writes both into the PDF with their exact places, and the signature field stands between them (signoff/blanks.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.forms.lines import Line

FROM, TO = "KY_TU_", "KY_DEN_"
BLANK_STYLE, NAME_STYLE = "ChoKy", "HoTen"
HOW = "đặt con trỏ vào dòng ấy trong Word, Chèn (Insert) > Dấu trang (Bookmark), gõ tên rồi bấm Thêm (Add)"
Fault = tuple[str, str, str]  # where, what is wrong, what to do


def mark_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    cells: dict[tuple[int, int, int], list[Line]] = {}
    for line in lines:
        if line.cell:
            cells.setdefault(line.cell, []).append(line)
    for cell in cells.values():
        blanks = [line for line in cell if line.style == BLANK_STYLE]
        names = [line for line in cell if line.style == NAME_STYLE]
        if blanks and names:
            yield from _cell_faults(blanks[0], names[0], cell)


def _cell_faults(blank: Line, name: Line, cell: list[Line]) -> Iterator[Fault]:
    """One signer signs in a cell: both marks, each on its line, for the same blank, and no third one."""
    above, below = _blanks(blank, FROM), _blanks(name, TO)
    if len(above) != 1:
        yield blank.where, f"dòng trống đầu tiên để ký không có đúng một dấu trang {FROM}…", HOW
    if len(below) != 1:
        yield name.where, f"dòng họ tên người ký không có đúng một dấu trang {TO}…", HOW
    if len(above) == len(below) == 1 and above != below:
        yield (
            name.where,
            f"hai dấu trang của một chỗ ký khác nhau: {FROM}{above[0]}, {TO}{below[0]}",
            "đặt cùng một tên sau KY_TU_ và KY_DEN_",
        )
    for line in cell:
        if line not in (blank, name) and any(mark.startswith((FROM, TO)) for mark in line.marks):
            yield line.where, f"dấu trang {', '.join(line.marks)} đứng sai dòng", "xóa dấu trang này (Insert > Bookmark > Delete)"


def _blanks(line: Line, prefix: str) -> list[str]:
    return [mark.removeprefix(prefix) for mark in line.marks if mark.startswith(prefix)]
