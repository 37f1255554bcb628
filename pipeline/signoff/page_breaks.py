"""A .docx whose headings or last rows were left alone on a page -> the same with a page break before each of them.

LibreOffice keeps a heading with what follows, save where tables above it settle late: then it forgets to move the heading along; and it
never keeps rows of a table together. A break before the heading or the row is what any word processor would have shown.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pipeline.forms.package import rewritten
from pipeline.signoff.finished import squeeze
from pipeline.signoff.word import W

DOCUMENT = re.compile(r"word/document\.xml")
GAP = "SauBang"
BEFORE = tuple(f"{W}{tag}" for tag in ("pStyle", "keepNext", "keepLines"))


@dataclass(frozen=True, order=True)
class Lonely:
    """A heading alone at the foot of a page: its words without white space, and which paragraph with these words it is (from 0)."""

    words: str
    which: int
    page: int
    text: str


@dataclass(frozen=True, order=True)
class Tail:
    """The end of a table that goes to the next page as one: which table of the document, from which row on (both from 0)."""

    table: int
    row: int


Move = Lonely | Tail


def with_breaks(data: bytes, moves: Iterable[Move]) -> bytes:
    """Not yet a stable zip; members keep their order."""
    found = list(moves)
    return rewritten(data, lambda content: _broken(content, found), DOCUMENT)


def _broken(content: bytes, moves: Iterable[Move]) -> bytes:
    root = etree.fromstring(content)
    paragraphs = [(squeeze("".join(t.text or "" for t in p.iter(f"{W}t"))), p) for p in root.iter(f"{W}p")]
    tables = list(root.iter(f"{W}tbl"))
    for move in moves:
        if isinstance(move, Tail):
            _split(tables[move.table], move.row)
        else:
            same = [p for words, p in paragraphs if words == move.words]
            _break_before(same[min(move.which, len(same) - 1)])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _break_before(heading: etree._Element) -> None:
    properties = heading.find(f"{W}pPr")
    assert properties is not None  # a heading is known by its style
    if properties.find(f"{W}pageBreakBefore") is not None:
        return  # it has its page already; what follows is too tall to share it
    before = [child for child in properties if child.tag in BEFORE]  # the format knows one order only
    before[-1].addnext(etree.Element(f"{W}pageBreakBefore"))


def _split(table: etree._Element, first: int) -> None:
    """A table of its own with the same heading rows, after the smallest of paragraphs, which has the page break."""
    rows = table.findall(f"{W}tr")
    rest = etree.Element(f"{W}tbl")
    kept = [child for child in table if child.tag != f"{W}tr"]
    heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
    rest.extend([copy.deepcopy(child) for child in (*kept, *heads)])
    rest.extend(rows[first:])
    gap = etree.Element(f"{W}p")
    properties = etree.SubElement(gap, f"{W}pPr")
    etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", GAP)
    etree.SubElement(properties, f"{W}pageBreakBefore")
    table.addnext(gap)
    gap.addnext(rest)
