"""The law cases cover the whole regulation; nothing they cite or name is missing from its source."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.data_health.citations import resolve
from tests.data_health.test_regulation import SOURCE
from tests.rating.cases import Case, every_case, rules, seen, wanted, ways_of
from tests.rating.coverage import RULE_COUNT, coverage, gaps

CASES = [case for _, case in every_case()]
KEYS = {"ten", "can_cu", "quy_tac", "ve_cach_hieu", "dong", "doi_cach_hieu", "khong_khac", "ky_vong"}
FACTS = {"du_kien", "giai_trinh", "tep", "danh_sach", "bieu", "bang_han_muc", "bang_muc_c"}


def test_nothing_is_left_without_a_case() -> None:
    """Rules, readings, other ways, rows of the table, thresholds, sections of B, contents of C, N of the quota."""
    assert gaps(rules(), CASES) == []


def test_nothing_is_named_that_does_not_exist() -> None:
    assert [name for item in coverage(rules(), CASES) for name in item.unknown] == []


@pytest.mark.parametrize("position", range(8))
def test_a_gap_would_be_found(position: int) -> None:
    """Without the cases that have it, each thing is reported: no part of the coverage counts by itself."""
    item = coverage(rules(), CASES)[position]
    assert item.gaps == [] and len(coverage([], [])[position].gaps) == len(item.wanted) > 0


def test_rules_are_numbered_and_whole() -> None:
    """Each rule as one sentence; one without computation says why and has no case."""
    assert [rule["so"] for rule in rules()] == [str(i) for i in range(1, RULE_COUNT + 1)]
    assert [r["so"] for r in rules() if not r["noi_dung"].endswith(".") or r.keys() - {"so", "can_cu", "noi_dung", "khong_tinh"}] == []
    without = {rule["so"] for rule in rules() if "khong_tinh" in rule}
    assert [case["ten"] for case in CASES if without & set(case["quy_tac"])] == []


@pytest.mark.parametrize("entry", [*rules(), *CASES], ids=lambda e: e.get("ten") or f"quy tắc {e['so']}")
def test_every_citation_exists_in_the_source(entry: Case) -> None:
    """An article, khoản, điểm, gạch đầu dòng or row of the annex that the text does not have."""
    assert resolve(entry["can_cu"], SOURCE) == []


def test_every_case_is_whole() -> None:
    """A name of its own, a citation, a rule, facts of one kind, expectations."""
    names = Counter(case["ten"] for case in CASES)
    assert [name for name, count in names.items() if count > 1] == []
    assert [case["ten"] for case in CASES if len(case.keys() & FACTS) != 1 or case.keys() - KEYS - FACTS] == []
    assert [case["ten"] for case in CASES if not case["quy_tac"] or not case["ky_vong"]] == []


def test_readings_a_case_expects_are_among_those_it_names() -> None:
    used = [(case["ten"], set(case["ky_vong"].get("cach_hieu") or []) - set(case.get("ve_cach_hieu", []))) for case in CASES]
    switched = [(case["ten"], {code for code, _ in ways_of(case)} - set(case.get("ve_cach_hieu", []))) for case in CASES]
    assert [item for item in (*used, *switched) if item[1]] == []


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_a_wrong_expectation_is_noticed(kind: str) -> None:
    """For every kind of case, an expectation changed by one value no longer agrees."""
    case = next(case for case in CASES if kind in case and "doi_cach_hieu" not in case)
    for key, value in case["ky_vong"].items():
        wrong = {**case, "ky_vong": {**case["ky_vong"], key: _other(value)}}
        assert seen(wrong, ()) != wanted(wrong), key


def _other(value: object) -> object:
    """The same kind of value, but another one."""
    if isinstance(value, dict):
        first = next(iter(value))
        return {**value, first: _other(value[first])}
    if isinstance(value, list):
        return [*value[:-1], _other(value[-1])] if value else ["khác"]
    return f"{value}9" if value else "khác"
