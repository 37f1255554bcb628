"""Text and outline of the bundles against tests/golden; refresh with `make update-golden` after reading the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.province import Province
from tests.end_to_end.reading import docx_text, outline

GOLDEN = Path(__file__).parents[1] / "golden"


def bundle_text(province: Province, folder: str) -> str:
    """Every Word file's text in order, then the bundle's outline with pages."""
    parts = []
    for path in sorted((province.out / folder).rglob("*.docx")):
        parts.append(f"=== {path.relative_to(province.out / folder).as_posix()}\n{docx_text(path)}")
    return "\n".join([*parts, "=== mục lục điều hướng", *outline(province.out / folder / "ho-so.pdf")]) + "\n"


@pytest.mark.parametrize("folder", ["09-tinh-doan", "10-ban-can-su-dang-ubnd", "43-ban-dan-toc", "tinh"])
def test_text_is_as_agreed(built: Province, folder: str, request: pytest.FixtureRequest) -> None:
    """All of it must match."""
    found, golden = bundle_text(built, folder), GOLDEN / f"{folder}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
