"""Lines, times and machine -> the tables for the terminal and for RESULTS.md, in Markdown both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.bench.judging import CONVERTERS, Line, capacity, lines_of
from tests.bench.machine import Machine
from tests.bench.measuring import PARTS, Measured, Wanted

HEAD = """# What a build costs, beside others

Written by `make bench` (`tests/bench/`); do not edit. All figures of one table were measured in one run on one machine, one thing at a time,
each way once in every turn. Seconds are medians. Memory is PSS (a page shared by n processes counts 1/n in each), summed over all processes and
looked at four times a second; the highest of all turns. Every way starts its own LibreOffice and converts the very same Word files; a way
that lost a file would not be in the table."""


def document(wanted: Wanted, machine: Machine, found: Measured) -> str:
    """The whole of RESULTS.md."""
    parts = [HEAD, "## Machine", _table(("what", "is"), [*machine.rows, *_sizes(wanted, found)])]
    parts += ["## Ratios and targets", _table(("measured", "result", "target", "figures"), [_row(line) for line in lines_of(found)])]
    parts += list(_held_back(lines_of(found)))
    parts += ["## Times and memory", _table(("what", "seconds", "own memory", "with LibreOffice", "turns"), list(_runs(found)))]
    for name, title in (("full", f"the full build of {found.units} units"), ("many", f"the build of {found.many_units} units")):
        if found.builds.get(name):
            parts += [f"## Where the time of {title} goes", _table(("stage", "seconds", "share"), list(_stages(found, name)))]
            parts += [_table(("work of all worker processes together", "seconds", "share"), list(_shares(found.workers(name))))]
    if capacity(found):
        parts += ["## For calculations", _table(("measured", "is"), capacity(found))]
    missing = [(name, found.lacking.get(name, "not asked for")) for name in PARTS if not _there(found, name)]
    if missing:
        parts += ["## NOT measured", _table(("part", "why"), missing)]
    return "\n\n".join(parts) + "\n"


def _sizes(wanted: Wanted, found: Measured) -> list[tuple[str, str]]:
    made = f"{found.units} units and the province, {found.documents} Word files"
    return [("Built", made), ("Turns", f"{wanted.runs}" + ("; many units once" if found.many_units else ""))]


def _row(line: Line) -> tuple[str, str, str, str]:
    return (line.what, line.shown, line.verdict, line.note)


def _held_back(lines: Sequence[Line]) -> Iterator[str]:
    """From the stages' measured times, for each target missed."""
    told = [f"- {line.what}: {line.why}." for line in lines if line.why]
    if told:
        yield "What holds back what was missed:\n\n" + "\n".join(told)


def _runs(found: Measured) -> Iterator[tuple[str, str, str, str, str]]:
    for name, runs in found.runs.items():
        together = max(run.memory.together for run in runs)
        what = f"{name}: {CONVERTERS[name]}" if name in CONVERTERS else name
        yield what, f"{found.seconds(name):.1f}", f"{found.memory(name).own:.0f} MB", f"{together:.0f} MB", str(len(runs))


def _stages(found: Measured, name: str) -> Iterator[tuple[str, str, str]]:
    whole, stages = found.seconds(name) or 1.0, found.stages(name)
    for stage, seconds in [*stages.items(), ("outside of all stages: starting, loading", whole - sum(stages.values()))]:
        yield stage, f"{seconds:.1f}", f"{seconds / whole:.0%}"


def _shares(workers: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
    whole = sum(workers.values()) or 1.0
    for kind, seconds in workers.items():
        yield kind, f"{seconds:.1f}", f"{seconds / whole:.0%}"


def _there(found: Measured, part: str) -> bool:
    return bool(found.runs.get(part))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they must be, so that it reads on a terminal too."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines)
