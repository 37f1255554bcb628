"""All law cases -> what of the regulation they cover, and what they leave out.

Covered must be: the rules, the readings, every other way of reading that can be computed, the rows of the decision table, both
sides of every threshold, a whole row of every section of B (confirmed and not), all contents of C, N from 1 to 60.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.rating.build import number, units
from tests.rating.cases import Case, law

TABLE_ROWS = [f"R{i:02d}" for i in range(1, 30)]
RULE_COUNT, LARGEST_N, LINES_OF_C = 51, 60, 64
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    """One kind of thing to be covered: what there is, and what the cases have of it."""

    name: str
    wanted: frozenset[Any]
    found: frozenset[Any]

    @property
    def gaps(self) -> list[str]:
        return sorted(f"{self.name}: {'/'.join(map(str, g)) if isinstance(g, tuple) else g}" for g in self.wanted - self.found)

    @property
    def unknown(self) -> list[str]:
        """What the cases name and the regulation does not have."""
        return sorted(f"{self.name}: {g}" for g in self.found - self.wanted)

    def __str__(self) -> str:
        return f"{self.name} {len(self.wanted & self.found)}/{len(self.wanted)}"


def coverage(rules: Sequence[Case], cases: Sequence[Case]) -> list[Item]:
    """In the order in which it is printed."""
    return [
        Item("quy tắc", frozenset(str(i) for i in range(1, RULE_COUNT + 1)), _rules(rules, cases)),
        Item("cách hiểu", frozenset(law().readings), _named(cases, "ve_cach_hieu")),
        Item("cách hiểu khác", _other_ways(), frozenset(way for case in cases for way in _single_way(case))),
        Item("dòng của bảng quyết định", frozenset(TABLE_ROWS), frozenset(case["dong"] for case in cases if "dong" in case)),
        Item("ngưỡng điểm", _thresholds(), _thresholds() & frozenset(_totals(cases))),
        Item("mục B không áp dụng một tiêu chí", _sections(), frozenset(_rows_of_b(cases))),
        Item("cách có hoặc không của mục C", frozenset(range(1, LINES_OF_C + 1)), _count(cases, "bang_muc_c")),
        Item("N của hạn mức", frozenset(range(1, LARGEST_N + 1)), frozenset(_every_n(cases))),
    ]


def gaps(rules: Sequence[Case], cases: Sequence[Case]) -> list[str]:
    return [gap for item in coverage(rules, cases) for gap in item.gaps]


def summary(rules: Sequence[Case], cases: Sequence[Case]) -> list[str]:
    """The lines `make test` prints."""
    items = coverage(rules, cases)
    without = [rule["so"] for rule in rules if "khong_tinh" in rule]
    return [
        f"{len(cases)} trường hợp; " + ", ".join(str(item) for item in items[:4]),
        ", ".join(str(item) for item in items[4:]),
        f"quy tắc không có phép tính: {', '.join(without)}",
    ]


# --- what there is, what the cases have ------------------------------------------------------------------------------


def _named(cases: Sequence[Case], key: str) -> frozenset[str]:
    return frozenset(code for case in cases for code in case.get(key, []))


def _rules(rules: Sequence[Case], cases: Sequence[Case]) -> frozenset[str]:
    """Rules with a case, or with the reason why there is nothing to compute."""
    return _named(cases, "quy_tac") | {rule["so"] for rule in rules if "khong_tinh" in rule}


def _other_ways() -> frozenset[tuple[str, str]]:
    """(reading, way) for every way that can be computed and is not the one chosen."""
    return frozenset((r.code, way) for r in law().readings.values() for way in law().computable(r.code) if way != r.chosen)


def _single_way(case: Case) -> Iterator[tuple[str, str]]:
    """A case that switches several readings at once shows nothing about any one of them."""
    ways = case.get("doi_cach_hieu", {})
    if len(ways) == 1:
        yield from ways.items()


def _thresholds() -> frozenset[Decimal]:
    """Each threshold, and the last total below it."""
    return frozenset(t for band in law().rating.bands if band.low for t in (Decimal(band.low), band.low - CENT))


def _totals(cases: Sequence[Case]) -> Iterator[Decimal]:
    """Totals of units in good order whose level is expected."""
    for case in cases:
        facts = case.get("du_kien", {})
        if facts.keys() == {"tong_diem"} and "muc_co_the" in case["ky_vong"]:
            yield number(facts["tong_diem"])


def _sections() -> frozenset[tuple[str, str]]:
    own = [code for code in law().sections if code.startswith("B.")]
    return frozenset((code, state) for code in own for state in ("đã xác nhận", "chưa xác nhận"))


def _rows_of_b(cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """Cases of one unit in which exactly one row of B does not apply and the maxima of the others are expected."""
    for case in cases:
        facts = case.get("du_kien", {})
        absent = [code for code, row in facts.get("cham_diem", {}).items() if isinstance(row, dict) and row.get("khong_ap_dung")]
        if len(absent) == 1 and absent[0].startswith("B.") and "diem_toi_da" in case["ky_vong"] and "doi_cach_hieu" not in case:
            confirmed = {absent[0], "n8"} & set(facts.get("xac_nhan", []))
            yield units()[int(facts.get("don_vi", 25))].section, "đã xác nhận" if confirmed else "chưa xác nhận"


def _count(cases: Sequence[Case], key: str) -> frozenset[int]:
    """1 to the number of different patterns of contents that apply."""
    lines = {tuple(p == "-" for p in row.split()) for case in cases if key in case for row in case["ky_vong"]["bang"]}
    return frozenset(range(1, len(lines) + 1))


def _every_n(cases: Sequence[Case]) -> Iterator[int]:
    for case in cases:
        if "bang_han_muc" in case:
            yield from (int(row["N"]) for row in case["ky_vong"]["bang"])
