"""The published dossiers -> the parcel for the Standing Committee, or why there is none."""

from __future__ import annotations

import argparse
import sys

from pipeline.commands.year import places_of
from pipeline.parcelling import parcel
from pipeline.problems import Kind
from pipeline.progress import Stages
from pipeline.rendering.vietnamese import count


def run(options: argparse.Namespace) -> int:
    made = parcel(places_of(options), options.draft, Stages())
    for fault in made.faults:
        print(f"lỗi: {fault.text}", file=sys.stderr)
    for remark in made.remarks:
        print(f"{Kind.WARNING.value}: {remark}", file=sys.stderr)
    if made.path:
        what = "gói trình DỰ THẢO" if options.draft else "gói trình"
        print(f"Đã lập {what}: {made.path.as_posix()} ({count(made.documents)} tài liệu, {count(made.pages)} trang).")
    return made.exit_code
