"""Regulation and rows of a scoring table -> formulas that give each row's maximum and points as rating/ does, with the values they have now.

Whole numbers throughout (hundredths of a point where points have two decimals), so that the binary numbers of a spreadsheet are exact:
floor and remainder of each row's share, what is left goes to the largest remainders, ties to the heavier, then to the upper row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.desk.form_layout import Formula
from pipeline.model.assessment import ScoreSheet
from pipeline.model.criteria import CARRY, GRANT, LOSE, Section
from pipeline.model.regulation import Regulation
from pipeline.rating.maxima import Group, groups, transfers

COLUMNS = {
    name: number
    for number, name in enumerate("code text standard maximum method share points planned achieved result reason evidence ground".split())
}
SUBORDINATES, FIRST_HELPER = len(COLUMNS), len(COLUMNS) + 4
HELPERS = "own absent carrier total weight floor key missing stuck".split()
COLUMNS |= {name: FIRST_HELPER + number for number, name in enumerate(HELPERS)}
KEY_OF_REMAINDER, KEY_OF_WEIGHT = 100_000_000, 1_000


@dataclass(frozen=True)
class Table:
    """Row code -> its row as Excel counts; `words`: code of a way of scoring -> what the drop-down says."""

    regulation: Regulation
    rows: Mapping[str, int]
    words: Mapping[str, str]

    @property
    def scale(self) -> int:
        """Points are whole multiples of one part in so many."""
        return int(10 ** (self.regulation.scoring.rounding.digits or 0))

    def cell(self, column: str, code: str) -> str:
        return f"{letter(COLUMNS[column])}{self.rows[code]}"

    def span(self, column: str, group: Group) -> str:
        return f"{self.cell(column, group.rows[0].code)}:{self.cell(column, group.rows[-1].code)}"

    def formula(self, column: str, code: str, text: str, value: Decimal | int | str, style: str = "an") -> Formula:
        return Formula(self.rows[code] - 1, COLUMNS[column], f"={text}", value, style)


def letter(column: int) -> str:
    return chr(ord("A") + column)


def part_formulas(table: Table, part: Section, absent: frozenset[str], sheet: ScoreSheet) -> Iterator[Formula]:
    """`absent`: rows said not to apply. Every cell of the part's rows that is computed."""
    moved, gone = transfers(table.regulation, part, absent)
    criterion = {row.code: c.code for c in part.criteria for row in c.rows}
    for group in groups(table.regulation, part, [], frozenset()):
        yield from _applies(table, group, absent, gone, criterion)
        yield from _maxima(table, group, gone, _total(table, group, [t.source for t in moved]), sheet)
        for row in group.rows:
            scored = sheet.rows[row.code]
            points = "" if scored.points is None else scored.points
            yield table.formula("result", row.code, _points(table, row.code), points, "diem")
            missing = f'IF(AND({table.cell("maximum", row.code)}<>"",{table.cell("result", row.code)}=""),1,0)'
            yield table.formula("missing", row.code, missing, int(scored.applies and scored.points is None))


def _applies(table: Table, group: Group, absent: frozenset[str], gone: frozenset[str], criterion: Mapping[str, str]) -> Iterator[Formula]:
    """Said not to apply, with a reason; or of a criterion whose points went elsewhere."""
    for row in group.rows:
        way, reason = table.cell("method", row.code), table.cell("reason", row.code)
        own = f'IF(AND({way}="{table.words["khong_ap_dung"]}",{reason}<>""),1,0)'
        yield table.formula("own", row.code, own, int(row.code in absent))
        away = [f"AND({_all_absent(table, t.rows)})" for t in table.regulation.scoring.transfers if t.source == criterion[row.code]]
        either = ",".join([f"{table.cell('own', row.code)}=1", *away])
        yield table.formula("absent", row.code, f"IF(OR({either}),1,0)", int(row.code in gone))


def _all_absent(table: Table, rows: list[str]) -> str:
    return ",".join(f"{table.cell('own', code)}=1" for code in rows)


def _total(table: Table, group: Group, moved: list[str]) -> tuple[str, int]:
    """The group's points in whole parts, after transfers to and from it."""
    text, value = str(int(group.total * table.scale)), int(group.total * table.scale)
    points = {c.code: int(c.points or 0) for s in table.regulation.sections.values() for c in s.criteria}
    for transfer in table.regulation.scoring.transfers:
        happens = f"AND({_all_absent(table, transfer.rows)})" if all(code in table.rows for code in transfer.rows) else "FALSE"
        if transfer.target == group.name:
            text += f"+IF({happens},{points[transfer.source] * table.scale},0)"
            value += points[transfer.source] * table.scale if transfer.source in moved else 0
        elif transfer.source == group.name:
            text, value = f"IF({happens},0,{text})", 0 if transfer.source in moved else value
    return text, value


def _maxima(table: Table, group: Group, gone: frozenset[str], total: tuple[str, int], sheet: ScoreSheet) -> Iterator[Formula]:
    """Who carries the group's points, each one's weight, floor and remainder, and the maximum that follows."""
    granted, carried = int(group.empty == GRANT), group.handling.fate == CARRY
    live = f"COUNTIF({table.span('absent', group)},0)"
    some = any(row.code not in gone for row in group.rows)
    carriers = [row.code for row in group.rows if (not carried or row.code not in gone if some else granted)]
    weights = _weights(table, group, carriers, total[1])
    for row in group.rows:
        one = f"1-{table.cell('absent', row.code)}" if carried else "1"
        yield table.formula("carrier", row.code, f"IF({live}>0,{one},{granted})", int(row.code in carriers))
        yield table.formula("total", row.code, *total)
        yield table.formula("weight", row.code, _weight(table, group, row.code), weights[row.code])
        printed = sheet.rows[row.code].maximum.printed
        yield table.formula("maximum", row.code, _maximum(table, group, row.code, live), "" if printed is None else printed, "diem")
    yield from _remainders(table, group, weights, total[1])
    first = group.rows[0].code
    stuck = "0" if group.empty in (LOSE, GRANT) else f"IF(AND({live}=0,{table.cell('total', first)}>0),1,0)"
    yield table.formula("stuck", first, stuck, int(stuck != "0" and not some and total[1] > 0))


