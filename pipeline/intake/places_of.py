"""One or two of a unit's files -> where a fact stands, and how a message names that place to someone reading another line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.problems import Place
from pipeline.reading.shape import Loaded


def seen_from(here: Place, there: Place) -> str:
    """ "dòng 41" in the same file, else "tệp don_vi/25-so-noi-vu.yaml, dòng 41"."""
    if there.file == here.file:
        return f"dòng {there.line}"
    return f"tệp {'/'.join(there.file.split('/')[-2:])}, dòng {there.line}"


def all_seen_from(here: Place, places: Sequence[Place]) -> str:
    """Several lines of one file: "tệp don_vi/25-so-noi-vu.yaml, dòng 66 và 75"."""
    *others, last = [seen_from(here, places[0]), *(str(place.line) for place in places[1:])]
    return f"{', '.join(others)} và {last}" if others else last


class Files:
    """The council's file over the unit's own: a fact stands where it was written last. One file alone stands for itself."""

    def __init__(self, loaded: Loaded[Any], own: Loaded[Any] | None = None) -> None:
        self.loaded, self.own = loaded, own

    def place(self, *path: str | int) -> Place:
        if self.own is not None and not self.loaded.holds(*path) and self.own.holds(*path):
            return self.own.place(*path)
        return self.loaded.place(*path)

    def restated(self, *path: str | int) -> bool:
        """Whether the first file itself has the fact (always so for a file alone)."""
        return self.own is None or self.loaded.holds(*path)
