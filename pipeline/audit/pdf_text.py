"""A finished .pdf -> the text of its pages, whole or inside given rectangles, by PDFium."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from pipeline.audit.text import clean
from pipeline.problems import OutputError

Box = tuple[float, float, float, float]  # left, bottom, right, top in points


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except (OSError, pypdfium2.PdfiumError) as error:
        raise OutputError(f"{path.name}: không đọc lại được tệp PDF ({error})") from error
    try:
        yield document
    finally:
        document.close()


def page_texts(path: Path, numbers: Sequence[int] | None = None) -> tuple[str, ...]:
    """Those pages (from 1) or all."""
    with _opened(path) as document:
        wanted = range(1, len(document) + 1) if numbers is None else numbers
        return tuple(clean(document[number - 1].get_textpage().get_text_range()) for number in wanted)


def texts_inside(path: Path, places: Sequence[tuple[int, Box]]) -> list[str]:
    """What each rectangle (page from 1) holds."""
    with _opened(path) as document:
        pages = {page: document[page - 1].get_textpage() for page in {page for page, _ in places}}
        return [clean(pages[page].get_text_bounded(*box)) for page, box in places]


def pages_and_feet(path: Path, height: float) -> list[tuple[str, str]]:
    """Each page's whole text, and what of it stands lower than `height` points."""
    with _opened(path) as document:
        return [_page_and_foot(page, height) for page in document]


def _page_and_foot(page: pypdfium2.PdfPage, height: float) -> tuple[str, str]:
    text, (width, _) = page.get_textpage(), page.get_size()
    return clean(text.get_text_range()), clean(text.get_text_bounded(0, 0, width, height))
