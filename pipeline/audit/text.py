"""Text as a Word or PDF file holds it -> text that can be compared: composed letters, one kind of blank, one kind of hyphen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

HYPHENS = ("\ufffe", "\u2011")  # PDFium writes U+FFFE for a hyphen at the end of a line
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\n+")


def clean(text: str) -> str:
    """Composed letters and plain hyphens; blanks and lines as they are."""
    if text.isascii():
        return text
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    return unicodedata.normalize("NFC", text).replace("\u00ad", "")


def single(text: str) -> str:
    """On one line, every blank a plain one."""
    return " ".join(clean(text).split())


def tight(text: str) -> str:
    """Without blanks: a line may break anywhere."""
    return "".join(clean(text).split())


def words(text: str) -> list[str]:
    """Letters and digits only."""
    return WORD.findall(clean(text))


def sentences(text: str) -> Iterator[str]:
    """Pieces a reader takes for sentences; marks of bold, italic and list items are not text."""
    for piece in SENTENCE_END.split(clean(text).replace("*", "")):
        if piece.strip(" -"):
            yield piece.strip(" -")


def letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def texts_in(found: object) -> Iterator[str]:
    """Every text inside lists, mappings and plain values, keys left out."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from texts_in(value)
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from texts_in(value)
