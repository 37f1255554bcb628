"""Batches over the cores: whatever fails, every item gets exactly one result, and what fails costs the others nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batching import Again, Done, Lost, Tried, Trial, settled
from pipeline.cores import KILLED, Cores
from pipeline.problems import EnvironmentFault, OutputError

Calls = list[list[str]]
MOST = 5


def attempt(calls: Calls, items: Sequence[str]) -> Tried[str, str]:
    """A program that works on items in order: "-" has no result, "!" ends the whole call, "+" comes round again once."""
    calls.append(list(items))
    outcomes: list[Done[str] | Again[str] | Lost] = []
    for item in items:
        if item.endswith("!") or (outcomes and outcomes[-1] == Lost("ngã")):
            outcomes.append(Lost("ngã"))
        elif item.endswith("-"):
            outcomes.append(Lost("không"))
        else:
            outcomes.append(Again(item[:-1]) if item.endswith("+") else Done(item))
    return Tried(outcomes, {"làm": 1.0})


def results(items: Sequence[str], calls: Calls, workers: int = 1, alive: Callable[[], None] = lambda: None) -> list[str]:
    trial = Trial(partial(attempt, calls), lambda item, why: f"{item} {why}", alive, MOST)
    with Cores(workers) as cores:
        return list(settled(trial, items, len(items), cores))


@given(st.lists(st.sampled_from(["", "", "", "-", "!", "+", "+++"]), max_size=30))
def test_every_item_has_one_result(endings: list[str]) -> None:
    """Sound ones their own, the others their complaint; a guilty item is called at most twice, the second time alone."""
    items = [f"{number}{ending}" for number, ending in enumerate(endings)]
    calls: Calls = []
    wanted = [i.rstrip("+") if i[-1] not in "-!" else f"{i} {'không' if i[-1] == '-' else 'ngã'}" for i in items]
    assert sorted(results(items, calls)) == sorted(wanted)
    assert all(len(call) <= MOST for call in calls)
    for guilty in (i for i in items if i[-1] in "-!"):
        assert [len(call) for call in calls if call[0] == guilty][-1] == 1
        assert sum(call[0] == guilty for call in calls) <= 2


def test_several_workers_give_the_same() -> None:
    items = [f"{number}{'-' if number % 7 == 0 else '+' if number % 5 == 0 else ''}" for number in range(60)]
    assert sorted(results(items, [], workers=3)) == sorted(results(items, []))


def test_items_are_drawn_as_they_are_needed() -> None:
    """Not all at once: a year of many units does not fit in memory."""
    drawn: list[int] = []

    def numbers() -> Iterator[str]:
        for number in range(40):
            drawn.append(number)
            yield str(number)

    trial = Trial(partial(attempt, []), lambda item, why: item, lambda: None, MOST)
    found = settled(trial, numbers(), 40, Cores(1))
    next(found)
    assert len(drawn) == MOST
    assert len(list(found)) == 39


def test_a_program_that_does_nothing_at_all_stops_everything_at_once() -> None:
    """One barren call, one look whether it is alive: nobody waits for the deadline of every document."""
    calls: Calls = []

    def dead() -> None:
        raise OutputError("không làm được gì")

    with pytest.raises(OutputError, match="không làm được gì"):
        results([f"{n}!" for n in range(50)], calls, alive=dead)
    assert len(calls) == 1


def die_over(name: str, items: Sequence[str]) -> Tried[str, str]:
    if name in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return attempt([], items)


def test_a_worker_that_dies_costs_only_the_item_it_dies_over() -> None:
    """As when the system takes its memory away: the others are done by new workers."""
    trial = Trial(partial(die_over, "13"), lambda item, why: f"{item}: {why}", lambda: None, MOST)
    with Cores(2) as cores:
        found = sorted(settled(trial, [str(n) for n in range(20)], 20, cores))
    assert found == sorted([str(n) for n in range(20) if n != 13] + [f"13: {KILLED}"])


def test_a_worker_that_dies_elsewhere_is_a_fault_of_the_machine() -> None:
    with Cores(2) as cores:
        with pytest.raises(EnvironmentFault, match="thiếu bộ nhớ"):
            cores.spread(partial(die_over, "1"), [["0"], ["1"]], 2)
        assert [t.outcomes for t in cores.spread(partial(die_over, ""), [["0"], ["1"]], 2)] == [[Done("0")], [Done("1")]]
