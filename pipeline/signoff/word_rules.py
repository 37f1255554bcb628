"""Parts of a .docx -> what Word would repair or refuse: order of properties, cells without a paragraph, rows that do not fill the grid, ids twice.

LibreOffice opens much that Word calls damaged; these are the rules of the file format (ECMA-376) that templates and filled loops break.
"""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from lxml import etree

from pipeline.forms.package import parsed, styles_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY, STYLES, TYPES = "word/document.xml", "word/styles.xml", "[Content_Types].xml"
Element = etree._Element

# The only order in which children of these may stand.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
    "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color "
    "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd "
    "tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign "
    "noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
}
RANKS = {parent: {name: rank for rank, name in enumerate(names.split())} for parent, names in ORDER.items()}
FIRST = {"pPr": "p", "rPr": "r", "tcPr": "tc", "tblPr": "tbl"}  # come before everything else in these
REFERENCES = etree.XPath(f"//@*[namespace-uri()='{R[1:-1]}']")
REFERENCES_ANY_ORDER = {"headerReference", "footerReference"}


@dataclass(frozen=True)
class _Look:
    """What one part breaks by itself, and which relations it refers to."""

    faults: tuple[str, ...]
    relations: frozenset[str]


def broken_rules(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Each in words; `parts`: every file of the .docx by name."""
    body = parsed(BODY, parts[BODY]) if BODY in parts else None
    looks = {name: _look(body) if name == BODY else _known_look(name, content) for name, content in parts.items()}
    yield from (fault for look in looks.values() for fault in look.faults)
    if body is not None:
        yield from _ids(body)
        yield from _styles(body, styles_in(parts.get(STYLES, b"")))
        found = body.find(f"{W}body")
        if found is None or len(found) == 0 or found[-1].tag != f"{W}sectPr":
            yield "thiếu khai báo trang ở cuối tài liệu"
    yield from _relations(parts, looks)


@functools.lru_cache(64)  # styles, settings, headers come again in every document of a standard
def _known_look(name: str, content: bytes) -> _Look:
    root = parsed(name, content)
    return _look(root if _is_text(name) else None)


def _look(root: Element | None) -> _Look:
    if root is None:
        return _Look((), frozenset())
    references = cast("list[str]", REFERENCES(root))
    return _Look((*_properties(root), *_tables(root)), frozenset(map(str, references)))


def _is_text(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _properties(root: Element) -> Iterator[str]:
    for element in root.iter(*(f"{W}{tag}" for tag in ORDER)):
        ranks = RANKS[_name(element)]
        names = [name for name in map(_name, element) if name]
        if unknown := [name for name in names if name not in ranks]:
            yield f"thuộc tính lạ «{unknown[0]}» trong {_name(element)}"
            continue
        order = [0 if name in REFERENCES_ANY_ORDER else ranks[name] for name in names]
        if any(earlier > later for earlier, later in pairwise(order)):
            yield f"thuộc tính trong {_name(element)} sai thứ tự ({', '.join(names)})"
        if len(names) != len(set(names)) and not REFERENCES_ANY_ORDER & set(names):
            yield f"thuộc tính trong {_name(element)} bị lặp ({', '.join(names)})"
    for element in root.iter(*(f"{W}{tag}" for tag in FIRST)):
        parent = element.getparent()
        if parent is not None and parent.tag == f"{W}{FIRST[_name(element)]}" and element.getprevious() is not None:
            yield f"{_name(element)} không đứng đầu trong {_name(parent)}"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter(f"{W}tbl"):
        rows, grid = table.findall(f"{W}tr"), table.findall(f"{W}tblGrid/{W}gridCol")
        if not rows:
            yield "có bảng không có hàng nào"
        for row in rows:
            cells = row.findall(f"{W}tc")
            if not cells:
                yield "có hàng của bảng không có ô nào"
            elif grid and sum(_span(cell) for cell in cells) != len(grid):
                yield f"có hàng {sum(_span(cell) for cell in cells)} cột trong bảng {len(grid)} cột"
    for cell in root.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            yield "có ô của bảng không kết thúc bằng đoạn văn"


def _span(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return int(span.get(f"{W}val", "1")) if span is not None else 1


def _ids(body: Element) -> Iterator[str]:
    for tag, key, what in (
        (f"{W}bookmarkStart", f"{W}id", "mã dấu trang"),
        (f"{W}bookmarkStart", f"{W}name", "tên dấu trang"),
        (f"{WP}docPr", "id", "mã hình"),
    ):
        seen = [element.get(key) for element in body.iter(tag)]
        if len(seen) != len(set(seen)):
            yield f"có {what} bị lặp"
    starts, ends = ({e.get(f"{W}id") for e in body.iter(f"{W}{tag}")} for tag in ("bookmarkStart", "bookmarkEnd"))
    if starts != ends:
        yield "có dấu trang chưa đóng"


def _styles(body: Element, known: frozenset[str]) -> Iterator[str]:
    used = {e.get(f"{W}val", "") for e in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    for style in sorted(used - known):
        yield f"kiểu chữ «{style}» không có trong tệp"


def _relations(parts: Mapping[str, bytes], looks: Mapping[str, _Look]) -> Iterator[str]:
    """Every reference has its relation, every relation its part, every part its type."""
    for name in filter(_is_text, parts):
        folder, file = posixpath.split(name)
        relations = f"{folder}/_rels/{file}.rels"
        targets = {r.get("Id", ""): r for r in etree.fromstring(parts[relations])} if relations in parts else {}
        if lost := sorted(looks[name].relations - set(targets)):
            yield f"liên hệ {lost[0]} của {name} không có"
        for relation in targets.values():
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            if relation.get("TargetMode") != "External" and target.lstrip("/") not in parts:
                yield f"{name} chỉ tới phần không có ({target})"
    yield from _types(parts)


def _types(parts: Mapping[str, bytes]) -> Iterator[str]:
    if TYPES not in parts:
        yield "thiếu [Content_Types].xml"
        return
    types = etree.fromstring(parts[TYPES])
    endings = {e.get("Extension", "").lower() for e in types if _name(e) == "Default"}
    named = {e.get("PartName", "").lstrip("/") for e in types if _name(e) == "Override"}
    for name in parts:
        if name != TYPES and name not in named and name.rpartition(".")[2].lower() not in endings:
            yield f"phần {name} không có kiểu nội dung"
    for name in sorted(named - set(parts)):
        yield f"kiểu nội dung của phần không có ({name})"
