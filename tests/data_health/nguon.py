"""The regulation's recognised text -> its scoring sections and its list of units, errata applied.

This is an independent reading of `nguon/van_ban.txt`: the tests compare it letter by letter with the transcribed data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

REGULATION = Path(__file__).parents[2] / "data" / "quy_dinh" / "453-QD-TU-2022"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
HEADINGS = re.compile(r"^(A\. |B\. |C\. |(?:{})- )".format("|".join(ROMAN)))


@dataclass
class Row:
    code: str
    points: str
    text: str
    dashes: list[Row] = field(default_factory=list)


@dataclass
class Section:
    code: str
    title: str
    total: str = ""
    rows: list[Row] = field(default_factory=list)


def source_text() -> str:
    """The text as recognised, untouched."""
    return (REGULATION / "nguon" / "van_ban.txt").read_text(encoding="utf-8")


def _plain(text: str) -> str:
    """Conversion marks (T05 of the errata) are not text: **bold**, *italic*, <i>."""
    return re.sub(r"\*+|</?i>", "", text).strip()


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """Heading (its lines joined) and the table lines below it, for A, each section of B and C."""
    annex = text[text.index("TIÊU CHÍ ĐÁNH GIÁ, CHẤM ĐIỂM TẬP THỂ LÃNH ĐẠO\n") : text.index("DANH SÁCH\nCÁC CƠ QUAN")]
    found: list[tuple[str, list[str]]] = []
    for line in annex.splitlines():
        bare = _plain(line) if "\t" not in line else line
        if "\t" not in line and HEADINGS.match(bare):
            found.append((bare, []))
        elif (
            "\t" not in line
            and found
            and not found[-1][1]
            and bare
            and not bare.startswith("(Dùng")
            and not bare.startswith("(Quy định riêng")
        ):
            found[-1] = (found[-1][0] + " " + bare, [])
        elif "\t" in line and found:
            found[-1][1].append(line)
    return found


def sections(errata: list[dict[str, str]]) -> dict[str, Section]:
    """Section code ("A", "B.I" .. "B.XVII", "C") -> its rows in order, with `errata` (apply: true only) applied."""
    result: dict[str, Section] = {}
    for heading, lines in _blocks(source_text()):
        mark, _, title = heading.partition(" ")
        if mark == "B.":
            continue
        code = mark.rstrip(".") if mark in ("A.", "C.") else "B." + mark.rstrip("-")
        section = result[code] = Section(code, _title(title))
        _read_rows(section, lines)
    for erratum in errata:
        _apply(result, erratum)
    return result


def _title(text: str) -> str:
    return re.sub(r":\s*\d+ điểm$", "", text.rstrip("¹")).strip()


def _read_rows(section: Section, lines: list[str]) -> None:
    for line in lines:
        cells = [_plain(c) for c in line.split("\t")]
        if cells[0] == "STT":
            continue
        if "TỔNG ĐIỂM" in cells[:2]:
            section.total = next(c for c in cells if c.isdigit())
        elif cells[0] == "-":
            parent = section.rows[-1]
            parent.dashes.append(Row(f"{parent.code}.{len(parent.dashes) + 1}", cells[2], cells[1]))
        elif cells[0] == "":  # T09: the second half of a row that a page break cut in two
            last = section.rows[-1].dashes[-1]
            last.text += " " + cells[1]
        else:
            section.rows.append(Row(f"{section.code.split('.')[0]}.{cells[0]}", cells[2], cells[1]))


def _apply(found: dict[str, Section], erratum: dict[str, str]) -> None:
    where = erratum["where"]
    if erratum["apply"] != "true" or where.startswith("unit."):
        return
    code, _, place = where.rpartition(".")
    section = found[code]
    if place == "title":
        assert erratum["source"] in section.title, where
        section.title = section.title.replace(erratum["source"], erratum["corrected"])
        return
    row = section.rows[int(place) - 1]
    if erratum["id"] == "E10":  # the missing full stop stands at the end of the row
        assert row.text.endswith(erratum["source"]), where
    assert row.text.count(erratum["source"]) == 1, where
    row.text = row.text.replace(erratum["source"], erratum["corrected"])


def units(errata: list[dict[str, str]]) -> list[tuple[int, str]]:
    """Number and name of each unit in the order of the regulation's list, with `errata` (apply: true only) applied."""
    text = source_text()
    listing = text[text.index("STT\tTên đơn vị") :]
    found = [(int(m[1]), m[2].strip()) for m in re.finditer(r"^(\d+)\t([^\t]+)\t", listing, re.M)]
    for erratum in errata:
        if erratum["apply"] == "true" and erratum["where"].startswith("unit."):
            number = int(erratum["where"].split(".")[1])
            assert found[number - 1][1] == erratum["source"], number
            found[number - 1] = (number, erratum["corrected"])
    return found
