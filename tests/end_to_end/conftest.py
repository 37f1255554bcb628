"""The small province, built once with real LibreOffice for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.province import CLERK, CLERKS_OWN, Province, lower_head, small_data
from tests.support import made_once


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """Built once, by a clerk with a name and passwords (test_secrets.py); tests that change anything work on a copy."""
    folder = made_once(tmp_path_factory, "tinh", _built)
    return Province(folder / "data", folder / "build")


def _built(folder: Path) -> None:
    small_data(folder / "data")
    province = Province(folder / "data", folder / "build")
    lower_head(province)
    home = folder / "home" / CLERK
    home.mkdir(parents=True)
    done = province.run(environment={**CLERKS_OWN, "HOME": str(home)})
    assert done.returncode == 0, done.stderr
