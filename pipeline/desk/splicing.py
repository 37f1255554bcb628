"""Text of a YAML file and what it is to say -> its lines, only those changed that must be: comments, order, all other bytes stay.

Works on the marks of YAML's own nodes; the text has been read before (reading/tree.py), so it holds no anchors, tags or doubled keys.
What is new is written as clerks are taught: block form, straight double quotes, long text after |.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pipeline.desk.plain import Path_, Plain, opcodes, written
from pipeline.reading.tree import LOADER

Order = Callable[[Path_], Sequence[str]]
REMARK = re.compile(r"(?:^|\s)(#.*)")
STEP = 2  # spaces a group is indented by


@dataclass(frozen=True)
class _Slot:
    """Where a value stands: just behind "key:" or "-", and the column its group is indented from."""

    line: int
    column: int
    indent: int


def spliced(text: str, wanted: dict[str, Plain], order: Order) -> list[str | int]:
    """New lines as text, kept lines by number. `order`: path -> keys a mapping there may have, as they should follow each other."""
    root = yaml.compose(text, Loader=LOADER)
    assert isinstance(root, MappingNode)
    splicer = _Splicer(text.split("\n"), order)
    splicer.mapping(root, wanted, ())
    return splicer.result()


@dataclass
class _Splicer:
    """Collects what becomes of each line: replaced, dropped, followed by new ones."""

    lines: list[str]
    order: Order
    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    added: dict[int, list[str]] = field(default_factory=dict)

    def result(self) -> list[str | int]:
        found: list[str | int] = [*self.added.get(-1, [])]
        for number in range(len(self.lines)):
            if number not in self.dropped:
                found.append(self.replaced.get(number, number))
            found += self.added.get(number, [])
        return found

    def mapping(self, node: MappingNode, wanted: dict[str, Plain], path: Path_) -> None:
        """Entries of a block mapping: dropped, changed, inserted where the order wants them."""
        column, known = node.value[0][0].start_mark.column, list(self.order(path))
        place = {key: position for position, key in enumerate(known)}
        for key, value in node.value:
            name = key.value.strip()
            if name not in wanted:
                self.drop(key.start_mark.line, self.last(value))
            else:
                slot = _Slot(key.end_mark.line, self.lines[key.end_mark.line].index(":", key.end_mark.column) + 1, column)
                self.value(slot, value, wanted[name], (*path, name))
        there = {key.value.strip(): value for key, value in node.value}
        for name in sorted((n for n in wanted if n not in there), key=lambda n: place.get(n, len(place))):
            before = [k for k in there if place.get(k, -1) < place.get(name, len(place))]
            line = self.last(there[before[-1]]) if before else node.start_mark.line - 1
            first, *more = _entry(name, wanted[name], column)
            self.added.setdefault(line, []).extend([*([] if path else [""]), first, *more])

    def sequence(self, node: SequenceNode, wanted: list[Plain], path: Path_) -> None:
        """Items of a block sequence; those that are still wanted keep their lines."""
        column, old = node.start_mark.column, [plain(item) for item in node.value]
        for _, i, i_end, j, j_end in opcodes(old, wanted):
            both = min(i_end - i, j_end - j)
            for at in range(both):
                self.item(node.value[i + at], wanted[j + at], column, (*path, i + at))
            for item in node.value[i + both : i_end]:
                self.drop(self.dash(item, column), self.last(item))
            at = i + both
            line = self.last(node.value[at - 1]) if at else self.dash(node.value[0], column) - 1
            for value in wanted[j + both : j_end]:
                self.added.setdefault(line, []).extend(_item(value, column))

    def item(self, node: Node, wanted: Plain, column: int, path: Path_) -> None:
        if plain(node) == wanted:
            return
        first, end = self.dash(node, column), self.last(node)
        if isinstance(node, MappingNode) and not node.flow_style and isinstance(wanted, dict) and self._keeps_first(node, wanted, path):
            self.mapping(node, wanted, path)
        elif isinstance(node, ScalarNode) and isinstance(wanted, str):
            self.value(_Slot(first, column + 1, column), node, wanted, path)
        else:
            self.drop(first, end)
            self.added.setdefault(end, []).extend(_item(wanted, column))

    def _keeps_first(self, node: MappingNode, wanted: dict[str, Plain], path: Path_) -> bool:
        """The key beside the dash stays where it is."""
        first, known = node.value[0][0].value.strip(), list(self.order(path))
        return first in wanted and not any(k in wanted for k in known[: known.index(first)])

    def value(self, slot: _Slot, node: Node, wanted: Plain, path: Path_) -> None:
        if plain(node) == wanted:
            return
        if isinstance(node, MappingNode) and not node.flow_style and isinstance(wanted, dict) and wanted:
            self.mapping(node, wanted, path)
        elif isinstance(node, SequenceNode) and not node.flow_style and isinstance(wanted, list) and wanted:
            self.sequence(node, wanted, path)
        else:
            old = self.lines[slot.line]
            bare = isinstance(node, ScalarNode) and not node.style and bool(node.value)
            head, *more = _value(wanted, slot.indent, bare)
            start = old[: slot.column] + (f" {head}" if head else "")
            self.replaced[slot.line] = start + self._comment(slot, node, len(start))
            self.drop(slot.line + 1, self.last(node))
            self.added.setdefault(self.last(node), [])[:0] = more

    def _comment(self, slot: _Slot, node: Node, width: int) -> str:
        """The comment at the end of the slot's line, in its column if there is still room."""
        line = self.lines[slot.line]
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            start = slot.column
        else:
            start = node.end_mark.column if node.end_mark.line == slot.line else slot.column
        sign = line.find(" #", start)
        return "" if sign < 0 else " " * max(1, sign + 1 - width) + line[sign + 1 :]

    def drop(self, first: int, last: int) -> None:
        self.dropped |= set(range(first, last + 1))

    def dash(self, item: Node, column: int) -> int:
        line: int = item.start_mark.line
        while self.lines[line][column : column + 1] != "-" or self.lines[line][:column].strip():
            line -= 1
        return line

    def last(self, node: Node) -> int:
        """The last line of a value; comments and blank lines after it are not its own."""
        first: int = node.start_mark.line
        if isinstance(node, ScalarNode):
            if node.style in ("|", ">"):
                return self.last_of_block(first) if node.value.strip() else first
            end: int = node.end_mark.line
            while end > first and not self.lines[end][: node.end_mark.column if end == node.end_mark.line else None].strip():
                end -= 1
            return end
        assert isinstance(node, (MappingNode, SequenceNode))
        if node.flow_style or not node.value:
            return int(node.end_mark.line)
        child = node.value[-1]
        return self.last(child[1] if isinstance(child, tuple) else child)

    def last_of_block(self, first: int) -> int:
        """The lines of a text after | or >: as deep as its first one."""
        end, depth = first, 0
        for number in range(first + 1, len(self.lines)):
            line = self.lines[number]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip():
                depth = depth or indent
                if indent < depth or not depth:
                    break
                end = number
        return end


