"""A .docx whose headings were left alone at the foot of a page -> the same with a page break before each of them.

LibreOffice keeps a heading with what follows, save where tables above it settle late: then it forgets to move the heading along.
A break before the heading is what any word processor would have shown.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pipeline.signoff.finished import squeeze
from pipeline.signoff.word import W

DOCUMENT = "word/document.xml"
BEFORE = tuple(f"{W}{tag}" for tag in ("pStyle", "keepNext", "keepLines"))


@dataclass(frozen=True, order=True)
class Lonely:
    """A heading alone at the foot of a page: its words without white space, and which paragraph with these words it is (from 0)."""

    words: str
    which: int
    page: int
    text: str


def with_breaks(data: bytes, headings: Iterable[Lonely]) -> bytes:
    """Not yet a stable zip; members keep their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _broken(content, headings) if name == DOCUMENT else content)
    return buffer.getvalue()


def _broken(content: bytes, headings: Iterable[Lonely]) -> bytes:
    root = etree.fromstring(content)
    paragraphs = [(squeeze("".join(t.text or "" for t in p.iter(f"{W}t"))), p) for p in root.iter(f"{W}p")]
    for heading in headings:
        same = [p for words, p in paragraphs if words == heading.words]
        properties = same[min(heading.which, len(same) - 1)].find(f"{W}pPr")
        assert properties is not None  # a heading is known by its style
        if properties.find(f"{W}pageBreakBefore") is not None:
            continue  # it has its page already; what follows is too tall to share it
        before = [child for child in properties if child.tag in BEFORE]  # the format knows one order only
        before[-1].addnext(etree.Element(f"{W}pageBreakBefore"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
