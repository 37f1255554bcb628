"""A file as read + the year rated -> dates of another year, as slips of typing make them (2002 for 2023); each at its line.

A campaign begins in the year rated and ends in the next one. Cases of discipline have a rule of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

ELSEWHERE = "ky_luat"


def wrong_years(loaded: Loaded[Any], year: int) -> Iterator[Problem]:
    for path, date in _dates(loaded.value):
        if date.year not in (year, year + 1):
            what = f"ngày {date:%d/%m/%Y} không thuộc năm {year} hoặc {year + 1}"
            yield Problem(loaded.place(*path), Kind.ERROR, what, "kiểm tra lại năm vừa ghi")


def _dates(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], dt.date]]:
    if isinstance(value, dt.date):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if info.alias != ELSEWHERE:
                yield from _dates(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _dates(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _dates(inner, (*path, position))
