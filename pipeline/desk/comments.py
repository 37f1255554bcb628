"""Words for a clerk -> comment lines and quoted values of a YAML file."""

from __future__ import annotations

import textwrap
import unicodedata

WIDTH = 118


def comment(text: str, indent: int = 0, hang: str = "") -> str:
    """Text of any length as lines that begin with "# "; `hang`: what further lines of one paragraph begin with."""
    lead = " " * indent + "# "
    paragraphs = [line.strip() for line in unicodedata.normalize("NFC", text).split("\n") if line.strip()]
    lines = [wrapped for p in paragraphs for wrapped in textwrap.wrap(p, WIDTH - indent, subsequent_indent=hang, break_long_words=False)]
    return "\n".join(lead + line for line in lines)


def quoted(text: str) -> str:
    """A value in straight double quotes, as clerks are taught to write it."""
    escaped = unicodedata.normalize("NFC", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
