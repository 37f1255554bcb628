"""One unit -> its spreadsheet form."""

from __future__ import annotations

import argparse
import sys

from pipeline.commands.year import places_of
from pipeline.desk.forming import make_form
from pipeline.problems import DataError


def run(options: argparse.Namespace) -> int:
    if not options.unit:
        print("lỗi: lệnh form cần --unit — viết số thứ tự hoặc mã đơn vị, ví dụ --unit 25", file=sys.stderr)
        return DataError.exit_code
    places = places_of(options)
    made = make_form(places, options.unit, options.force)
    print(f"{'Đã lập biểu' if made.written else 'Biểu đã có, không thay đổi'}: {places.shown(made.path)}")
    print(
        f"Chép tệp ra ngoài thư mục {places.build.as_posix()}/, điền các ô màu vàng nhạt, lưu lại, rồi nhập: make import FILE={made.path.name}"
    )
    return 0
