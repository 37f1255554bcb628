"""Keys that the regulation names (documents, consulted bodies) as a clerk wrote them -> those it does not name, with the nearest it does."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded


def unknown_keys(loaded: Loaded[Any], group: str, written: Iterable[str], known: list[str]) -> Iterator[Problem]:
    """`group`: the key under which they stand."""
    for key in written:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1, 0.6)
            advice = f"có phải ý bạn là «{near[0]}»?" if near else "bỏ mục này, hoặc dùng một trong: " + ", ".join(known)
            yield Problem(loaded.key_place(group, key), Kind.ERROR, f"không có mục «{key}» ở đây", advice)
