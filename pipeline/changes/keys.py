"""Two texts of a YAML file -> the keys whose values differ, each with its line in the text of now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pipeline.problems import Place
from pipeline.reading.text import read_text
from pipeline.reading.tree import Mapping, Node, Scalar, Sequence, read_tree

EXCERPT = 12  # words shown of what was taken out or put in


@dataclass(frozen=True)
class KeyChange:
    """A value taken out (`new` None), put in (`old` None) or changed; `place` is where it stands now, or the file where it stood."""

    key: str
    old: str | None
    new: str | None
    place: Place


@dataclass(frozen=True)
class FileChange:
    """A file that differs; `only_form`: its values are all the same (comments, order, spacing)."""

    name: str
    keys: tuple[KeyChange, ...]
    added: bool = False
    removed: bool = False

    @property
    def only_form(self) -> bool:
        return not (self.keys or self.added or self.removed)


def compare_files(old: Path, new: Path, shown: str) -> FileChange | None:
    """None when both have the same bytes, or there is neither."""
    before, after = (path.read_bytes() if path.is_file() else None for path in (old, new))
    if before == after:
        return None
    was, now = _values(old, shown), _values(new, shown)
    keys = [*dict.fromkeys([*was, *now])]
    changed = tuple(
        KeyChange(
            key, was[key][0] if key in was else None, now[key][0] if key in now else None, now[key][1] if key in now else Place(shown)
        )
        for key in keys
        if was.get(key, (None,))[0] != now.get(key, (None,))[0]
    )
    return FileChange(shown, changed if before is not None and after is not None else (), before is None, after is None)


def _values(path: Path, shown: str) -> dict[str, tuple[str, Place]]:
    text, _ = read_text(path, shown)
    tree, _ = read_tree(text, shown) if text is not None else (None, [])
    return dict(_flat(tree, "")) if tree is not None else {}


def _flat(node: Node, key: str) -> Iterator[tuple[str, tuple[str, Place]]]:
    if isinstance(node, Scalar):
        yield key, (node.text.strip(), node.place)
    elif isinstance(node, Sequence):
        for i, item in enumerate(node.items, 1):
            yield from _flat(item, f"{key} thứ {i}")
    elif isinstance(node, Mapping):
        for name, inner in node.entries.items():
            yield from _flat(inner, f"{key}.{name}" if key else name)


def told(change: KeyChange) -> str:
    """ "90% → 95%"; of long texts only the words that differ."""
    if change.old is None or change.new is None:
        return f"thêm «{_short(change.new or '')}»" if change.old is None else f"bỏ «{_short(change.old)}»"
    if max(len(change.old), len(change.new)) <= 80:
        return f"{change.old or '(trống)'} → {change.new or '(trống)'}"
    was, now = change.old.split(), change.new.split()
    blocks = [b for b in SequenceMatcher(None, was, now, autojunk=False).get_opcodes() if b[0] != "equal"]
    _, i1, i2, j1, j2 = blocks[0] if blocks else ("", 0, 0, 0, 0)
    more = f" (và {len(blocks) - 1} chỗ khác)" if len(blocks) > 1 else ""
    return f"«{_words(was[i1:i2])}» → «{_words(now[j1:j2])}»{more}"


def _words(words: list[str]) -> str:
    return " ".join(words[:EXCERPT]) + (" ..." if len(words) > EXCERPT else "")


def _short(text: str) -> str:
    return _words(text.split())
