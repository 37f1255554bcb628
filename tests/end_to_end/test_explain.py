"""`explain` on every unit of the sample year: whole sentences, and each figure leads to the line where the clerk wrote it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from pipeline import assessing
from pipeline.assessing import YearResult
from pipeline.explaining import explain_year, results
from pipeline.model.year import UnitFiles
from pipeline.places import PROJECT, Places
from pipeline.rendering.fields_explanation import explain_unit
from pipeline.rendering.province_view import ProvinceView, province_view
from pipeline.rendering.told import told
from tests.support import dangling

PLACE = re.compile(r"(\S+\.yaml):(\d+):(\d+)$")
ROW = re.compile(r"^  ([ABC]\.[\d.]+): (?:(\d+,\d\d)/(\d+,\d\d)|không áp dụng)")
RAW = re.compile(r"None|\{|\}|chua_ro|khong_hoan_thanh|xuat_sac|\bnan\b|\.0\b|«»|\(\)")


@cache
def result() -> YearResult:
    return assessing.check(Places(PROJECT / "data", PROJECT / "build", 2023))


@cache
def year() -> ProvinceView:
    return province_view(result().files, result().assessments, result().quota, explain_year(result()))


@cache
def lines(name: str) -> list[str]:
    return (PROJECT / name).read_text("utf-8").split("\n")


@cache
def explained(position: int) -> tuple[str, ...]:
    return tuple(told(year(), year().units[position]))


UNITS = pytest.mark.parametrize("position", range(56))


@UNITS
def test_every_line_is_whole(position: int) -> None:
    """No key, no code, no empty bracket of the program shows through."""
    assert [line for line in explained(position) if RAW.search(re.sub(r"\S+\.yaml\S*", "", line))] == []
    conclusions = [line for line in explained(position) if line.startswith("- ")]
    assert all(line.endswith((".", ")")) and line[2].isupper() for line in conclusions)


@UNITS
def test_every_figure_leads_to_its_line(position: int) -> None:
    """The place printed is inside the group of the fact or row it speaks of."""
    view, told_lines = year().units[position], explained(position)
    files: UnitFiles = year().files.units[view.unit.code]
    assert sum(bool(PLACE.search(line)) for line in told_lines) >= 45
    for line in told_lines:
        match, row = PLACE.search(line), ROW.match(line)
        if match and row:
            name = match[1].removeprefix(f"{PROJECT.as_posix()}/")
            above = "\n".join(lines(name)[max(int(match[2]) - 2, 0) : int(match[2])])
            assert f"{row[1]}:" in above, line
        elif match:
            assert match[1] in (files.submission.name, files.appraisal.name if files.appraisal else "", year().files.decisions.name)


@UNITS
def test_rows_add_up_to_the_sums_told(position: int) -> None:
    """Whoever adds the rows of a part by hand gets its sum, and the sums the total."""
    hundredths, sums = 0, []
    for line in explained(position):
        if row := ROW.match(line):
            hundredths += int(row[2].replace(",", "")) if row[2] else 0
        elif line.startswith("  Cộng mục"):
            assert line.endswith(f": {hundredths // 100},{hundredths % 100:02d}")
            sums.append(hundredths)
            hundredths = 0
        elif line.startswith("  Tổng điểm"):
            assert line.endswith(f": {sum(sums) // 100},{sum(sums) % 100:02d}")
    assert len(sums) == 3


@UNITS
def test_the_terminal_says_what_the_annex_says(position: int) -> None:
    """`explain` asks for one unit, the annex and ket_qua.json for all: the same explanation, other readings and their rivals included."""
    code = year().units[position].unit.code
    assert explain_year(result(), code)[code] == year().explanations[code]


def test_every_key_named_in_the_results_stands_in_its_file() -> None:
    """A fact the appraisal left as it was stands in the unit's own file, a decided rating in the decision."""
    found = results(result(), year().explanations)
    assert dangling(found, PROJECT / "data" / "2023") == []
    named = [unit for unit in found["don_vi"] if '"quyet_dinh.yaml"' in json.dumps(unit)]
    assert [unit["stt"] for unit in named] == [31, 46]


def test_a_decided_rating_is_followed_to_the_decision() -> None:
    """Unit 46: one of the two who failed was so proposed by the conference, the other decided."""
    text = "\n".join(explained(45))
    assert re.search(r"nhiệm vụ: 02 .* - \S*/quyet_dinh.yaml:\d+:\d+ và \S*/don_vi/46\S+:\d+:\d+$", text, re.M)
    sheet = explain_unit(year(), year().units[45])
    places = {row["noi"] for row in sheet["hang"] if row["noi_dung"].startswith("100% thành viên")}
    assert places == {"Quyết định xếp loại cá nhân; Biên bản hội nghị, III"}
