"""Words for a clerk -> comment lines, keys still to be filled in, and quoted values of a YAML file."""

from __future__ import annotations

import textwrap
import unicodedata

WIDTH, NOTES = 118, 30  # longest line; column where the note beside a key begins


def comment(text: str, indent: int = 0, hang: str = "") -> str:
    """Text of any length as lines that begin with "# "; `hang`: what further lines of one paragraph begin with."""
    lead = " " * indent + "# "
    paragraphs = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines() if line.strip()]
    width = WIDTH - len(lead)
    lines = [
        wrapped
        for p in paragraphs
        for wrapped in textwrap.wrap(p, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    ]
    return "\n".join(lead + line for line in lines)


def blank(key: str, indent: int, note: str) -> str:
    """A key without a value and what to write there: beside it, or above it when too long."""
    beside = f"{' ' * indent}{key}:".ljust(NOTES) + f"# {note}"
    return beside if len(beside) <= WIDTH else f"{comment(note, indent)}\n{' ' * indent}{key}:"


def quoted(text: str) -> str:
    """A value in straight double quotes, as clerks are taught to write it."""
    escaped = unicodedata.normalize("NFC", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
