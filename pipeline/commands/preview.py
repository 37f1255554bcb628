"""One form and one unit -> that document and pictures of its pages; the files made, by name."""

from __future__ import annotations

import argparse
import sys

from pipeline.commands.year import places_of
from pipeline.previewing import preview
from pipeline.problems import DataError
from pipeline.progress import Stages


def run(options: argparse.Namespace) -> int:
    if not options.form:
        print("lỗi: lệnh preview cần --form — viết số hoặc tên biểu mẫu, ví dụ --form 4 --unit 25", file=sys.stderr)
        return DataError.exit_code
    made = preview(places_of(options), options.form, options.unit or None, Stages())
    for fault in made.faults:
        print(f"lỗi: {fault}", file=sys.stderr)
    for path in made.files:
        print(path.as_posix())
    return made.exit_code
