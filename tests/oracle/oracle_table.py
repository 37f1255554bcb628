"""The decision table for Điều 6 with its unclear facts: all 29 rows, the unclear ones included, and their lookup."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

XS, HTT, HTNV, KHTNV = "xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh"
LEVELS = (XS, HTT, HTNV, KHTNV)
CANDIDATE = "XS-CANDIDATE"

# Bands of the score
LOW, MIDDLE, HIGH, TOP = "<70", "70-85", "85-95", ">=95"
BANDS = (LOW, MIDDLE, HIGH, TOP)
# Marks of the facts: K4 and X no | yes | unclear; D none | excepted | other | unclear; M yes | no
MARKS = {"K4": "no yes unclear", "D": "none excepted other unclear", "M": "yes no", "X": "yes no unclear"}

# row | s | K4 | D | M | X | result: written as in the table; "X Y" = X or Y, * = any
TABLE = """
R01 | <70          | *       | *             | *   | *           | KHTNV
R02 | 70-85        | yes     | *             | *   | *           | KHTNV
R03 | 70-85        | no      | none excepted | *   | *           | HTNV
R04 | 70-85        | no      | other         | *   | *           | HTNV KHTNV
R05 | 70-85        | no      | unclear       | *   | *           | HTNV KHTNV
R06 | 70-85        | unclear | *             | *   | *           | HTNV KHTNV
R07 | 85-95 >=95   | yes     | none excepted | *   | *           | HTNV
R08 | 85-95 >=95   | yes     | other unclear | *   | *           | HTNV KHTNV
R09 | 85-95 >=95   | no      | other         | *   | *           | HTNV KHTNV
R10 | 85-95        | no      | none excepted | no  | *           | HTT
R11 | 85-95 >=95   | no      | none excepted | yes | *           | HTT HTNV
R12 | 85-95        | no      | unclear       | no  | *           | HTT HTNV KHTNV
R13 | 85-95 >=95   | no      | unclear       | yes | *           | HTT HTNV KHTNV
R14 | 85-95        | unclear | none excepted | *   | *           | HTT HTNV
R15 | 85-95 >=95   | unclear | other         | *   | *           | HTNV KHTNV
R16 | 85-95        | unclear | unclear       | *   | *           | HTT HTNV KHTNV
R17 | >=95         | no      | none          | no  | yes         | CANDIDATE
R18 | >=95         | no      | none          | no  | no          | HTT
R19 | >=95         | no      | none          | no  | unclear     | XS HTT
R20 | >=95         | no      | excepted      | no  | *           | HTT
R21 | >=95         | no      | unclear       | no  | yes unclear | XS HTT HTNV KHTNV
R22 | >=95         | no      | unclear       | no  | no          | HTT HTNV KHTNV
R23 | >=95         | unclear | none          | no  | yes unclear | XS HTT HTNV
R24 | >=95         | unclear | none          | no  | no          | HTT HTNV
R25 | >=95         | unclear | none excepted | yes | *           | HTT HTNV
R26 | >=95         | unclear | excepted      | no  | *           | HTT HTNV
R27 | >=95         | unclear | unclear       | no  | yes unclear | XS HTT HTNV KHTNV
R28 | >=95         | unclear | unclear       | no  | no          | HTT HTNV KHTNV
R29 | >=95         | unclear | unclear       | yes | *           | HTT HTNV KHTNV
"""
SHORT = {"XS": XS, "HTT": HTT, "HTNV": HTNV, "KHTNV": KHTNV, "CANDIDATE": CANDIDATE}

Facts = tuple[str, str, str, str]  # marks of K4, D, M, X


def _read() -> list[tuple[str, tuple[set[str], ...], frozenset[str]]]:
    rows = []
    for line in TABLE.strip().splitlines():
        name, *cells, result = (cell.strip() for cell in line.split("|"))
        every = (" ".join(BANDS), *MARKS.values())
        wanted = tuple(set((all_marks if cell == "*" else cell).split()) for cell, all_marks in zip(cells, every))
        rows.append((name, wanted, frozenset(SHORT[r] for r in result.split())))
    return rows


ROWS = _read()


def band(score: Fraction) -> str:
    """Điều 6: below 70; 70 to below 85; 85 to below 95; from 95."""
    return LOW if score < 70 else MIDDLE if score < 85 else HIGH if score < 95 else TOP


def bands(low: Fraction, high: Fraction) -> tuple[str, ...]:
    """Every band a total between the two can lie in."""
    return BANDS[BANDS.index(band(low)) : BANDS.index(band(high)) + 1]


def lookup(s: str, facts: Facts) -> tuple[str, frozenset[str]]:
    """The one row that fits -> its name and result."""
    found = [(name, result) for name, wanted, result in ROWS if all(mark in cell for mark, cell in zip((s, *facts), wanted))]
    assert len(found) == 1, (s, facts, found)
    return found[0]


def levels(results: frozenset[str] | set[str]) -> frozenset[str]:
    """A candidate beside other results may end as XS or, through the quota, as HTT (R17)."""
    return frozenset(results - {CANDIDATE}) | (frozenset({XS, HTT}) if CANDIDATE in results else frozenset())


def settled(facts: Facts) -> set[Facts]:
    """All ways to settle the unclear marks, with the linked facts of part c enforced (D, M against X; D unclear against X)."""
    k4, d, m, x = facts
    ways: set[Facts] = set()
    for k, e, y in product(
        ("no", "yes") if k4 == "unclear" else (k4,),
        ("none", "excepted", "other") if d == "unclear" else (d,),
        ("yes", "no") if x == "unclear" else (x,),
    ):
        ways.add((k, e, m, "no" if e != "none" or m == "yes" else y))
    return ways
