"""The operators of a page, of a drawn form or of a pattern -> hits: colours, nesting, inline images, names without a list of resources.

A quick look with regular expressions clears nearly every page; only one that may break a rule is read operator by operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import ObjectType

from pipeline.signoff.pdfa.objects import FILTERS, INTENTS
from pipeline.signoff.pdfa.rules import Hit
from pipeline.signoff.pdfa.walk import Item, elements, is_object, name

DEEPEST = 28
TELLING = re.compile(rb"[qQkKrB](?<=[\s\])>].)(?:(?<=[qQkK])|(?<=r)i|(?<=B)[IX])(?=[\s/\[(<])")  # one class first: the search leaps to it
NAMES = re.compile(rb"/[^\s/\[(<]+\s+(?:Do|gs|sh|[\d.]+\s+Tf)\b")
SHORT = {"/AHx", "/A85", "/Fl", "/RL", "/CCF", "/DCT"}


def content_hits(item: Item) -> Iterator[Hit]:
    """Of a page, a form XObject or a tiling pattern; nothing of other items."""
    data = _bytes(item)
    if not data:
        return
    if "/Resources" not in item.values and NAMES.search(data):
        yield Hit("tai-nguyen", item.holder)
    told = TELLING.findall(data)
    if b"/DeviceCMYK" in data or not set(told) <= {b"q", b"Q"} or not nested_well(b"".join(told)):
        yield from (Hit(rule, item.holder) for rule in dict.fromkeys(_read(item.obj)))


def _bytes(item: Item) -> bytes:
    if item.type == "/Page":
        contents = item.values.get("/Contents")
        parts = [bytes(s.read_bytes()) for s in elements(contents) or [contents] if is_object(s, ObjectType.stream)]
        return b"\n".join([b"", *parts, b""]) if parts else b""
    if item.is_stream and (item.subtype == "/Form" or item.values.get("/PatternType") == 1):
        return b"\n%b\n" % item.obj.read_bytes()
    return b""


def nested_well(saves: bytes) -> bool:
    """Of all q and Q in their order: each round takes the innermost pairs away."""
    for _ in range(DEEPEST):
        if not saves:
            break
        saves = saves.replace(b"qQ", b"")
    return not saves


def _read(obj: pikepdf.Object) -> Iterator[str]:
    saves = b""
    for instruction in pikepdf.parse_content_stream(obj):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield from _inline(instruction.iimage)
            continue
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("k", "K") or (operator in ("cs", "CS") and name(operands[0]) == "/DeviceCMYK"):
            yield "mau-thiet-bi"
        elif operator == "ri" and name(operands[0]) not in INTENTS:
            yield "y-dinh-mau"
        elif operator in ("q", "Q"):
            saves += operator.encode()
    if not nested_well(saves):
        yield "long-nhau"


def _inline(image: pikepdf.PdfInlineImage) -> Iterator[str]:
    values = dict(image.obj.items())
    if values.get("/Interpolate", values.get("/I", False)) is not False:
        yield "noi-suy"
    given = values.get("/Filter", values.get("/F"))
    if given is not None and not {name(f) for f in elements(given) or [given]} <= FILTERS | SHORT:
        yield "bo-loc"
    if name(values.get("/ColorSpace", values.get("/CS"))) in ("/DeviceCMYK", "/CMYK"):
        yield "mau-thiet-bi"
