"""Random facts of Điều 6 that do not contradict each other: conditions, defects, discipline, members."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.oracle_table import HTNV, HTT, KHTNV, XS

LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"
PENALTIES = ["khien_trach", "canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec", "khai_tru"]
OPEN3 = ["co", "khong", "chua_ro"]
DOCUMENT = "Quyết định số 12"


def conditions(rng: Random, odd: float) -> dict[str, Any]:
    """Đ6.1/g1-g3."""
    result = {}
    for name in ("doan_ket_tieu_bieu", "doi_moi_sang_tao", "cai_cach_hanh_chinh"):
        met = rng.choice(["khong", "chua_ro"]) if rng.random() < odd * 0.35 else "co"
        result[name] = {"dat": met} | ({"minh_chung": DOCUMENT} if met == "co" else {})
    return result


def suggestion(rng: Random, odd: float) -> dict[str, str]:
    """Đ6.1/g4."""
    if rng.random() > odd * 0.4:
        return {"co_khong": "khong"}
    return rng.choice(
        [{"co_khong": "chua_ro"}, {"co_khong": "co", "doi_tuong": rng.choice(["tap_the", "thanh_vien"]), "van_ban": DOCUMENT}]
    )


def finding(rng: Random, odd: float) -> dict[str, str]:
    """Đ6.4/g1, with or without the document."""
    if rng.random() > odd * 0.25:
        return {"co_khong": "khong"}
    return rng.choice([{"co_khong": "chua_ro"}, {"co_khong": "co"}, {"co_khong": "co", "van_ban": DOCUMENT}])


def targets(rng: Random, odd: float) -> dict[str, Any]:
    """Đ6.4/g2: possible counts only."""
    given, key, missed_key, missed = rng.randint(4, 40), rng.randint(0, 4), 0, 0
    kind = rng.random()
    if kind < odd * 0.45:
        shape = rng.choice(["none", "few", "half", "key", "all_key", "both"])
        if shape == "none":
            given, key = 0, 0
        if shape in ("few", "both"):
            missed = rng.randint(given // 2 + 1, given)
        if shape == "half":
            given = 2 * rng.randint(4, 20)
            missed = given // 2
        if shape in ("key", "both") and key > 1:
            missed_key = rng.randint(1, key)
        if shape == "all_key":
            missed_key = key
    elif kind < 0.8:
        missed = rng.randint(0, given // 3)
    missed = max(missed, missed_key)
    key = min(key, given - missed + missed_key) if given else 0  # the key targets met are among those done
    missed_key = min(missed_key, key)
    majeure = rng.choice(OPEN3) if rng.random() < odd else "khong"
    document = {"van_ban": DOCUMENT} if majeure == "co" and rng.random() < 0.7 else {}
    counts = {"giao": given, "hoan_thanh": given - missed, "chu_yeu": key, "chu_yeu_dat": key - missed_key}
    return (
        {k: str(v) for k, v in counts.items()}
        | {"bat_kha_khang": majeure, "danh_muc_chu_yeu": [f"Chỉ tiêu {i + 1}" for i in range(key)]}
        | document
    )


def case(rng: Random, names: list[str], kinds: list[str]) -> dict[str, str]:
    """One discipline of any kind."""
    whom = rng.choice(kinds)
    name = {"thanh_vien": rng.choice(names), "tap_the": "Tập thể lãnh đạo"}.get(whom, f"Phòng {rng.choice(LETTERS)}")
    penalty = rng.choice(
        ["khien_trach", "canh_cao", "giai_tan"] if whom in ("tap_the", "don_vi_truc_thuoc") else ["khien_trach", *PENALTIES]
    )
    both = rng.choice([("co", "co"), ("co", "co"), (rng.choice(OPEN3), rng.choice(OPEN3))])
    year = {"nam_vi_pham": rng.choice(["2023", "2023", "2022", "2019"])} if rng.random() < 0.8 else {}
    text = {"doi_tuong": whom, "ten": name, "hinh_thuc": penalty, "van_ban": DOCUMENT, "ngay": "5/6/2023", "minh_chung": "Biên bản số 3"}
    return text | year | {"tu_phat_hien": both[0], "khac_phuc_xong": both[1]}


def cases(rng: Random, names: list[str], odd: float) -> list[dict[str, str]]:
    """Up to three cases; one person or unit may have several, of different penalties."""
    if rng.random() > odd * 0.5:
        return []
    kinds = ["thanh_vien", "thanh_vien", "don_vi_truc_thuoc", "dung_dau_don_vi_truc_thuoc", "tap_the"]
    found = [case(rng, names, kinds) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    if len(found) > 1 and rng.random() < 0.3:
        found[1] |= {key: found[0][key] for key in ("doi_tuong", "ten")}
    return list({(*subject(c), c["hinh_thuc"]): c for c in found}.values())


def subject(case: dict[str, str]) -> tuple[str, str]:
    return case["doi_tuong"], case["ten"]


def restated_cases(rng: Random, own: list[dict[str, str]], names: list[str]) -> list[dict[str, str]]:
    """Cases added, corrected (where the person has one) and withdrawn, each of the unit's cases at most once."""
    result, corrected = [], set[tuple[str, str]]()
    for fresh in cases(rng, names, 1.0):
        known = [c for c in own if subject(c) == subject(fresh)]
        if not known or (len(known) == 1 and subject(fresh) not in corrected):
            result.append(fresh)
            corrected |= {subject(fresh)} if known else set()
    for old in own:
        if subject(old) not in corrected and rng.random() < 0.4:
            result.append(old | rng.choice([{"bo": "co"}, {"tu_phat_hien": "co", "khac_phuc_xong": "co"}]))
    return result


