"""Everything measured -> the lines of the table: ratio, target, met or missed and by how much; what holds a missed one back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.measuring import Measured

CONVERTERS = {  # name -> what it is
    "floor": "bare soffice, one process per core, default PDF options (the floor)",
    "archive": "the same with our options: PDF/A, tags, bookmarks",
    "carbone": "Carbone, one converter per core, conversion only",
    "unoserver": "unoserver, one server per core, conversion only",
    "single": "one soffice call per file, one at a time per core",
}
CHANGED = {
    "score": "a score of one unit changed, build of the year",
    "score of one unit": "a score of one unit changed, build --unit",
    "narrative": "one narrative changed, build --unit",
    "template": "one form changed, build of the year",
}
BUILD_TO_FLOOR, BUILD_TO_CARBONE, NOTHING_SECONDS, SCORE_TO_BARE, MANY_PER_UNIT, OWN_MEMORY = 1.3, 0.8, 1.0, 2.5, 1.10, 400
SHOWN_STAGES = 3


@dataclass(frozen=True)
class Line:
    """`ratio` of our figure to another one, or (`unit` given) a figure of our own with its unit; `target`: at most."""

    what: str
    figure: float
    target: float | None = None
    unit: str = ""
    note: str = ""
    why: str = ""

    @property
    def shown(self) -> str:
        return f"{self.figure:.2f}" + (f" {self.unit}" if self.unit else " times")

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        if self.figure <= self.target:
            return f"met (at most {self.target:g})"
        return f"MISSED (at most {self.target:g}) by {(self.figure / self.target - 1) * 100:.0f}%"


def lines_of(found: Measured) -> list[Line]:
    """In the order of the table; what was not measured has no line."""
    return [*_converters(found), *_nothing(found), *_changed(found), *_many(found)]


def _converters(found: Measured) -> Iterator[Line]:
    full = found.seconds("full") or 0.0
    for name, target in (
        ("floor", BUILD_TO_FLOOR),
        ("archive", None),
        ("carbone", BUILD_TO_CARBONE),
        ("unoserver", None),
        ("single", None),
    ):
        other = found.seconds(name)
        if other:
            missed = target is not None and full / other > target
            why = _beyond(found, "full", full, (target or 0) * other) if missed else ""
            yield Line(f"full build : {name}", full / other, target, note=f"{full:.1f} s : {other:.1f} s", why=why)


def _nothing(found: Measured) -> Iterator[Line]:
    seconds = found.seconds("nothing")
    if seconds:
        why = _beyond(found, "nothing", seconds, NOTHING_SECONDS) if seconds > NOTHING_SECONDS else ""
        yield Line("nothing changed, build of the year", seconds, NOTHING_SECONDS, "s", why=why)


def _changed(found: Measured) -> Iterator[Line]:
    for name, what in CHANGED.items():
        ours, bare = found.seconds(name), found.seconds(f"bare: {name}")
        if ours and bare:
            target = SCORE_TO_BARE if name.startswith("score") else None
            made = {len(build.changed) for build in found.builds[name]}
            why = _beyond(found, name, ours, target * bare) if target and ours > target * bare else ""
            note = f"{ours:.1f} s : {bare:.1f} s bare soffice on them; {' or '.join(map(str, sorted(made)))} Word files changed in all"
            yield Line(what, ours / bare, target, note=note, why=why)
    province = found.seconds("province")
    if province:
        yield Line("only the province's dossier made, build of the year", province, unit="s")


def _many(found: Measured) -> Iterator[Line]:
    full, many = found.seconds("full"), found.seconds("many")
    if not (full and many):
        return
    each, each_of_many = full / found.units, many / found.many_units
    why = _grown(found) if each_of_many > MANY_PER_UNIT * each else ""
    note = f"{each_of_many:.2f} s : {each:.2f} s; {many:.0f} s in all"
    yield Line(f"time per unit, {found.many_units} units : {found.units} units", each_of_many / each, MANY_PER_UNIT, note=note, why=why)
    peak = found.memory("many")
    beside = f"highest after {peak.seconds:.0f} s of {many:.0f} s: {peak.processes} processes, the largest {peak.largest:.0f} MB"
    note = f"{found.memory('full').own:.0f} MB at {found.units} units; with LibreOffice {peak.together:.0f} MB"
    over = beside if peak.own > OWN_MEMORY else ""
    yield Line(f"memory of our own processes, {found.many_units} units", peak.own, OWN_MEMORY, "MB", note, over)
    yield Line(f"nothing changed, {found.many_units} units", found.seconds("many, nothing") or 0.0, unit="s")


def _beyond(found: Measured, name: str, seconds: float, allowed: float) -> str:
    """How much too much the whole takes; the stages that take most, and what the worker processes do meanwhile."""
    stages, workers = found.stages(name), found.workers(name)
    most = f"most goes to {_largest(stages, seconds)}"
    rest = f"outside of all stages (starting, loading) {seconds - sum(stages.values()):.1f} s"
    work = f"; the workers' own time: {_largest(workers, sum(workers.values()))}" if workers else ""
    return f"{seconds - allowed:.1f} s too much; {most}; {rest}{work}"


def _largest(times: Mapping[str, float], whole: float) -> str:
    most = sorted(times.items(), key=lambda item: -item[1])[:SHOWN_STAGES]
    return ", ".join(f"{name} {taken:.1f} s ({taken / whole:.0%})" for name, taken in most)


def _grown(found: Measured) -> str:
    """The stages, and the kinds of work of the workers, whose time per unit grew most."""
    told = []
    for whose, times in (("", found.stages), ("in the workers ", found.workers)):
        before, after = times("full"), times("many")
        grown = {name: after[name] / found.many_units - before.get(name, 0.0) / found.units for name in after}
        most = sorted(grown.items(), key=lambda item: -item[1])[:SHOWN_STAGES]
        told += [f"{whose}{name} {seconds * 1000:.0f} ms" for name, seconds in most if seconds > 0]
    return "more per unit: " + ", ".join(told)


def capacity(found: Measured) -> list[tuple[str, str]]:
    """What a calculation for other provinces starts from; empty unless the province's dossier was measured alone."""
    full, province = found.core_seconds("full"), found.core_seconds("province")
    if not (full and province):
        return []
    return [
        ("One core, a unit's dossier", f"{(full - province) / found.units:.2f} s"),
        ("One core, the province's dossier", f"{province:.1f} s"),
        ("Disk, a unit's dossier", f"{found.sizes['unit']:.2f} MB"),
        ("Disk, the province's dossier", f"{found.sizes['province']:.1f} MB"),
    ]
