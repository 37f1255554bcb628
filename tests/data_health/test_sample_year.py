"""The illustrative year 2023 -> it says that it is invented, and holds every case a reader should be able to look up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import assessing
from pipeline.assessing import YearResult
from pipeline.model.assessment import Assessment
from pipeline.places import PROJECT, Places
from pipeline.problems import Kind

PLACES = Places(PROJECT / "data", PROJECT / "build", 2023)
FILES = sorted(PLACES.year_data.rglob("*.yaml"))
UPPER = "".join(chr(c) for c in range(0x1F00) if chr(c).isupper())
LOWER = "".join(chr(c) for c in range(0x1F00) if chr(c).islower())
NAME = re.compile(rf"\b[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+ [{UPPER}]\b")  # surname, middle name, one capital letter
PEOPLE = {"ho_ten", "chu_tri", "thu_ky", "nguoi", "nguoi_quyet"}
FREE = {"khong_ap_dung", "van_ban"}  # short formulas and citations that several units share by their nature


@pytest.fixture(scope="module")
def year() -> YearResult:
    return assessing.check(PLACES)


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a file with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif value:
        yield path, value


def texts(path: Path) -> list[tuple[tuple[str, ...], str]]:
    return list(leaves(yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)))


def assessed(year: YearResult) -> dict[str, Assessment]:
    """Units by the name of their files."""
    return {year.files.units[code].unit.folder: a for code, a in year.assessments.items()}


def absent_rows(year: YearResult) -> dict[str, set[str]]:
    """Rows that do not apply, per unit."""
    return {code: {row.code for row in a.sheet.rows.values() if not row.applies} for code, a in year.assessments.items() if a.sheet}


# --- invented, and visibly so ---------------------------------------------------------------------------------------


def test_every_unit_has_a_file_and_an_appraisal(year: YearResult) -> None:
    """56 of each, none in error."""
    units = year.files.units.values()
    assert len(units) == 56
    assert [u.unit.name for u in units if u.submission.usable is None or u.appraisal is None or u.appraisal.usable is None] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_it_is_illustrative(path: Path) -> None:
    """In its first lines; where the model has a mark for it (covers print it), the mark is set."""
    text = path.read_text("utf-8")
    assert "minh họa" in "".join(text.splitlines()[:3])
    if path.parent == PLACES.submissions or path == PLACES.province:
        assert "\nminh_hoa: co\n" in text


def test_names_are_placeholders() -> None:
    """Surname, middle name, one capital letter: nobody's real name."""
    named = [(path.stem, text) for path in FILES for keys, text in texts(path) if keys[-1] in PEOPLE]
    opinions = [(path.stem, text) for path in FILES for keys, text in texts(path) if keys == ("hoi_nghi", "y_kien")]
    spoken = [(where, found) for where, text in opinions for found in re.findall(r"^Đồng chí ([^,:]+)", text)]
    assert len(named) > 300 and len(spoken) > 100
    assert [(where, name) for where, name in named + spoken if not NAME.fullmatch(name)] == []


def test_names_belong_to_one_unit_each() -> None:
    """No person sits in two units; a council member is of one agency at most, and may recur where appraisals are confirmed."""
    office = set(NAME.findall(PLACES.province.read_text("utf-8")))
    owners = defaultdict(set)
    for path in [*PLACES.submissions.iterdir(), *PLACES.appraisals.iterdir()]:
        for name in NAME.findall(path.read_text("utf-8")):
            owners[name].add(path.stem)
    confirming = {t for p in PLACES.appraisals.iterdir() for keys, t in texts(p) if keys == ("xac_nhan", "nguoi")}
    assert {name: units for name, units in owners.items() if len(units) > 1 and name not in confirming & office} == {}
    own_files = {path.stem: path.read_text("utf-8") for path in PLACES.submissions.iterdir()}
    assert {name for name in office if sum(name in text for text in own_files.values()) > 1} == set()
    assert set(NAME.findall(PLACES.decisions.read_text("utf-8"))) <= office | set(owners)


