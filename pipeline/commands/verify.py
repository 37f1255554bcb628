"""Signed PDF files -> a verdict on each."""

from __future__ import annotations

import argparse
import sys

from pipeline.verifying import verify


def run(options: argparse.Namespace) -> int:
    results = verify(options.files, options.data, options.build, options.year, options.trust)
    for result in results:
        if result.verdict is None:
            print(f"lỗi: {result.path.as_posix()}: {result.refused}", file=sys.stderr)
            continue
        print(result.path.as_posix())
        for line in result.verdict.lines:
            print(f"  {line}")
        print(f"  Kết luận: {result.verdict.conclusion}.")
    return max(result.exit_code for result in results)
