"""An open PDF -> the same pages and text with one font file per face, where many subsets of a face are embedded.

LibreOffice and ReportLab embed another subset in every document. A font that is not fully understood stays exactly as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.signoff.composite_fonts import FIGURES, SimpleFont, make_composite
from pipeline.signoff.truetype import NotUnderstood, Subset, read_subset

SYMBOLIC = 4
FONT_KEYS = {"/Type", "/Subtype", "/Name", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/ToUnicode"}
DESCRIPTOR_KEYS = {*FIGURES, "/Type", "/FontName", "/FontFile2", "/MissingWidth"}
ONCE = ("/FontFile2", "/ToUnicode")


def share_fonts(pdf: pikepdf.Pdf) -> None:
    """Changes font dictionaries where they stand; pages and what is written on them are not touched."""
    faces: dict[object, list[SimpleFont]] = defaultdict(list)
    for font in _understood(pdf):
        faces[font.face, font.subset.face].append(font)
    for fonts in faces.values():
        if len({id(font.subset) for font in fonts}) > 1:
            make_composite(pdf, fonts)
    _keep_once(pdf)


def _understood(pdf: pikepdf.Pdf) -> Iterator[SimpleFont]:
    subsets: dict[bytes, Subset | None] = {}
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == Name.Font and _plain(obj):
            subset = _subset(obj.FontDescriptor.FontFile2, subsets)
            widths = _widths(obj)
            if subset and _agree(subset, widths):
                yield SimpleFont(obj, str(obj.BaseFont)[1:].split("+")[-1], subset, widths)


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


def _subset(stream: pikepdf.Object, known: dict[bytes, Subset | None]) -> Subset | None:
    """None: damaged, or of a kind that is not known here."""
    try:
        data = stream.read_bytes()
        if data not in known:
            known[data] = None
            known[data] = read_subset(data)
    except (NotUnderstood, pikepdf.PikepdfError):
        return None
    return known[data]


def _widths(font: Any) -> dict[int, Decimal]:
    return {code: Decimal(width) for code, width in enumerate(font.Widths, font.FirstChar)}


def _agree(subset: Subset, widths: Mapping[int, Decimal]) -> bool:
    """Every code has a width, within a thousandth of what the font file says (PDF/A)."""
    return all(
        code in widths and abs(widths[code] * subset.units - 1000 * subset.glyphs[number].advance) <= subset.units
        for code, number in subset.codes.items()
    )


def _keep_once(pdf: pikepdf.Pdf) -> None:
    """The same bytes embedded many times are kept once: font files that stayed, tables for copying."""
    seen: dict[tuple[bytes, bytes], pikepdf.Object] = {}
    for obj in pdf.objects:
        for key in ONCE if isinstance(obj, Dictionary) else ():
            stream = obj.get(key)
            if isinstance(stream, pikepdf.Stream):
                filters = Array([stream.get("/Filter"), stream.get("/DecodeParms")]).unparse()
                obj[key] = seen.setdefault((stream.read_raw_bytes(), filters), stream)
