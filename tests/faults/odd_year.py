"""The small year of bad_input.py, published once with real LibreOffice; test modules of this folder name it in `pytest_plugins`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.faults.bad_input import SmallYear, write_small_year


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """Read only. Test workers running side by side share it: the first one builds, the others wait."""
    own = tmp_path_factory.getbasetemp()
    base = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "nam-la"
    with FileLock(base.with_suffix(".khoa")):
        if not (base / "xong").exists():
            told = write_small_year(base).run()
            assert (told.code, told.err.count(": lỗi:")) == (0, 0), told
            (base / "xong").touch()
    return SmallYear(base)


@pytest.fixture
def odd(published: SmallYear, tmp_path: Path) -> SmallYear:
    """A copy to write slips into."""
    return published.copy(tmp_path / "nam")
