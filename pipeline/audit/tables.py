"""A document as read back + rows of facts + its tables of the table of facts -> rows that are missing, too many or say another value."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.crosscheck import FormRule, TableRule, split
from pipeline.audit.documents import ReadDocument
from pipeline.audit.printed import says, shown
from pipeline.audit.text import tight
from pipeline.audit.word_file import Cells
from pipeline.model.audit import AuditFinding, Facts, Row

ALIKE = "-"  # a column that is not compared


def table_findings(document: ReadDocument, rule: FormRule, facts: Facts) -> Iterator[AuditFinding]:
    for table in rule.tables:
        if table.rows in facts.rows:
            yield from _table(document, table, facts.rows[table.rows])


def body_of(document: ReadDocument, heads: str) -> list[Cells] | None:
    """The rows below the heading of the one table that begins with these cells; a heading may have a second row."""
    wanted = [tight(head) for head in split(heads)]
    for table in document.word.tables:
        if [tight(cell) for cell in table[0][: len(wanted)]] == wanted:
            rows = [row for row in table[1:] if any(cell for cell in row)]
            return rows[1:] if rows and _second_heading(table) else rows
    return None


def _like(document: ReadDocument, columns: tuple[str, ...], expected: tuple[Row, ...]) -> list[Cells] | None:
    """The table without a heading whose words (what is longer than a mark) are those of the facts."""
    places = [(number, column) for number, column in enumerate(columns) if column != ALIKE]
    wanted = [[str(row.get(c)) for _, c in places if len(str(row.get(c) or "")) > 1] for row in expected]
    for table in document.word.tables:
        found = [[row[n] for n, _ in places if n < len(row) and len(row[n]) > 1] for row in table]
        if found == wanted:
            return list(table)
    return None


def _second_heading(table: tuple[Cells, ...]) -> bool:
    """Cells that span columns above have their names in the row below, whose outer cells are blank."""
    return len(table) > 1 and len(table[1]) > len(table[0]) and not table[1][0]


def _table(document: ReadDocument, rule: TableRule, expected: tuple[Row, ...]) -> Iterator[AuditFinding]:
    rows = body_of(document, rule.heads) if rule.heads else _like(document, split(rule.columns), expected)
    heads = " | ".join(split(rule.heads)) or rule.rows
    if rows is None:
        yield AuditFinding(f"{document.name}.docx", 0, f"không thấy bảng «{heads}»")
        return
    page = document.page_of("".join(split(rule.heads)))
    if len(rows) != len(expected):
        words = f"bảng «{heads}» có {len(rows):02d} hàng, dữ liệu có {len(expected):02d} hàng"
        yield AuditFinding(f"{document.name}.docx", page, words)
    for printed, row in zip(rows, expected):
        yield from _row(document, printed, row, split(rule.columns), page)
        yield from in_pdf(document, printed)


def _row(document: ReadDocument, printed: Cells, row: Row, columns: tuple[str, ...], page: int) -> Iterator[AuditFinding]:
    for number, column in enumerate(_shown(columns, row, len(printed))):
        if column == ALIKE or column not in row:
            continue
        cell, value = printed[number] if number < len(printed) else "", row[column]
        if cell if value is None else not says(value, cell):
            where = document.page_of("".join(printed)) or page
            words = f"hàng «{' | '.join(printed[:3])[:80]}» ghi «{cell}», dữ liệu là «{shown(value)}»"
            yield AuditFinding(f"{document.name}.docx", where, words)


def _shown(columns: tuple[str, ...], row: Row, printed: int) -> Iterator[str]:
    """A column marked "?" may be left out while it would hold nothing but 0."""
    fewer = printed < len(columns)
    for column in columns:
        name = column.removesuffix("?")
        if not (fewer and name != column and row.get(name) == 0):
            yield name


def in_pdf(document: ReadDocument, printed: Cells) -> Iterator[AuditFinding]:
    """The row as the Word file has it, cell after cell, also on the page."""
    if tight("".join(printed)) not in document.tight_text:
        page = next((p for cell in sorted(printed, key=len, reverse=True) if len(cell) > 5 and (p := document.page_of(cell))), 0)
        yield AuditFinding(f"{document.name}.pdf", page, f"không có hàng «{' | '.join(c for c in printed if c)[:120]}» như trong tệp Word")
