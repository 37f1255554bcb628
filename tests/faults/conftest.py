"""The small year of the tests of bad input, published once with real LibreOffice; each test that writes anything has a copy."""

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
    base = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "nam-nho"
    with FileLock(base.with_suffix(".khoa")):
        if not (base / "xong").exists():
            told = write_small_year(base).run()
            assert (told.code, told.err.count(": lỗi:")) == (0, 0), told
            (base / "xong").touch()
    return SmallYear(base)


@pytest.fixture
def year(published: SmallYear, tmp_path: Path) -> SmallYear:
    return published.copy(tmp_path / "nam")
