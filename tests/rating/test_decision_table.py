"""All 288 combinations of facts -> the program gives the levels of the one row of the reasoned table that fits.

The 29 rows are written here from the explanation of Điều 6, with the unclear facts; the program holds the rows of settled facts
only and takes the union over the ways to settle the rest.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

from pipeline.model.assessment import CANDIDATE, FactFindings, ScoreSheet, World
from pipeline.rating.levels import levels
from tests.rating.build import regulation

XS, HTT, HTNV, KHTNV = CANDIDATE, "tot", "hoan_thanh", "khong_hoan_thanh"
SCORES = {"<70": "69.99", "70-85": "70", "85-95": "94.99", ">=95": "95"}
DEFECT, DISCIPLINE, FAILED, CONDITIONS = (
    ("no", "yes", "unclear"),
    ("none", "excepted", "other", "unclear"),
    ("no", "yes"),
    ("yes", "no", "unclear"),
)
ANY = "*"

# row, scores, defect of khoản 4, discipline, a member rated KHTNV, conditions of XS, levels
TABLE = [
    ("R01", "<70", ANY, ANY, ANY, ANY, {KHTNV}),
    ("R02", "70-85", "yes", ANY, ANY, ANY, {KHTNV}),
    ("R03", "70-85", "no", "none excepted", ANY, ANY, {HTNV}),
    ("R04", "70-85", "no", "other", ANY, ANY, {HTNV, KHTNV}),
    ("R05", "70-85", "no", "unclear", ANY, ANY, {HTNV, KHTNV}),
    ("R06", "70-85", "unclear", ANY, ANY, ANY, {HTNV, KHTNV}),
    ("R07", "85-95 >=95", "yes", "none excepted", ANY, ANY, {HTNV}),
    ("R08", "85-95 >=95", "yes", "other unclear", ANY, ANY, {HTNV, KHTNV}),
    ("R09", "85-95 >=95", "no", "other", ANY, ANY, {HTNV, KHTNV}),
    ("R10", "85-95", "no", "none excepted", "no", ANY, {HTT}),
    ("R11", "85-95 >=95", "no", "none excepted", "yes", ANY, {HTT, HTNV}),
    ("R12", "85-95", "no", "unclear", "no", ANY, {HTT, HTNV, KHTNV}),
    ("R13", "85-95 >=95", "no", "unclear", "yes", ANY, {HTT, HTNV, KHTNV}),
    ("R14", "85-95", "unclear", "none excepted", ANY, ANY, {HTT, HTNV}),
    ("R15", "85-95 >=95", "unclear", "other", ANY, ANY, {HTNV, KHTNV}),
    ("R16", "85-95", "unclear", "unclear", ANY, ANY, {HTT, HTNV, KHTNV}),
    ("R17", ">=95", "no", "none", "no", "yes", {XS}),
    ("R18", ">=95", "no", "none", "no", "no", {HTT}),
    ("R19", ">=95", "no", "none", "no", "unclear", {XS, HTT}),
    ("R20", ">=95", "no", "excepted", "no", ANY, {HTT}),
    ("R21", ">=95", "no", "unclear", "no", "yes unclear", {XS, HTT, HTNV, KHTNV}),
    ("R22", ">=95", "no", "unclear", "no", "no", {HTT, HTNV, KHTNV}),
    ("R23", ">=95", "unclear", "none", "no", "yes unclear", {XS, HTT, HTNV}),
    ("R24", ">=95", "unclear", "none", "no", "no", {HTT, HTNV}),
    ("R25", ">=95", "unclear", "none excepted", "yes", ANY, {HTT, HTNV}),
    ("R26", ">=95", "unclear", "excepted", "no", ANY, {HTT, HTNV}),
    ("R27", ">=95", "unclear", "unclear", "no", "yes unclear", {XS, HTT, HTNV, KHTNV}),
    ("R28", ">=95", "unclear", "unclear", "no", "no", {HTT, HTNV, KHTNV}),
    ("R29", ">=95", "unclear", "unclear", "yes", ANY, {HTT, HTNV, KHTNV}),
]
COMBINATIONS = list(product(SCORES, DEFECT, DISCIPLINE, FAILED, CONDITIONS))
WORDS = {"yes": "co", "no": "khong", "none": "khong", "excepted": "duoc_tru", "other": "khac"}


def row_of(*facts: str) -> tuple[str, set[str]]:
    fits = [
        (row[0], row[-1]) for row in TABLE if all(cell == ANY or fact in cell.split() for fact, cell in zip(facts, row[1:-1], strict=True))
    ]
    assert len(fits) == 1, (facts, fits)
    return fits[0]


def worlds(defect: str, discipline: str, failed: str, conditions: str) -> frozenset[World]:
    """Every way to settle the unclear facts; the conditions of XS fail with any discipline and with a failed member."""

    def settled(fact: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(v for v in values if v != "unclear") if fact == "unclear" else (fact,)

    ways = product(settled(defect, DEFECT), settled(discipline, DISCIPLINE), settled(conditions, CONDITIONS))
    return frozenset(World(WORDS[d], WORDS[k], WORDS[failed], WORDS[x] if k == "none" and failed == "no" else "khong") for d, k, x in ways)


def sheet(total: str) -> ScoreSheet:
    exact, printed = Fraction(total), Decimal(total)
    return ScoreSheet({}, {}, printed, (exact, exact), (exact, exact), (printed, printed))


def test_the_table_has_29_rows_and_288_combinations() -> None:
    used = {row_of(*facts)[0] for facts in COMBINATIONS}

    assert (len(COMBINATIONS), sorted(used)) == (288, [f"R{i:02d}" for i in range(1, 30)])


def test_levels_are_those_of_the_row() -> None:
    """One combination aside: conditions met, defect open. The table adds HTT there, for a candidate outside the quota."""
    wrong = []
    for score, *facts in COMBINATIONS:
        found = set(levels(regulation(), sheet(SCORES[score]), FactFindings(worlds(*facts), (), ())).levels)
        row, expected = row_of(score, *facts)
        if found != expected:
            wrong.append((score, *facts, row, expected - found, found - expected))

    assert wrong == [(">=95", "unclear", "none", "no", "yes", "R23", {HTT}, set())]


def test_settled_rows_agree_with_the_data() -> None:
    """For settled facts the program uses the row of the same number (R03t is its part for a failed member)."""
    wrong = []
    for score, *facts in COMBINATIONS:
        ways = worlds(*facts)
        if "unclear" in facts or len(ways) != 1:
            continue
        used = tuple(row[:3] for row in levels(regulation(), sheet(SCORES[score]), FactFindings(ways, (), ())).rows)
        if facts[-1] == "yes" and next(iter(ways)).conditions == "khong":
            continue  # contradicts the linked facts
        if used != (row_of(score, *facts)[0],):
            wrong.append((score, facts, used))

    assert wrong == []
