"""An open PDF -> hits on what belongs to the whole: trailer, catalog, form, structure, and on each page's boxes and annotations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import ObjectType

from pipeline.signoff.pdfa.objects import action_hits
from pipeline.signoff.pdfa.rules import Hit
from pipeline.signoff.pdfa.walk import Item, elements, entries, is_object, name

LANGUAGE = "vi-VN"
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
SMALLEST, WIDEST = 3, 14400
ANNOTATIONS = {
    f"/{kind}"
    for kind in (
        "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup"
        " FileAttachment Widget PrinterMark TrapNet Watermark Redact"
    ).split()
}
INVISIBLE, HIDDEN, PRINT, NO_VIEW, TOGGLE = 1, 2, 4, 32, 256
NO_PICTURE = ("/Link", "/Popup")


def document_hits(pdf: pikepdf.Pdf) -> Iterator[Hit]:
    identity = elements(pdf.trailer.get("/ID"))
    if len(identity) != 2 or not all(is_object(part, ObjectType.string) and bytes(part) for part in identity):
        yield Hit("dinh-danh")
    root = entries(pdf.Root)
    holder = pdf.Root.objgen
    yield from (Hit(rule, holder) for rule in _catalog(root))
    if "/OpenAction" in root:
        yield from action_hits(root["/OpenAction"], holder)
    yield from (Hit(rule, holder) for rule in _form(entries(root.get("/AcroForm"))))


def _catalog(root: dict[str, Any]) -> Iterator[str]:
    names = entries(root.get("/Names"))
    if str(root.get("/Lang", "")) != LANGUAGE:
        yield "ngon-ngu"
    if "/EmbeddedFiles" in names or "/Collection" in root:
        yield "tep-kem"
    if "/JavaScript" in names:
        yield "hanh-dong"
    if "/AlternatePresentations" in names:
        yield "trinh-dien"
    if "/Requirements" in root:
        yield "yeu-cau"
    if "/NeedsRendering" in root:
        yield "xfa"
    if not set(entries(root.get("/Perms"))) <= {"/DocMDP", "/UR3"}:
        yield "quyen"
    if "/OCProperties" in root and not _layers_fit(entries(root["/OCProperties"])):
        yield "lop"
    marked = entries(root.get("/MarkInfo")).get("/Marked", False) is True
    if marked != ("/StructTreeRoot" in root):
        yield "the-cau-truc"


def _layers_fit(layers: dict[str, Any]) -> bool:
    """Each configuration has its own name, no /AS, and an order that names every layer."""
    every = {o.objgen for o in elements(layers.get("/OCGs"))}
    seen = set()
    for configuration in map(entries, [layers.get("/D"), *elements(layers.get("/Configs"))]):
        label = str(configuration.get("/Name", ""))
        if "/AS" in configuration or not label or label in seen:
            return False
        seen.add(label)
        if "/Order" in configuration and not every <= set(_ordered(elements(configuration["/Order"]))):
            return False
    return True


def _ordered(order: list[Any]) -> Iterator[tuple[int, int]]:
    stack = list(order)
    while stack:
        found = stack.pop()
        stack += elements(found)
        if is_object(found, ObjectType.dictionary):
            yield found.objgen


def _form(form: dict[str, Any]) -> Iterator[str]:
    if "/XFA" in form:
        yield "xfa"
    if form.get("/NeedAppearances", False) is not False:
        yield "bieu-mau"


def page_hits(item: Item, tagged: bool, listed: set[tuple[int, int]]) -> Iterator[Hit]:
    """Of one page; `tagged`: the file has a structure tree, `listed`: the pages of its page tree."""
    if item.holder not in listed:
        yield Hit("trang-roi", item.holder)
        return
    values = item.values
    if "/MediaBox" not in values or not all(_box_fits(values[key]) for key in BOXES if key in values):
        yield Hit("kho-trang", item.holder)
    if "/PresSteps" in values:
        yield Hit("trinh-dien", item.holder)
    if "/StructParents" in values and not tagged:
        yield Hit("the-cau-truc", item.holder)
    for annotation in elements(values.get("/Annots")):
        found = entries(annotation)
        place = annotation.objgen if annotation.is_indirect else item.holder
        yield from (Hit(rule, place) for rule in _annotation(found, tagged))


def _box_fits(box: Any) -> bool:
    sides = elements(box)
    if len(sides) != 4 or not all(isinstance(side, (int, Decimal)) for side in sides):
        return False
    return all(SMALLEST <= abs(sides[i + 2] - sides[i]) <= WIDEST for i in (0, 1))


def _annotation(values: dict[str, Any], tagged: bool) -> Iterator[str]:
    kind, flags = name(values.get("/Subtype")), values.get("/F")
    if kind not in ANNOTATIONS:
        yield "chu-thich-loai"
        return
    shown = type(flags) is int and flags & PRINT and not flags & (INVISIBLE | HIDDEN | NO_VIEW | TOGGLE)
    if not shown and not (kind == "/Popup" and flags is None):
        yield "chu-thich-co"
    pictures = entries(values.get("/AP"))
    if (kind not in NO_PICTURE and not _picture_fits(kind, values, pictures)) or set(pictures) - {"/N"}:
        yield "chu-thich-hinh"
    if "/StructParent" in values and not tagged:
        yield "the-cau-truc"
    if kind == "/Widget":
        yield from _widget(values)


def _picture_fits(kind: str, values: dict[str, Any], pictures: dict[str, Any]) -> bool:
    """A rectangle without size needs none; a button has one per state, everything else just one."""
    sides = elements(values.get("/Rect"))
    if len(sides) == 4 and sides[0] == sides[2] and sides[1] == sides[3] and not pictures:
        return True
    button = kind == "/Widget" and name(_inherited(values, "/FT")) == "/Btn"
    return is_object(pictures.get("/N"), ObjectType.dictionary if button else ObjectType.stream)


def _widget(values: dict[str, Any]) -> Iterator[str]:
    if "/A" in values:
        yield "bieu-mau"
    signature = entries(_inherited(values, "/V"))
    if name(_inherited(values, "/FT")) == "/Sig" and signature and not {"/Contents", "/ByteRange"} <= set(signature):
        yield "chu-ky"


def _inherited(values: dict[str, Any], key: str) -> Any:
    for _ in range(9):
        if key in values:
            return values[key]
        values = entries(values.get("/Parent"))
    return None
