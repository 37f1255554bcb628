"""Stages and their counts -> a progress bar on a terminal (quiet elsewhere), the time each stage took; the only reader of the clock."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Spent:
    """`with spent.on("điền biểu mẫu"): ...`; seconds of this process's clock by kind of work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def on(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - started


class Stages:
    """`with stages.run("Dàn trang", 36) as step: step(1)`; remembers seconds per stage."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self.seconds: dict[str, float] = {}
        self.workers: dict[str, float] = {}  # seconds of all workers together by kind of work
        self.number = 0

    def tell(self, seconds: Mapping[str, float]) -> None:
        """What a worker spent."""
        for name, value in seconds.items():
            self.workers[name] = self.workers.get(name, 0.0) + value

    @contextlib.contextmanager
    def run(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        self.number += 1
        started = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, disable=not sys.stderr.isatty(), transient=True) as bar:
            task = bar.add_task(f"Bước {self.number}. {name}", total=total)
            try:
                yield lambda count: bar.advance(task, count)
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - started
