"""Options -> the places of the year meant: the one named, or the only one there is."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.places import Places
from pipeline.problems import DataError, Kind, Place, Problem


def places_of(options: argparse.Namespace) -> Places:
    """Raises DataError when no year is named and the data do not leave one."""
    year = options.year if options.year is not None else _only_year(options.data)
    return Places(options.data, options.build, year, options.templates)


def _only_year(data: Path) -> int:
    """The year when the data hold just one; raises DataError when there is none or more than one to choose from."""
    years = sorted(int(p.name) for p in data.glob("[0-9][0-9][0-9][0-9]") if p.is_dir())
    if len(years) == 1:
        return years[0]
    what = f"dữ liệu có nhiều năm: {', '.join(map(str, years))}" if years else "chưa có dữ liệu của năm nào"
    raise DataError([Problem(Place(data.as_posix()), Kind.ERROR, what, "thêm --year và năm đánh giá")])
