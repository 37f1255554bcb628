"""The year's files -> every document, the bundles, the closing table; the last build's words where nothing has changed since."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pipeline import standing
from pipeline.commands.year import places_of
from pipeline.places import Places
from pipeline.problems import Problem
from pipeline.progress import Stages
from pipeline.terminal import say_problems, summary


def run(options: argparse.Namespace) -> int:
    places, stages = places_of(options), Stages()
    if not options.unit:
        with stages.run("Đối chiếu với lần lập trước", 1) as step:
            said = standing.unchanged(places)
            step(1)
        if said:
            _tell(said.problems, (), said.remarks, said.rows, said.unsettled, stages)
            return 0
    return _build(places, options, stages)


def _build(places: Places, options: argparse.Namespace, stages: Stages) -> int:
    from pipeline import dossiers  # here: what makes documents takes longer to load than finding that nothing has changed
    from pipeline.report import unsettled

    report = dossiers.build(places, options.unit or None, stages, options.workers, options.cluster)
    _tell(report.result.files.problems, report.faults, report.shown_remarks, report.rows, unsettled(report.result), stages)
    return report.exit_code


def _tell(
    problems: Sequence[Problem],
    faults: Sequence[str],
    remarks: Sequence[str],
    rows: Sequence[tuple[str, str]],
    unsettled: Sequence[str],
    stages: Stages,
) -> None:
    say_problems(problems)
    for fault in faults:
        print(f"lỗi: {fault}", file=sys.stderr)
    for remark in remarks:
        print(remark, file=sys.stderr)
    summary(rows, stages.seconds, stages.workers)
    for line in unsettled:
        print(line)
