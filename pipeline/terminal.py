"""Problems and tables -> the terminal: plain lines where the output goes to a file, colours and boxes where a person looks on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.problems import Problem, in_order


def say_problems(problems: Sequence[Problem]) -> None:
    """To standard error, all at once, in order."""
    for problem in in_order(problems):
        print(problem, file=sys.stderr)


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
