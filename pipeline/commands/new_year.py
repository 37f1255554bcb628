"""A year that is to begin -> its files for clerks, and what to do next."""

from __future__ import annotations

import argparse

from pipeline.commands.year import places_of
from pipeline.desk.new_year import begin_year
from pipeline.problems import DataError, Kind, Place, Problem

SHOWN = 6


def run(options: argparse.Namespace) -> int:
    if options.year is None:
        raise DataError([Problem(Place(options.data.as_posix()), Kind.ERROR, "chưa ghi năm mới", "thêm --year và năm, ví dụ --year 2024")])
    places = places_of(options)
    done = begin_year(places, options.unit or None)
    print(
        f"Đã tạo {len(done.written)} tệp trong {places.shown(places.year_data)}/"
        + (f"; đã có, giữ nguyên: {len(done.kept)} tệp." if done.kept else ".")
    )
    if done.without:
        names = ", ".join(unit.name for unit in done.without[:SHOWN]) + (" ..." if len(done.without) > SHOWN else "")
        print(f"Năm {places.year - 1} không có tệp dùng được của {len(done.without)} đơn vị, chưa chép được họ tên, hạn chế: {names}.")
    print(f"Điền tệp của từng đơn vị trong {places.shown(places.submissions)}/, rồi kiểm tra: make check YEAR={places.year} UNIT=25.")
    return 0
