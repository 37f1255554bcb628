"""Problems and tables -> the terminal: plain lines where the output goes to a file, colours and boxes where a person looks on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import PurePath

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.problems import Kind, Problem, counts, in_order


COLOURS = {Kind.ERROR: "bold red", Kind.OWED: "yellow", Kind.WARNING: "cyan"}
SCREEN = 18  # problems of one unit shown where others have some too
UNITS = {"don_vi", "tham_dinh"}


def say_problems(problems: Sequence[Problem], console: Console | None = None) -> None:
    """To standard error, all at once, in order; for a person unit by unit, at most a screen of each, errors first when some must be left out.

    The line of a problem is the same for both: editors and programs read it too.
    """
    console = console or Console(stderr=True, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        for problem in in_order(problems):
            console.file.write(f"{problem}\n")
        return
    groups = {name: list(found) for name, found in groupby(sorted(in_order(problems), key=_group), key=_group)}
    for (_, name), found in groups.items():
        console.print(Text(f"{name}: {counts(found)}", style="bold"))
        shown = found if len(groups) == 1 else _screenful(found)
        for problem in shown:
            console.print(_wrapped(problem, console.width))
        if len(shown) < len(found):
            console.print(
                Text(f"    ... và {len(found) - len(shown)} chỗ khác; xem đủ khi kiểm tra riêng: UNIT={name[:2]}", style="italic")
            )


def _group(problem: Problem) -> tuple[bool, str]:
    """What all units share comes first; a unit's own file and the council's for it are one group."""
    path = PurePath(problem.place.file)
    return path.parent.name in UNITS, path.stem if path.parent.name in UNITS else path.name


def _screenful(problems: list[Problem]) -> list[Problem]:
    """The worst, in the order of the file."""
    kinds = list(Kind)
    worst = sorted(problems, key=lambda p: kinds.index(p.kind))[:SCREEN]
    return [p for p in problems if p in worst]


def _wrapped(problem: Problem, width: int) -> Text:
    """The line over as many as it needs, the further ones indented; its kind in colour."""
    lines = textwrap.wrap(str(problem), width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    text = Text("\n".join(lines))
    kind = text.plain.find(f" {problem.kind.value}: ")
    text.stylize("dim", 0, kind)
    text.stylize(COLOURS[problem.kind], kind, kind + len(problem.kind.value) + 2)
    return text


def summary(rows: Sequence[tuple[str, str]], seconds: Mapping[str, float]) -> None:
    """The closing table; `seconds`: stage -> how long it took."""
    times = "; ".join(f"{name.lower()} {taken:.1f} giây".replace(".", ",") for name, taken in seconds.items())
    table([*rows, ("Thời gian", times)])


def table(rows: Sequence[tuple[str, str]]) -> None:
    """Labels and what belongs to them, on standard output."""
    drawn = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for label, value in rows:
        drawn.add_row(label, value)
    Console(highlight=False, soft_wrap=True).print(drawn)


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> None:
    """A table with a line of heads, on standard output; `right`: columns of numbers. In a file it keeps its width, whatever the terminal."""
    console = Console(highlight=False)
    drawn = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column, head in enumerate(heads):
        drawn.add_column(head, justify="right" if column in right else "left", no_wrap=column in right)
    for row in rows:
        drawn.add_row(*row)
    Console(highlight=False, width=None if console.is_terminal else 160).print(drawn)


def fresh_screen() -> None:
    """Where a person looks on: an empty screen, so that what follows stands in place of what was there; in a file: a line between."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.clear()
    else:
        print("-" * 20)
