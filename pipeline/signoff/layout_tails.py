"""Pages of a finished .pdf + the Word file they come from -> ends of tables that must go to the next page as one.

The last row of a table stands with the row before it; notes and a blank for signatures right under a table stand with its last two rows;
a row that is a heading within the table stands with the row below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.signoff.finished import squeeze
from pipeline.signoff.page_breaks import Tail
from pipeline.signoff.pages import PdfPage
from pipeline.signoff.word import Document, Row, Table

WITHIN = ("BangDeMuc", "BangGonDeMuc")  # styles of headings within a table
SIGNING = "QuyenHan"
FEWEST = 3  # rows under the heading rows; of fewer nothing is left behind
Page = int | None  # None where the words were not found


@dataclass(frozen=True)
class Place:
    """The pages on which a table's rows stand, and the last of its notes."""

    rows: tuple[Page, ...]
    notes: Page


def tails(pages: list[PdfPage], document: Document) -> list[Tail]:
    places = _places(pages, document.tables)
    found = []
    for number, (table, at) in enumerate(zip(document.tables, places)):
        signed = number + 1 < len(places) and _signs(document.tables[number + 1])
        first = _alone(table, at.rows, (at.notes, *(places[number + 1].rows if signed else ())))
        if first is not None:
            found.append(Tail(number, first))
    return found


def _alone(table: Table, at: tuple[Page, ...], below: tuple[Page, ...]) -> int | None:
    """The first row that must move; None where all is well or nothing can be done."""
    body = [i for i, row in enumerate(table.rows) if not row.header]
    if not body or not table.rows[0].header or len(body) < FEWEST:
        return None
    last, before = body[-1], body[-2]
    apart = _later(at[before], at[last]) or any(_later(at[last], page) for page in below)
    wanted = [before] if apart else [i for i in body[:-1] if _is_heading(table.rows[i]) and _later(at[i], at[i + 1])][:1]
    first = next((_with_headings(table, i) for i in wanted), None)
    return first if first is not None and first > body[0] and at[first] == at[wanted[0]] else None


def _later(page: Page, following: Page) -> bool:
    return page is not None and following is not None and page < following


def _with_headings(table: Table, row: int) -> int:
    while row and _is_heading(table.rows[row - 1]):
        row -= 1
    return row


def _is_heading(row: Row) -> bool:
    return not row.header and len(row.cells) == 1 and all(p.style in WITHIN for p in row.cells[0])


def _signs(table: Table) -> bool:
    return table.follows and any(p.style == SIGNING for row in table.rows for cell in row.cells for p in cell)


def _places(pages: list[PdfPage], tables: list[Table]) -> list[Place]:
    """A PDF is written cell by cell, so a row's words stand in one run, after those of the row before it."""
    page, start, found = 0, 0, []
    for table in tables:
        places: list[Page] = []
        for words in _words(table):
            reach = pages[page:] if not any(p is not None for p in places) else pages[page : page + 2]
            hits = ((page + i, p.text.find(words, 0 if i else start)) for i, p in enumerate(reach) if words)
            hit = next(((number, place) for number, place in hits if place >= 0), None)
            if hit:
                page, start = hit[0], hit[1] + len(words)
            places.append(hit[0] if hit else None)
        count = len(table.rows)
        found.append(Place(tuple(places[:count]), places[-1] if places[count:] else None))
    return found


def _words(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield squeeze("".join(p.text for cell in row.cells for p in cell))
    for note in table.notes:
        yield squeeze(note.text)
