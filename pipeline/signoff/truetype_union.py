"""TrueType subsets of one face -> one font file with each of their glyphs once, and the numbers their codes have in it.

The file is for composite fonts: no table of codes, no names, no date of today.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from pipeline.signoff.truetype import KEPT, MAXIMA, Glyph, NotUnderstood, Subset, components, is_composite

MOST_GLYPHS = 0xFFFF
CHECKED = 0xB1B0AFBA  # a font's words add up to this


@dataclass
class Union:
    """Grows by the subsets of one face; a number once given stays."""

    face: Mapping[str, bytes]
    units: int  # to the em
    glyphs: list[Glyph] = field(default_factory=list)
    maxima: tuple[int, ...] = (0,) * len(MAXIMA)
    _numbers: dict[Glyph, int] = field(default_factory=dict)

    def add(self, subset: Subset) -> dict[int, int]:
        """Code -> number of its glyph in the union. Raises NotUnderstood, and takes nothing, where the glyphs might not fit."""
        if len(self.glyphs) + len(subset.glyphs) > MOST_GLYPHS:
            raise NotUnderstood("too many glyphs")
        if not self.glyphs:
            self.glyphs.append(subset.glyphs[0])  # for what is missing: the same in the whole face, and never taken for a letter
        known = {0: 0}
        for number in dict.fromkeys(subset.codes.values()):
            self._take(subset, number, known)
        self.maxima = tuple(map(max, self.maxima, subset.maxima))
        return {code: known[number] for code, number in subset.codes.items()}

    def _take(self, subset: Subset, number: int, known: dict[int, int]) -> None:
        if number in known:
            return
        glyph = subset.glyphs[number]
        if is_composite(glyph.outline):
            for _, part in components(glyph.outline):
                self._take(subset, part, known)
            glyph = glyph.numbered(known)
        key = Glyph(glyph.advance, glyph.bearing, glyph.outline.rstrip(b"\0"))  # subsets fill up differently
        place = known[number] = self._numbers.setdefault(key, len(self.glyphs))
        if place == len(self.glyphs):
            self.glyphs.append(glyph)
        elif len(glyph.outline) > len(self.glyphs[place].outline):
            self.glyphs[place] = glyph


def font_file(union: Union) -> bytes:
    """Raises NotUnderstood where the glyphs do not fit in one."""
    if len(union.glyphs) > MOST_GLYPHS:
        raise NotUnderstood("too many glyphs")
    outlines = [g.outline + bytes(-len(g.outline) % 4) for g in union.glyphs]
    places = [0, *accumulate(map(len, outlines))]
    try:
        return _packed(
            {tag: union.face[tag] for tag in KEPT if tag in union.face}
            | _heads(union)
            | {
                "glyf": b"".join(outlines),
                "hmtx": b"".join(struct.pack(">Hh", g.advance, g.bearing) for g in union.glyphs),
                "loca": struct.pack(f">{len(places)}L", *places),
            }
        )
    except struct.error as error:
        raise NotUnderstood(f"measures too large: {error}") from error


def _heads(union: Union) -> dict[str, bytes]:
    head, hhea, maxp = (bytearray(union.face[tag]) for tag in ("head", "hhea", "maxp"))
    drawn = [(g, *struct.unpack_from(">4h", g.outline, 2)) for g in union.glyphs if g.outline] or [(union.glyphs[0], 0, 0, 0, 0)]
    right = [g.bearing + high - low for g, low, _, high, _ in drawn]
    head[28:36] = head[20:28]  # changed when it was made
    struct.pack_into(">4h", head, 36, *(min(d[i] for d in drawn) for i in (1, 2)), *(max(d[i] for d in drawn) for i in (3, 4)))
    struct.pack_into(">h", head, 50, 1)  # wide places
    beside = min(g.advance - extent for (g, *_), extent in zip(drawn, right))
    struct.pack_into(">Hhhh", hhea, 10, max(g.advance for g in union.glyphs), min(g.bearing for g, *_ in drawn), beside, max(right))
    struct.pack_into(">H", hhea, 34, len(union.glyphs))
    struct.pack_into(">H", maxp, 4, len(union.glyphs))
    for place, most in zip(MAXIMA, union.maxima, strict=True):
        struct.pack_into(">H", maxp, place, most)
    return {"head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp)}


def _packed(tables: Mapping[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    directory = struct.pack(">LHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    start, body, place_of_head = 12 + 16 * len(tables), b"", 0
    for tag, table in sorted(tables.items()):
        place_of_head = start + len(body) if tag == "head" else place_of_head
        directory += struct.pack(">4sLLL", tag.encode("ascii"), _sum(table), start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    packed = bytearray(directory + body)
    struct.pack_into(">L", packed, place_of_head + 8, (CHECKED - _sum(bytes(packed))) & 0xFFFFFFFF)
    return bytes(packed)


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
