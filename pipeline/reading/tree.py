"""YAML text -> tree of mappings, lists and text scalars that know their line and column; nothing is typed by YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import yaml

from pipeline.problems import Kind, Place, Problem
from pipeline.reading.syntax import UNCLOSED, explain_syntax
from pipeline.reading.text import faulty_characters, foreign_letters, letters_lost

MAX_DEPTH = 20
MAX_NODES = 20_000
JOINED = "giá trị kéo dài nhiều dòng sẽ bị nối thành một dòng, mất các đoạn văn"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """The text cannot be read further; the problem has been recorded."""


def read_tree(text: str, shown: str) -> tuple[Node | None, list[Problem]]:
    """The tree, or None when the text does not parse; all problems of YAML's own traps, with places in `shown`."""
    builder = _Builder(text, shown)
    try:
        return builder.document(), builder.problems
    except _Stop:
        return None, builder.problems
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        builder.problems.append(builder.unclosed_quote() or explain_syntax(error, text, shown))
        return None, builder.problems


def _marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Where an event starts and ends; the parser always says."""
    assert event.start_mark is not None and event.end_mark is not None
    return cast(yaml.Mark, event.start_mark), cast(yaml.Mark, event.end_mark)


class _Builder:
    """Walks the parser's events once, refusing what clerks never mean: anchors, tags, several documents."""

    def __init__(self, text: str, shown: str) -> None:
        self.lines = text.split("\n")
        self.shown = shown
        self.problems: list[Problem] = []
        self.count = 0
        self.last = Place(shown)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self.refuse(self.place(event), "tệp có nhiều tài liệu (dòng ---)", "để mỗi tệp một tài liệu, xóa dòng ---")
                node = self.node(next(self.events), 1)
        if node is None:
            self.problems.append(Problem(Place(self.shown, 1, 1), Kind.ERROR, "tệp trống", "chép lại từ tệp mẫu rồi điền"))
        return node

    def place(self, event: yaml.Event) -> Place:
        start, _ = _marks(event)
        return Place(self.shown, start.line + 1, start.column + 1)

    def say(self, place: Place, what: str, write: str, kind: Kind = Kind.ERROR) -> None:
        self.problems.append(Problem(place, kind, what, write))

    def refuse(self, place: Place, what: str, write: str) -> None:
        self.say(place, what, write)
        raise _Stop

    def unclosed_quote(self) -> Problem | None:
        """The value read last before a syntax error ran on over lines because of that error; a quoted one was not closed."""
        ran_on = [p for p in self.problems if p.what == JOINED and p.place == self.last]
        self.problems[:] = [p for p in self.problems if p not in ran_on]
        if not ran_on or self.lines[self.last.line - 1][self.last.column - 1] not in "'\"":
            return None
        return Problem(self.last, Kind.ERROR, *UNCLOSED)

    def node(self, event: yaml.Event, depth: int) -> Node:
        place = self.last = self.place(event)
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            self.refuse(place, "tệp lồng quá sâu hoặc quá nhiều mục", "kiểm tra xem có dán nhầm nội dung khác không")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(place, "dùng ký hiệu & hoặc * của YAML", 'viết giá trị trong dấu nháy kép "..."')
        if getattr(event, "tag", None) not in (None, "!"):
            self.refuse(place, "dùng ký hiệu ! của YAML", 'viết giá trị trong dấu nháy kép "..."')
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, place, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(event, depth + 1))
            return Sequence(place, items)
        assert isinstance(event, yaml.ScalarEvent)
        return self.scalar(event, place)

    def mapping(self, start: yaml.MappingStartEvent, place: Place, depth: int) -> Mapping:
        result = Mapping(place)
        previous = ""
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key_place = self.place(event)
            if start.flow_style and isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self.refuse(place, "giá trị bắt đầu bằng dấu { bị hiểu thành nhóm mục", 'đặt cả giá trị trong dấu nháy kép "..."')
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(key_place, "tên mục phải là chữ", "xem lại dấu ngoặc { } [ ] và dấu hai chấm")
            assert isinstance(event, yaml.ScalarEvent)
            key = self.scalar(event, key_place).text.strip()
            node = self.node(next(self.events), depth + 1)
            if start.flow_style and isinstance(node, Scalar) and not node.text and self._stray(key, key_place, previous):
                continue
            if key in result.entries:
                self.say(key_place, f"mục «{key}» viết hai lần (lần đầu ở dòng {result.keys[key].line})", "xóa một trong hai")
                continue
            result.entries[key] = node
            result.keys[key] = key_place
            previous = key
        return result

    def _stray(self, key: str, place: Place, previous: str) -> bool:
        """Inside { } YAML splits every value at a comma and needs a space after the colon: say what happened."""
        name, colon, value = key.partition(":")
        if colon and value and name.replace("_", "").isalnum():
            self.say(place, f"«{key}» bị đọc thành một tên mục vì thiếu dấu cách sau dấu hai chấm", f"viết {name}: {value.strip()}")
            return True
        if previous and (not key.replace("_", "").isalnum() or key.isdigit() or " " in key or not key.isascii()):
            self.say(
                place,
                f"giá trị của «{previous}» bị cắt tại dấu phẩy trong ngoặc {{ }}, còn dư «{key}»",
                f'viết mỗi mục một dòng, hoặc đặt giá trị trong dấu nháy kép: {previous}: "...,{key}"',
            )
            return True
        return False

    def scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        value = event.value
        start, end = _marks(event)
        several = end.line > start.line
        if event.style == ">":
            self.say(place, "dùng dấu > làm mất các đoạn văn", "thay dấu > bằng dấu |")
        elif event.style in (None, "", "'", '"') and several and "\n" in self._between(start, end).strip():
            self.say(place, JOINED, "viết dấu | sau dấu hai chấm rồi xuống dòng, lùi vào hai dấu cách")
        for why, code in faulty_characters(value):
            self.say(place, f"{why} ({code})", "xóa ký tự này và gõ lại")
        for letter in foreign_letters(value):
            self.say(place, f"ký tự «{letter}» (U+{ord(letter):04X}) không có trong phông chữ của văn bản", "thay bằng chữ hoặc xóa đi")
        if "\n" not in value and "\t" in value:
            self.say(place, "giá trị có phím Tab", "thay bằng dấu cách")
        if "?" in value and any(letters_lost(line) for line in value.split("\n")):
            self.say(place, "chữ có dấu đã bị thay bằng dấu hỏi (tệp từng được lưu theo mã ANSI)", "gõ lại giá trị, lưu tệp bằng mã UTF-8")
        if event.style in (None, ""):
            self._cut_by_comment(value, end, place)
            if value.startswith("“") and value.endswith("”") and value.count("“") == 1:
                self.say(
                    place,
                    "giá trị nằm trong nháy cong “ ” nên dấu nháy sẽ được in ra",
                    'viết trong dấu nháy kép thẳng: "..."',
                    Kind.WARNING,
                )
        return Scalar(value.strip() if "\n" not in value else value, place)

    def _between(self, start: yaml.Mark, end: yaml.Mark) -> str:
        """The source lines a scalar spans (the parser's end mark of a plain scalar may lie on a later blank line)."""
        lines = self.lines[start.line : end.line + 1]
        if lines:
            lines[-1] = lines[-1][: end.column]
        return "\n".join(lines)

    def _cut_by_comment(self, value: str, end: yaml.Mark, place: Place) -> None:
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if value and rest.lstrip().startswith("#") and rest[:1] == " " and rest.lstrip()[1:2].isalnum():
            self.say(
                place,
                f"phần «{rest.strip()}» bị bỏ vì sau dấu # là ghi chú",
                "nếu là nội dung, đặt cả giá trị trong dấu nháy kép",
                Kind.WARNING,
            )
