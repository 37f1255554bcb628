"""Small PDFs drawn with ReportLab for the tests of this folder."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from reportlab.lib.pagesizes import A4

from pipeline.signoff.paper import new_canvas

DECLARED = dt.datetime(2024, 1, 5)


def draw(
    texts: Sequence[str], size: tuple[float, float] = A4, font: str = "Thuong", outline: bool = False, link: tuple[int, int] | None = None
) -> bytes:
    """A page per text. `outline`: an entry per page, all below the first; `link`: from page, to page (from 0), both by the same names in every file."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    canvas.setPageSize(size)
    for number, text in enumerate(texts):
        canvas.setFont(font, 12)
        canvas.drawString(100, 700, text)
        canvas.bookmarkPage(f"bm{number}")
        if outline:
            canvas.addOutlineEntry(text, f"bm{number}", level=min(number, 1))
        if link and link[0] == number:
            canvas.linkRect("", f"bm{link[1]}", (100, 690, 300, 720))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def archival(path: Path, data: bytes) -> Path:
    """The same with an output intent, as LibreOffice's PDF/A has one."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        profile = pdf.make_stream(bytes(128))
        intent = pikepdf.Dictionary(Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1, DestOutputProfile=profile)
        pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
        pdf.save(path, deterministic_id=True)
    return path
