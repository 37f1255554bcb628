"""A pure function and its tasks -> outcomes in the order of the tasks, over as many processes as asked for; the outcome never depends on how many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


def workers_of(asked: int | None) -> int:
    """None = one for each core."""
    return asked or os.cpu_count() or 1


def spread(do: Callable[[Task], Outcome], tasks: Sequence[Task], workers: int, few: int, share: int = 1) -> Iterable[Outcome]:
    """Fewer tasks than `few` are done in this process, where starting others would cost more; `share`: tasks sent at a time."""
    if len(tasks) < few or workers == 1:
        return map(do, tasks)
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(do, tasks, chunksize=share))
