"""Điều 4 and the Phụ lục, written straight from the text and its explanation: rows -> adjusted maxima, row points, parts and the three totals.

Nothing here comes from the program: this is the second opinion the program is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

CENT = Fraction(1, 100)


def number(text: str) -> Fraction:
    """Contract, "How values are read": `9,5` = `9.5`, exact."""
    return Fraction(str(text).strip().replace(",", "."))


def half_up(value: Fraction) -> Fraction:
    """Reading 17: a row is rounded half-up to 0.01."""
    return Fraction((value / CENT + Fraction(1, 2)).__floor__()) * CENT


def money(value: Fraction) -> str:
    """ket_qua.json: numbers are strings with two decimals (for values that are whole cents)."""
    cents = int(value / CENT)
    return f"{cents // 100}.{cents % 100:02d}"


@dataclass(frozen=True)
class Entry:
    """What a scorer wrote in one row: not applicable, blank, a share of the plan, or points."""

    applies: bool
    share: Fraction | None = None
    points: Fraction | None = None

    @property
    def blank(self) -> bool:
        return self.applies and self.share is None and self.points is None


def entry(written: Any) -> Entry:
    """Contract, unit's file: the four ways to fill a row. Reading 18: a share above 100% counts as 100%."""
    if not isinstance(written, dict):
        written = {"ty_le": written}
    if "khong_ap_dung" in written:
        return Entry(applies=False)
    if written.get("diem"):
        return Entry(True, points=number(written["diem"]))
    if written.get("ke_hoach"):
        return Entry(True, share=min(Fraction(1), number(written["thuc_hien"]) / number(written["ke_hoach"])))
    if written.get("ty_le"):
        return Entry(True, share=min(Fraction(1), number(str(written["ty_le"]).rstrip("% ")) / 100))
    return Entry(True)


def rows_of(part: dict[str, Any]) -> dict[str, dict[str, int]]:
    """A part of the Phụ lục as data -> {criterion: {row: standard points}}; a criterion without dashes is its own single row."""
    return {c["ma"]: {d["ma"]: int(d["diem"]) for d in c.get("gach_dau_dong", [c])} for c in part["tieu_chi"]}


def largest_remainder(total: int, weights: dict[str, int]) -> dict[str, Fraction]:
    """Reading 10: proportional to the standard points, whole cents, the sum exact; ties: larger weight, then row order."""
    exact = {row: Fraction(total * weight, sum(weights.values())) for row, weight in weights.items()}
    printed = {row: (value / CENT).__floor__() * CENT for row, value in exact.items()}
    order = list(weights)
    waiting = sorted(order, key=lambda row: (-(exact[row] - printed[row]), -weights[row], order.index(row)))
    for row in waiting[: int((total - sum(printed.values())) / CENT)]:
        printed[row] += CENT
    return printed


def equal_split(total: int, weights: dict[str, int]) -> dict[str, Fraction]:
    """Reading 10, the other sharing: every remaining row gets the same part of the points moved; exact."""
    moved = Fraction(total - sum(weights.values()), len(weights))
    return {row: weight + moved for row, weight in weights.items()}


class NoRule(Exception):
    """A criterion with nothing left to carry its points (readings 9, 12): outside this oracle."""


def groups(criteria: dict[str, Any], section: str, applies: dict[str, bool]) -> list[tuple[int, dict[str, int]]]:
    """(points, remaining rows with standard points) for every place where points stay together."""
    result = []
    for rows in rows_of(criteria["A"]).values():  # Đ4.2 para 2: the remaining contents of the same criterion
        result.append((sum(rows.values()), {r: w for r, w in rows.items() if applies[r]}))
    in_b = {r: w for rows in rows_of(criteria[section]).values() for r, w in rows.items()}
    result.append((sum(in_b.values()), {r: w for r, w in in_b.items() if applies[r]}))  # reading 8 (a): the whole of B
    in_c = rows_of(criteria["C"])
    first = sum(in_c["C.1"].values())
    for criterion in ("C.2", "C.3"):
        left = {r: w for r, w in in_c[criterion].items() if applies[r]}
        if left:  # both contents, or one that carries all 3 (reading 11)
            result.append((sum(in_c[criterion].values()), left))
        else:  # notes of C.2, C.3: the points go to C.1; both notes apply independently (reading 14)
            first += sum(in_c[criterion].values())
    result.append((first, {r: w for r, w in in_c["C.1"].items() if applies[r]}))  # one dash without object: reading 12
    if not all(left for _, left in result):
        raise NoRule
    return result


