"""The year's files -> every problem of them; writes nothing."""

from __future__ import annotations

import argparse

from pipeline import assessing
from pipeline.commands.year import places_of
from pipeline.problems import DataError, counts, errors
from pipeline.terminal import say_problems


def run(options: argparse.Namespace) -> int:
    result = assessing.check(places_of(options), options.unit or None)
    problems = result.files.problems
    say_problems(problems)
    print(f"Đã kiểm tra {len(result.files.units)} đơn vị: {counts(problems)}.")
    return DataError.exit_code if errors(problems) else 0
