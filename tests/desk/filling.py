"""A new unit's file and the answers of a finished one -> the text as a clerk leaves it: values written where the file asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.desk.comments import quoted

KEY = re.compile(r"^( *)(- )?([A-Za-z0-9_.]+):( |$)")
Path_ = tuple[str | int, ...]


def fill_in(text: str, answers: dict[str, Any]) -> str:
    """A line that asks for what `answers` do not have is deleted, as the file says; what it does not ask for is added to its group."""
    lines = text.split("\n")
    where = {path: (number, lead) for number, (path, lead) in _keys(lines)}
    changed = {number: [] for path, (number, _) in where.items() if not _has(answers, path)}
    added: dict[int, list[str]] = {}

    def write(path: Path_, value: Any) -> None:
        if any(len(p) > len(path) and p[: len(path)] == path for p in where):
            for key, below in value.items() if isinstance(value, dict) else enumerate(value):
                write((*path, key), below)
        elif path in where:
            number, lead = where[path]
            changed[number] = _written(str(path[-1]), value, lead)
        else:
            last = max(number for p, (number, _) in where.items() if p[: len(path) - 1] == path[:-1])
            added.setdefault(last, []).extend(_written(str(path[-1]), value, "  " * (len(path) - 1)))

    write((), answers)
    return "\n".join(line for i, old in enumerate(lines) for line in (*changed.get(i, [old]), *added.get(i, [])))


def _keys(lines: list[str]) -> Iterator[tuple[int, tuple[Path_, str]]]:
    """Number of each line with a key -> its path and what stands before the key."""
    above: list[tuple[int, Path_]] = [(-1, ())]
    items: dict[Path_, int] = {}
    for number, line in enumerate(lines):
        if match := KEY.match(line):
            indent = len(match[1]) + len(match[2] or "")
            while above[-1][0] >= indent - len(match[2] or ""):
                above.pop()
            if match[2]:
                group = above[-1][1]
                items[group] = items.get(group, -1) + 1
                above.append((indent - 1, (*group, items[group])))
            path = (*above[-1][1], match[3])
            above.append((indent, path))
            yield number, (path, match[1] + (match[2] or ""))


def _has(answers: Any, path: Path_) -> bool:
    for key in path:
        if isinstance(answers, dict) and key not in answers or isinstance(answers, list) and int(key) >= len(answers):
            return False
        answers = answers[key]
    return True


def _written(key: str, value: Any, lead: str) -> list[str]:
    """One key and its value in block form; `lead`: the spaces before it, and the dash of a list's item."""
    inner = " " * len(lead) + "  "
    if isinstance(value, str):
        if "\n" in value:
            return [f"{lead}{key}: |", *(inner + line for line in value.rstrip("\n").split("\n"))]
        return [f"{lead}{key}: {quoted(value)}"]
    if isinstance(value, dict):
        return [f"{lead}{key}:", *(line for k, v in value.items() for line in _written(k, v, inner))]
    if not value:
        return [f"{lead}{key}: []"]
    return [f"{lead}{key}:", *(line for item in value for line in _item(item, inner))]


def _item(item: Any, lead: str) -> list[str]:
    if isinstance(item, str):
        return [f"{lead}- {quoted(item)}"]
    first, *rest = item.items()
    return [*_written(*first, f"{lead}- "), *(line for k, v in rest for line in _written(k, v, lead + "  "))]
