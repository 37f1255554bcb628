"""The form's formulas against rating/: the sample year, any pattern of contents that do not apply, every way of reading that a switch offers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from pipeline.desk.answers import ROWS, KeyPath, units
from pipeline.desk.form_book import Form, form_of
from pipeline.desk.form_formulas import COLUMNS, letter
from pipeline.desk.form_scoring import NAME, WAY
from pipeline.desk.form_writer import stored
from pipeline.desk.kinds import CHOICE, NUMBER, PERCENT, POINTS, choices
from pipeline.model.assessment import ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.model.unit import Unit
from pipeline.rating.sheet import score
from tests.desk.calculator import Sheet as Calculated
from tests.desk.form_files import form, year

SWITCHES = [
    ("n8", "b"),
    ("n8", "c"),
    ("n9", "b"),
    ("n9", "c"),
    ("n10", "b"),
    ("n11", "b"),
    ("n12", "b"),
    ("n13", "b"),
    ("n17", "b"),
    ("n18", "b"),
]
UNIT_NUMBERS = (9, 10, 25, 43)


def calculated(made: Form, texts: Mapping[KeyPath, str], regulation: Regulation) -> tuple[Calculated, dict[str, int]]:
    """The scoring page computed anew with these texts in its cells; row code -> row."""
    sheet = next(s for s in made.sheets if s.name == NAME)
    cells: dict[str, Any] = {}
    for label in sheet.labels:
        cells[f"{letter(label.column)}{label.row + 1}"] = (
            Decimal(label.text) if label.column == COLUMNS["standard"] and label.text.isdigit() else label.text
        )
    for cell in sheet.inputs:
        text = texts[cell.path]
        value: Any = choices(cell.kind, regulation)[text] if text and cell.kind.name == CHOICE else text or None
        cells[f"{letter(cell.column)}{cell.row + 1}"] = stored(text) if text and cell.kind.name in (PERCENT, POINTS, NUMBER) else value
    cells |= {f"{letter(f.column)}{f.row + 1}": f.text for f in sheet.formulas}
    return Calculated(cells), {label.text: label.row + 1 for label in sheet.labels if label.anchor and label.column == 0}


def scored(texts: Mapping[KeyPath, str], regulation: Regulation, unit: Unit) -> ScoreSheet:
    said, _ = units({path: text for path, text in texts.items() if path[0] == ROWS}, regulation)
    entries = {path[1]: RowEntry.model_validate(_group(row)) for path, row in said.items()}
    return score(regulation, unit.section, entries)


def _group(row: Any) -> dict[str, Any]:
    return {} if row == "" else {key: value if value != "" else None for key, value in row.items()}


def differences(made: Form, texts: Mapping[KeyPath, str], regulation: Regulation, unit: Unit) -> list[str]:
    """Maxima, points and the total, where page and rating disagree."""
    page, rows = calculated(made, texts, regulation)
    sheet = scored(texts, regulation, unit)
    found = []
    for code, row in sheet.rows.items():
        for column, wanted in (("maximum", row.maximum.printed), ("result", row.points)):
            got = page[f"{letter(COLUMNS[column])}{rows[code]}"]
            if got != ("" if wanted is None else float(wanted)):
                found.append(f"{code} {column}: {got} instead of {wanted}")
    total, said = page[f"{letter(COLUMNS['result'])}2"], page[f"{letter(COLUMNS['reason'])}2"]
    if sheet.total is not None and (total != float(sheet.total) or said != "Đã chấm đủ các hàng"):
        found.append(f"total {total} ({said}) instead of {sheet.total}")
    if sheet.total is None and said == "Đã chấm đủ các hàng":
        found.append("called complete")
    return found


def tried(made: Form, luck: random.Random) -> dict[KeyPath, str]:
    """Rows scored in all ways, left blank or said not to apply (with or without saying why)."""
    texts = dict.fromkeys(made.texts, "")
    often = luck.choice((0.05, 0.3, 0.7))
    for code in dict.fromkeys(path[1] for path in texts if path[0] == ROWS):
        way = "khong_ap_dung" if luck.random() < often else luck.choice(("ty_le", "diem", "ke_hoach"))
        new = {WAY: way, "ly_do": luck.choice(("vì lý do này", "vì lý do này", "vì lý do này", ""))}
        if luck.random() > 0.03:
            new |= {
                "ty_le": {"ty_le": f"{luck.randrange(0, 10001) / 100}".replace(".", ",").removesuffix(",0") + "%"},
                "diem": {"diem": f"{luck.randrange(0, 200) / 100}".replace(".", ",").removesuffix(",0")},
                "ke_hoach": {"ke_hoach": str(luck.randrange(1, 97)), "thuc_hien": str(luck.randrange(0, 97))},
            }.get(way, {})
        texts |= {(ROWS, code, key): text for key, text in new.items()}
    return texts


@pytest.mark.parametrize("number", [u.unit.number for u in year().units.values()])
def test_values_stored_are_what_formulas_give(number: int) -> None:
    """A phone that does not compute shows what a spreadsheet program computes; both are rating's."""
    made = form(number)
    page, _ = calculated(made, made.texts, year().regulation)
    sheet = next(s for s in made.sheets if s.name == NAME)
    stored_ones = {f"{letter(f.column)}{f.row + 1}": float(f.value) if not isinstance(f.value, str) else f.value for f in sheet.formulas}
    assert {name: page[name] for name in stored_ones} == stored_ones
    unit = next(u.unit for u in year().units.values() if u.unit.number == number)
    assert differences(made, made.texts, year().regulation, unit) == []


@pytest.mark.parametrize("number", UNIT_NUMBERS)
def test_any_filling_in(number: int) -> None:
    """Blank, partly not applicable, whole criteria not applicable, rows of C moving their points: as rating gives it."""
    luck, made = random.Random(number), form(number)
    unit = next(u.unit for u in year().units.values() if u.unit.number == number)
    for _ in range(60):
        texts = tried(made, luck)
        assert differences(made, texts, year().regulation, unit) == []


@pytest.mark.parametrize(("reading", "way"), SWITCHES)
def test_other_readings(reading: str, way: str) -> None:
    """Formulas follow the regulation as it is read, not one reading of it."""
    regulation, luck = year().under(reading, way), random.Random(f"{reading}{way}")
    for number in (25, 43):
        files = next(u for u in year().units.values() if u.unit.number == number)
        assert files.submission.value is not None
        made = form_of(regulation, files.unit, 2023, files.submission.value)
        for _ in range(20):
            assert differences(made, tried(made, luck), regulation, files.unit) == []
