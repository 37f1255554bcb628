"""A citation ("Điều 6 khoản 1 gạch đầu dòng 5") -> whether the source text has that place.

The places are read from nguon/van_ban.txt: articles, khoản, điểm, dashes and paragraphs; the annex from nguon.sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from tests.data_health.nguon import Section, source_text

ARTICLE = r"Điều \d+(?: khoản \d+)?(?: điểm \(\d+\))?"
PLACE = re.compile(rf"{ARTICLE}(?: (?:gạch đầu dòng \d+|đoạn (?:mở đầu|cuối|\d+)))?")
ANNEX = re.compile(r"(?:Phụ lục(?:, mục|: mục) |mục )(A|B(?:\.[IVX]+)?|C)(?:, tiêu chí (\d+))?(?:, gạch đầu dòng (\d+))?")
OTHER = {
    "Danh sách kèm theo Quy định",
    "Danh sách kèm theo Quy định, các số 1 đến 12",
    "Phụ lục",
    "Phụ lục, cột “Lý do trừ điểm”",
    "Đoạn kết, phần ký của Quy định",
}
MARKS = {"Điều": re.compile(r"^(Điều \d+)\. "), "khoản": re.compile(r"^(\d+)\. "), "điểm": re.compile(r"^(\(\d+\)) ")}


@cache
def places() -> frozenset[str]:
    """Every citable place of the articles."""
    text = source_text()
    body = text[text.index("Điều 1. ") : text.index("\nNơi nhận:\n")]
    article, khoan, point = "", "", ""
    dashes: dict[str, int] = {}
    paragraphs: dict[str, int] = {}
    found: set[str] = set()
    for line in filter(None, (line.strip() for line in body.splitlines())):
        if match := MARKS["Điều"].match(line):
            article, khoan, point = match[1], "", ""
        elif match := MARKS["khoản"].match(line):
            khoan, point = f" khoản {match[1]}", ""
        elif match := MARKS["điểm"].match(line):
            point = f" điểm {match[1]}"
        here = article + khoan + point
        found.add(here)
        if line.startswith("- "):
            dashes[here] = dashes.get(here, 0) + 1
            found.add(f"{here} gạch đầu dòng {dashes[here]}")
        elif not MARKS["Điều"].match(line):
            paragraphs[here] = paragraphs.get(here, 0) + 1
            found |= {f"{here} đoạn {paragraphs[here]}", f"{here} đoạn {'cuối' if here in dashes else 'mở đầu'}"}
    return frozenset(found)


def resolve(citation: str, sections: Mapping[str, Section]) -> list[str]:
    """The parts of a `can_cu` that name no place of the source ([] = all is there)."""
    return [part for part in parts(citation) if not _exists(part, sections)]


def parts(citation: str) -> Iterator[str]:
    """Splits a list at ";" and "a và b"; a second member that starts lower takes over the first one's article or section."""
    for item in citation.split("; "):
        first, *more = item.split(" và ")
        yield first
        for other in more:
            word = other.split(" ")[0]
            yield first[: first.rindex(f"{word} ")] + other if word in ("gạch", "tiêu", "khoản", "đoạn") else other


def _exists(part: str, sections: Mapping[str, Section]) -> bool:
    if part in OTHER or PLACE.fullmatch(part):
        return part in OTHER or part in places()
    match = ANNEX.fullmatch(part)
    if not match:
        return False
    code, row, dash = match.groups()
    if code == "B":
        return row is None
    if code not in sections or (row and int(row) > len(sections[code].rows)):
        return False
    return not dash or int(dash) <= len(sections[code].rows[int(row) - 1].dashes)


def mentioned(text: str) -> set[str]:
    """Every place of an article named anywhere in running text."""
    return set(PLACE.findall(text))
