"""Random years of 56 units -> the program and the independent oracle agree on every score, level, open set and quota figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.comparing import criteria, data_errors, differences, program, register, write
from tests.oracle.random_year import random_year
from tests.oracle.regulation_oracle import compute

SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_year(seed: int, tmp_path: Path) -> None:
    units, law = register(), criteria()
    files = random_year(seed, units, law)
    places = write(tmp_path, units, files)
    actual, year = program(places)

    assert data_errors(year) == []
    assert differences(compute(units, law, files), actual, year) == []
