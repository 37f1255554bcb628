"""Bytes of a .docx -> what it looks like: sections, paragraphs with the looks their styles and own settings add up to, tables.

Only what the standards speak of. Lengths in millimetres, sizes and spacing in points.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.forms.lines import text_of
from pipeline.forms.package import members
from pipeline.signoff.word_rules import broken_rules

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTES = ("BangGon",)
VALUES = {f"{W}{tag}": tag for tag in ("sz", "b", "i", "u", "jc")}
LENGTHS = {f"{W}{tag}": tag for tag in ("spacing", "ind", "rFonts")}
TWIPS_PER_MM = 1440 / 25.4
Element = etree._Element
Looks = dict[str, str]  # attribute -> value as written, e.g. "sz" -> "28", "spacing.line" -> "360"


@dataclass(frozen=True)
class Run:
    text: str
    size: float
    bold: bool
    italic: bool
    underline: bool
    fonts: frozenset[str]


@dataclass(frozen=True)
class Paragraph:
    """`cell`: its table and cell, so that paragraphs of one cell are told from their neighbours; `pictures`: their alternative texts."""

    style: str
    text: str
    runs: tuple[Run, ...]
    looks: Looks
    cell: int | None = None
    pictures: tuple[str, ...] = ()

    def length(self, name: str) -> float:
        """Millimetres."""
        return int(float(self.looks.get(name, "0"))) / TWIPS_PER_MM

    def points(self, name: str) -> float:
        return int(float(self.looks.get(name, "0"))) / 20


@dataclass(frozen=True)
class Section:
    """Millimetres."""

    width: float
    height: float
    margins: dict[str, float]
    title_page: bool


@dataclass(frozen=True)
class Row:
    header: bool
    unsplit: bool
    cells: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True)
class Table:
    """`follows`: nothing but empty paragraphs stands between it and the table before; `notes`: the small print right below."""

    rows: tuple[Row, ...]
    follows: bool = False
    notes: tuple[Paragraph, ...] = ()


@dataclass
class Document:
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)  # of the body in reading order, those of tables among them
    tables: list[Table] = field(default_factory=list)
    headers: list[tuple[str, list[Paragraph], bool]] = field(default_factory=list)  # kind, paragraphs, has a page number
    annexes: list[str] = field(default_factory=list)  # first words of each later section, whose pages are numbered from 1
    faults: list[str] = field(default_factory=list)  # what Word would call damage


def read(data: bytes) -> Document:
    files = members(data)
    styles = _styles(files["word/styles.xml"])
    body = etree.fromstring(files["word/document.xml"]).find(f"{W}body")
    assert body is not None
    cells = {cell: number for number, cell in enumerate(body.iter(f"{W}tc"))}
    around = ((p, next(p.iterancestors(f"{W}tc"), None)) for p in body.iter(f"{W}p"))
    known = {p: _paragraph(p, styles, cells[cell] if cell is not None else None) for p, cell in around}
    return Document(
        [_section(s) for s in body.iter(f"{W}sectPr")],
        list(known.values()),
        [_table(t, known) for t in body.iter(f"{W}tbl")],
        list(_headers(files, body, styles)),
        list(_annexes(body)),
        list(dict.fromkeys(broken_rules(files))),
    )


# --- looks -------------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8)
def _styles(data: bytes) -> dict[str, Looks]:
    """Style -> its looks with those it is based on; "" = the document's defaults."""
    root = etree.fromstring(data)
    defaults = root.find(f"{W}docDefaults")
    found = {"": _looks(defaults) if defaults is not None else {}}
    elements = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}

    def whole(code: str) -> Looks:
        if code not in found:
            base = elements[code].find(f"{W}basedOn")
            parent = base.get(f"{W}val", "") if base is not None else ""
            found[code] = {**whole(parent if parent in elements else ""), **_looks(elements[code])}
        return found[code]

    for code in elements:
        whole(code)
    return found


def _looks(element: Element) -> Looks:
    """Direct settings of a style, a paragraph's or a run's properties; an attribute that is absent is not there."""
    found: Looks = {}
    for child in element.iter(*VALUES, *LENGTHS):
        if child.tag in VALUES:
            found[VALUES[child.tag]] = child.get(f"{W}val", "1")
        else:
            found.update(_attributes(LENGTHS[child.tag], child))
    return found


def _attributes(name: str, element: Element) -> Looks:
    return {f"{name}.{str(key).rpartition('}')[2]}": str(value) for key, value in element.attrib.items()}


