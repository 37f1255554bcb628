"""Lines of a template -> its tags in order, and what is wrong with how they stand: dangling, crowded, not closed where they were opened.

docxtpl takes `{%p ... %}` away with its paragraph, `{%tr ... %}` with its row; a tag that shares them, or a loop opened in one
cell and closed in another, gives rows of garbage without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.forms.lines import Line

TAG = re.compile(r"(\{\{|\{%|\{#)(p|tr|tc|r)?(?=[\s\w(])(.*?)(\}\}|%\}|#\})")
BRACE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
SPACED = re.compile(r"\{[{%]\s+(p|tr|tc|r)\s")
OPENING, CLOSING = ("for", "if"), {"endfor": "for", "endif": "if"}
SHOWN = 60


@dataclass(frozen=True)
class Tag:
    """`{%tr for h in hang %}`: prefix "tr", words "for h in hang"; `prints` is a `{{`."""

    line: Line
    written: str
    prefix: str
    words: str
    prints: bool

    @property
    def first(self) -> str:
        return self.words.split(" ")[0]

    @property
    def plain(self) -> str:
        """As Jinja reads it."""
        return f"{{{{ {self.words} }}}}" if self.prints else f"{{% {self.words} %}}"


@dataclass
class Tags:
    """`faults`: place, what, what to write."""

    tags: list[Tag] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)


def tags_of(lines: Iterable[Line]) -> Tags:
    found = Tags()
    for line in lines:
        if not line.block:
            _read(line, found)
    _pair(found)
    return found


def _read(line: Line, found: Tags) -> None:
    said = line.text.strip()[:SHOWN]
    if spaced := SPACED.search(line.text):
        found.faults.append((line.where, f"thừa dấu cách trong «{said}»", f"viết liền {{%{spaced[1]}"))
        return
    matches = list(TAG.finditer(line.text))
    tags = [Tag(line, m[0], m[2] or "", " ".join(m[3].split()), m[1] == "{{") for m in matches]
    if BRACE.search(TAG.sub("", line.text)) or any(m[1] == "{#" for m in matches):
        found.faults.append((line.where, f"thẻ mở hoặc đóng dở dang trong «{said}»", "viết đủ {{ ... }} hoặc {% ... %} trong một đoạn"))
        return
    for tag in tags:
        if tag.prefix not in ("", "r") and line.text.strip() != tag.written:
            found.faults.append((line.where, f"thẻ {tag.written} đứng chung với chữ khác", "để thẻ này riêng một đoạn"))
        if tag.prefix == "tr" and line.cell is None:
            found.faults.append((line.where, f"thẻ {tag.written} ở ngoài bảng", "dùng {%p thay cho {%tr"))
    found.tags += tags


def _pair(found: Tags) -> None:
    """Every `for` and `if` is closed by its own end, where it was opened."""
    open_: list[Tag] = []
    for tag in found.tags:
        if tag.prints:
            continue
        if tag.first in OPENING:
            open_.append(tag)
        elif tag.first in CLOSING:
            if not open_ or open_[-1].first != CLOSING[tag.first]:
                found.faults.append(
                    (tag.line.where, f"thẻ {tag.written} không có thẻ mở", f"thêm thẻ {CLOSING[tag.first]} ở trước, hoặc bỏ")
                )
                continue
            start = open_.pop()
            if not _together(start, tag):
                found.faults.append(
                    (tag.line.where, f"thẻ {tag.written} không đóng đúng chỗ thẻ {start.written} đã mở ({start.line.where})", WHERE)
                )
    found.faults += [(tag.line.where, f"thẻ {tag.written} chưa có thẻ đóng", f"thêm {{%{tag.prefix} end{tag.first} %}}") for tag in open_]


WHERE = "{% mở và đóng trong một đoạn; {%p trong cùng một ô hoặc cùng ngoài bảng; {%tr ở hai hàng của cùng một bảng"


def _together(start: Tag, end: Tag) -> bool:
    if start.prefix != end.prefix:
        return False
    if start.prefix == "tr":
        return start.line.cell is not None and end.line.cell is not None and start.line.cell[0] == end.line.cell[0]
    if start.prefix == "":
        return start.line is end.line
    return start.line.cell == end.line.cell
