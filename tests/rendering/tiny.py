"""A tiny template made with python-docx: body, table loop, header and narrative, closed by the same bookmark as the real ones."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document

from pipeline.forms.compose import _sentinel
from pipeline.rendering.strict import render

DECLARED = dt.datetime(2024, 1, 5)
NAME = "mau-thu.docx"


def template(*paragraphs: str, change: Callable[[Any], object] | None = None, sentinel: bool = True, header: str = "") -> bytes:
    """`change` may spoil the document before it is closed."""
    document = Document()
    for style in ("ThanBai", "GachDauDong", "SauBang"):
        document.styles.add_style(style, 1)
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if change:
        change(document)
    if sentinel:
        document.element.body[-1].addprevious(_sentinel())
    return saved(document)


def saved(document: Any) -> bytes:
    """python-docx's own template carries a thumbnail and custom XML, which the gate refuses; they are dropped here."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [k for k, r in relations.items() if r.reltype.endswith(("/thumbnail", "/customXml"))]:
            del relations[key]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_table(document: Any) -> None:
    """A table that repeats its row for every unit."""
    table = document.add_table(rows=4, cols=2)
    for cell, text in zip(table.columns[0].cells, ("STT", "{%tr for d in don_vi %}", "{{ d.ten }}", "{%tr endfor %}")):
        cell.text = text


def filled(data: bytes, fields: Mapping[str, Any]) -> bytes:
    return render(data, fields, "Tên văn bản", "Sở Nội vụ", DECLARED, NAME)


def read(data: bytes) -> Any:
    return Document(io.BytesIO(data))
