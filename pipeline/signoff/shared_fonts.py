"""Open PDFs whose pages go into one file -> one font file per face in it, where many subsets of a face are embedded; pages and text stay.

LibreOffice and ReportLab embed another subset in every document. A font that is not fully understood stays exactly as it is.

Each source is looked at twice: first all glyphs are gathered, then each source loses its own font files before its pages are copied, since a
year has more of them than memory should hold.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.signoff.composite_fonts import FIGURES, CompositeFace, Home, widths_of
from pipeline.signoff.truetype import NotUnderstood, Subset, read_subset
from pipeline.signoff.truetype_union import Union, font_file

SYMBOLIC = 4
FONT_KEYS = {"/Type", "/Subtype", "/Name", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/ToUnicode"}
DESCRIPTOR_KEYS = {*FIGURES, "/Type", "/FontName", "/FontFile2", "/MissingWidth"}
ONCE = ("/FontFile2", "/ToUnicode")
HOME = Name("/NhaChung")  # in a font on its way: number of the home it has in the new file


class SharedFonts:
    """Of the new file `pdf`: `look` at every source, `decide`, `send` every source in the same order before its pages are copied, `settle`."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.faces: dict[tuple[str, object], _Face] = {}
        self.files: dict[tuple[str, bytes], _File] = {}  # by name of the font and hash of its file
        self.seen: list[_File | None] = []  # of every font that looks plain, in order; None = it stays as it is
        self.coming = iter(self.seen)  # as they are sent
        self.homes: list[Home] = []

    def look(self, source: pikepdf.Pdf) -> None:
        self.seen += [self._file(font) for font in _plain_fonts(source)]

    def _file(self, font: Any) -> _File | None:
        name, widths = str(font.BaseFont)[1:].split("+")[-1], widths_of(font)
        try:
            data = font.FontDescriptor.FontFile2.read_bytes()
            file = self.files.get(key := (name, hashlib.sha256(data).digest()))
            subset = None if file else read_subset(data)
            if subset and _agree(subset.units, subset.advances, widths):
                self.files[key] = file = self._added(name, subset)
        except (NotUnderstood, pikepdf.PikepdfError):
            return None  # damaged, of a kind that is not known here, or too much for one file
        return file if file and _agree(file.face.union.units, file.advances, widths) else None

    def _added(self, name: str, subset: Subset) -> _File:
        if (name, subset.face) not in self.faces:
            self.faces[name, subset.face] = _Face(name, Union(dict(subset.face), subset.units))
        face = self.faces[name, subset.face]
        numbers = face.union.add(subset)
        face.files += 1
        return _File(face, bytes(numbers), array("H", numbers.values()))

    def decide(self) -> None:
        """A face gets a file of its own where several would be kept else, and its glyphs fit in one."""
        for face in self.faces.values():
            if face.files > 1:
                try:
                    program = font_file(face.union)
                except NotUnderstood:
                    continue
                face.composite = CompositeFace(self.pdf, face.name, program)
        self.coming = iter(self.seen)

    def send(self, source: pikepdf.Pdf) -> None:
        """What a source's fonts bring with them stays behind where the new file has a home for them."""
        for font in list(_plain_fonts(source)):
            file = next(self.coming)
            home = file.face.composite.home(font, file.numbers) if file and file.face.composite else None
            if home:
                for gone in FONT_KEYS - {"/Type", "/ToUnicode"}:
                    if gone in font:
                        del font[gone]
                font[HOME] = len(self.homes)
                self.homes.append(home)

    def settle(self) -> None:
        """Each font that was sent becomes a composite one; what is left embedded many times is kept once."""
        for obj in self.pdf.objects:
            if isinstance(obj, Dictionary) and HOME in obj:
                self.homes[obj[HOME]].receive(obj)
                del obj[HOME]
        for face in self.faces.values():
            if face.composite:
                face.composite.tell_widths([round(1000 * glyph.advance / face.union.units) for glyph in face.union.glyphs])
        _keep_once(self.pdf)


@dataclass
class _Face:
    """The fonts of one name that were cut from the same font; `files`: how many font files they have; `composite`: what stands for them all."""

    name: str
    union: Union
    files: int = 0
    composite: CompositeFace | None = None


@dataclass(frozen=True)
class _File:
    """All that is kept of a font file once its glyphs are in the union of its face: its codes, and beside each the glyph's number there."""

    face: _Face
    codes: bytes
    glyphs: array[int]

    @property
    def numbers(self) -> dict[int, int]:
        return dict(zip(self.codes, self.glyphs))

    @property
    def advances(self) -> dict[int, int]:
        """By code."""
        return {code: self.face.union.glyphs[number].advance for code, number in zip(self.codes, self.glyphs)}


def _plain_fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == Name.Font and _plain(obj):
            yield obj


def _plain(font: Any) -> bool:
    """TrueType, symbolic, without an encoding of its own, copied through a table of its own; nothing in it that is not known here."""
    descriptor, widths = font.get("/FontDescriptor"), font.get("/Widths")
    return (
        font.get("/Subtype") == Name.TrueType
        and set(font.keys()) <= FONT_KEYS
        and isinstance(font.get("/BaseFont"), Name)
        and isinstance(font.get("/ToUnicode"), pikepdf.Stream)
        and _whole(font.get("/FirstChar"))
        and _numbers(widths)
        and isinstance(descriptor, Dictionary)
        and {*FIGURES} <= set(descriptor.keys()) <= DESCRIPTOR_KEYS
        and _numbers(descriptor.FontBBox)
        and isinstance(descriptor.get("/FontFile2"), pikepdf.Stream)
        and _symbolic(descriptor.Flags)
    )


def _whole(value: object) -> bool:
    return type(value) is int


def _numbers(values: object) -> bool:
    return isinstance(values, Array) and all(_whole(value) or isinstance(value, Decimal) for value in values)


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
