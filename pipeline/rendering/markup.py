"""A narrative -> Word paragraphs: every line its own paragraph, `- ` a list item, **bold**, *italic*; all else is literal."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY_STYLE, ITEM_STYLE = "ThanBai", "GachDauDong"


def _stars(state: StateInline, silent: bool) -> bool:
    """Markdown's emphasis without `_x_`, which is no markup here and stays as typed."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


INLINE = MarkdownIt("zero").enable(["emphasis", "balance_pairs", "fragments_join"]).disable("normalize")
INLINE.inline.ruler.at("emphasis", _stars)


@dataclass(frozen=True)
class Paragraphs:
    """A narrative ready for `{{p field }}`; `__html__` makes it XML instead of text to be escaped."""

    text: str

    def __html__(self) -> str:
        return "".join(paragraph_xml(style, line) for style, line in lines(self.text))

    @property
    def plain(self) -> str:
        """The text a reader sees, for counting what the output must contain."""
        return "\n".join("".join(t for t, _, _ in runs(line)) for _, line in lines(self.text))


def lines(text: str) -> list[tuple[str, str]]:
    """(style, text) of each paragraph; never empty, a table cell needs one."""
    found = []
    for line in text.split("\n"):
        line = line.strip()
        if line.startswith("- "):
            found.append((ITEM_STYLE, "- " + line[2:].strip()))
        elif line:
            found.append((BODY_STYLE, line))
    return found or [(BODY_STYLE, "")]


def runs(line: str) -> list[tuple[str, bool, bool]]:
    """(text, bold, italic) of each stretch of a line."""
    marker, line = ("- ", line[2:]) if line.startswith("- ") else ("", line)
    found = [(marker, False, False)] if marker else []
    bold = italic = 0
    for token in INLINE.parseInline(line)[0].children or []:
        bold, italic, text = _step(token, bold, italic)
        if text:
            found.append((text, bold > 0, italic > 0))
    return found


def _step(token: Token, bold: int, italic: int) -> tuple[int, int, str]:
    change = 1 if token.nesting == 1 else -1
    if token.type.startswith("strong_"):
        return bold + change, italic, ""
    if token.type.startswith("em_"):
        return bold, italic + change, ""
    return bold, italic, token.content


def paragraph_xml(style: str, line: str) -> str:
    """One w:p; lxml escapes the text, so no markup can come in through it."""
    paragraph = etree.Element(f"{{{W}}}p", nsmap={"w": W})
    properties = etree.SubElement(paragraph, f"{{{W}}}pPr")
    etree.SubElement(properties, f"{{{W}}}pStyle").set(f"{{{W}}}val", style)
    for text, bold, italic in runs(line):
        run = etree.SubElement(paragraph, f"{{{W}}}r")
        if bold or italic:
            marks = etree.SubElement(run, f"{{{W}}}rPr")
            for wanted, tag in ((bold, "b"), (italic, "i")):
                if wanted:
                    etree.SubElement(marks, f"{{{W}}}{tag}")
        content = etree.SubElement(run, f"{{{W}}}t")
        content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        content.text = text
    return etree.tostring(paragraph, encoding="unicode")
