"""A pure function and its tasks -> outcomes, over as many processes as asked for; the outcome never depends on how many."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Any, TypeVar

from pipeline.problems import EnvironmentFault

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")
Shared = TypeVar("Shared")

PR_SET_PDEATHSIG = 1
KILLED = (
    "một tiến trình con của chương trình bị hệ điều hành dừng giữa chừng — thường do thiếu bộ nhớ: đóng bớt chương trình khác, chạy lại"
)


def workers_of(asked: int | None) -> int:
    """None = one for each core."""
    return asked or os.cpu_count() or 1


class Cores:
    """Processes of one build, started when first needed and ended with it; with one worker everything is done in this process."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Cores:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool and kind is not None:  # nobody waits for the outcomes: what still runs (and its LibreOffice) ends at once
            for worker in multiprocessing.active_children():
                worker.kill()
        self._end()

    def _end(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
            gc.unfreeze()

    def submit(self, do: Callable[[Task], Outcome], task: Task) -> Future[Outcome]:
        """A worker that dies shows as BrokenProcessPool in every outcome that was waited for; `renew` then starts others."""
        if self.workers == 1:
            return _done_here(do, task)
        try:
            return self._started().submit(do, task)
        except BrokenProcessPool:
            self.renew()
            return self._started().submit(do, task)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            gc.freeze()  # a worker's collector would write on all it shares with this process, and the machine would copy it
            self._pool = ProcessPoolExecutor(self.workers, initializer=_begin, initargs=(os.getpid(),))
        return self._pool

    def renew(self) -> None:
        """After a worker has died, or when its memory is wanted elsewhere."""
        self._end()
        give_back()

    def spread(self, do: Callable[[Task], Outcome], tasks: Sequence[Task], few: int) -> list[Outcome]:
        """Outcomes in the order of the tasks; fewer than `few` are done in this process, where sending them would cost more.

        Raises EnvironmentFault when a worker dies.
        """
        if len(tasks) < few:
            return [do(task) for task in tasks]
        try:
            return [future.result() for future in [self.submit(do, task) for task in tasks]]
        except BrokenProcessPool as error:
            raise EnvironmentFault(KILLED) from error


def spread_over(shared: Shared, do: Callable[[Shared, Task], Outcome], tasks: Sequence[Task], workers: int, few: int) -> list[Outcome]:
    """As `Cores.spread`, with something large that every task looks at: workers have it from the start, it goes through no pipe and is in memory once."""
    if len(tasks) < few or workers == 1:
        return [do(shared, task) for task in tasks]
    fork = multiprocessing.get_context("fork")
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, fork, _begin_with, (os.getpid(), shared)) as pool:
            return list(pool.map(partial(_with_shared, do), tasks))
    except BrokenProcessPool as error:
        raise EnvironmentFault(KILLED) from error
    finally:
        gc.unfreeze()


_shared: list[Any] = []  # of a worker, put there as it starts


def _begin_with(parent: int, shared: object) -> None:
    _begin(parent)
    _shared.append(shared)


def _with_shared(do: Callable[[Any, Task], Outcome], task: Task) -> Outcome:
    return do(_shared[-1], task)


def give_back() -> None:
    """Memory that was freed goes back to the machine, where its C library can do that: after large work, before other processes need it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def _done_here(do: Callable[[Task], Outcome], task: Task) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_result(do(task))
    return future


def _begin(parent: int) -> None:
    """A worker ends with the program that started it, however that ends; Ctrl-C is the program's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before this worker could say so
        os._exit(1)
