"""A form filled in -> the differences shown, the unit's file written when agreed."""

from __future__ import annotations

import argparse
import sys

from pipeline.desk.importing import Import, prepare_import
from pipeline.places import Places
from pipeline.problems import DataError, counts

AGREED = ("c", "co", "có", "y", "yes")


def run(options: argparse.Namespace) -> int:
    if len(options.files) != 1:
        print("lỗi: lệnh import cần đúng một tệp — viết tên biểu đã điền, ví dụ import 25-so-noi-vu.xlsx", file=sys.stderr)
        return DataError.exit_code
    places = Places(options.data, options.build, options.year or 0, options.templates)
    found = prepare_import(options.files[0], places, options.year, options.unit)
    shown = places.shown(found.file.path)
    if not found.changes:
        print(f"Biểu không có gì khác với {shown}.")
        return 0
    _tell(found, shown)
    if not options.yes and not _agreed():
        print("Chưa ghi gì." + ("" if sys.stdin.isatty() else " Thêm --yes (YES=1) để ghi."))
        return 0
    if not found.file.write(found.kept):
        print(f"lỗi: {shown} vừa được sửa ở nơi khác, chưa ghi gì — nhập lại biểu", file=sys.stderr)
        return DataError.exit_code
    print(f"Đã ghi {shown}; bản trước khi nhập: {places.shown(found.kept)}.")
    print(f"Tệp hiện có: {counts(found.after)}. Xem từng mục: make check YEAR={found.year} UNIT={found.unit.number}.")
    return 0


def _tell(found: Import, shown: str) -> None:
    print(f"{found.unit.name}: {len(found.changes)} thay đổi trong {shown}")
    for line in found.changes:
        print(f"  {line}")
    for line in found.file.lost:
        print(f"  ghi chú bị bỏ cùng mục đứng cạnh: {line}")


def _agreed() -> bool:
    """Asks only where somebody can answer."""
    if not sys.stdin.isatty():
        return False
    print("Ghi vào tệp? [c/K] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in AGREED
