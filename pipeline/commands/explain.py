"""One unit of the year -> why it has its level, on the terminal."""

from __future__ import annotations

import argparse
import sys

from pipeline import assessing
from pipeline.commands.year import places_of
from pipeline.explaining import explain_year
from pipeline.intake.unit_names import find_unit
from pipeline.problems import DataError
from pipeline.rendering.province_view import province_view
from pipeline.rendering.told import told
from pipeline.terminal import say_problems


def run(options: argparse.Namespace) -> int:
    if not options.unit:
        print("lỗi: lệnh explain cần --unit — viết số thứ tự hoặc mã đơn vị", file=sys.stderr)
        return DataError.exit_code
    result = assessing.check(places_of(options))
    wanted = find_unit(result.files.register, options.unit)
    if result.files.units[wanted.code].submission.usable is None:
        say_problems(result.files.units[wanted.code].submission.problems)
        print(f"lỗi: tệp của {wanted.name} còn lỗi — sửa các lỗi trên rồi chạy lại", file=sys.stderr)
        return DataError.exit_code
    view = province_view(result.files, result.assessments, result.quota, explain_year(result, wanted.code))
    for line in told(view, next(v for v in view.units if v.unit.code == wanted.code)):
        print(line)
    return 0
