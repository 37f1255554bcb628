"""Words shared with the terminal -> the same for paper: official quotation marks; readings by the numbers of the sheet's last part, not by codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

QUOTED = re.compile(r"«([^»]*)»")
INNER = str.maketrans("“”", "‘’")
Told = TypeVar("Told")


def quoted(text: str) -> str:
    """«a “b” c» -> “a ‘b’ c”."""
    return QUOTED.sub(lambda match: f"“{match[1].translate(INNER)}”", text)


def reading_number(code: str) -> str:
    """n5 -> 5; a code without a number stays."""
    return code.lstrip("n") if code.lstrip("n").isdigit() else code


def on_paper(told: Told, codes: Iterable[str]) -> Told:
    """Every text in it. "cách hiểu n5, n7" -> "vấn đề 5, 7"; "Xem n5" -> "Xem vấn đề 5". `codes`: of all readings."""
    code = rf"(?:{'|'.join(map(re.escape, codes)) or '(?!)'})(?!\w)"
    pattern = re.compile(rf"([Cc])ách hiểu ({code}(?:, {code})*)|(?<=Xem )({code})")

    def named(match: re.Match[str]) -> str:
        numbers = ", ".join(reading_number(c) for c in (match[2] or match[3]).split(", "))
        return f"{'V' if match[1] == 'C' else 'v'}ấn đề {numbers}"

    found: Told = _each(told, pattern, named)
    return found


def _each(told: Any, pattern: re.Pattern[str], named: Callable[[re.Match[str]], str]) -> Any:
    if isinstance(told, str):
        return quoted(pattern.sub(named, told))
    if isinstance(told, dict):
        return {key: _each(value, pattern, named) for key, value in told.items()}
    return [_each(value, pattern, named) for value in told]
