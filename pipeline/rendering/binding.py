"""Texts of a paragraph -> the same texts with no-break spaces where official Vietnamese must not break a line; and so for a part of a .docx.

A number and its word often stand in different runs, so a paragraph is looked at as one text; its letters and length never change.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from lxml import etree

SPACE, BOUND = " ", "\u00a0"
BETWEEN = re.compile(f"[{SPACE}{BOUND}]")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

PAPER = "báo~cáo|chỉ~thị|công~văn|hướng~dẫn|kế~hoạch|kết~luận|nghị~định|nghị~quyết|quy~chế|quy~định|quyết~định|thông~báo|thông~tư|tờ~trình"
NAMED = "điều|khoản|biểu~đồ|đối~tượng|nhóm|lần|ngày|tháng|năm"
LONG = "gạch~đầu~dòng|tiêu~chí"  # in lists of articles these would stretch every line, so only the number stays with its last word
PLACE = f"{NAMED}|{LONG}"  # a number after one of these is theirs
PART = "phụ~lục|chương|phần|mục|quý"
THING = (
    "điểm|giờ|phút|phiếu|người|lượt|cuộc|tỷ|triệu|nghìn|tập~thể|đồng~chí|cá~nhân|đơn~vị|cơ~quan|thành~viên|đại~biểu|văn~bản|chỉ~tiêu|"
    "nhiệm~vụ|trường~hợp|ý~kiến|km|ha|kg|tấn"
)
CAPITAL = "(?-i:[" + "".join(letter for code in range(0x41, 0x1EFA) if (letter := chr(code)).isupper() and letter.isalpha()) + r"])\w*"
PART_NUMBER = r"(?:\d|(?-i:[IVX]+|[A-Z])(?!\w))"
AMOUNT = r"(?<![\w.,/])\d+(?:[.,]\d+)*(?:/\d+)?"  # 96,50   1.234   05/07, but no part of a date
FREE = r"(?=\d)" + "".join(f"(?<!{word.split('~')[-1]} )" for word in PLACE.split("|")) + AMOUNT


def _plain(words: str) -> str:
    return words.replace("~", SPACE)


# One line per habit. "~" is the space to bind; all else is a regular expression over the paragraph, in any case, bound spaces as plain ones.
RULES = (
    rf"\b(?:{_plain(PLACE)})~\d",
    rf"\b(?:{_plain(PART)})~{PART_NUMBER}",
    r"\bđiểm~[a-zđ](?!\w)",
    r"\bsố:?~[\d ]",  # also before the blank that waits for a number
    rf"{FREE}~(?:{_plain(THING)})\b",
    r"\d~giờ~\d",
    r"(?-i:\b(?:[Tt]ỉnh|[Hh]uyện|[Tt]hành|[Đđ]ảng)~ủy\b)",  # lines in capitals are broken by hand
    r"(?-i:\bHồ~Chí~Minh\b)",
)
# In running text words of two syllables stay whole as well; in a table's narrow cells that would tear holes into lines.
WIDE_RULES = (
    rf"\b(?:{NAMED}) \d",
    rf"\b(?:{PART}) {PART_NUMBER}",
    rf"\b(?:{PAPER}) số [\d .]",  # a break before "số" stays: name, "số" and symbol as one would stretch the line before to holes
    rf"{FREE} (?:{THING})\b",
    rf"\bđồng~chí {CAPITAL}~{CAPITAL}(?:~{CAPITAL})?",
)


def _compiled(rules: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule.replace("~", "( )"), re.IGNORECASE) for rule in rules)


HEADING_RULES = (r"~\S+\s*$",)  # no single word on the last line
HEADINGS = ("DeMuc1", "DeMuc2")
IN_CELLS, IN_TEXT, IN_HEADINGS = _compiled(RULES), _compiled(RULES + WIDE_RULES), _compiled(RULES + WIDE_RULES + HEADING_RULES)


def bind(texts: Sequence[str], cell: bool = False, heading: bool = False) -> list[str]:
    """The texts of one paragraph's runs, in order; twice does no more than once."""
    places = _places("".join(texts).replace(BOUND, SPACE), cell, heading)
    if not places:
        return list(texts)
    letters = list("".join(texts))
    for place in places:
        letters[place] = BOUND
    ends = list(accumulate(map(len, texts), initial=0))
    return ["".join(letters[start:end]) for start, end in pairwise(ends)]


@functools.lru_cache(4096)  # the forms' own words come again in every dossier
def _places(whole: str, cell: bool, heading: bool) -> frozenset[int]:
    """Where the spaces stand that are bound."""
    patterns = IN_CELLS if cell else IN_HEADINGS if heading else IN_TEXT
    return frozenset(place for pattern in patterns for match in pattern.finditer(whole) for place in _spaces(match))


def _spaces(match: re.Match[str]) -> Iterator[int]:
    return (match.start(group) for group, found in enumerate(match.groups(), 1) if found is not None)


def bind_part(root: etree._Element) -> None:
    """The words of a part of a .docx where they stand; what fields are made of (w:instrText) is no text."""
    for paragraph in root.iter(f"{W}p"):
        runs = [t for t in paragraph.iter(f"{W}t") if t.text and next(t.iterancestors(f"{W}p")) is paragraph]
        texts = [run.text or "" for run in runs]
        if BETWEEN.search("".join(texts)):
            cell = next(paragraph.iterancestors(f"{W}tc"), None) is not None
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            heading = style is not None and style.get(f"{W}val") in HEADINGS
            for run, old, new in zip(runs, texts, bind(texts, cell, heading)):
                if new != old:
                    run.text = new
