"""Bytes of a template's .docx -> its paragraphs in reading order, each with style, words and the place where a person finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.forms.package import W, parts

BODY = "word/document.xml"
NEW_SECTION = "phan_moi"  # not a block of a standard: what follows is an annex, its pages numbered from 1
AROUND = re.compile(r"word/(header|footer)(\d+)\.xml")
BLOCK = re.compile(r"^\[\[khoi:\s*([a-z_]+)\s*\]\]$")
Element = etree._Element


@dataclass(frozen=True)
class Line:
    """One paragraph; `cell` = table, row and column from 1 when it stands in a table; `around`: in a header or footer."""

    style: str
    text: str
    where: str  # "đoạn 12"; "bảng 2, hàng 3, cột 1"; "đầu trang 1"
    cell: tuple[int, int, int] | None = None
    around: bool = False
    marks: tuple[str, ...] = ()  # bookmarks that begin in it

    @property
    def block(self) -> str | None:
        """The block of the standard this line stands for: `[[khoi: chu_ky]]`."""
        marker = BLOCK.match(self.text.strip())
        return marker[1] if marker else None


def read_lines(data: bytes) -> list[Line]:
    """Body first, then headers and footers. Raises KeyError or XMLSyntaxError for what is no Word file."""
    found = {name: root for name, root in parts(data) if root is not None}
    body = found[BODY].find(f"{W}body")
    if body is None:
        raise KeyError(BODY)
    lines = list(_lines(body))
    for name in sorted(found):
        if part := AROUND.fullmatch(name):
            where = f"{'đầu' if part[1] == 'header' else 'chân'} trang {part[2]}"
            lines += [Line(_style(p), text_of(p), where, around=True) for p in found[name].iter(f"{W}p")]
    return lines


def text_of(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def _style(paragraph: Element) -> str:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return named.get(f"{W}val", "") if named is not None else ""


def _marks(paragraph: Element) -> tuple[str, ...]:
    return tuple(mark.get(f"{W}name", "") for mark in paragraph.iter(f"{W}bookmarkStart"))


def _lines(body: Element) -> Iterator[Line]:
    """Paragraphs are numbered as they stand outside tables; tables one after another, those inside tables too."""
    paragraphs = 0
    tables = {table: number for number, table in enumerate(body.iter(f"{W}tbl"), 1)}
    for paragraph in body.iter(f"{W}p"):
        cell = _cell(paragraph, tables)
        if cell is None:
            paragraphs += 1
        where = f"bảng {cell[0]}, hàng {cell[1]}, cột {cell[2]}" if cell else f"đoạn {paragraphs}"
        yield Line(_style(paragraph), text_of(paragraph), where, cell, marks=_marks(paragraph))


def _cell(paragraph: Element, tables: dict[Element, int]) -> tuple[int, int, int] | None:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    if cell is None or row is None or table is None:
        return None
    return tables[table], table.findall(f"{W}tr").index(row) + 1, row.findall(f"{W}tc").index(cell) + 1
