"""A year that is to begin -> its files for clerks, and what to do next."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.year import places_of
from pipeline.desk.new_year import begin_year
from pipeline.problems import DataError, Kind, Place, Problem

SHOWN = 6


def run(options: argparse.Namespace) -> int:
    if options.year is None:
        raise DataError([Problem(Place(options.data.as_posix()), Kind.ERROR, "chưa ghi năm mới", "thêm --year và năm, ví dụ --year 2024")])
    places = places_of(options)
    done = begin_year(places, options.unit or None)
    print(f"Đã tạo {len(done.written)} tệp trong {places.shown(places.year_data)}/")
    if done.kept:
        print(f"Đã có, giữ nguyên {len(done.kept)} tệp: {_listed([_within(path, places.year_data) for path in done.kept])}")
    if done.not_carried:
        print(f"Chưa chép được họ tên, hạn chế của năm trước từ: {_listed(done.not_carried)}")
        print("Muốn chép thì bổ sung, sửa tệp năm trước, xóa tệp mới của đơn vị ấy (khi chưa điền gì) rồi chạy lại lệnh này.")
    unit = options.unit or "25"
    print(f"Việc tiếp theo: xem lại {places.shown(places.province)}, điền tệp của từng đơn vị trong {places.shown(places.submissions)}/,")
    print(f"điền đến đâu kiểm tra đến đó: make check YEAR={places.year} UNIT={unit}")
    return 0


def _listed(names: list[str] | tuple[str, ...]) -> str:
    more = f" … và {len(names) - SHOWN} tệp khác" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _within(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