def plain(node: Node) -> Plain:
    """What a node says, as reading/tree.py reads it."""
    if isinstance(node, MappingNode):
        return {key.value.strip(): plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    text: str = node.value
    return text if "\n" in text else text.strip()


def has_comment(text: str, path: Sequence[str]) -> bool:
    """Whether a comment stands within the entry at `path`: behind its key, or among the lines of its value."""
    node: Node | None = yaml.compose(text, Loader=LOADER)
    first = 0
    for name in path:
        found = [(key, value) for key, value in node.value if key.value.strip() == name] if isinstance(node, MappingNode) else []
        if not found:
            return False
        first, node = found[0][0].start_mark.line, found[0][1]
    assert node is not None
    lines = text.split("\n")
    last = _Splicer(lines, lambda _: ()).last(node)
    return bool(comments("\n".join(lines[first : last + 1])))


def comments(text: str) -> list[str]:
    """Every comment, in order: what stands between two tokens."""
    lines, found, line, column = text.split("\n"), list[str](), 0, 0
    for token in yaml.scan(text, Loader=LOADER):
        for number in range(line, token.start_mark.line + 1):
            gap = lines[number] if number < len(lines) else ""
            gap = gap[column if number == line else 0 : token.start_mark.column if number == token.start_mark.line else None]
            found += REMARK.findall(gap)
        line, column = token.end_mark.line, token.end_mark.column
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            found += REMARK.findall(lines[token.start_mark.line][token.start_mark.column :])
            line = token.start_mark.line + 1
            column = 0
            if token.value.strip():
                line = _Splicer(lines, lambda _: ()).last_of_block(token.start_mark.line) + 1
    return found


def _value(value: Plain, indent: int, bare: bool = False) -> list[str]:
    """What follows "key:" on its line, then further lines."""
    if isinstance(value, str):
        head, *more = written(value, bare)
        return [head, *(" " * (indent + STEP) + line if line else "" for line in more)]
    if isinstance(value, list):
        return [""] + [line for item in value for line in _item(item, indent + STEP)] if value else ["[]"]
    return ["", *(line for key, inner in value.items() for line in _entry(key, inner, indent + STEP))]


def _entry(key: str, value: Plain, column: int) -> list[str]:
    head, *more = _value(value, column)
    return [" " * column + f"{key}:" + (f" {head}" if head else ""), *more]


def _item(value: Plain, column: int) -> list[str]:
    lead = " " * column + "- "
    if not isinstance(value, dict):
        head, *more = _value(value, column)
        return [lead + head, *more]
    lines = [line for key, inner in value.items() for line in _entry(key, inner, column + STEP)]
    return [lead + lines[0][column + STEP :], *lines[1:]]