def test_no_paragraph_stands_in_two_units() -> None:
    """Narratives, opinions, reasons and evidence of more than 12 words are each unit's own."""
    owners = defaultdict(set)
    for path in [*PLACES.submissions.iterdir(), *PLACES.appraisals.iterdir()]:
        for keys, text in texts(path):
            for line in text.splitlines() if not FREE & set(keys) else []:
                words = line.removeprefix("- ").casefold().split()
                if len(words) > 12:
                    owners[" ".join(words)].add(path.stem)
    assert len(owners) > 3000
    assert {line: units for line, units in owners.items() if len(units) > 1} == {}


# --- every case is there --------------------------------------------------------------------------------------------


def test_the_year_is_ready(year: YearResult) -> None:
    """No errors, nothing owed, every level proposed and official."""
    assert [str(p) for p in year.files.problems if p.kind is not Kind.WARNING] == []
    assert [name for name, a in assessed(year).items() if a.level is None or a.official is None] == []


def test_all_four_levels_occur(year: YearResult) -> None:
    assert {a.level for a in year.assessments.values()} == {level.code for level in year.files.regulation.heading.levels}


def test_more_candidates_than_the_quota_admits(year: YearResult) -> None:
    """So somebody is outside, and nobody waits."""
    quota = year.quota
    assert quota.limit is not None and len(quota.candidates) > quota.limit == len(quota.chosen)
    assert quota.outside and not quota.waiting


def test_a_tie_away_from_the_limit(year: YearResult) -> None:
    """Two candidates with the same total on the same side: no decision is needed."""
    sides = [[year.assessments[code].total for code in side] for side in (year.quota.chosen, year.quota.outside)]
    assert any(len(set(totals)) < len(totals) for totals in sides)


def test_rows_that_do_not_apply_in_each_part(year: YearResult) -> None:
    """Contents of A, whole criteria of B, a content of C.1."""
    rows = {code for codes in absent_rows(year).values() for code in codes}
    assert all(any(code.startswith(part) for code in rows) for part in ("A.", "B.", "C.1."))


def test_all_transfers_of_section_c(year: YearResult) -> None:
    """C.2, C.3, both or neither carry their points over to C.1."""
    found = {tuple({f"{c}.1", f"{c}.2"} <= rows for c in ("C.2", "C.3")) for rows in absent_rows(year).values()}
    assert found == {(False, False), (False, True), (True, False), (True, True)}


@pytest.mark.parametrize("criterion", ["C.2", "C.3"])
def test_only_one_of_two_contents_each_way(year: YearResult, criterion: str) -> None:
    """This year's without last year's, and the reverse."""
    pair = {f"{criterion}.1", f"{criterion}.2"}
    assert {row for rows in absent_rows(year).values() for row in rows & pair if len(rows & pair) == 1} == pair


def test_an_excepted_case_of_discipline(year: YearResult) -> None:
    """Found by the unit itself and remedied: no bar to "tốt" (Điều 6 khoản 2 gạch đầu dòng 2)."""
    excepted = [a for a in year.assessments.values() if a.facts and {w.discipline for w in a.facts.worlds} == {"duoc_tru"}]
    assert "tot" in {a.level for a in excepted}


def test_one_open_case_settled_by_a_recorded_decision(year: YearResult) -> None:
    """The regulation leaves several levels; a named person chose, with a reason."""
    settled = [a for a in year.assessments.values() if a.decided_by]
    assert len(settled) == 1
    assert settled[0].levels and len(settled[0].levels.levels) > 1 and settled[0].decided_reason


def test_ten_units_or_more_are_scored_differently(year: YearResult) -> None:
    """By the council than by themselves."""
    assert len([a for a in year.assessments.values() if a.self_sheet and a.self_sheet.total != a.total]) >= 10


def test_one_official_level_differs_with_a_reason(year: YearResult) -> None:
    """Ban Thường vụ Tỉnh ủy decided otherwise once, and said why."""
    different = [a for a in year.assessments.values() if a.official != a.level]
    assert len(different) == 1 and different[0].official_reason
