"""Simple fonts of one face -> the composite fonts over one font file that stand for them in a PDF; their codes and their text stay.

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

FIGURES = ("/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV")


def widths_of(font: Any) -> dict[int, Decimal]:
    return {code: Decimal(width) for code, width in enumerate(font.Widths, font.FirstChar)}


@dataclass(frozen=True)
class _Below:
    """The font below composite fonts that agree in their figures, and in the width of every glyph that several of them use."""

    font: Dictionary
    widths: dict[int, Decimal] = field(default_factory=dict)  # by number of glyph

    def fits(self, widths: Mapping[int, Decimal]) -> bool:
        return all(self.widths.get(number, width) == width for number, width in widths.items())


def _figures(descriptor: Any) -> tuple[bytes, ...]:
    """As written, without references: they are read again in another file."""
    values = (descriptor[key] for key in FIGURES)
    return tuple(Array([Array(list(value)) if isinstance(value, Array) else value]).unparse() for value in values)


@dataclass(frozen=True)
class Home:
    """What a simple font leads to in place of its own figures, widths and font file."""

    name: Name
    code_map: pikepdf.Stream
    below: Dictionary

    def receive(self, font: Any) -> None:
        """`font`: without the keys of a simple one."""
        font.Subtype, font.BaseFont = Name.Type0, self.name
        font.Encoding, font.DescendantFonts = self.code_map, Array([self.below])


class CompositeFace:
    """One font file in `pdf` and the dictionaries that lead to it. `face`: its name without the mark of a subset."""

    def __init__(self, pdf: pikepdf.Pdf, face: str, program: bytes) -> None:
        mark = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        self.pdf, self.name = pdf, Name(f"/{mark}+{face}")
        self.program = pdf.make_stream(program, Length1=len(program))
        self.below: dict[tuple[bytes, ...], list[_Below]] = {}
        self.maps: dict[tuple[tuple[int, int], ...], pikepdf.Stream] = {}

    def home(self, font: Any, numbers: Mapping[int, int]) -> Home | None:
        """`font`: a simple one of any PDF; `numbers`: its codes and their glyphs. None for a font that gives one glyph two widths."""
        by_code = widths_of(font)
        widths = {number: by_code[code] for code, number in numbers.items()}
        if any(widths[number] != by_code[code] for code, number in numbers.items()):
            return None
        below = self._below(_figures(font.FontDescriptor), widths)
        below.widths.update(widths)
        key = tuple(sorted(numbers.items()))
        if key not in self.maps:
            self.maps[key] = code_map(self.pdf, numbers)
        return Home(self.name, self.maps[key], below.font)

    def _below(self, figures: tuple[bytes, ...], widths: Mapping[int, Decimal]) -> _Below:
        alike = self.below.setdefault(figures, [])
        for below in alike:
            if below.fits(widths):
                return below
        own: dict[str, Any] = {key: pikepdf.Object.parse(figure)[0] for key, figure in zip(FIGURES, figures)}
        descriptor = Dictionary({"/Type": Name.FontDescriptor, "/FontName": self.name, **own, "/FontFile2": self.program})
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
