"""A finished .docx -> its text as a reader meets it: paragraphs, tables, headers and footers, properties; and every part as written."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.audit.text import clean, single
from pipeline.problems import OutputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARGIN = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
PROPERTIES = re.compile(r"docProps/\w+\.xml")
UNREADABLE = "không đọc lại được tệp Word"
Element = etree._Element
Cells = tuple[str, ...]


@dataclass(frozen=True)
class WordFile:
    """`paragraphs`: of the body in reading order, those in tables among them; `properties`: tag -> text."""

    path: Path
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[Cells, ...], ...]
    margins: tuple[str, ...]
    properties: dict[str, str]

    @property
    def raw(self) -> Iterator[str]:
        """The XML of each part, read again: all that a year's files hold would fill the memory."""
        for name, data in _parts(self.path).items():
            if name.endswith((".xml", ".rels")):
                yield data.decode("utf-8", "replace")


def read_word(path: Path) -> WordFile:
    raw = _parts(path)
    try:
        body = etree.fromstring(raw["word/document.xml"])
        margins = [etree.fromstring(data) for name, data in raw.items() if MARGIN.fullmatch(name)]
        properties = [etree.fromstring(data) for name, data in raw.items() if PROPERTIES.fullmatch(name)]
    except (KeyError, etree.XMLSyntaxError) as error:
        raise OutputError(f"{path.name}: {UNREADABLE}") from error
    texts = {paragraph: _text(paragraph) for paragraph in body.iter(f"{W}p")}
    return WordFile(
        path,
        tuple(filter(None, texts.values())),
        tuple(_tables(body, texts)),
        tuple(filter(None, (_text(p) for part in margins for p in part.iter(f"{W}p")))),
        {etree.QName(e).localname: clean(e.text or "") for part in properties for e in part.iter(etree.Element) if len(e) == 0},
    )


def _parts(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        raise OutputError(f"{path.name}: {UNREADABLE}") from error


def _tables(body: Element, texts: dict[Element, str]) -> Iterator[tuple[Cells, ...]]:
    """One that was cut at the end of a page (a break, then the same heading rows again) counts as the one it was."""
    whole: list[list[Cells]] = []
    for table in body.iter(f"{W}tbl"):
        rows, heads = list(_rows(table, texts)), len(table.findall(f"{W}tr/{W}trPr/{W}tblHeader"))
        if heads and whole and _goes_on(table, texts) and rows[:heads] == whole[-1][:heads]:
            whole[-1] += rows[heads:]
        else:
            whole.append(rows)
    yield from map(tuple, whole)


def _goes_on(table: Element, texts: dict[Element, str]) -> bool:
    """Nothing but a page break stands between it and a table before."""
    gap = table.getprevious()
    before = gap.getprevious() if gap is not None and gap.tag == f"{W}p" else None
    if gap is None or before is None or before.tag != f"{W}tbl":
        return False
    return not texts[gap] and gap.find(f"{W}pPr/{W}pageBreakBefore") is not None


def _rows(table: Element, texts: dict[Element, str]) -> Iterator[Cells]:
    for row in table.findall(f"{W}tr"):
        yield tuple(" ".join(filter(None, (texts[p] for p in cell.iter(f"{W}p")))) for cell in row.findall(f"{W}tc"))


def _text(paragraph: Element) -> str:
    found = []
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        tag = etree.QName(element).localname
        found.append((element.text or "") if tag == "t" else "-" if tag == "noBreakHyphen" else " ")
    return single("".join(found))
