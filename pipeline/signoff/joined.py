"""Bytes of a .docx -> the same for LibreOffice alone: no line ends at the hyphen inside a symbol ("453-QĐ/TU", "05/BC-SNV").

A WORD JOINER after such a hyphen forbids the break and draws nothing; the PDF's text has none of it. The file that is handed out stays as it is:
Word shows the joiner as a box in fonts that lack it, and a search for "453-QĐ/TU" would not find the symbol.
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.forms.package import TEXT_PARTS, rewritten
from pipeline.signoff.word import W

JOINER = "\u2060"
HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def joined(data: bytes) -> bytes:
    """Read once and thrown away, so no stable zip."""
    return rewritten(data, _joined_part, TEXT_PARTS)


def _joined_part(content: bytes) -> bytes:
    root = etree.fromstring(content)
    for words in root.iter(f"{W}t"):
        words.text = HYPHEN.sub(f"-{JOINER}", words.text or "")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
