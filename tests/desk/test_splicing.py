"""Lines of a YAML file changed in place: what is new is in block form, what was there keeps its comments, order and spelling."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.desk.plain import plain_of
from pipeline.desk.splicing import comments, has_comment, plain, spliced
from pipeline.reading.tree import LOADER, read_tree

KEYS = ["a", "b", "c", "d", "e", "f", "g", "h", "x", "y", "z"]
TEXT = """# đầu tệp
a: 100%                # đạt kế hoạch
b: "một"   # hai

c: |  # bài
  đoạn một
  - gạch

# giữa
d:   # danh sách
  - x: 1
    y:   # trống
  - x: 2
    z: "ba"
  # cuối danh sách
e: {x: 1, y: "2, 3"} # ngoặc
f:
g: []     # không có
h:
- q   # kề lề
- r
# cuối tệp
"""


def after(text: str, wanted: Any) -> str:
    lines = text.split("\n")
    result = "\n".join(lines[piece] if isinstance(piece, int) else piece for piece in spliced(text, wanted, lambda _: KEYS))
    tree, problems = read_tree(result, "tep")
    assert tree is not None and problems == [] and plain_of(tree) == wanted
    return result


def content(text: str = TEXT) -> Any:
    tree, _ = read_tree(text, "tep")
    assert tree is not None
    return plain_of(tree)


def test_nothing_to_change() -> None:
    """Every line is kept."""
    assert spliced(TEXT, content(), lambda _: KEYS) == list(range(TEXT.count("\n") + 1))


CHANGES: list[tuple[dict[str, Any], str, str]] = [
    ({"a": "95%"}, "a: 100%                # đạt kế hoạch", "a: 95%                 # đạt kế hoạch"),
    ({"b": 'có "nháy" \\'}, 'b: "một"   # hai', 'b: "có \\"nháy\\" \\\\" # hai'),
    ({"c": "ngắn\n"}, "c: |  # bài\n  đoạn một\n  - gạch\n", "c: |  # bài\n  ngắn\n"),
    ({"c": "một dòng"}, "c: |  # bài\n  đoạn một\n  - gạch\n", 'c: "một dòng" # bài\n'),
    ({"b": "một\n\nhai\n"}, 'b: "một"   # hai', "b: |       # hai\n  một\n\n  hai"),
    (
        {"a": {"x": "90%", "y": "lý do"}},
        "a: 100%                # đạt kế hoạch",
        'a:                     # đạt kế hoạch\n  x: 90%\n  y: "lý do"',
    ),
    ({"e": {"x": "1", "y": "4"}}, 'e: {x: 1, y: "2, 3"} # ngoặc', "e:                   # ngoặc\n  x: 1\n  y: 4"),
    ({"e": "1"}, 'e: {x: 1, y: "2, 3"} # ngoặc', "e: 1                 # ngoặc"),
    ({"f": "tot"}, "f:\n", "f: tot\n"),
    ({"f": ["một", {"x": "2", "y": "3"}]}, "f:\n", 'f:\n  - "một"\n  - x: 2\n    y: 3\n'),
    ({"g": ["một"]}, "g: []     # không có", 'g:        # không có\n  - "một"'),
    ({"g": ""}, "g: []     # không có", "g:        # không có"),
    ({"d": [{"x": "1", "y": "5"}, {"x": "2", "z": "ba"}]}, "    y:   # trống", "    y: 5 # trống"),
    ({"d": [{"x": "1", "y": "", "z": "c"}, {"x": "2", "z": "ba"}]}, "    y:   # trống\n", "    y:   # trống\n    z: c\n"),
    ({"d": [{"x": "2", "z": "ba"}]}, "  - x: 1\n    y:   # trống\n", ""),
    ({"d": [{"x": "1", "y": ""}, {"x": "9"}, {"x": "2", "z": "ba"}]}, "  - x: 2\n", "  - x: 9\n  - x: 2\n"),
    ({"d": [{"x": "1", "y": ""}, {"z": "ba"}]}, '  - x: 2\n    z: "ba"\n', "  - z: ba\n"),
    ({"d": []}, '  - x: 1\n    y:   # trống\n  - x: 2\n    z: "ba"\n', ""),
    ({"h": ["q", "mới", "r"]}, "- q   # kề lề\n", '- q   # kề lề\n- "mới"\n'),
    ({"h": ["q"]}, "- r\n", ""),
]


@pytest.mark.parametrize(("change", "old", "new"), CHANGES, ids=[str(number) for number in range(len(CHANGES))])
def test_changes(change: dict[str, Any], old: str, new: str) -> None:
    """Exactly these lines become those; all others stay."""
    assert TEXT.count(old) == 1
    expected = TEXT.replace(old, new)
    if change == {"d": []}:
        expected = expected.replace("d:   # danh sách", "d: [] # danh sách")
    assert after(TEXT, {**content(), **change}) == expected


def test_keys_come_and_go() -> None:
    """A new key stands where the order of keys wants it; one that goes takes its lines, not the comments around it."""
    text = "a: 1\n# về c\nc: 3\n"
    assert after(text, {"a": "1", "b": "2", "c": "3"}) == "a: 1\n\nb: 2\n# về c\nc: 3\n"
    assert after(text, {"a": "1"}) == "a: 1\n# về c\n"
    assert after("x:\n  b: 2\n", {"x": {"a": "1", "b": "2"}}) == "x:\n  a: 1\n  b: 2\n"


def test_a_long_text_only_begun() -> None:
    """A sign | without anything behind it owns no line."""
    text = "a:\n  b: |\n  # về c\n  c: |\n\n  d: 1\n"
    assert after(text, {"a": {"b": "một\n", "c": "hai\n", "d": "1"}}) == "a:\n  b: |\n    một\n  # về c\n  c: |\n    hai\n\n  d: 1\n"


def test_comments() -> None:
    """All of them and nothing else: not what stands in texts."""
    assert comments(TEXT) == [
        f"# {word}" for word in "đầu tệp|đạt kế hoạch|hai|bài|giữa|danh sách|trống|cuối danh sách|ngoặc|không có|kề lề|cuối tệp".split("|")
    ]
    assert comments('a: "# không" # có\nb: |\n  # không\nc: "một\n  # không"\n') == ["# có"]


def test_comments_within_an_entry() -> None:
    """The row may be written on one line only when nothing would be lost."""
    text = "rows:\n  a:\n    x: 1\n  # về b\n  b:\n    x: 2 # vì\n  c: 1\n"
    assert [has_comment(text, ("rows", key)) for key in "abcz"] == [False, True, False, False]


WORDS = st.text("aă #:-'\"\\,{}[]%|>&*!0/.", min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(bool)
LONG = st.lists(WORDS, min_size=1, max_size=3).map(lambda lines: "\n".join(lines) + "\n")
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.just(""), WORDS, LONG),
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from(KEYS), inner, min_size=1, max_size=4),
        st.lists(inner.filter(lambda v: v not in ("", [])), max_size=3),
    ),
    max_leaves=10,
)
FILES = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=6)


def nested_lists(value: Any, within: bool = False) -> bool:
    """Lists within lists stand in no file of ours."""
    if isinstance(value, list):
        return within or any(nested_lists(v, True) for v in value)
    return isinstance(value, dict) and any(nested_lists(v) for v in value.values())


@settings(max_examples=300, deadline=None)
@given(FILES.filter(lambda f: not nested_lists(f)), FILES.filter(lambda f: not nested_lists(f)))
def test_any_file_to_any_other(old: Any, new: Any) -> None:
    """Starting from any file, the result says exactly what it should; the way back too."""
    text = written(old)
    assert plain(yaml.compose(text, Loader=LOADER)) == old
    there = joined(text, new)
    assert plain(yaml.compose(there, Loader=LOADER)) == new
    assert plain(yaml.compose(joined(there, old), Loader=LOADER)) == old


def joined(text: str, wanted: Any) -> str:
    lines = text.split("\n")
    return "\n".join(lines[piece] if isinstance(piece, int) else piece for piece in spliced(text, wanted, lambda _: KEYS))


def written(value: Any) -> str:
    """From a file with one key."""
    first = next(iter(value))
    return joined(f"{first}:\n", value)
