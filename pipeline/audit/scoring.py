"""A document as read back + a unit's scoring table as data -> criteria, maxima and points that differ, sums that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.documents import ReadDocument
from pipeline.audit.printed import number
from pipeline.audit.tables import body_of, in_pdf
from pipeline.audit.text import tight
from pipeline.audit.word_file import Cells
from pipeline.model.audit import AuditFinding, ScoredLine, ScoringTable

TEXT, MAXIMUM, OWN, APPRAISED = 1, 2, 3, 4  # columns
COLUMNS = {MAXIMUM: "điểm chuẩn", OWN: "điểm tự chấm", APPRAISED: "điểm thẩm định"}
ADJUSTED = re.compile(r"(\d+(?:,\d+)?) \(\d+(?:,\d+)?\)")  # "7 (4)": the maximum, beside the standard points
NOT_APPLICABLE = "Không áp dụng"


@dataclass(frozen=True)
class Line:
    """A printed row: its cells and what kind it is: a criterion's own line (it adds up what is below), a scored row, a sum."""

    kind: str  # tieu_chi | hang | tong
    cells: Cells
    line: ScoredLine | None = None


def scoring_findings(document: ReadDocument, heads: str, expected: ScoringTable) -> Iterator[AuditFinding]:
    rows, file = body_of(document, heads), f"{document.name}.docx"
    if rows is None:
        yield AuditFinding(file, 0, f"không thấy bảng «{heads}»")
        return
    scored = [row for row in rows if len(row) > APPRAISED]
    lines = list(_lines(expected, scored))
    if len(lines) != len(scored):
        yield AuditFinding(
            file, document.page_of(heads.replace("|", "")), f"bảng điểm có {len(scored)} hàng, dữ liệu có {_length(expected)} hàng"
        )
        return
    for line in lines:
        if line.line is not None:
            yield from _row(document, line.cells, line.line, expected.appraised)
        yield from in_pdf(document, line.cells)
    for column in (MAXIMUM, OWN, *([APPRAISED] if expected.appraised else [])):
        yield from _sums(document, lines, column)
    if not expected.appraised:
        for line in lines:
            if line.cells[APPRAISED]:
                yield _finding(document, line.cells, f"cột điểm thẩm định ghi «{line.cells[APPRAISED]}», phải để trống")


def _length(expected: ScoringTable) -> int:
    return 1 + sum(1 + sum(len(rows) + dashed for _, _, dashed, rows in part.criteria) for part in expected.parts)


def _lines(expected: ScoringTable, rows: list[Cells]) -> Iterator[Line]:
    """The printed rows beside the data's, in the order of the regulation."""
    if len(rows) != _length(expected):
        return
    left = iter(rows)
    for part in expected.parts:
        for _, text, dashed, scored in part.criteria:
            if dashed:
                yield Line("tieu_chi", next(left), ScoredLine("", text, None, None))
            for row in scored:
                yield Line("hang", next(left), row)
        yield Line("tong", next(left))
    yield Line("tong", next(left))


def _row(document: ReadDocument, cells: Cells, line: ScoredLine, appraised: bool) -> Iterator[AuditFinding]:
    if tight(cells[TEXT]) != tight(line.text):
        yield _finding(document, cells, f"tiêu chí ghi khác Quy định: phải là «{line.text[:80]}»")
    if not line.code:
        return
    wanted = [(MAXIMUM, line.maximum or "0.00"), (OWN, line.points), *([(APPRAISED, line.appraised)] if appraised else [])]
    for column, value in wanted:
        if _points(cells[column]) != (Decimal(value) if value else None) or (value == "") != (cells[column] == NOT_APPLICABLE):
            said = NOT_APPLICABLE if value == "" else "để trống" if value is None else value.replace(".", ",")
            yield _finding(document, cells, f"{COLUMNS[column]} của {line.code} ghi «{cells[column]}», dữ liệu là «{said}»")


def _points(cell: str) -> Decimal | None:
    """None = blank or "Không áp dụng"."""
    adjusted = ADJUSTED.fullmatch(cell)
    return number(adjusted[1] if adjusted else cell)


def _sums(document: ReadDocument, lines: list[Line], column: int) -> Iterator[AuditFinding]:
    """By hand: rows make their criterion, criteria their part, parts the total. A column with a blank row has no sums."""
    if any(_points(line.cells[column]) is None and line.cells[column] != NOT_APPLICABLE for line in lines):
        return
    lost = column == MAXIMUM and any(line.cells[column].startswith("0 (") for line in lines)  # a regulation may let such points lapse
    part, whole, below, head = Decimal(0), Decimal(0), Decimal(0), None
    for place, line in enumerate(lines, 1):
        points = _points(line.cells[column]) or Decimal(0)
        if head is not None and (line.kind != "hang" or line.cells[0] != "-"):
            yield from _sum(document, head.cells, column, below)
            head = None
        if line.kind == "tong":
            if not lost:
                yield from _sum(document, line.cells, column, whole if place == len(lines) else part)
            whole, part = whole + part, Decimal(0)
        elif line.kind == "tieu_chi":
            head, below = line, Decimal(0)
        else:
            part, below = part + points, below + points


def _sum(document: ReadDocument, cells: Cells, column: int, total: Decimal) -> Iterator[AuditFinding]:
    """A criterion none of whose rows applies says so instead of 0."""
    if (_points(cells[column]) or Decimal(0)) != total:
        said = f"{total:.2f}".replace(".", ",")
        yield _finding(document, cells, f"{COLUMNS[column]} cộng lại ghi «{cells[column]}», cộng các hàng được {said}")


def _finding(document: ReadDocument, cells: Cells, words: str) -> AuditFinding:
    page = document.page_of("".join(cells)) or document.page_of(cells[TEXT])
    return AuditFinding(f"{document.name}.docx", page, f"hàng «{' '.join(cells[:2])[:70].strip()}»: {words}")
