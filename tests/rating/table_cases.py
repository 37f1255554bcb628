"""Cases that are tables: the list of units, the rows of a section, the limits for each N, the transfers of section C."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit
from pipeline.rating.double_role import roles_besides
from tests.rating.build import rate, units

APART, TOGETHER = "khong_gom_xuat_sac", "gom_xuat_sac"
ROWS_OF_C = ("C.1.1", "C.1.2", "C.2.1", "C.2.2", "C.3.1", "C.3.2")
ABSENT = "-"


def register_seen(asked: dict[str, str], regulation: Regulation) -> dict[str, Any]:
    """What is asked (group, section, body consulted, ...) -> the numbers of all units of the list that have it, and no other."""
    have: dict[str, Callable[[Unit, str], bool]] = {
        "nhom": lambda u, value: str(u.group) == value,
        "phu_luc": lambda u, value: u.section == value,
        "chu_the": lambda u, value: value in u.bodies,
        "muc_chung": lambda u, value: value in [s.code for s in regulation.parts(u.section)],
        "trach_nhiem_dung_dau": lambda u, _: _head_rated(regulation, u.number),
        "trung_vai": lambda u, _: bool(roles_besides(regulation, u, (), ())),
    }
    return {"cac_so": spans([n for n, unit in sorted(units().items()) if all(have[key](unit, value) for key, value in asked.items())])}


def _head_rated(regulation: Regulation, number: int) -> bool:
    rule = regulation.procedure.head_responsibility
    return (rule.first or 0) <= number <= (rule.last or 0)


def spans(found: list[int]) -> str:
    """[1, 2, 3, 5] -> "1-3, 5"."""
    runs: list[list[int]] = []
    for n in found:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def section_seen(asked: dict[str, Any], regulation: Regulation) -> dict[str, Any]:
    """`muc`: a section -> the points of its rows; `co_chu`: the rows in whose words it stands."""
    section = regulation.sections[asked["muc"]]
    words = {c.code: c.text for c in section.criteria} | {dash.code: dash.text for c in section.criteria for dash in c.dashes}
    needle = asked.get("co_chu")
    return {
        "diem": " ".join(
            "+".join(str(row.points) for row in criterion.rows) if criterion.dashes else str(criterion.points)
            for criterion in section.criteria
        ),
        "tong": str(section.total),
        "cac_hang": [code for code, text in words.items() if needle and needle.lower() in text.lower()],
    }


def quota_table_seen(expected: dict[str, Any], regulation: Regulation) -> dict[str, Any]:
    """For each N of the expected table: the limits under both bases."""
    asked = [row["N"] for row in expected["bang"]]
    limits = {"khong_gom": APART, "gom": TOGETHER}
    return {"bang": [{"N": n} | {key: str(regulation.quota.limit(basis, int(n))) for key, basis in limits.items()} for n in asked]}


def c_table_seen(expected: dict[str, Any], regulation: Regulation) -> dict[str, Any]:
    """A line = the maxima of the six contents of section C, "-" for those that do not apply; all confirmed, all others at 100%."""
    return {"bang": [row if _c_line(row, regulation) == row.split() else _c_line(row, regulation) for row in expected["bang"]]}


def _c_line(row: str, regulation: Regulation) -> list[str]:
    """The line as computed for the contents that apply in the expected one; with C.1 empty there is no total, else it is 100."""
    absent = [code for code, points in zip(ROWS_OF_C, row.split(), strict=True) if points == ABSENT]
    scored = {code: {"khong_ap_dung": "Không có"} for code in absent}
    sheet = rate({"cham_diem": scored, "xac_nhan": ["n12"]}, regulation).sheet
    assert sheet
    stuck = set(ROWS_OF_C[:2]) <= set(absent)
    assert sheet.total == (None if stuck else 100), row
    maxima = [sheet.rows[code].maximum.printed for code in ROWS_OF_C]
    return [ABSENT if m is None else f"{m:.2f}".replace(".", ",") for m in maxima]
