"""data/luoc_do stands as the models say; `make schemas` writes it anew."""

from __future__ import annotations

import pytest

from pipeline.places import PROJECT
from pipeline.schemas import FILES, schema_text


@pytest.mark.parametrize("name", FILES)
def test_schema_is_up_to_date(name: str) -> None:
    """A changed model without a changed schema would mislead the editors."""
    assert (PROJECT / "data" / "luoc_do" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)
