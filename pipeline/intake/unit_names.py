"""A unit's number or code as typed -> the unit; a file's own `don_vi` and `nam` against its name."""

from __future__ import annotations

import difflib
from typing import Any

from pipeline.model.unit import Unit
from pipeline.problems import DataError, Kind, Place, Problem
from pipeline.reading.shape import Loaded


def find_unit(register: list[Unit], typed: str) -> Unit:
    """`25`, `so-noi-vu` or `25-so-noi-vu`; raises DataError with the nearest code."""
    for unit in register:
        if typed in (str(unit.number), f"{unit.number:02d}", unit.code, unit.folder):
            return unit
    near = difflib.get_close_matches(typed, [u.code for u in register], 1, 0.5)
    advice = f"có phải ý bạn là «{near[0]}»?" if near else f"viết số từ 1 đến {len(register)} hoặc mã đơn vị trong don_vi.yaml"
    raise DataError([Problem(Place("UNIT"), Kind.ERROR, f"không có đơn vị «{typed}»", advice)])


def own_file(loaded: Loaded[Any], unit: Unit, year: int) -> list[Problem]:
    """The file must say that it is this unit's and of this year."""
    found, file = [], loaded.value
    assert file is not None
    if file.unit and file.unit != unit.code:
        found.append(
            Problem(
                loaded.place("don_vi"), Kind.ERROR, f"tệp mang tên {unit.folder} nhưng ghi don_vi: {file.unit}", f"viết don_vi: {unit.code}"
            )
        )
    if file.year is not None and file.year != year:
        found.append(Problem(loaded.place("nam"), Kind.ERROR, f"tệp nằm trong năm {year} nhưng ghi nam: {file.year}", f"viết nam: {year}"))
    return found
