"""A document as read back + levels with their collectives -> headings, counts and rows of the table by level that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.documents import ReadDocument
from pipeline.audit.printed import number, shown
from pipeline.audit.tables import body_of, in_pdf
from pipeline.audit.text import tight
from pipeline.audit.word_file import Cells
from pipeline.model.audit import AuditFinding, Row

HEADING = re.compile(r"(?:[IVX]+- )?(.+) \((\d+) tập thể\)")  # collectives whose level is not clear stand under a heading without a number
NAME, POINTS = 1, 2  # columns


def grouped_findings(document: ReadDocument, heads: str, expected: tuple[Row, ...]) -> Iterator[AuditFinding]:
    """`expected`: rows with `muc` (its name), `ten` and `diem`, in the order printed."""
    rows = body_of(document, heads)
    file = f"{document.name}.docx"
    if rows is None:
        yield AuditFinding(file, 0, f"không thấy bảng «{heads}»")
        return
    printed: dict[str, list[Cells]] = {}
    for heading, below in _groups(rows):
        found = HEADING.fullmatch(heading)
        if found is None:
            yield AuditFinding(file, document.page_of(heading), f"không đọc được hàng «{heading}»")
            continue
        printed[tight(found[1])] = below
        if int(found[2]) != len(below):
            yield AuditFinding(file, document.page_of(heading), f"«{heading}»: bên dưới có {len(below):02d} tập thể")
        yield from in_pdf(document, (heading,))
    for level in dict.fromkeys(str(row["muc"]) for row in expected):
        wanted = [row for row in expected if row["muc"] == level]
        yield from _level(document, level, wanted, printed.pop(tight(level), []))
    for rest in printed.values():
        for row in rest:
            yield AuditFinding(file, document.page_of(row[NAME]), f"«{row[NAME]}» đứng ở mức không có trong dữ liệu")


def _groups(rows: list[Cells]) -> Iterator[tuple[str, list[Cells]]]:
    """A heading is a row of one cell; below a level without collectives a row without a number says so."""
    heading, below = "", list[Cells]()
    for row in rows:
        if len(row) == 1:
            if heading:
                yield heading, below
            heading, below = row[0], []
        elif row[0]:
            below.append(row)
    if heading:
        yield heading, below


def _level(document: ReadDocument, level: str, expected: list[Row], printed: list[Cells]) -> Iterator[AuditFinding]:
    file = f"{document.name}.docx"
    found = {tight(row[NAME]): row for row in printed}
    for place, row in enumerate(expected, 1):
        name, points = str(row["ten"]), row["diem"]
        cells = found.pop(tight(name), None)
        if cells is None:
            yield AuditFinding(file, document.page_of(name), f"«{name}» không đứng ở mức «{level}» như trong dữ liệu")
            continue
        if points is not None and number(cells[POINTS]) != points:
            yield AuditFinding(file, document.page_of(name), f"«{name}» ghi {cells[POINTS]} điểm, dữ liệu là {shown(points)} điểm")
        if cells[0] != str(place):
            yield AuditFinding(file, document.page_of(name), f"«{name}» ghi số thứ tự {cells[0]}, đúng ra là {place}")
        yield from in_pdf(document, cells)
    for cells in found.values():
        yield AuditFinding(file, document.page_of(cells[NAME]), f"«{cells[NAME]}» không ở mức «{level}» trong dữ liệu")
