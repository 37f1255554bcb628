"""A seed -> a whole random year without data errors: 56 units, appraisals, quota basis, decisions of people."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.oracle import random_facts
from tests.oracle.oracle_scores import rows_of, score
from tests.oracle.oracle_table import HTT, LEVELS, XS
from tests.oracle.random_rows import WHY, Rows, aim, fresh, full, target, within
from tests.oracle.regulation_oracle import WAITING, compute, examine

YEAR = "2023"


@dataclass(frozen=True)
class Mood:
    """How a year is: share of high totals, of odd facts, of gaps in the files, of decided cases."""

    high: float
    odd: float
    gaps: float
    decided: float
    basis: str | None


def mood(rng: Random) -> Mood:
    return Mood(
        rng.choice([0.1, 0.3, 0.6, 0.9]),
        rng.choice([0.0, 0.1, 0.25, 0.6]),
        rng.choice([0.0, 0.0, 0.02, 0.08]),
        rng.choice([0.0, 0.5, 0.9, 1.0]),
        rng.choice([None, "khong_gom_xuat_sac", "gom_xuat_sac"]),
    )


def unit_file(rng: Random, unit: dict[str, Any], criteria: dict[str, Any], m: Mood) -> dict[str, Any]:
    """One unit's own file."""
    odd = m.odd if rng.random() < 0.7 else m.odd * 2 / 3
    facts = random_facts.all_facts(rng, odd)
    rows = fresh(rng, criteria, unit["phu_luc"], rng.choice([0.0, 0.1, 0.3]))
    suggested = facts["dieu_kien"]["goi_y_kiem_diem"]
    if suggested.get("doi_tuong") == "tap_the":  # a suggestion to the collective is scored in C.2.1
        rows["C.2.1"] = {"ty_le": "100%", "can_cu": "goi_y"}
    elif "khong_ap_dung" not in rows["C.2.1"]:
        rows["C.2.1"] = {"ty_le": "100%", "can_cu": "phe_binh"}
    rows |= aim(rng, criteria, unit["phu_luc"], rows, target(rng, m.high), rng.random() < 0.7)
    if rng.random() < m.gaps:
        rows[rng.choice([code for code in rows if code != "C.2.1"])] = ""
    head = facts["thanh_vien"][0]["xep_loai"]
    own = rng.choice(LEVELS[: LEVELS.index(head) + 1])
    return {"don_vi": unit["ma"], "nam": YEAR, "cham_diem": rows, **facts, "tu_nhan": own}


def appraisal(rng: Random, unit: dict[str, Any], own: dict[str, Any], criteria: dict[str, Any], m: Mood) -> dict[str, Any]:
    """The council's file on one unit."""
    result: dict[str, Any] = {"don_vi": unit["ma"], "nam": YEAR, "ngay": "26/12/2023"}
    result["cham_diem"] = changed_rows(rng, unit, own["cham_diem"], criteria, m)
    result |= random_facts.restated(rng, own, m.odd)
    result["y_kien"] = {body: {"muc": rng.choice([XS, HTT])} for body in unit["chu_the"] if rng.random() >= m.gaps}
    if rng.random() >= m.gaps:
        result["trach_nhiem_dung_dau"] = {"muc": HTT, "van_ban": "Quyết định số 4"}
    sheet = score(criteria, unit["phu_luc"], own["cham_diem"] | result["cham_diem"])
    ticks: list[str] = []
    idle = [code for code, row in sheet.rows.items() if row.maximum is None]
    for prefix, reading in (("B.", "n8"), ("C.1", "n12")):
        rows = [code for code in idle if code.startswith(prefix)]
        if rows and rng.random() >= m.gaps:
            ticks += [reading] if rng.random() < 0.5 else rows if rng.random() >= m.gaps else rows[:1]
    ticks += [f"y_kien.{body}" for body in unit["chu_the"] if body not in result["y_kien"] and rng.random() < 0.5]
    if ticks:
        result["xac_nhan"] = [{"diem": tick, "nguoi": "Đào Thanh Đ", "ghi_chu": WHY} for tick in ticks]
    votes = {"phat_ra": "5", "thu_ve": "5", "hop_le": "5", "xuat_sac": "0", "tot": "5", "hoan_thanh": "0", "khong_hoan_thanh": "0"}
    return {key: value for key, value in result.items() if value} | {"phieu": votes}


