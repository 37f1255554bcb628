"""Cases an official can read (tests/law_cases/*.yaml) -> the program gives the totals, levels, rows and messages they expect."""

from __future__ import annotations

import pytest

from tests.rating.cases import Case, every_case, seen, wanted, ways_of

CASES = [pytest.param(case, id=name) for name, case in every_case()]
SWITCHED = [pytest.param(case, id=name) for name, case in every_case() if ways_of(case)]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    """`ky_vong` states only what the case is about."""
    assert seen(case, ways_of(case)) == wanted(case)


@pytest.mark.parametrize("case", SWITCHED)
def test_the_way_chosen_gives_something_else(case: Case) -> None:
    """Another way of reading changes the result on the same facts, unless the case says why it cannot (`khong_khac`)."""
    assert (seen(case, ()) == wanted(case)) == ("khong_khac" in case)
