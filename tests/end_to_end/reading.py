"""Finished Word and PDF files -> their text, read with libraries the program itself does not read with."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

from docx import Document
from pypdf import PdfReader


def docx_text(path: Path) -> str:
    """Paragraphs and table cells in document order, headers first."""
    document = Document(io.BytesIO(path.read_bytes()))  # type: ignore[arg-type]
    lines = [p.text for s in document.sections for p in (*s.header.paragraphs, *s.first_page_header.paragraphs)]
    for block in document.iter_inner_content():
        lines += [block.text] if hasattr(block, "runs") else [c.text for row in block.rows for c in row.cells]
    return "\n".join(lines)


def pdf_pages(path: Path) -> list[str]:
    return [unicodedata.normalize("NFC", page.extract_text()) for page in PdfReader(path).pages]


def squeezed(text: str) -> str:
    """Without any white space: a line break may fall anywhere."""
    return re.sub(r"\s+", "", text)


def outline(path: Path) -> list[str]:
    """Titles with the page they lead to (from 1), nested ones indented."""
    reader = PdfReader(path)

    def walk(items: list[object], depth: int) -> list[str]:
        found: list[str] = []
        for item in items:
            if isinstance(item, list):
                found += walk(item, depth + 1)
            else:
                found.append(f"{'  ' * depth}{item.title} ... {reader.get_destination_page_number(item) + 1}")  # type: ignore[attr-defined, arg-type]
        return found

    return walk(list(reader.outline), 0)
