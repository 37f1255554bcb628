"""A regulation's YAML tree with values that hang on a reading -> the tree under the readings chosen, and what each switch sets.

Where a value depends on how an unclear clause is read, the file writes `{theo: n10, a: ..., b: ...}` in its place: one value for
each way of reading that can be computed. Choosing another way in cach_hieu.yaml (`chon`) is then all it takes.
"""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass, field

from pipeline.model.regulation import NONE, Reading, Switch
from pipeline.problems import Kind, Place, Problem
from pipeline.reading.tree import Mapping, Node, Scalar, Sequence

BY = "theo"


@dataclass
class Choices:
    """`chosen`: reading -> the way chosen for it; gathers every switch met and what is wrong with them."""

    readings: Names[str, Reading]
    chosen: Names[str, str]
    switches: list[Switch] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def settle(self, node: Node, path: str) -> Node:
        """`path`: file and keys down to `node`, as a person would find it."""
        if isinstance(node, Sequence):
            return Sequence(node.place, [self.settle(item, path) for item in node.items])
        if not isinstance(node, Mapping):
            return node
        if BY in node.entries:
            return self._pick(node, path)
        entries = {key: self.settle(item, f"{path}.{key}") for key, item in node.entries.items()}
        return Mapping(node.place, entries, node.keys)

    def _pick(self, node: Mapping, path: str) -> Node:
        named = node.entries[BY]
        code = named.text if isinstance(named, Scalar) else ""
        reading = self.readings.get(code)
        if reading is None:
            return self._refuse(named.place, f"không có cách hiểu «{code}»", "viết mã một cách hiểu của cach_hieu.yaml")
        ways = {key: item for key, item in node.entries.items() if key != BY}
        unknown = [key for key in ways if key not in (*reading.ways, NONE)]
        if unknown:
            return self._refuse(node.place, f"cách hiểu {code} không có cách «{unknown[0]}»", f"viết trong: {', '.join(reading.ways)}")
        self.switches.append(Switch(code, path, tuple(ways)))
        chosen = self.chosen[code]
        if chosen not in ways:
            return self._refuse(
                node.place,
                f"cách hiểu {code}: cách «{chosen}» chỉ nêu để đối chiếu, chương trình chưa có cách tính",
                f"viết chon: {' hoặc '.join(ways)} trong cach_hieu.yaml",
            )
        return self.settle(ways[chosen], path)

    def _refuse(self, place: Place, what: str, write: str) -> Node:
        self.problems.append(Problem(place, Kind.ERROR, what, write))
        return Scalar("", place)
