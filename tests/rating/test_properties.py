"""Any section, any rows not applicable, any results -> the sums, bounds and order that must hold, and a second computation agrees.

The second computation is written here from Điều 4 and Phụ lục mục C with fractions; it shares no code with pipeline/rating.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import CANDIDATE, FactFindings, ScoreSheet, World
from pipeline.model.rows import RowEntry
from pipeline.rating.levels import levels
from pipeline.rating.maxima import maxima
from pipeline.rating.numbers import proportional
from pipeline.rating.sheet import score
from tests.rating.build import FOLDER, read, regulation

SECTIONS = {path.stem: read(path) for path in sorted((FOLDER / "tieu_chi").glob("*.yaml"))}
OWN = [code for code in SECTIONS if code.startswith("B.")]
ABSENT = RowEntry.model_validate({"khong_ap_dung": "Không có"})
Rows = dict[str, dict[str, str]]
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
GOOD = FactFindings(frozenset({World("khong", "khong", "khong", "co")}), (), ())


def standard(part: str) -> dict[str, dict[str, int]]:
    """Criterion -> its rows and their standard points, straight from the files."""
    return {c["ma"]: {r["ma"]: int(r["diem"]) for r in c.get("gach_dau_dong", [c])} for c in SECTIONS[part]["tieu_chi"]}


def groups(section: str, absent: frozenset[str]) -> list[tuple[dict[str, int], int]]:
    """Rows that share points, and the points they share: a criterion of A, the whole of B, a criterion of C after its transfers."""
    found = [(rows, sum(rows.values())) for rows in standard("A").values()]
    found.append(({code: points for rows in standard(section).values() for code, points in rows.items()}, 50))
    c = standard("C")
    moved = [code for code in ("C.2", "C.3") if c[code].keys() <= absent]
    found.append((c["C.1"], 4 + 3 * len(moved)))
    return found + [(c[code], 3) for code in ("C.2", "C.3") if code not in moved]


def shares(rows: dict[str, int], total: int, absent: frozenset[str]) -> dict[str, Fraction]:
    """Hundredths by largest remainder; ties go to the larger row, then to the first."""
    live = {code: points for code, points in rows.items() if code not in absent}
    exact = {code: Fraction(100 * total * points, sum(live.values())) for code, points in live.items()}
    given_ = {code: floor(value) for code, value in exact.items()}
    for code in sorted(live, key=lambda c: (given_[c] - exact[c], -live[c]))[: 100 * total - sum(given_.values())]:
        given_[code] += 1
    return {code: Fraction(value, 100) for code, value in given_.items()}


def printed(value: Fraction) -> Fraction:
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def recompute(section: str, rows: Rows) -> tuple[Fraction, Fraction, Fraction]:
    """The printed, the exact and the equal-split total."""
    absent = frozenset(code for code, entry in rows.items() if "khong_ap_dung" in entry)
    totals = [Fraction(0)] * 3
    for group, total in groups(section, absent):
        live = [code for code in group if code not in absent]
        lost = total - sum(group[code] for code in live)
        for code, maximum in shares(group, total, absent).items():
            equal = group[code] + Fraction(lost, len(live))
            done = achieved(rows[code])
            exact = done if "diem" in rows[code] else done * maximum
            split = done if "diem" in rows[code] else done * equal
            totals = [totals[0] + printed(exact), totals[1] + exact, totals[2] + printed(split)]
    return totals[0], totals[1], totals[2]


def achieved(entry: dict[str, str]) -> Fraction:
    """Points as given, or the share of the plan, at most all of it."""
    if "diem" in entry:
        return Fraction(entry["diem"])
    share = Fraction(entry["ty_le"][:-1]) / 100 if "ty_le" in entry else Fraction(entry["thuc_hien"]) / Fraction(entry["ke_hoach"])
    return min(share, Fraction(1))


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Rows]:
    """A section and its rows; every criterion of A, the whole of B and C.1 keep at least one row."""
    section = draw(st.sampled_from(OWN))
    codes = [code for part in ("A", section, "C") for rows in standard(part).values() for code in rows]
    absent = frozenset(draw(st.sets(st.sampled_from(codes), max_size=8)))
    for group, _ in groups(section, frozenset()):
        absent -= group.keys() if group.keys() <= absent and not group.keys() & {"C.2.1", "C.3.1"} else frozenset()
    share = st.decimals(0, 130, places=2).map(lambda d: {"ty_le": f"{d}%"})
    plan = st.tuples(st.integers(1, 40), st.integers(0, 45)).map(lambda t: {"ke_hoach": str(t[0]), "thuc_hien": str(t[1])})
    points = st.decimals(0, 1, places=2).map(lambda d: {"diem": str(d)})
    rows: Rows = {code: draw(st.one_of(share, plan, points)) for code in codes}
    return section, rows | {code: {"khong_ap_dung": "Không có"} for code in absent}


def scored(section: str, rows: Rows) -> ScoreSheet:
    return score(regulation(), section, {code: RowEntry.model_validate(entry) for code, entry in rows.items()})


@given(written())
@settings(CALM, max_examples=150)
def test_maxima_sum_exactly_and_keep_the_standard(case: tuple[str, Rows]) -> None:
    section, rows = case
    absent = frozenset(code for code, entry in rows.items() if "khong_ap_dung" in entry)
    found = maxima(regulation(), section, absent).rows

    assert {code for code, m in found.items() if m.printed is None} == absent
    assert all(m.printed >= m.standard for m in found.values() if m.printed is not None)
    for group, total in groups(section, absent):
        assert sum(found[code].printed or 0 for code in group) == total
        assert sum(found[code].equal or 0 for code in group) == total


def test_a_tied_remainder_goes_to_the_larger_row_then_to_the_first() -> None:
    assert proportional([Fraction(1), Fraction(3)], Fraction("0.02")) == [Decimal(0), Decimal("0.02")]
    assert proportional([Fraction(1), Fraction(1)], Fraction("0.01")) == [Decimal("0.01"), Decimal(0)]


@given(written())
@settings(CALM, max_examples=200)
def test_totals_agree_with_a_second_computation(case: tuple[str, Rows]) -> None:
    section, rows = case
    found = scored(section, rows)
    expected = recompute(section, rows)

    assert (Fraction(found.total or 0), found.exact, found.equal) == (expected[0], (expected[1],) * 2, (expected[2],) * 2)
    assert (
        found.total
        == sum((r.points for r in found.rows.values() if r.points is not None), Decimal(0))
        == sum(p or 0 for p in found.parts.values())
    )
    assert all(r.points <= r.maximum.printed for r in found.rows.values() if r.points is not None and r.maximum.printed is not None)


@given(written(), st.data())
@settings(CALM, max_examples=150)
def test_a_higher_share_never_gives_a_lower_level(case: tuple[str, Rows], data: st.DataObject) -> None:
    """Neither the best nor the worst level still possible, for any settled facts: the regulation has no exception (for the quota, which
    compares units, see test_quota). Rows are first brought near the top so that the bands above 70 are met.
    """
    section, rows = case
    high = {
        code: entry
        if "khong_ap_dung" in entry
        else {"ty_le": f"{data.draw(st.sampled_from(['65', '85', '94.9', '95', '100']), label=code)}%"}
        for code, entry in rows.items()
    }
    code = data.draw(st.sampled_from([c for c, e in high.items() if "ty_le" in e]))
    facts = FactFindings(frozenset({data.draw(st.sampled_from(settled()))}), (), ())

    raised, before = (possible(section, rows_, facts) for rows_ in (high | {code: {"ty_le": "100%"}}, high))
    assert raised[0] <= before[0] and raised[-1] <= before[-1]


def settled() -> list[World]:
    return [
        World(d, k, f, x)
        for d in ("co", "khong")
        for k in ("khong", "duoc_tru", "khac")
        for f in ("co", "khong")
        for x in ("co", "khong")
        if x == "khong" or (k == "khong" and f == "khong")
    ]


def possible(section: str, rows: Rows, facts: FactFindings) -> list[int]:
    """Places of the levels still possible, best first; 0 = candidate for the highest."""
    order = [CANDIDATE, *(level.code for level in regulation().heading.levels)]
    return [order.index(level) for level in levels(regulation(), scored(section, rows), facts).levels]


@given(written(), st.data())
@settings(CALM, max_examples=100)
def test_a_blank_row_covers_whatever_it_may_turn_out(case: tuple[str, Rows], data: st.DataObject) -> None:
    """The levels with a row blank include the levels with any result in that row."""
    section, rows = case
    code = data.draw(st.sampled_from([c for c, e in rows.items() if "khong_ap_dung" not in e]))
    full = {c: e if "khong_ap_dung" in e else {"ty_le": "100%"} for c, e in rows.items()}
    cut: dict[str, Any] = {c: rows[c] if data.draw(st.integers(0, 9)) == 0 else e for c, e in full.items()}
    known = levels(regulation(), scored(section, cut | {code: rows[code]}), GOOD).levels
    blank = scored(section, cut | {code: {}})

    assert blank.total is None
    assert blank.blank == [code]
    assert set(known) <= set(levels(regulation(), blank, GOOD).levels)


@given(written())
@settings(CALM, max_examples=50)
def test_order_of_rows_changes_nothing(case: tuple[str, Rows]) -> None:
    section, rows = case

    assert scored(section, dict(reversed(rows.items()))) == scored(section, rows)
