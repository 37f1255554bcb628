"""A located tree -> text, lists and dictionaries; one value of these -> how a clerk would write it in YAML."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence

from pipeline.desk.comments import quoted
from pipeline.reading.tree import Mapping, Node, Scalar

Path_ = tuple[str | int, ...]
Plain = str | list["Plain"] | dict[str, "Plain"]
BARE = re.compile(r"[0-9]+(,[0-9]+)?%?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[a-z][a-z_]*")
NAME = re.compile(r"[^\W\d_]+( [^\W\d_]+)*")


def plain_of(node: Node) -> Plain:
    """What the file says, without places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: plain_of(inner) for key, inner in node.entries.items()}
    return [plain_of(item) for item in node.items]


def same(one: Plain, other: Plain) -> bool:
    """Equal but for the line break at the end of a long text: the last line of a file may have none."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, str) and isinstance(other, str) and one.removesuffix("\n") == other.removesuffix("\n")


def written(text: str, bare: bool = False) -> list[str]:
    """The value as it begins behind its key, then the further lines of a long text; `bare`: stood without quotes before."""
    if "\n" in text:
        return ["|", *text.removesuffix("\n").split("\n")]
    if not text:
        return [""]
    return [text if BARE.fullmatch(text) or (bare and NAME.fullmatch(text)) else quoted(text)]


def opcodes(old: list[Plain], new: list[Plain]) -> Sequence[tuple[str, int, int, int, int]]:
    """How one list becomes the other, item by item."""
    one, other = ([json.dumps(item, ensure_ascii=False) for item in items] for items in (old, new))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
