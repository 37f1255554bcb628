"""Simple fonts of one face in an open PDF -> composite fonts over one font file, changed where they stand; their codes and their text stay.

Each gets a CMap of its own; what lies below it (figures, widths, font file) is common to all that say the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.signoff.code_map import code_map, system_info
from pipeline.signoff.truetype import NotUnderstood
from pipeline.signoff.truetype_union import Union, font_file

FIGURES = ("/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV")
SIMPLE_ONLY = ("/Name", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor")


@dataclass(frozen=True)
class SimpleFont:
    """A font dictionary, and the glyphs of its codes by their numbers in the union of its face."""

    place: Dictionary
    numbers: Mapping[int, int]

    @property
    def widths(self) -> dict[int, Decimal]:
        """Code -> thousandths of the em. Read when asked for: a large year has too many of them to keep."""
        return widths_of(self.place)

    @property
    def figures(self) -> tuple[bytes, ...]:
        """Of its descriptor."""
        return tuple(Array([self.place.FontDescriptor[key]]).unparse() for key in FIGURES)


def widths_of(font: Any) -> dict[int, Decimal]:
    return {code: Decimal(width) for code, width in enumerate(font.Widths, font.FirstChar)}


@dataclass(frozen=True)
class _Below:
    """The font below composite fonts that agree in their figures, and in the width of every glyph that several of them use."""

    font: Dictionary
    widths: dict[int, Decimal] = field(default_factory=dict)  # by number of glyph

    def fits(self, widths: Mapping[int, Decimal]) -> bool:
        return all(self.widths.get(number, width) == width for number, width in widths.items())


def make_composite(pdf: pikepdf.Pdf, name: str, union: Union, fonts: Sequence[SimpleFont]) -> None:
    """`name`: of the face, without the mark of a subset. All stay as they are when their glyphs do not fit in one file; so does a font that
    gives one glyph two widths."""
    try:
        face = _Face(pdf, name, font_file(union))
    except NotUnderstood:
        return
    for font in fonts:
        by_code = font.widths
        widths = {number: by_code[code] for code, number in font.numbers.items()}
        if all(widths[number] == by_code[code] for code, number in font.numbers.items()):
            face.change(font, widths)
    face.tell_widths([round(1000 * glyph.advance / union.units) for glyph in union.glyphs])


class _Face:
    """One font file and the dictionaries that lead to it."""

    def __init__(self, pdf: pikepdf.Pdf, face: str, program: bytes) -> None:
        mark = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        self.pdf, self.name = pdf, Name(f"/{mark}+{face}")
        self.program = pdf.make_stream(program, Length1=len(program))
        self.below: dict[tuple[bytes, ...], list[_Below]] = {}
        self.maps: dict[tuple[tuple[int, int], ...], pikepdf.Stream] = {}

    def change(self, font: SimpleFont, widths: Mapping[int, Decimal]) -> None:
        """`widths`: by number of glyph."""
        numbers = font.numbers
        below = self._below(font, widths)
        below.widths.update(widths)
        key = tuple(sorted(numbers.items()))
        if key not in self.maps:
            self.maps[key] = code_map(self.pdf, numbers)
        for gone in SIMPLE_ONLY:
            if gone in font.place:
                del font.place[gone]
        font.place.Subtype, font.place.BaseFont = Name.Type0, self.name
        font.place.Encoding, font.place.DescendantFonts = self.maps[key], Array([below.font])

    def _below(self, font: SimpleFont, widths: Mapping[int, Decimal]) -> _Below:
        alike = self.below.setdefault(font.figures, [])
        for below in alike:
            if below.fits(widths):
                return below
        figures = {key: font.place.FontDescriptor[key] for key in FIGURES}
        descriptor = Dictionary({"/Type": Name.FontDescriptor, "/FontName": self.name, **figures, "/FontFile2": self.program})
        font_below = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=self.name,
            CIDSystemInfo=system_info(),
            CIDToGIDMap=Name.Identity,
            FontDescriptor=self.pdf.make_indirect(descriptor),
        )
        alike.append(_Below(self.pdf.make_indirect(font_below)))
        return alike[-1]

    def tell_widths(self, otherwise: Sequence[int]) -> None:
        """Of every glyph, used or not, as its fonts gave them, else as the font file has them."""
        for below in (one for alike in self.below.values() for one in alike):
            below.font.W = Array([0, Array([below.widths.get(number, width) for number, width in enumerate(otherwise)])])
