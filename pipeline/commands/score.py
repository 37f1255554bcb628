"""The year's files -> ket_qua.json and what is not settled yet; no documents."""

from __future__ import annotations

import argparse

from pipeline import assessing
from pipeline.commands.year import places_of
from pipeline.explaining import explain_year, results
from pipeline.model.assessment import PROPOSED
from pipeline.problems import DataError, errors
from pipeline.publishing import build_lock, write_json
from pipeline.report import unsettled
from pipeline.terminal import say_problems


def run(options: argparse.Namespace) -> int:
    places = places_of(options)
    result = assessing.check(places, options.unit or None)
    say_problems(result.files.problems)
    if not options.unit:
        with build_lock(places):
            write_json(places.results, results(result, explain_year(result)))
        print(f"Đã ghi {places.results.as_posix()}.")
    settled = sum(a.state == PROPOSED for a in result.assessments.values())
    print(f"{settled}/{len(result.assessments)} đơn vị đã rõ mức.")
    for line in unsettled(result):
        print(line)
    return DataError.exit_code if errors(result.files.problems) else 0
