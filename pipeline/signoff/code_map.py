"""Codes of one byte and the numbers of their glyphs -> the CMap that leads a composite font from the ones to the others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import groupby

import pikepdf
from pikepdf import Dictionary, Name, String

IN_A_BLOCK = 100  # lines; a CMap may not have more in one
TEXT = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin
/Registry (Adobe) def
/Ordering (Identity) def
/Supplement 0 def
end def
/CMapName /{name} def
/CMapType 1 def
/WMode 0 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def system_info() -> Dictionary:
    """The same for a CMap and the font below it: plain numbers of glyphs, no collection of letters."""
    return Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)


def code_map(pdf: pikepdf.Pdf, numbers: Mapping[int, int]) -> pikepdf.Stream:
    """Codes not named have the glyph for what is missing."""
    lines = _lines(numbers)
    blocks = [lines[i : i + IN_A_BLOCK] for i in range(0, len(lines), IN_A_BLOCK)]
    text = "".join(f"{len(b)} begincidrange\n{''.join(b)}endcidrange\n" for b in blocks)
    name = f"Ma-{hashlib.sha256(text.encode('ascii')).hexdigest()[:8]}"
    data = TEXT.format(name=name, blocks=text).encode("ascii")
    return pdf.make_stream(data, Type=Name.CMap, CMapName=Name(f"/{name}"), CIDSystemInfo=system_info(), WMode=0)


def _lines(numbers: Mapping[int, int]) -> list[str]:
    """A line for each run of codes that follow one another as their glyphs do."""
    steps = groupby(enumerate(sorted(numbers.items())), key=lambda step: (step[1][0] - step[0], step[1][1] - step[0]))
    runs = [[pair for _, pair in run] for _, run in steps]
    return [f"<{run[0][0]:02X}> <{run[-1][0]:02X}> {run[0][1]}\n" for run in runs]
