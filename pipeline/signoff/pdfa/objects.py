"""A dictionary or stream of a PDF -> hits that need no more than itself: filters, images, graphics states, actions, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import ObjectType

from pipeline.signoff.pdfa.rules import Hit
from pipeline.signoff.pdfa.walk import Item, elements, entries, is_object, name

FILTERS = {
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/FlateDecode",
    "/RunLengthDecode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/DCTDecode",
    "/JPXDecode",
}
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
BLENDS = {
    f"/{mode}"
    for mode in (
        "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion"
        " Hue Saturation Color Luminosity"
    ).split()
}
FORBIDDEN = {
    f"/{action}"
    for action in ("Launch Sound Movie ResetForm ImportData Hide SetOCGState Rendition Trans GoTo3DView JavaScript SetState NoOp").split()
}
OUTWARD = {"/URI", "/GoToR", "/GoToE", "/SubmitForm", "/Thread"}
NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
STREAM_KEYS = ("/F", "/FFilter", "/FDecodeParms")
TELLING = {"/HalftoneType", "/ExtGState", "/AA", "/EF", "/AF", "/S"}  # keys of a dictionary without a type that the rules below look at
PICTURE_BITS = (1, 2, 4, 8, 16)


def silent(item: Item) -> bool:
    """Nothing in it that any rule speaks of: most dictionaries of a tagged file say how wide a cell is."""
    return not item.is_stream and not item.type and not item.subtype and TELLING.isdisjoint(item.values)


def object_hits(item: Item) -> Iterator[Hit]:
    rules = [*_graphics(item), *_actions(item)]
    if item.is_stream:
        rules += _stream(item)
    return (Hit(rule, item.holder) for rule in rules)


def _stream(item: Item) -> Iterator[str]:
    values, kind = item.values, item.subtype
    if any(key in values for key in STREAM_KEYS):
        yield "luong-ngoai"
    if "/Filter" in values:
        given = values["/Filter"]
        if not {name(f) for f in elements(given) or [given]} <= FILTERS and given is not None:
            yield "bo-loc"
    if kind == "/Image":
        yield from _image(values)
    elif kind in ("/Form", "/PS"):
        if kind == "/PS" or item.name("/Subtype2") == "/PS" or any(key in values for key in ("/PS", "/OPI", "/Ref")):
            yield "hinh-ngoai"


def _image(values: dict[str, Any]) -> Iterator[str]:
    if values.get("/Interpolate", False) is not False:
        yield "noi-suy"
    if "/Alternates" in values or "/OPI" in values or values.get("/BitsPerComponent", 8) not in PICTURE_BITS:
        yield "hinh-thay-the"
    if "/Intent" in values and name(values["/Intent"]) not in INTENTS:
        yield "y-dinh-mau"


def _graphics(item: Item) -> Iterator[str]:
    """Of a list of resources: its graphics states; of a halftone: itself."""
    values = item.values
    if "/HalftoneType" in values and (values["/HalftoneType"] not in (1, 5) or "/HalftoneName" in values):
        yield "do-hoa"
    for state in map(entries, entries(values.get("/ExtGState")).values()):
        if "/TR" in state or "/HTP" in state or ("/TR2" in state and name(state["/TR2"]) != "/Default"):
            yield "do-hoa"
        if "/BM" in state and not {name(m) for m in elements(state["/BM"]) or [state["/BM"]]} <= BLENDS:
            yield "hoa-tron"
        if "/RI" in state and name(state["/RI"]) not in INTENTS:
            yield "y-dinh-mau"


def _actions(item: Item) -> Iterator[str]:
    values = item.values
    if "/AA" in values:
        yield "hanh-dong-kem"
    if "/EF" in values or item.type == "/EmbeddedFile" or "/AF" in values:
        yield "tep-kem"
    kind = item.name("/S")
    if not kind or item.type not in ("", "/Action") or "/K" in values or "/Pg" in values:
        return
    if kind in FORBIDDEN or "/JS" in values or (kind == "/Named" and item.name("/N") not in NAMED):
        yield "hanh-dong"
    elif kind in OUTWARD:
        yield "ra-ngoai"


def action_hits(action: Any, holder: tuple[int, int]) -> Iterator[Hit]:
    """Of what opens with the file: a place, or a jump to one."""
    if is_object(action, ObjectType.dictionary) and name(action.get("/S")) not in {"/GoTo", "/Named"} | FORBIDDEN | OUTWARD:
        yield Hit("hanh-dong", holder)
    elif not entries(action) and not is_object(action, ObjectType.array):
        yield Hit("hanh-dong", holder)


def unreadable(item: Item) -> bool:
    """True when a stream that says it is packed cannot be unpacked."""
    if "/Length1" in item.values or name(item.values.get("/Filter")) != "/FlateDecode":  # a font program is read by its own rule
        return False
    try:
        item.obj.get_stream_buffer()
    except pikepdf.PdfError:
        return True
    return False
