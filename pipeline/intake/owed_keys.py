"""A group of facts as written + the keys its documents print -> one line (thiếu) that names those not written at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded


def owed_keys(
    loaded: Loaded[Any], path: tuple[str, ...], value: BaseModel | None, model: type[BaseModel], names: tuple[str, ...], purpose: str
) -> Iterator[Problem]:
    """`names`: fields of the model. A key written but blank has its own message already."""
    absent = [model.model_fields[n].alias or n for n in names if value is None or n not in value.model_fields_set]
    if absent:
        yield Problem(
            loaded.place(*path),
            Kind.OWED,
            f"{purpose} còn thiếu ở «{'.'.join(path)}»: {', '.join(absent)}",
            "thêm các mục này và điền nội dung",
        )
