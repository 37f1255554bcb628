"""Random score rows: which contents apply, then losses that bring the total to an aim (often a threshold, a cent either side)."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.oracle_scores import CENT, Sheet, half_up, money, rows_of, score

Rows = dict[str, Any]
WHY = "Lý do ngẫu nhiên"
NEAR = [Fraction(x, 100) for x in (-2, -1, 0, 0, 1, 2)]


def full(rng: Random) -> Any:
    """A row fully achieved, written in one of the ways."""
    plan = rng.randint(1, 60)
    return rng.choice(
        ["100%"] * 5
        + [{"ty_le": "100%", "minh_chung": "Báo cáo số 1"}, {"ke_hoach": str(plan), "thuc_hien": str(plan + rng.choice([0, 0, 1, 7]))}]
    )


def idle_rows(rng: Random, criteria: dict[str, Any], section: str, odd: float) -> set[str]:
    """Rows that do not apply; never a whole criterion of A, all of B, or both dashes of C.1."""
    idle: set[str] = set()
    for rows in rows_of(criteria["A"]).values():
        if rng.random() < odd * 0.4:
            idle |= set(rng.sample(list(rows), rng.randint(1, len(rows) - 1)))
    if rng.random() < odd:
        in_b = list(rows_of(criteria[section]))
        idle |= set(rng.sample(in_b, rng.choice([1, 1, 2, 3])))
    for criterion in ("C.2", "C.3"):
        idle |= {row for row in (f"{criterion}.1", f"{criterion}.2") if rng.random() < 0.6}
    if rng.random() < odd * 0.6:
        idle.add(rng.choice(["C.1.1", "C.1.2"]))
    return idle


def fresh(rng: Random, criteria: dict[str, Any], section: str, odd: float) -> Rows:
    """All rows of a unit, fully achieved or not applicable."""
    idle = idle_rows(rng, criteria, section, odd)
    codes = [row for part in ("A", section, "C") for rows in rows_of(criteria[part]).values() for row in rows]
    return {code: {"khong_ap_dung": WHY} if code in idle else full(rng) for code in codes}


def _lossy(rng: Random, maximum: Fraction, loss: Fraction) -> dict[str, str]:
    """A row that loses about `loss` of its maximum: as a percentage, as plan and result, or in points."""
    share = 1 - loss / maximum
    kind = rng.choice(["ty_le", "ke_hoach", "diem"])
    if kind == "ty_le":
        return {"ty_le": money(half_up(share * 100)).replace(".", rng.choice([".", ","])) + "%", "ly_do": WHY}
    if kind == "ke_hoach":
        plan = rng.choice([3, 7, 9, 11, 13, 37, 52, 97])
        return {"ke_hoach": str(plan), "thuc_hien": str(int(share * plan)), "ly_do": WHY}
    return {"diem": money(half_up(maximum - loss)), "ly_do": WHY}


def aim(rng: Random, criteria: dict[str, Any], section: str, rows: Rows, target: Fraction, last_exact: bool = True) -> Rows:
    """Changes rows until the printed total is near the target (exactly there if the last rows can be given in points)."""
    changed: Rows = {}
    sheet = score(criteria, section, rows)
    codes = [code for code, row in sheet.rows.items() if row.printed is not None and row.printed > 0]
    rng.shuffle(codes)
    few = rng.choice([2, 4, 8, 30])
    for i, code in enumerate(codes):
        now = score(criteria, section, rows | changed)
        assert now.total is not None
        gap, maximum = now.total - target, now.rows[code].maximum or Fraction(1)
        if gap <= 0:
            break
        loss = min(maximum, gap, half_up(gap * rng.randint(20, 100) / 100 if i < few - 1 else gap))
        changed[code] = _with_ground(rows[code], _lossy(rng, maximum, max(loss, CENT)))
    if last_exact:
        changed |= _exact(rng, criteria, section, rows | changed, target)
    return changed


def _with_ground(old: Any, new: dict[str, str]) -> dict[str, str]:
    """C.2.1 keeps the ground it is scored on."""
    return new | ({"can_cu": old["can_cu"]} if isinstance(old, dict) and "can_cu" in old else {})


def _exact(rng: Random, criteria: dict[str, Any], section: str, rows: Rows, target: Fraction) -> Rows:
    """One row given in points closes what is left, if one row can."""
    sheet = score(criteria, section, rows)
    assert sheet.total is not None
    gap = target - sheet.total
    fitting = [
        code
        for code, row in sheet.rows.items()
        if gap and row.printed is not None and row.maximum is not None and 0 <= row.printed + gap <= row.maximum
    ]
    if not fitting:
        return {}
    code = rng.choice(fitting)
    return {code: _with_ground(rows[code], {"diem": money((sheet.rows[code].printed or Fraction(0)) + gap), "ly_do": WHY})}


def target(rng: Random, high: float) -> Fraction:
    """Where the total should lie: thresholds and their neighbours, round values that make ties, anything."""
    kind = rng.random()
    if kind < high:
        return rng.choice(
            [
                Fraction(95),
                Fraction(96),
                Fraction("97.5"),
                Fraction("97.5"),
                Fraction(98),
                Fraction(100),
                Fraction(rng.randint(9500, 10000), 100),
            ]
        )
    if kind < high + (1 - high) * 0.5:
        return rng.choice([70, 85, 95, 95]) + rng.choice(NEAR)
    return Fraction(rng.choice([rng.randint(5000, 10000), rng.randint(8000, 10000)]), 100)


def within(sheet: Sheet) -> bool:
    """No row above its (adjusted) maximum."""
    return all(row.printed <= row.maximum for row in sheet.rows.values() if row.printed is not None and row.maximum is not None)
