"""What is asked for -> everything measured, side by side: one run of each way after the other, then all of them again."""

from __future__ import annotations

import shutil
import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from pipeline.signoff.office import EXPORT
from tests.bench.edits import change_a_form, lengthen_a_narrative, lower_a_score, unit_file
from tests.bench.machine import PROJECT
from tests.bench.memory import Peak
from tests.bench.program import PROVINCE, Build, Program
from tests.bench.rivals import Rivals
from tests.bench.running import BenchError, Run
from tests.bench.tenfold import multiply
from tests.bench.tools import Tools, installed

RIVALS = ("floor", "archive", "carbone", "unoserver", "single")
CHANGES = ("nothing", "score", "narrative", "template", "province")
PARTS = (*RIVALS, *CHANGES, "many")  # the full build is part of every run: all others stand on it


@dataclass(frozen=True)
class Wanted:
    """What to measure, on which data, where."""

    parts: tuple[str, ...]
    runs: int
    work: Path
    year: int
    unit: int
    units: tuple[int, ...] | None  # numbers of the units taken, None = all
    copies: int
    cores: int
    tell: Callable[[str], None]


@dataclass
class Measured:
    """`runs`: name -> its runs; `builds`: name -> those of our own, with their stages."""

    units: int = 0
    documents: int = 0
    many_units: int = 0
    sizes: dict[str, float] = field(default_factory=dict)  # MB: of a unit, of the province
    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    builds: dict[str, list[Build]] = field(default_factory=lambda: defaultdict(list))
    lacking: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, build: Build) -> None:
        self.builds[name].append(build)
        self.runs[name].append(build.run)

    def seconds(self, name: str) -> float | None:
        """The median; None when it was not measured."""
        return statistics.median(run.seconds for run in self.runs[name]) if self.runs.get(name) else None

    def core_seconds(self, name: str) -> float | None:
        return statistics.median(run.core_seconds for run in self.runs[name]) if self.runs.get(name) else None

    def memory(self, name: str) -> Peak:
        """Of the run that took most."""
        return max((run.memory for run in self.runs[name]), key=lambda peak: peak.own)

    def stages(self, name: str) -> dict[str, float]:
        """Median seconds of each stage, in the order of a build."""
        return _medians([build.stages for build in self.builds[name]])

    def workers(self, name: str) -> dict[str, float]:
        """Median seconds of all worker processes together, by kind of work."""
        return _medians([build.workers for build in self.builds[name]])


def _medians(told: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for times in told for name in times)
    return {name: statistics.median(times.get(name, 0.0) for times in told) for name in names}


def measure(wanted: Wanted) -> Measured:
    found = Measured()
    program = _prepared(wanted, found)
    tools = installed(wanted.work / "tools", {"carbone", "unoserver"} & set(wanted.parts))
    found.lacking = tools.lacking
    for turn in range(1, wanted.runs + 1):
        wanted.tell(f"run {turn} of {wanted.runs}: full build")
        shutil.rmtree(program.build, ignore_errors=True)
        found.add("full", program.run())
        _rivals(wanted, found, program.documents(), tools, turn)
    found.documents = len(program.documents())
    found.sizes = {"unit": program.size("[0-9]*") / found.units, "province": program.size(PROVINCE)}
    for turn in range(1, wanted.runs + 1):
        _changes(wanted, found, program, turn)
    if "many" in wanted.parts:
        try:
            _many(wanted, found, program)
        except BenchError as error:  # the last part, and the longest: what was measured before stays
            found.lacking["many"] = " ".join(str(error).split())[:300]
    return found


def _prepared(wanted: Wanted, found: Measured) -> Program:
    """Copies of data and forms, so that they can be changed."""
    data, templates = wanted.work / "data", wanted.work / "templates"
    for folder in (data, templates):
        shutil.rmtree(folder, ignore_errors=True)
    found.units = multiply(PROJECT / "data", data, wanted.year, 1, wanted.units)
    shutil.copytree(PROJECT / "templates_docx", templates)
    return Program(data, wanted.work / "build", templates, wanted.year)


def _rivals(wanted: Wanted, found: Measured, documents: Sequence[Path], tools: Tools, turn: int) -> None:
    """`single` in the first turn only: it takes as long as all the others together."""
    rivals = Rivals(documents, wanted.work / "rivals", wanted.cores)
    ways: dict[str, Callable[[], Run]] = {"floor": rivals.bare, "archive": lambda: rivals.bare(EXPORT)}
    if script := tools.carbone:
        ways["carbone"] = lambda: rivals.carbone(script)
    if python := tools.unoserver:
        ways["unoserver"] = lambda: rivals.unoserver(python)
    ways["single"] = rivals.one_by_one
    for name, way in ways.items():
        if name in wanted.parts and (name != "single" or turn == 1):
            wanted.tell(f"  {name}")
            found.runs[name].append(way())


def _changes(wanted: Wanted, found: Measured, program: Program, turn: int) -> None:
    """What is built is up to date before each change; a build that only brings it there is not counted."""
    parts, file = set(wanted.parts), unit_file(program.data, wanted.year, wanted.unit)
    folder = program.out / file.stem
    wanted.tell(f"changes, turn {turn} of {wanted.runs}")
    if "nothing" in parts:
        program.run()
        found.add("nothing", program.run())
    if "score" in parts:
        lower_a_score(file)
        _with_bare(wanted, found, "score", program.run(), folder)
        lower_a_score(file)
        _with_bare(wanted, found, "score of one unit", program.run(wanted.unit), folder)
    if "narrative" in parts:
        lengthen_a_narrative(file)
        _with_bare(wanted, found, "narrative", program.run(wanted.unit), folder)
    if {"score", "narrative"} & parts:
        program.run()
    if "template" in parts:
        change_a_form(program.templates)
        _with_bare(wanted, found, "template", program.run(), program.out / "[0-9]*", None)
    if "province" in parts:
        shutil.rmtree(program.out / PROVINCE)
        found.add("province", program.run())


def _with_bare(wanted: Wanted, found: Measured, name: str, build: Build, folder: Path, calls: int | None = 1) -> None:
    """Beside the build: bare soffice on the documents in `folder` that the build changed, in one call, or (None) one call per core."""
    changed = [path for path in build.changed if fnmatch(path.as_posix(), f"{folder}/*")]
    found.add(name, build)
    found.runs[f"bare: {name}"].append(Rivals(changed, wanted.work / "rivals", wanted.cores).bare(calls=calls))


def _many(wanted: Wanted, found: Measured, program: Program) -> None:
    """Once: it takes as long as all the others together."""
    wanted.tell(f"{wanted.copies} times the units")
    large = Program(wanted.work / "data-many", wanted.work / "build-many", program.templates, wanted.year)
    for folder in (large.data, large.build):
        shutil.rmtree(folder, ignore_errors=True)
    found.many_units = multiply(PROJECT / "data", large.data, wanted.year, wanted.copies, wanted.units)
    found.add("many", large.run())
    found.add("many, nothing", large.run())