def _maximum(table: Table, group: Group, code: str, live: str) -> str:
    """The floor, and one part more for the largest remainders as long as there is something left."""
    cell = {name: table.cell(name, code) for name in ("absent", "carrier", "total", "floor", "key")}
    keys, left = table.span("key", group), f"{cell['total']}-SUM({table.span('floor', group)})"
    shown = f"{cell['carrier']}=1,SUM({table.span('weight', group)})>0,{cell['total']}>0"
    if group.handling.fate == LOSE:
        shown += f",OR({cell['absent']}=0,{live}=0)"
    return f'IF(AND({shown}),({cell["floor"]}+IF(SUMPRODUCT(--({keys}>{cell["key"]}))<{left},1,0))/{table.scale},"")'


def _remainders(table: Table, group: Group, weights: Mapping[str, int], total: int) -> Iterator[Formula]:
    """Each row's whole parts, and what orders the remainders: their size, then the weight, then the upper row."""
    whole, sums = sum(weights.values()), f"SUM({table.span('weight', group)})"
    for order, row in enumerate(group.rows):
        mine, last = weights[row.code], KEY_OF_WEIGHT - 1 - order
        product, weight = f"{table.cell('total', row.code)}*{table.cell('weight', row.code)}", table.cell("weight", row.code)
        yield table.formula("floor", row.code, f"IF({sums}>0,INT({product}/{sums}),0)", total * mine // whole if whole else 0)
        key = f"IF({weight}>0,MOD({product},{sums})*{KEY_OF_REMAINDER}+{weight}*{KEY_OF_WEIGHT}+{last},0)"
        value = total * mine % whole * KEY_OF_REMAINDER + mine * KEY_OF_WEIGHT + last if mine else 0
        yield table.formula("key", row.code, key, value)


def _weight(table: Table, group: Group, code: str) -> str:
    """In proportion to the points the regulation gives, or these points and an equal share of what is to be spread."""
    carrier, standard = table.cell("carrier", code), table.cell("standard", code)
    if table.regulation.scoring.not_applicable.method == "ty_le_thuan":
        return f"{carrier}*{standard}"
    carriers, points = table.span("carrier", group), table.span("standard", group)
    more = f"{table.cell('total', code)}/{table.scale}-SUMPRODUCT({carriers},{points})"
    return f"{carrier}*({standard}*SUM({carriers})+{more})"


def _weights(table: Table, group: Group, carriers: list[str], total: int) -> dict[str, int]:
    points = {row.code: int(row.points or 0) for row in group.rows}
    if table.regulation.scoring.not_applicable.method == "ty_le_thuan":
        return {code: p if code in carriers else 0 for code, p in points.items()}
    more = total // table.scale - sum(points[code] for code in carriers)
    return {code: p * len(carriers) + more if code in carriers else 0 for code, p in points.items()}


def _points(table: Table, code: str) -> str:
    """By the way of scoring chosen; a row granted its points has its maximum."""
    at = {name: table.cell(name, code) for name in ("maximum", "method", "share", "points", "planned", "achieved", "absent")}
    cap, scale, words = table.regulation.scoring.cap.percent, table.scale, table.words
    highest = f"ROUND({at['maximum']}*{scale},0)"
    percent, given = f"ROUND({at['share']}*10000,0)", f"ROUND({at['points']}*100,0)"
    planned, achieved = (f"ROUND({at[name]}*100,0)" for name in ("planned", "achieved"))
    done = (achieved, planned)
    if cap is not None:
        percent, done = f"MIN({percent},{cap * 100})", (f"MIN({achieved}*100,{planned}*{cap})", f"{planned}*100")
    by_points = _half_up(given, "100", str(scale), scale)
    by_plan = _half_up(*_share(table, *done), highest, scale)
    by_share = _half_up(*_share(table, percent, "10000"), highest, scale)
    has_plan = f"AND(ISNUMBER({at['planned']}),ISNUMBER({at['achieved']}),N({at['planned']})>0)"
    has_share = f'AND({at["method"]}<>"{words["khong_ap_dung"]}",ISNUMBER({at["share"]}))'
    return (
        f'IF({at["maximum"]}="","",IF({at["absent"]}=1,{at["maximum"]},'
        f'IF({at["method"]}="{words["diem"]}",IF(ISNUMBER({at["points"]}),{by_points},""),'
        f'IF({at["method"]}="{words["ke_hoach"]}",IF({has_plan},{by_plan},""),IF({has_share},{by_share},"")))))'
    )


def _share(table: Table, part: str, whole: str) -> tuple[str, str]:
    """The share as two whole numbers; rounded to so many decimals of a percent where that is how the regulation is read."""
    if table.regulation.scoring.rounding.what != "ty_le":
        return part, whole
    return f"INT((2*{part}*{100 * table.scale}+{whole})/(2*{whole}))", str(100 * table.scale)


def _half_up(part: str, whole: str, of: str, scale: int) -> str:
    return f"INT((2*{part}*{of}+{whole})/(2*{whole}))/{scale}"
