"""Điều 6 before the table: a unit's facts as written -> every way to settle them, each a definite (K4, D, M, X)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle.oracle_table import HTT, KHTNV, XS, Facts

YES, NO, OPEN = "co", "khong", "chua_ro"
Ways = frozenset[str]  # of "yes", "no": one value = settled, two = open
SETTLED_YES, SETTLED_NO, EITHER = frozenset({"yes"}), frozenset({"no"}), frozenset({"yes", "no"})


def ways(written: str) -> Ways:
    return {"co": SETTLED_YES, "khong": SETTLED_NO}.get(written, EITHER)


def every(*parts: Ways) -> Ways:
    """All must hold: one settled no is enough for no."""
    return frozenset("yes" if all(p == "yes" for p in way) else "no" for way in product(*parts))


def any_of(*parts: Ways) -> Ways:
    """One is enough."""
    return frozenset("yes" if "yes" in way else "no" for way in product(*parts))


def documented(fact: dict[str, Any]) -> Ways:
    """Reading 29: a `co` without the document counts as unclear."""
    return EITHER if fact["co_khong"] == YES and not fact.get("van_ban") else ways(fact["co_khong"])


def first_defect(facts: dict[str, Any]) -> Ways:
    """Đ6.4/g1: disunity found by the competent authority, or a member degenerated."""
    return any_of(documented(facts["mat_doan_ket"]), documented(facts["suy_thoai"]))


def second_defect(targets: dict[str, Any]) -> Ways:
    """Đ6.4/g2 with readings 6 and 40: ';' is OR; force majeure stands behind the second limb only."""
    given, done = int(targets["giao"]), int(targets["hoan_thanh"])
    key, key_done = int(targets["chu_yeu"]), int(targets["chu_yeu_dat"])
    majeure = ways(targets["bat_kha_khang"])
    if majeure == SETTLED_YES and not targets.get("van_ban"):
        majeure = EITHER
    outcomes: set[str] = set()
    for recognised in majeure:
        if given == 0:  # reading 40: no share can be computed
            half = EITHER
        elif Fraction(done, given) >= Fraction(1, 2):  # exactly 50% is not a defect
            half = SETTLED_NO
        else:
            half = EITHER if recognised == "yes" else SETTLED_YES
        if key == 0 or key_done == key or recognised == "yes":
            limb = SETTLED_NO
        else:
            limb = SETTLED_YES if key_done == 0 else EITHER
        outcomes |= any_of(half, limb)
    return frozenset(outcomes)


def case(entry: dict[str, Any], number: int, year: int) -> list[tuple[str, bool]]:
    """One discipline -> its possible weights: (what it is for D, whether it is defect 3)."""
    whom, severe = entry["doi_tuong"], entry["hinh_thuc"] != "khien_trach"
    if whom == "tap_the":  # Đ6.4/g3, any form; linked facts: D unchanged
        counted = [("none", True)]
    else:  # Đ6.2/g2, Đ6.3/g3 with reading 24: both limbs are needed; an open one leaves both results
        excepted = every(ways(entry.get("tu_phat_hien", OPEN)), ways(entry.get("khac_phuc_xong", OPEN)))
        member = whom == "thanh_vien"  # defect 3: a leading member at cảnh cáo or above, no exception (reading 25)
        counted = [("excepted" if e == "yes" else "other", member and severe) for e in sorted(excepted)]
    written = entry.get("nam_vi_pham")
    earlier = not written or int(written) < year  # reading 26: the act in an earlier year, or in one not written -> HUMAN
    unsure = whom == "dung_dau_don_vi_truc_thuoc" or (whom == "don_vi_truc_thuoc" and number <= 12)  # reading 27 -> HUMAN
    return counted + ([("none", False)] if earlier or unsure else [])


def discipline(cases: list[dict[str, Any]], number: int, year: int) -> set[tuple[str, bool]]:
    """All cases together: "excepted" only if every case is; one defect 3 is enough."""
    results = set()
    for way in product(*(case(c, number, year) for c in cases)):
        kinds = {kind for kind, _ in way}
        together = "other" if "other" in kinds else "excepted" if "excepted" in kinds else "none"
        results.add((together, any(defect for _, defect in way)))
    return results


def worlds(facts: dict[str, Any], number: int, year: int) -> set[Facts]:
    """Every way to settle one unit's facts (Điều 6, part c "linked facts")."""
    levels = [m["xep_loai"] for m in facts["thanh_vien"]]
    failed = "yes" if KHTNV in levels else "no"  # M
    conditions = facts["dieu_kien"]
    asked = [ways(conditions[name]["dat"]) for name in ("doan_ket_tieu_bieu", "doi_moi_sang_tao", "cai_cach_hanh_chinh")]  # Đ6.1/g1-g3
    suggested = ways(conditions["goi_y_kiem_diem"]["co_khong"])  # Đ6.1/g4
    not_suggested = frozenset({"yes": "no", "no": "yes"}[s] for s in suggested)
    all_good = SETTLED_YES if all(level in (XS, HTT) for level in levels) else SETTLED_NO  # Đ6.1/g6, first half
    conditions_met = every(*asked, not_suggested, all_good)
    other_defects = any_of(first_defect(facts["khuyet_diem"]), second_defect(facts["khuyet_diem"]["chi_tieu"]))
    result = set()
    for (d, third), defect, met in product(discipline(facts["ky_luat"], number, year), other_defects, conditions_met):
        k4 = "yes" if third or defect == "yes" else "no"
        result.add((k4, d, failed, met if d == "none" else "no"))  # Đ6.1/g6: no discipline, without the exception
    return result


def marks(found: set[Facts]) -> Facts:
    """The same as one line of marks for the literal table: what varies is "unclear"."""
    k4, d, m, x = ({world[i] for world in found} for i in range(4))
    # Linked facts: X may vary only because D does; while D is open X is "no" if no way of settling D helps, else "unclear".
    return tuple(values.pop() if len(values) == 1 else "unclear" for values in (k4, d, m, x))  # type: ignore[return-value]


def spoken_of(entry: dict[str, Any], listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """data/README.md: a case of the unit is known by whom and name; by its penalty too where that person or unit has several."""
    mine = [c for c in listed if (c["doi_tuong"], c["ten"]) == (entry["doi_tuong"], entry["ten"])]
    return mine if len(mine) == 1 else [c for c in mine if c["hinh_thuc"] == entry["hinh_thuc"]]


def appraised_facts(unit: dict[str, Any], appraisal: dict[str, Any], decided: dict[str, str]) -> dict[str, Any]:
    """Contract, appraisal file: what it restates replaces the unit's fact; decided member ratings replace both (reading 15)."""
    entries = appraisal.get("ky_luat") or []
    gone = [case for entry in entries for case in spoken_of(entry, unit["ky_luat"])]
    cases = [c for c in unit["ky_luat"] if c not in gone] + [e for e in entries if e.get("bo") != YES]  # data/README.md: `bo: co` withdraws
    named = {m["ho_ten"]: m["xep_loai"] for m in unit["thanh_vien"]}
    named |= {m["ho_ten"]: m["xep_loai"] for m in appraisal.get("thanh_vien") or []} | decided
    return {
        "dieu_kien": unit["dieu_kien"] | (appraisal.get("dieu_kien") or {}),
        "khuyet_diem": unit["khuyet_diem"] | (appraisal.get("khuyet_diem") or {}),
        "ky_luat": cases,
        "thanh_vien": [{"ho_ten": name, "xep_loai": level} for name, level in named.items()],
    }
