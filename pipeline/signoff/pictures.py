"""A .pdf -> a picture of each page beside it, for looking at on the screen."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

DOTS_PER_INCH = 80


def page_pictures(pdf: Path) -> list[Path]:
    """`ten-tr01.png`, `ten-tr02.png` ..., in the order of the pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        digits = len(str(len(document)))
        found = []
        for number, page in enumerate(document, 1):
            target = pdf.with_name(f"{pdf.stem}-tr{number:0{max(digits, 2)}d}.png")
            page.render(scale=DOTS_PER_INCH / 72).to_pil().save(target)
            found.append(target)
        return found
    finally:
        document.close()
