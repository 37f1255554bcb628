"""Command line -> what was asked for measured, the tables printed, RESULTS.md written when asked. `python -m tests.bench --help`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.bench.machine import PROJECT, this_machine
from tests.bench.measuring import PARTS, Wanted, measure
from tests.bench.running import BenchError
from tests.bench.table import document

RESULTS = Path(__file__).with_name("RESULTS.md")
YEAR, UNIT, COPIES = 2023, 25, 10


def main() -> int:
    options = _options()
    wanted = Wanted(
        parts=tuple(options.only),
        runs=options.runs,
        work=options.work.resolve(),
        year=YEAR,
        unit=options.unit,
        units=tuple(options.units) if options.units else None,
        copies=options.copies,
        cores=os.cpu_count() or 1,
        tell=lambda line: print(line, file=sys.stderr, flush=True),
    )
    wanted.work.mkdir(parents=True, exist_ok=True)
    try:
        machine = this_machine()
        text = document(wanted, machine, measure(wanted))
    except BenchError as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    print(text)
    if options.write:
        RESULTS.write_text(text, "utf-8")
        print(f"written: {RESULTS.relative_to(PROJECT)}", file=sys.stderr)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures full and small builds beside other converters.")
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="PART,...", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--runs", type=int, default=3, help="turns, of which the median counts (default: 3)")
    parser.add_argument("--work", type=Path, default=PROJECT / "build" / "bench", help="folder for everything made (default: build/bench)")
    parser.add_argument("--units", type=_numbers, help="numbers of the units to take (default: all 56)")
    parser.add_argument("--unit", type=int, default=UNIT, help=f"the unit that changes (default: {UNIT})")
    parser.add_argument("--copies", type=int, default=COPIES, help=f"how many times the units of `many` (default: {COPIES})")
    parser.add_argument("--write", action="store_true", help="write tests/bench/RESULTS.md")
    return parser.parse_args()


def _parts(text: str) -> tuple[str, ...]:
    """Raises for a part that does not exist; `stages` names what every run tells."""
    named = [part for part in text.split(",") if part != "stages"]
    if unknown := [part for part in named if part not in PARTS]:
        raise argparse.ArgumentTypeError(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}, stages")
    return tuple(named)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


if __name__ == "__main__":
    sys.exit(main())
