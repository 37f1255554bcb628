"""One unit and each save of the files it is made from -> its dossier checked and made again, round after round.

A round never ends the watch: whatever stops it (errors in the data, a form being edited, another build) is told, and the next save tries again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from pipeline import assessing, dossiers
from pipeline.intake.unit_names import find_unit
from pipeline.model.unit import Unit
from pipeline.places import Places
from pipeline.problems import BusyError, PipelineError
from pipeline.progress import Stages
from pipeline.report import Report

SETTLE_MS = 400  # an editor writes a file in several steps
LOOK_MS, PATIENCE = 250, 8  # a build elsewhere is asked after again after so many looks
READ = {".yaml", ".yml", ".docx"}


@dataclass(frozen=True)
class Round:
    """One try: which files were saved before it (as the clerk names them), what the build did, or what stopped it."""

    number: int
    saved: tuple[str, ...]
    seconds: float
    report: Report | None = None
    fault: PipelineError | None = None


def watched_unit(places: Places, unit: str) -> Unit:
    """Raises DataError when there is no such unit, or the year cannot be read at all."""
    return find_unit(assessing.check(places, unit).files.register, unit)


def rounds(places: Places, unit: Unit, before: Callable[[int, tuple[str, ...]], None], workers: int | None = None) -> Iterator[Round]:
    """The first at once, then one after each save; `before` is told of a round that begins. Ends only with KeyboardInterrupt."""
    saves, number, idle = _saves(places, unit), 0, 0
    next(saves)  # looking begins before the first round, so that no save is lost while it goes on
    saved: tuple[str, ...] | None = ()
    while True:
        if saved is not None:
            number += 1
            before(number, saved)
            done = _round(places, unit, number, saved, workers)
            yield done
        names = next(saves)
        idle = 0 if names else idle + 1
        waited = isinstance(done.fault, BusyError) and idle >= PATIENCE
        saved = names or (done.saved if waited else None)
        idle = 0 if waited else idle


def _round(places: Places, unit: Unit, number: int, saved: tuple[str, ...], workers: int | None) -> Round:
    stages = Stages()
    found = Round(number, saved, 0)
    try:
        found = dataclasses.replace(found, report=dossiers.build(places, unit.code, stages, workers))
    except PipelineError as error:
        found = dataclasses.replace(found, fault=error)
    return dataclasses.replace(found, seconds=sum(stages.seconds.values()))


def _saves(places: Places, unit: Unit) -> Iterator[tuple[str, ...]]:
    """Names of the files saved since the last look; empty after a while without any."""
    roots = {path.resolve(): path for path in (places.data, places.templates)}
    options = {"debounce": SETTLE_MS * 4, "step": SETTLE_MS, "rust_timeout": LOOK_MS, "yield_on_timeout": True}
    for changes in watch(*roots, watch_filter=None, **options):  # type: ignore[arg-type]
        named = {_named(Path(path), roots) for _, path in changes}
        yield tuple(sorted(path.as_posix() for path in named if path and _matters(path, places, unit)))


def _named(path: Path, roots: dict[Path, Path]) -> Path | None:
    """The file as the clerk types its folder."""
    return next((shown / path.relative_to(root) for root, shown in roots.items() if path.is_relative_to(root)), None)


def _matters(path: Path, places: Places, unit: Unit) -> bool:
    """Neither another unit's file nor another year's, nor what editors put beside a file while they save it."""
    if path.suffix.lower() not in READ or path.name.startswith((".", "~")) or path.is_relative_to(places.build):
        return False
    if path.parent in (places.submissions, places.appraisals):
        return path.stem == unit.folder
    within = path.relative_to(places.data).parts[0] if path.is_relative_to(places.data) else ""
    return not (within.isdigit() and int(within) != places.year)
