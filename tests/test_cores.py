"""Tasks over processes: outcomes in order, the same for any number of workers; what is shared is not touched by a worker's collector."""

from __future__ import annotations

import gc

import pytest

from pipeline.cores import Cores, spread_over


def frozen(shared: int, task: int) -> tuple[int, bool]:
    return shared * task, gc.get_freeze_count() > 1000


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_outcomes_in_the_order_of_the_tasks(workers: int) -> None:
    assert [product for product, _ in spread_over(3, frozen, [1, 2, 3, 4], workers, 2)] == [3, 6, 9, 12]


def test_workers_leave_what_they_share_alone() -> None:
    """Objects that were there before are out of the collector's sight in the workers, and in its sight again in this process."""
    assert [seen for _, seen in spread_over(1, frozen, [1, 2, 3], 2, 2)] == [True] * 3
    assert gc.get_freeze_count() == 0


def seen(task: int) -> bool:
    return frozen(1, task)[1]


def test_workers_of_a_build_too() -> None:
    with Cores(2) as cores:
        assert cores.spread(seen, [1, 2, 3], 2) == [True] * 3
        cores.renew()
        assert gc.get_freeze_count() == 0
        assert cores.spread(seen, [1, 2, 3], 2) == [True] * 3
    assert gc.get_freeze_count() == 0


def test_a_build_that_was_renewed_and_then_did_little_leaves_nothing_frozen() -> None:
    """One round after another of `watch` is one process: what each leaves must be collected."""
    with Cores(2) as cores:
        cores.submit(seen, 1).result()
        cores.renew()
        assert spread_over(1, frozen, [1], 2, 2)
    assert gc.get_freeze_count() == 0