def level(rng: Random, odd: float) -> str:
    return rng.choice([HTNV, KHTNV]) if rng.random() < odd * 0.12 else rng.choice([XS, HTT, HTT])


def members(rng: Random, odd: float) -> list[dict[str, str]]:
    """The leading collective, the first its head."""
    letters = rng.sample(LETTERS, rng.randint(2, 5))
    result = [{"ho_ten": f"Nguyễn Văn {x}", "chuc_vu": "Phó Trưởng ban", "xep_loai": level(rng, odd)} for x in letters]
    result[0] |= {"chuc_vu": "Trưởng ban", "dung_dau": "co"}
    return result


def all_facts(rng: Random, odd: float) -> dict[str, Any]:
    """What a unit's file says beside its rows."""
    people = members(rng, odd)
    return {
        "dieu_kien": conditions(rng, odd) | {"goi_y_kiem_diem": suggestion(rng, odd)},
        "khuyet_diem": {"mat_doan_ket": finding(rng, odd), "suy_thoai": finding(rng, odd), "chi_tieu": targets(rng, odd)},
        "ky_luat": cases(rng, [p["ho_ten"] for p in people], odd),
        "thanh_vien": people,
    }


def restated(rng: Random, own: dict[str, Any], odd: float) -> dict[str, Any]:
    """Facts the council puts differently, each with its reason; the suggestion stays (it is tied to C.2.1)."""
    why = {"ly_do": "Hội đồng xác minh lại"}
    result: dict[str, Any] = {}
    if rng.random() < odd * 0.5:
        fresh = conditions(rng, 1.0)
        result["dieu_kien"] = {name: fresh[name] | why for name in rng.sample(list(fresh), rng.randint(1, 3))}
        if own["dieu_kien"]["goi_y_kiem_diem"].get("doi_tuong") != "tap_the" and rng.random() < 0.3:
            answer = rng.choice([{"co_khong": "chua_ro"}, {"co_khong": "co", "doi_tuong": "thanh_vien", "van_ban": DOCUMENT}])
            result["dieu_kien"]["goi_y_kiem_diem"] = answer | why
    if rng.random() < odd * 0.5:
        fresh = {"mat_doan_ket": finding(rng, 1.0), "suy_thoai": finding(rng, 1.0), "chi_tieu": targets(rng, 1.0)}
        result["khuyet_diem"] = {name: fresh[name] | why for name in rng.sample(list(fresh), rng.randint(1, 2))}
    names = [m["ho_ten"] for m in own["thanh_vien"]]
    if rng.random() < odd * 0.5:
        listed = [c | why for c in restated_cases(rng, own["ky_luat"], names)]
        if listed:
            result["ky_luat"] = listed
    if rng.random() < odd * 0.5:
        result["thanh_vien"] = [
            {"ho_ten": name, "xep_loai": level(rng, 1.0)} | why for name in rng.sample(names, rng.randint(1, len(names)))
        ]
    return result
