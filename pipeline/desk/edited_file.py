"""Bytes of a YAML file and what it is to say -> its new bytes: untouched lines byte for byte (mark, line ends, spelling), proved to say what was meant."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.desk.plain import Plain, plain_of, same
from pipeline.desk.splicing import Order, comments, spliced
from pipeline.publishing import write_file
from pipeline.reading.text import text_of
from pipeline.reading.tree import read_tree

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "utf-8"))


@dataclass(frozen=True)
class EditedFile:
    """`before`: the bytes it was made from; `text`: the new content as read; `lost`: comments that stood within what was taken out."""

    path: Path
    before: bytes
    data: bytes
    text: str
    lost: tuple[str, ...]

    def write(self, kept: Path) -> bool:
        """Whole or not at all, the old bytes beside as `kept`; False when the file is no longer the one that was read."""
        if self.path.read_bytes() != self.before:
            return False
        write_file(kept, self.before)
        write_file(self.path, self.data)
        return True


def edited(path: Path, raw: bytes, text: str, wanted: dict[str, Plain], order: Order) -> EditedFile:
    """`text`: what was read from `raw`."""
    mark, code = next((mark, code) for mark, code in MARKS if raw.startswith(mark))
    lines = LINE.findall(raw.removeprefix(mark).decode(code))
    data = mark + _joined(lines, spliced(text, wanted, order)).encode(code)
    new, problems = text_of(data, path.name)
    tree, more = read_tree(new, path.name) if new is not None else (None, [])
    if new is None or tree is None or not same(plain_of(tree), wanted):  # never a clerk's fault: what was written is not what was meant
        raise RuntimeError(f"{path.name}: nội dung ghi ra không khớp nội dung cần ghi: {[str(p) for p in [*problems, *more]]}")
    return EditedFile(path, raw, data, new, tuple((Counter(comments(text)) - Counter(comments(new))).elements()))


def _joined(lines: list[str], pieces: list[str | int]) -> str:
    """Kept lines with the end they had, new ones with that of the first line."""
    usual = next((end for line in lines if (end := _end(line))), "\n")
    found = [(lines[p] if p < len(lines) else "") if isinstance(p, int) else p for p in pieces]
    return "".join(line if _end(line) else line + usual for line in found[:-1]) + found[-1]


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