def _on(value: str | None) -> bool:
    return value not in (None, "0", "false", "none")


def _paragraph(element: Element, styles: dict[str, Looks], cell: int | None) -> Paragraph:
    properties = element.find(f"{W}pPr")
    named = properties.find(f"{W}pStyle") if properties is not None else None
    style = named.get(f"{W}val", "Normal") if named is not None else "Normal"
    own: Looks = {}
    for child in properties if properties is not None else ():
        if child.tag == f"{W}jc":
            own["jc"] = child.get(f"{W}val", "")
        elif child.tag in (f"{W}spacing", f"{W}ind"):
            own.update(_attributes(LENGTHS[child.tag], child))
    looks = {**styles.get(style, styles[""]), **own}
    runs = tuple(_run(r, text, looks, styles) for r in element.iter(f"{W}r") if (text := text_of(r)).strip())
    words = text_of(element).replace("\u00a0", " ").strip()  # a bound space is a space
    pictures = tuple(shown.get("descr", "") for shown in element.iter(f"{WP}docPr"))
    return Paragraph(style, words, runs, looks, cell, pictures)


def _run(element: Element, text: str, paragraph: Looks, styles: dict[str, Looks]) -> Run:
    properties = element.find(f"{W}rPr")
    own: Looks = {}
    if properties is not None:
        named = properties.find(f"{W}rStyle")
        own = {**(styles.get(named.get(f"{W}val", ""), {}) if named is not None else {}), **_looks(properties)}
    looks = {**paragraph, **own}
    fonts = frozenset(value for key, value in looks.items() if key in ("rFonts.ascii", "rFonts.hAnsi", "rFonts.cs", "rFonts.eastAsia"))
    return Run(text, int(looks.get("sz", "0")) / 2, _on(looks.get("b")), _on(looks.get("i")), _on(looks.get("u")), fonts)


def _annexes(body: Element) -> Iterator[str]:
    for section in body.iterfind(f"{W}p/{W}pPr/{W}sectPr"):
        paragraph = next(section.iterancestors(f"{W}p"))
        words = ("".join(t.text or "" for t in element.iter(f"{W}t")).strip() for element in paragraph.itersiblings())
        yield next((text for text in words if text), "")


# --- sections, headers, tables -----------------------------------------------------------------------------------------


def _section(element: Element) -> Section:
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
    assert size is not None and margins is not None
    sides = {side: int(margins.get(f"{W}{side}", "0")) / TWIPS_PER_MM for side in ("top", "bottom", "left", "right", "header")}
    width, height = (int(size.get(f"{W}{key}", "0")) / TWIPS_PER_MM for key in ("w", "h"))
    return Section(width, height, sides, element.find(f"{W}titlePg") is not None)


def _headers(files: Mapping[str, bytes], body: Element, styles: dict[str, Looks]) -> Iterator[tuple[str, list[Paragraph], bool]]:
    relations = etree.fromstring(files["word/_rels/document.xml.rels"])
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    link = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    for reference in body.iter(f"{W}headerReference"):
        root = etree.fromstring(files[f"word/{targets[reference.get(link, '')]}"])
        fields = "".join(t.text or "" for t in root.iter(f"{W}instrText")) + "".join(
            f.get(f"{W}instr", "") for f in root.iter(f"{W}fldSimple")
        )
        yield reference.get(f"{W}type", ""), [_paragraph(p, styles, None) for p in root.iter(f"{W}p")], "PAGE" in fields.split()


def _table(element: Element, known: Mapping[Element, Paragraph]) -> Table:
    rows = []
    for row in element.findall(f"{W}tr"):
        cells = tuple(tuple(known[p] for p in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc"))
        rows.append(Row(row.find(f"{W}trPr/{W}tblHeader") is not None, row.find(f"{W}trPr/{W}cantSplit") is not None, cells))
    return Table(tuple(rows), _follows(element), tuple(_notes(element, known)))


def _notes(table: Element, known: Mapping[Element, Paragraph]) -> Iterator[Paragraph]:
    for element in table.itersiblings():
        paragraph = known.get(element)
        if paragraph is None or paragraph.text and paragraph.style not in NOTES:
            return
        if paragraph.text:
            yield paragraph


def _follows(table: Element) -> bool:
    above = (e for e in table.itersiblings(preceding=True) if e.tag == f"{W}tbl" or "".join(t.text or "" for t in e.iter(f"{W}t")).strip())
    nearest = next(above, None)
    return nearest is not None and nearest.tag == f"{W}tbl"