def changed_rows(rng: Random, unit: dict[str, Any], own: Rows, criteria: dict[str, Any], m: Mood) -> Rows:
    """Rows the council changes; a change that would push a row over its new maximum is not made."""
    section, changed = unit["phu_luc"], {}

    def accept(more: Rows) -> None:
        if within(score(criteria, section, own | changed | more)):
            changed.update(more)

    for code in [code for code, row in own.items() if row == ""]:
        if rng.random() < 0.5:
            accept({code: full(rng)})
    if rng.random() < 0.1:  # the council finds a content applicable after all, or not applicable
        code = rng.choice([c for c in own if c.startswith(("A.", "B."))])
        criterion = [c for c in own if c.startswith(code.rsplit(".", 1)[0] + ".")] if code[0] == "A" else list(rows_of(criteria[section]))
        active = [c for c in criterion if not isinstance(own[c], dict) or "khong_ap_dung" not in own[c]]
        if code not in active:
            accept({code: full(rng)})
        elif len(active) > 1:
            accept({code: {"khong_ap_dung": WHY}})
    sheet = score(criteria, section, own | changed)
    if rng.random() < 0.5 and sheet.total is not None:
        wanted = target(rng, m.high)
        if wanted < sheet.total:
            accept(aim(rng, criteria, section, own | changed, wanted, rng.random() < 0.7))
        else:  # the council is kinder than the unit
            raised = [c for c, row in sheet.rows.items() if row.printed is not None and row.printed < (row.maximum or 0) and c != "C.2.1"]
            accept({code: full(rng) for code in raised if rng.random() < 0.7})
    if rng.random() < m.gaps / 2:
        accept({rng.choice([code for code in own if code != "C.2.1"]): ""})
    return changed


def decided_members(rng: Random, files: dict[str, Any], m: Mood) -> list[dict[str, str]]:
    """Decided ratings of some members."""
    result = []
    for code, own in files["don_vi"].items():
        if rng.random() < m.odd * 0.15:
            member = rng.choice(own["thanh_vien"])
            result.append({"don_vi": code, "ho_ten": member["ho_ten"], "xep_loai": random_facts.level(rng, 1.0), "ly_do": WHY})
    return result


def opinion(code: str, level: str) -> dict[str, str]:
    return {"don_vi": code, "muc": level, "nguoi_quyet": "Phùng Thị Đ", "ngay": "28/12/2023", "ly_do": WHY}


def decide_open(rng: Random, register: list[dict[str, Any]], criteria: dict[str, Any], files: dict[str, Any], m: Mood) -> None:
    """People settle cases the text leaves open: a level out of those possible (XS only through the quota)."""
    for unit in register:
        r = examine(unit, criteria, files)
        if r.incomplete or r.rating is None or r.rating.candidate or len(r.rating.levels) == 1 or rng.random() >= m.decided:
            continue
        files["quyet_dinh"]["y_kien"].append(opinion(unit["ma"], rng.choice(sorted(r.rating.levels - {XS}))))


def decide_ties(rng: Random, register: list[dict[str, Any]], criteria: dict[str, Any], files: dict[str, Any], m: Mood) -> None:
    """People settle a tie at the limit once nothing else is open: as many XS as there are places left."""
    result = compute(register, criteria, files)
    quota, units = result["han_muc"], result["don_vi"]
    if quota["toi_da"] is None or any(
        u["xep_loai"]["trang_thai"] != "de_xuat" and not u["xep_loai"]["ung_vien_xuat_sac"] for u in units.values()
    ):
        return
    tied = sorted(code for code in quota["cho_quyet"] if units[code]["xep_loai"]["trang_thai"] == WAITING)
    if not tied or rng.random() >= m.decided:
        return
    rng.shuffle(tied)
    places = quota["toi_da"] - len(quota["duoc_chon"])
    files["quyet_dinh"]["y_kien"] += [opinion(code, XS if i < places else HTT) for i, code in enumerate(tied)]


def random_year(seed: int, register: list[dict[str, Any]], criteria: dict[str, Any]) -> dict[str, Any]:
    """The files of one year in the contract's shape, values as text."""
    rng = Random(seed)
    m = mood(rng)
    files: dict[str, Any] = {"nam": YEAR, "don_vi": {}, "tham_dinh": {}, "quyet_dinh": {"y_kien": []}, "tinh": {}}
    if m.basis:
        files["tinh"]["han_muc"] = {"co_so": m.basis}
    for unit in register:
        own = files["don_vi"][unit["ma"]] = unit_file(rng, unit, criteria, m)
        if rng.random() >= m.gaps:
            files["tham_dinh"][unit["ma"]] = appraisal(rng, unit, own, criteria, m)
    people = decided_members(rng, files, m)
    if people:
        files["quyet_dinh"]["thanh_vien"] = people
    decide_open(rng, register, criteria, files, m)
    decide_ties(rng, register, criteria, files, m)
    return files
