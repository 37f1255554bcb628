"""Bytes of an embedded TrueType subset -> its glyphs by code, and what they share with every other subset of the same face.

Only what finished PDFs hold is understood: plain outlines reached by one table of single-byte codes. Anything else is `NotUnderstood`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

KEPT = ("cvt ", "fpgm", "prep")  # instructions common to all glyphs of a face
NEEDED = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
KNOWN = NEEDED | {*KEPT, "OS/2", "name", "post"}  # the last three tell nothing about drawing
HEAD_VARIES = ((8, 12), (28, 44), (50, 52))  # check sum; date of change and bounding box; width of loca
HHEA_VARIES = ((10, 18), (34, 36))  # extremes; number of advances
MAXP_VARIES = ((4, 14), (28, 32))  # number of glyphs; points and contours; components
MAXIMA = (6, 8, 10, 12, 28, 30)  # of points, contours, components
DEEPEST = 8  # composite glyphs of composite glyphs


class NotUnderstood(Exception):
    """The font file is damaged, or of a kind that this module does not know."""


@dataclass(frozen=True)
class Glyph:
    advance: int
    bearing: int
    outline: bytes

    def numbered(self, numbers: Mapping[int, int]) -> Glyph:
        """The same with its components under other numbers."""
        outline = bytearray(self.outline)
        for place, number in components(self.outline):
            struct.pack_into(">H", outline, place, numbers[number])
        return Glyph(self.advance, self.bearing, bytes(outline))


@dataclass(frozen=True)
class Subset:
    """What one font file holds. Equal `face` = cut from the same font: the same instructions, measures and glyph for what is missing."""

    face: tuple[tuple[str, bytes], ...]
    units: int  # to the em
    maxima: tuple[int, ...]
    glyphs: tuple[Glyph, ...]
    codes: Mapping[int, int]  # code of a letter -> number of its glyph

    @property
    def advances(self) -> dict[int, int]:
        """By code."""
        return {code: self.glyphs[number].advance for code, number in self.codes.items()}


def read_subset(data: bytes) -> Subset:
    """Raises NotUnderstood."""
    try:
        return _subset(_tables(data))
    except (struct.error, IndexError) as error:
        raise NotUnderstood(f"cut off: {error}") from error


def is_composite(outline: bytes) -> bool:
    """Put together of other glyphs: its number of contours is negative."""
    return outline[:1] >= b"\x80"


def components(outline: bytes) -> Iterator[tuple[int, int]]:
    """The glyphs a composite glyph is put together of: place of the number, number; none in a simple glyph."""
    if not is_composite(outline):
        return
    place, more = 10, True
    while more:
        flags, number = struct.unpack_from(">HH", outline, place)
        yield place + 2, number
        scale = 2 if flags & 0x08 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
        place += 4 + (4 if flags & 0x01 else 2) + scale
        more = bool(flags & 0x20)


def _need(truth: bool, what: str) -> None:
    if not truth:
        raise NotUnderstood(what)


def _tables(data: bytes) -> dict[str, bytes]:
    _need(data[:4] in (b"\0\1\0\0", b"true"), "not TrueType")
    found: dict[str, bytes] = {}
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        _need(start + length <= len(data), "a table lies outside the file")
        found[tag.decode("latin-1")] = data[start : start + length]
    _need(set(found) >= NEEDED and set(found) <= KNOWN, f"tables {sorted(found)}")
    return found


def _subset(tables: Mapping[str, bytes]) -> Subset:
    head, maxp = tables["head"], tables["maxp"]
    _need((len(head), len(tables["hhea"]), len(maxp)) == (54, 36, 32) and maxp[:4] == b"\0\1\0\0", "lengths or version of the heads")
    glyphs = _glyphs(tables, struct.unpack_from(">H", maxp, 4)[0])
    missing = glyphs[0]
    _need(not list(components(missing.outline)), "the glyph for what is missing is composite")
    face = {tag: tables[tag] for tag in KEPT if tag in tables}
    face |= {"head": _blank(head, HEAD_VARIES), "hhea": _blank(tables["hhea"], HHEA_VARIES), "maxp": _blank(maxp, MAXP_VARIES)}
    face["missing"] = struct.pack(">Hh", missing.advance, missing.bearing) + missing.outline.rstrip(b"\0")
    (units,) = struct.unpack_from(">H", head, 18)
    _need(units > 0, "no units")
    maxima = tuple(struct.unpack_from(">H", maxp, place)[0] for place in MAXIMA)
    return Subset(tuple(sorted(face.items())), units, maxima, glyphs, _codes(tables["cmap"], len(glyphs)))


def _blank(table: bytes, varies: tuple[tuple[int, int], ...]) -> bytes:
    blanked = bytearray(table)
    for first, end in varies:
        blanked[first:end] = bytes(end - first)
    return bytes(blanked)


def _glyphs(tables: Mapping[str, bytes], count: int) -> tuple[Glyph, ...]:
    wide = tables["head"][50:52] == b"\0\1"
    places = struct.unpack_from(f">{count + 1}{'L' if wide else 'H'}", tables["loca"])
    places = places if wide else tuple(2 * p for p in places)
    _need(list(places) == sorted(places) and places[-1] <= len(tables["glyf"]), "places of glyphs")
    outlines = [tables["glyf"][a:b] for a, b in zip(places, places[1:])]
    _need(all(not o or len(o) >= 10 for o in outlines), "an outline without its head")
    _check_components(outlines)
    (long,) = struct.unpack_from(">H", tables["hhea"], 34)
    _need(0 < long <= count, "number of advances")
    pairs = list(struct.iter_unpack(">Hh", tables["hmtx"][: 4 * long]))
    bearings = struct.unpack_from(f">{count - long}h", tables["hmtx"], 4 * long)
    measures = pairs + [(pairs[-1][0], bearing) for bearing in bearings]
    return tuple(Glyph(advance, bearing, outline) for (advance, bearing), outline in zip(measures, outlines, strict=True))


def _check_components(outlines: Sequence[bytes]) -> None:
    parts = {number: {part for _, part in components(outline)} for number, outline in enumerate(outlines) if is_composite(outline)}
    for number in parts:
        reached = parts[number]
        for _ in range(DEEPEST):
            _need(all(part < len(outlines) for part in reached), "a component that is not there")
            reached = {below for part in reached for below in parts.get(part, ())}
            if not reached:
                break
        _need(not reached, "a glyph made of itself")


def _codes(cmap: bytes, count: int) -> dict[int, int]:
    """Of a symbolic font without an encoding: one table (platform 1, encoding 0) in one of the two formats for single bytes."""
    _, tables, platform, encoding, start = struct.unpack_from(">HHHHL", cmap)
    form, length = struct.unpack_from(">HH", cmap, start)
    _need((tables, platform, encoding) == (1, 1, 0) and form in (0, 6), "table of codes")
    first, entries, place, kind = (0, 256, start + 6, "B") if form == 0 else (*struct.unpack_from(">HH", cmap, start + 6), start + 10, "H")
    _need(start + length <= len(cmap) and first + entries <= 256, "codes of more than one byte")
    found = dict(enumerate(struct.unpack_from(f">{entries}{kind}", cmap, place), first))
    _need(all(number < count for number in found.values()), "a code for a glyph that is not there")
    return {code: number for code, number in found.items() if number}
