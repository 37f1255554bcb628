"""The small province, built once with real LibreOffice for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.end_to_end.province import CLERK, CLERKS_OWN, Province, lower_head, small_data


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Province:
    """Built once, by a clerk with a name and passwords (test_secrets.py); tests that change anything work on a copy."""
    base = tmp_path_factory.mktemp("tinh")
    small_data(base / "data")
    province = Province(base / "data", base / "build")
    lower_head(province)
    home = base / "home" / CLERK
    home.mkdir(parents=True)
    done = province.run(environment={**CLERKS_OWN, "HOME": str(home)})
    assert done.returncode == 0, done.stderr
    return province
