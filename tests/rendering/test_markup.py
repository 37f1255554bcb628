"""The narrative rules of the contract: lines, `- ` items, bold and italic; everything else prints as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.rendering.markup import BODY_STYLE, ITEM_STYLE, Paragraphs, W, lines, runs

ALLOWED = {f"{{{W}}}{tag}" for tag in ("p", "pPr", "pStyle", "r", "rPr", "b", "i", "t")}
WORD = st.text(st.sampled_from("aăđ-*_+#1.<>&;\"'\\{}%`~[]()! \n") | st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)


def parsed(text: str) -> etree._Element:
    return etree.fromstring(f'<body xmlns:w="{W}">{Paragraphs(text).__html__()}</body>')


def printed(text: str) -> list[str]:
    """What a reader sees, paragraph by paragraph."""
    return ["".join(t.text or "" for t in paragraph.iter(f"{{{W}}}t")) for paragraph in parsed(text)]


def test_every_line_is_a_paragraph() -> None:
    """Blank lines only separate."""
    assert lines("một\nhai\n\n\n  ba  \n") == [(BODY_STYLE, "một"), (BODY_STYLE, "hai"), (BODY_STYLE, "ba")]


def test_a_dash_and_a_space_open_an_item() -> None:
    """A dash alone, a number below zero or another sign does not."""
    assert lines("- việc\n-việc\n-\n+ việc\n* việc") == [
        (ITEM_STYLE, "- việc"),
        (BODY_STYLE, "-việc"),
        (BODY_STYLE, "-"),
        (BODY_STYLE, "+ việc"),
        (BODY_STYLE, "* việc"),
    ]


def test_nothing_is_still_a_paragraph() -> None:
    """A table cell without one would be broken."""
    assert lines("") == lines("\n \n") == [(BODY_STYLE, "")]
    assert printed("") == [""]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a **b** c", [("a ", False, False), ("b", True, False), (" c", False, False)]),
        ("a *b* c", [("a ", False, False), ("b", False, True), (" c", False, False)]),
        ("***b***", [("b", True, True)]),
        ("**a *b* c**", [("a ", True, False), ("b", True, True), (" c", True, False)]),
        ("- **a**", [("- ", False, False), ("a", True, False)]),
        ("_a *b_ c*", [("_a ", False, False), ("b_ c", False, True)]),
    ],
)
def test_bold_and_italic(line: str, expected: list[tuple[str, bool, bool]]) -> None:
    """Stars alone mark; an underscore never takes part in the pairing."""
    assert runs(line) == expected


def test_marks_reach_the_document() -> None:
    """Bold and italic become run properties, the style a paragraph property."""
    (item,) = parsed("- **đậm** và *nghiêng*")
    assert item.find(f".//{{{W}}}pStyle").get(f"{{{W}}}val") == ITEM_STYLE  # type: ignore[union-attr]
    marked = {"".join(r.itertext()): [etree.QName(m).localname for m in r.iterfind(f"{{{W}}}rPr/*")] for r in item.iter(f"{{{W}}}r")}
    assert marked == {"- ": [], "đậm": ["b"], " và ": [], "nghiêng": ["i"]}


@pytest.mark.parametrize(
    "line",
    [
        "+ việc",
        "1. việc",
        "# việc",
        "> việc",
        "_x_",
        "__x__",
        "a_b_c",
        "<b>x</b>",
        "<!-- x -->",
        "&amp;",
        "&#65;",
        'A & B < C > "D"',
        "{{ x }}",
        "{% raw %}",
        "{#",
        "{_{ }_} {_% %_}",
        r"\*",
        r"C:\thư mục\tệp",
        "`x`",
        "~~x~~",
        "[x](y)",
        "![x](y)",
        "http://x.vn",
        "2 * 3",
        "*",
        "**",
        "a ** b",
        "---",
        "</w:t></w:r></w:p>",
        "]]>",
        "| a | b |",
    ],
)
def test_everything_else_is_literal(line: str) -> None:
    """No other Markdown, no HTML, no entity, no template tag, no escape."""
    assert printed(line) == [line]
    assert Paragraphs(line).plain == line


@given(WORD)
def test_only_stars_disappear(text: str) -> None:
    """Apart from stars and the white space around lines nothing is lost, added or moved."""
    expected = [line.strip() for line in text.split("\n")]
    expected = ["- " + line[2:].strip() if line.startswith("- ") else line for line in expected if line] or [""]
    assert [p.replace("*", "") for p in printed(text)] == [line.replace("*", "") for line in expected]
    assert Paragraphs(text).plain == "\n".join(printed(text))


@given(WORD)
def test_no_markup_comes_in_through_the_text(text: str) -> None:
    """The XML holds our own few elements, whatever the text is."""
    body = parsed(text)
    assert {element.tag for element in body.iter()} - {"body"} <= ALLOWED
    assert all(paragraph.tag == f"{{{W}}}p" for paragraph in body)
