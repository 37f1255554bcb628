"""Items and a function that tries a batch of them -> a result for each: in batches over the cores, what fails found by itself and tried once more.

A batch is one call of a program that may hang, die or be killed over one item; the others must not suffer for it, and the search must end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pipeline.cores import KILLED, Cores

Item = TypeVar("Item")
Result = TypeVar("Result")

FEWEST = 10  # items in a batch, while there are more
TRIES = 2  # the second alone, in a fresh call


@dataclass(frozen=True)
class Done(Generic[Result]):
    result: Result


@dataclass(frozen=True)
class Again(Generic[Item]):
    """The item as it goes round again, in a later batch."""

    item: Item


@dataclass(frozen=True)
class Lost:
    """Nothing sound came of the item; that may be another's doing."""

    complaint: str


Outcomes = Sequence["Done[Result] | Again[Item] | Lost"]


@dataclass(frozen=True)
class Tried(Generic[Item, Result]):
    """Outcomes of a batch in the order of its items; seconds by kind of work, as the worker's own clock has them."""

    outcomes: Outcomes[Result, Item]
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial(Generic[Item, Result]):
    """`attempt` tries a batch, `failed` gives the result of an item that failed alone, `alive` raises when nothing at all can be done.

    All but `failed` may run in another process.
    """

    attempt: Callable[[Sequence[Item]], Tried[Item, Result]]
    failed: Callable[[Item, str], Result]
    alive: Callable[[], None]
    most: int  # items in a batch
    tell: Callable[[Mapping[str, float]], None] = lambda seconds: None


@dataclass
class _Held(Generic[Item]):
    item: Item
    tries: int = 0


def settled(trial: Trial[Item, Result], items: Iterable[Item], expected: int, cores: Cores) -> Iterator[Result]:
    """Results as they come. `items` are drawn as workers become free; `expected`: about how many there will be, for the size of batches."""
    return _Settling(trial, iter(items), expected, cores).run()


class _Settling(Generic[Item, Result]):
    def __init__(self, trial: Trial[Item, Result], items: Iterator[Item], expected: int, cores: Cores) -> None:
        self.trial, self.items, self.left, self.cores = trial, items, expected, cores
        self.waiting: deque[_Held[Item]] = deque()
        self.suspects: deque[_Held[Item]] = deque()
        self.running: dict[Future[Tried[Item, Result]], list[_Held[Item]]] = {}

    def run(self) -> Iterator[Result]:
        while True:
            self._fill()
            if not self.running:
                return
            for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                yield from self._taken(self.running.pop(future), future)

    def _fill(self) -> None:
        """One call for each worker, never more: items and results do not pile up in memory."""
        while len(self.running) < self.cores.workers and (batch := self._batch()):
            self._start(batch)

    def _start(self, batch: list[_Held[Item]]) -> None:
        self.running[self.cores.submit(self.trial.attempt, [held.item for held in batch])] = batch

    def _batch(self) -> list[_Held[Item]]:
        """A suspect alone; else what waits, then new items: large batches first, smaller ones towards the end so that no worker waits long."""
        if self.suspects:
            return [self.suspects.popleft()]
        size = self._size(self.left + len(self.waiting))
        batch = [self.waiting.popleft() for _ in range(min(size, len(self.waiting)))]
        while len(batch) < size and (item := next(self.items, None)) is not None:
            self.left = max(0, self.left - 1)
            batch.append(_Held(item))
        return batch

    def _size(self, left: int) -> int:
        """Half of each worker's share of what is left; not so few that calls cost more than they do, unless a worker would have none."""
        workers = self.cores.workers
        return max(1, min(self.trial.most, max(min(FEWEST, -(-left // workers)), -(-left // (2 * workers)))))

    def _taken(self, batch: list[_Held[Item]], future: Future[Tried[Item, Result]]) -> Iterator[Result]:
        try:
            tried = future.result()
        except BrokenProcessPool:
            self.cores.renew()
            tried = Tried[Item, Result]([Lost(KILLED)] * len(batch))
        self.trial.tell(tried.seconds)
        lost: list[tuple[_Held[Item], str]] = []
        for held, outcome in zip(batch, tried.outcomes, strict=True):
            if isinstance(outcome, Done):
                yield outcome.result
            elif isinstance(outcome, Again):
                self.waiting.append(_Held(outcome.item))
            else:
                lost.append((held, outcome.complaint))
        if len(lost) == len(batch):
            self.trial.alive()
        yield from self._search(lost)

    def _search(self, lost: Sequence[tuple[_Held[Item], str]]) -> Iterator[Result]:
        """Items are worked on in order, so the first that is lost is the suspect: it goes on alone, the others as if nothing had been."""
        for place, (held, complaint) in enumerate(lost):
            if place:
                self.waiting.append(held)
            elif held.tries + 1 < TRIES:
                self.suspects.append(_Held(held.item, held.tries + 1))
            else:
                yield self.trial.failed(held.item, complaint)
