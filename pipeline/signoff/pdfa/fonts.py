"""A dictionary of a PDF that is a font, or part of one -> hits: embedded, complete, and able to be copied as text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import ObjectType

from pipeline.signoff.pdfa.rules import Hit
from pipeline.signoff.pdfa.walk import Item, elements, entries, is_object, name

SIMPLE = ("/Type1", "/MMType1", "/TrueType")
DESCENDANT = ("/CIDFontType0", "/CIDFontType2")
KINDS = {*SIMPLE, *DESCENDANT, "/Type0", "/Type3"}
FILES = {"/FontFile": ("",), "/FontFile2": ("",), "/FontFile3": ("/Type1C", "/CIDFontType0C", "/OpenType")}
LATIN = ("/WinAnsiEncoding", "/MacRomanEncoding")
KNOWN = (*LATIN, "/StandardEncoding", "/MacExpertEncoding")
SYMBOLIC = 4


def is_font(item: Item) -> bool:
    return item.type == "/Font" or (item.subtype in KINDS and "/BaseFont" in item.values)


Programs = dict[tuple[int, int], dict[bytes, bytes] | None]  # what is known of each font file: bundles share them


def font_hits(item: Item, programs: Programs) -> Iterator[Hit]:
    return (Hit(rule, item.holder, item.name("/BaseFont")[1:]) for rule in _rules(item, programs))


def _rules(item: Item, programs: Programs) -> Iterator[str]:
    values, kind = item.values, item.subtype
    if kind not in KINDS or (kind != "/Type3" and not item.name("/BaseFont")) or (kind in SIMPLE and not _widths_fit(values)):
        yield "phong-loai"
        return
    if kind == "/Type0":
        yield from _composite(values)
    elif kind != "/Type3":
        descriptor = entries(values.get("/FontDescriptor"))
        program = _program(descriptor)
        if program is None:
            yield "phong-nhung"
        else:
            if program.objgen not in programs:
                programs[program.objgen] = _tables(program) if "/FontFile2" in descriptor else {}
            yield from _program_rules(kind, values, descriptor, programs[program.objgen])
    if kind not in DESCENDANT and not _readable(values):
        yield "to-unicode"


def _widths_fit(values: dict[str, Any]) -> bool:
    first, last, widths = values.get("/FirstChar"), values.get("/LastChar"), elements(values.get("/Widths"))
    if not (first or last or widths):
        return True  # one of the fourteen: not embedded, told by its own rule
    return type(first) is int and type(last) is int and 0 <= first <= last <= 255 and len(widths) == last - first + 1


def _readable(values: dict[str, Any]) -> bool:
    encoding = values.get("/Encoding")
    plain = name(encoding) in KNOWN or name(entries(encoding).get("/BaseEncoding")) in KNOWN
    return is_object(values.get("/ToUnicode"), ObjectType.stream) or plain


def _composite(values: dict[str, Any]) -> Iterator[str]:
    below = elements(values.get("/DescendantFonts"))
    encoding = values.get("/Encoding")
    if len(below) != 1 or name(entries(below[0]).get("/Subtype")) not in DESCENDANT:
        yield "phong-loai"
    elif name(encoding) not in ("/Identity-H", "/Identity-V") and not is_object(encoding, ObjectType.stream):
        yield "phong-ghep"


def _program(descriptor: dict[str, Any]) -> pikepdf.Object | None:
    """The embedded font file, when there is exactly one and of a known kind."""
    given = [key for key in FILES if key in descriptor]
    if len(given) != 1 or not is_object(descriptor[given[0]], ObjectType.stream):
        return None
    stream: pikepdf.Object = descriptor[given[0]]
    return stream if name(stream.get("/Subtype")) in FILES[given[0]] else None


def _program_rules(kind: str, values: dict[str, Any], descriptor: dict[str, Any], tables: dict[bytes, bytes] | None) -> Iterator[str]:
    if kind in DESCENDANT:
        mapping = values.get("/CIDToGIDMap")
        mapped = name(mapping) == "/Identity" or is_object(mapping, ObjectType.stream)
        if not {"/Registry", "/Ordering", "/Supplement"} <= set(entries(values.get("/CIDSystemInfo"))):
            yield "phong-ghep"
        elif kind == "/CIDFontType2" and not mapped:
            yield "phong-ghep"
    if "/FontFile2" not in descriptor:
        return
    if tables is None:
        yield "phong-nhung"
        return
    if kind == "/TrueType" and not _encoding_fits(values, descriptor, tables):
        yield "phong-bang-ma"
    if kind in DESCENDANT and "/CIDSet" in descriptor and not _cid_set_fits(descriptor["/CIDSet"], tables):
        yield "cidset"


def _tables(program: pikepdf.Object) -> dict[bytes, bytes] | None:
    """cmap and maxp of a TrueType file; None when it is not one or is cut."""
    data = bytes(program.read_bytes())
    if data[:4] not in (b"\0\1\0\0", b"true", b"OTTO") or len(data) != program.get("/Length1", len(data)):
        return None
    found = {}
    for number in range(int.from_bytes(data[4:6])):
        record = data[12 + 16 * number : 28 + 16 * number]
        if len(record) < 16:
            return None
        tag, _, start, length = struct.unpack(">4sIII", record)
        if start + length > len(data):
            return None
        if tag in (b"cmap", b"maxp"):
            found[tag] = data[start : start + length]
    return found


def _encoding_fits(values: dict[str, Any], descriptor: dict[str, Any], tables: dict[bytes, bytes]) -> bool:
    """Symbolic: no Encoding, one cmap or the (3, 0) one; else a Latin encoding."""
    encoding = values.get("/Encoding")
    flags = descriptor.get("/Flags", 0)
    if not (type(flags) is int and flags & SYMBOLIC):
        return name(encoding) in LATIN or name(entries(encoding).get("/BaseEncoding")) in LATIN
    cmap = tables.get(b"cmap", b"")
    count = int.from_bytes(cmap[2:4])
    return encoding is None and (count == 1 or b"\0\3\0\0" in [cmap[4 + 8 * i : 8 + 8 * i] for i in range(count)])


def _cid_set_fits(stream: Any, tables: dict[bytes, bytes]) -> bool:
    """Long enough for every glyph, and the first one (.notdef) named."""
    if not is_object(stream, ObjectType.stream):
        return False
    data, glyphs = bytes(stream.read_bytes()), int.from_bytes(tables.get(b"maxp", b"")[4:6])
    return bool(data) and bool(data[0] & 0x80) and 8 * len(data) >= glyphs