@dataclass(frozen=True)
class Row:
    """One scored row; maximum None = not applicable; points None = blank."""

    maximum: Fraction | None
    equal_maximum: Fraction
    printed: Fraction | None = None
    exact: Fraction = Fraction(0)
    equal: Fraction = Fraction(0)


@dataclass(frozen=True)
class Sheet:
    """One scorer's sheet. The totals are (lowest, highest): the two differ only while a row is blank."""

    rows: dict[str, Row]
    parts: dict[str, Fraction | None]
    total: Fraction | None
    printed_range: tuple[Fraction, Fraction]
    exact_range: tuple[Fraction, Fraction]
    equal_range: tuple[Fraction, Fraction]

    @property
    def blank(self) -> list[str]:
        return [code for code, row in self.rows.items() if row.maximum is not None and row.printed is None]


def _row(written: Entry, maximum: Fraction, equal_maximum: Fraction) -> Row:
    """Điều 4 khoản 2 đoạn 1: share x maximum; points stay points in every sharing (reading 10)."""
    if written.points is not None:
        return Row(maximum, equal_maximum, written.points, written.points, written.points)
    if written.share is not None:
        exact = written.share * maximum
        return Row(maximum, equal_maximum, half_up(exact), exact, half_up(written.share * equal_maximum))
    return Row(maximum, equal_maximum)


def score(criteria: dict[str, Any], section: str, written: dict[str, Any]) -> Sheet:
    """All rows of one scorer -> the sheet. Reading 17: printed, exact and equal-split totals."""
    entries = {code: entry(value) for code, value in written.items()}
    rows: dict[str, Row] = {}
    for points, left in groups(criteria, section, {code: e.applies for code, e in entries.items()}):
        printed, equal = largest_remainder(points, left), equal_split(points, left)
        rows |= {code: _row(entries[code], printed[code], equal[code]) for code in left}
    for code in entries:
        rows.setdefault(code, Row(None, Fraction(0)))
    applied = [row for row in rows.values() if row.maximum is not None]
    blank = [row for row in applied if row.printed is None]
    parts: dict[str, Fraction | None] = {}
    for part in "ABC":
        own = [row.printed for code, row in rows.items() if code[0] == part and row.maximum is not None]
        parts[part] = None if None in own else sum((p for p in own if p is not None), Fraction(0))
    lows = [
        sum((row.printed or Fraction(0) for row in applied), Fraction(0)),
        sum((row.exact for row in applied), Fraction(0)),
        sum((row.equal for row in applied), Fraction(0)),
    ]
    more = [sum((r.maximum or Fraction(0) for r in blank), Fraction(0))] * 2 + [sum((r.equal_maximum for r in blank), Fraction(0))]
    ranges = [(low, low + extra) for low, extra in zip(lows, more)]
    return Sheet(rows, parts, None if blank else lows[0], *ranges)


def shown(sheet: Sheet) -> dict[str, Any]:
    """A sheet in the shape of ket_qua.json, with the three totals besides."""

    def text(value: Fraction | None) -> str | None:
        return None if value is None else money(value)

    rows = {
        code: {"khong_ap_dung": True} if row.maximum is None else {"toi_da": money(row.maximum), "diem": text(row.printed)}
        for code, row in sheet.rows.items()
    }
    totals = {"printed": sheet.printed_range, "exact": sheet.exact_range, "equal": sheet.equal_range}
    return {"hang": rows, **{p: text(v) for p, v in sheet.parts.items()}, "tong": text(sheet.total), "ba_tong": totals}
