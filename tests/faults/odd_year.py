"""The small year of bad_input.py, published once with real LibreOffice; test modules of this folder name it in `pytest_plugins`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.bad_input import SmallYear, write_small_year
from tests.support import made_once


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """Read only."""
    return SmallYear(made_once(tmp_path_factory, "nam-la", _published))


def _published(folder: Path) -> None:
    told = write_small_year(folder).run()
    assert (told.code, told.err.count(": lỗi:")) == (0, 0), told


@pytest.fixture
def odd(published: SmallYear, tmp_path: Path) -> SmallYear:
    """A copy to write slips into."""
    return published.copy(tmp_path / "nam")
