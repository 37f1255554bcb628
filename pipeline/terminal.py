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
SCREEN = 20  # lines that one unit may take where others have problems too: its heading, its worst, the line that says what is left out
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
    several = sum(own for own, _ in groups) > 1
    for (own, name), found in groups.items():
        lines = {problem: _wrapped(problem, console.width) for problem in found}
        shown = _screenful(lines) if own and several else found
        console.print(Text(f"{name}: {counts(found)}", style="bold"))
        for problem in shown:
            console.print(lines[problem])
        if len(shown) < len(found):
            console.print(Text(f"    … và {len(found) - len(shown)} chỗ khác: {_whole_list(found[0])}", style="italic"))


def _group(problem: Problem) -> tuple[bool, str]:
    """Whether it is one unit's, and whose: what all units share comes first; a unit's own file and the council's for it are one group."""
    path = PurePath(problem.place.file)
    own = path.parent.name in UNITS
    return own, path.stem if own else path.name


def _screenful(lines: Mapping[Problem, Text]) -> list[Problem]:
    """The worst that have room, in the order of the file; all of them when they fit."""
    tall = {problem: text.plain.count("\n") + 1 for problem, text in lines.items()}
    if sum(tall.values()) < SCREEN:
        return list(lines)
    kinds, chosen, room = list(Kind), set[Problem](), SCREEN - 2
    for problem in sorted(lines, key=lambda p: kinds.index(p.kind)):
        if chosen and tall[problem] > room:
            break
        chosen.add(problem)
        room -= tall[problem]
    return [problem for problem in lines if problem in chosen]


def _whole_list(problem: Problem) -> str:
    """The command that shows everything about the unit whose problem this is."""
    path = PurePath(problem.place.file)
    year, data = path.parent.parent, path.parent.parent.parent.as_posix()
    return f"make check YEAR={year.name} UNIT={path.name[:2]}" + ("" if data == "data" else f' DATA="{data}"')


def _wrapped(problem: Problem, width: int) -> Text:
    """The line over as many as it needs, the further ones indented; its kind in colour."""
    lines = textwrap.wrap(str(problem), width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    text = Text("\n".join(lines))
    kind = text.plain.find(f" {problem.kind.value}: ")
    text.stylize("dim", 0, kind)
    text.stylize(COLOURS[problem.kind], kind, kind + len(problem.kind.value) + 2)
    return text


def summary(rows: Sequence[tuple[str, str]], seconds: Mapping[str, float], workers: Mapping[str, float]) -> None:
    """The closing table. `seconds`: stage -> how long it took; `workers`: kind of work -> how long all processes together took."""
    times = [("Thời gian", _times(seconds))] + ([("Giờ máy", f"{_times(workers)} (cộng các tiến trình)")] if workers else [])
    table([*rows, *times])


def _times(seconds: Mapping[str, float]) -> str:
    return "; ".join(f"{name} {taken:.1f} giây".replace(".", ",") for name, taken in seconds.items())


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
