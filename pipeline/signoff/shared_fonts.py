"""An open PDF -> the same pages and text with one font file per face, where many subsets of a face are embedded.

LibreOffice and ReportLab embed another subset in every document. A font that is not fully understood stays exactly as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.signoff.composite_fonts import FIGURES, SimpleFont, make_composite, widths_of
from pipeline.signoff.truetype import NotUnderstood, Subset, read_subset
from pipeline.signoff.truetype_union import Union

SYMBOLIC = 4
FONT_KEYS = {"/Type", "/Subtype", "/Name", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/ToUnicode"}
DESCRIPTOR_KEYS = {*FIGURES, "/Type", "/FontName", "/FontFile2", "/MissingWidth"}
ONCE = ("/FontFile2", "/ToUnicode")


def share_fonts(pdf: pikepdf.Pdf) -> None:
    """Changes font dictionaries where they stand; pages and what is written on them are not touched."""
    faces = _Faces()
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == Name.Font and _plain(obj):
            faces.take(obj)
    for (name, _), face in faces.found.items():
        if face.files > 1:
            make_composite(pdf, name, face.union, face.fonts)
    _keep_once(pdf)


@dataclass
class _Face:
    """The fonts of one name that were cut from the same font; `files`: how many font files they have."""

    union: Union
    fonts: list[SimpleFont] = field(default_factory=list)
    files: int = 0


@dataclass(frozen=True)
class _File:
    """All that is kept of a font file once its glyphs are in the union of its face, since a year has more files than memory should hold."""

    face: _Face
    advances: Mapping[int, int]  # by code
    numbers: Mapping[int, int]  # by code, in the union


class _Faces:
    """Grows by one font dictionary after another; one that is not understood is passed over."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, object], _Face] = {}
        self.files: dict[tuple[str, bytes], _File] = {}  # by name of the font and hash of its file

    def take(self, font: Any) -> None:
        name, widths = str(font.BaseFont)[1:].split("+")[-1], widths_of(font)
        try:
            data = font.FontDescriptor.FontFile2.read_bytes()
            file = self.files.get(key := (name, hashlib.sha256(data).digest()))
            subset = None if file else read_subset(data)
        except (NotUnderstood, pikepdf.PikepdfError):
            return  # damaged, or of a kind that is not known here
        if file and _agree(file.face.union.units, file.advances, widths):
            file.face.fonts.append(SimpleFont(font, file.numbers))
        elif subset and _agree(subset.units, subset.advances, widths):
            self.files[key] = file = self._added(name, subset)
            file.face.fonts.append(SimpleFont(font, file.numbers))

    def _added(self, name: str, subset: Subset) -> _File:
        if (name, subset.face) not in self.found:
            self.found[name, subset.face] = _Face(Union(dict(subset.face), subset.units))
        face = self.found[name, subset.face]
        face.files += 1
        return _File(face, subset.advances, face.union.add(subset))


def _plain(font: Any) -> bool:
    """TrueType, symbolic, without an encoding of its own, copied through a table of its own; nothing in it that is not known here."""
    descriptor, widths = font.get("/FontDescriptor"), font.get("/Widths")
    return (
        font.get("/Subtype") == Name.TrueType
        and set(font.keys()) <= FONT_KEYS
        and isinstance(font.get("/BaseFont"), Name)
        and isinstance(font.get("/ToUnicode"), pikepdf.Stream)
        and _whole(font.get("/FirstChar"))
        and isinstance(widths, Array)
        and all(_whole(width) or isinstance(width, Decimal) for width in widths)
        and isinstance(descriptor, Dictionary)
        and {*FIGURES} <= set(descriptor.keys()) <= DESCRIPTOR_KEYS
        and isinstance(descriptor.get("/FontFile2"), pikepdf.Stream)
        and _symbolic(descriptor.Flags)
    )


def _whole(value: object) -> bool:
    return type(value) is int


def _symbolic(flags: Any) -> bool:
    return type(flags) is int and flags & SYMBOLIC != 0


def _agree(units: int, advances: Mapping[int, int], widths: Mapping[int, Decimal]) -> bool:
    """Every code has a width, within a thousandth of what the font file says (PDF/A). `units`: to the em."""
    return all(code in widths and abs(widths[code] * units - 1000 * advance) <= units for code, advance in advances.items())


def _keep_once(pdf: pikepdf.Pdf) -> None:
    """The same bytes embedded many times are kept once: font files that stayed, tables for copying."""
    seen: dict[tuple[bytes, bytes], pikepdf.Object] = {}
    for obj in pdf.objects:
        for key in ONCE if isinstance(obj, Dictionary) else ():
            stream = obj.get(key)
            if isinstance(stream, pikepdf.Stream):
                filters = Array([stream.get("/Filter"), stream.get("/DecodeParms")]).unparse()
                obj[key] = seen.setdefault((stream.read_raw_bytes(), filters), stream)
