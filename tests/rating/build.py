"""Facts as an official states them (tests/law_cases) -> a unit's file and its appraisal; what is not stated is in good order.

Good order: every row at 100%, all conditions met, no defect, no discipline (a case that is stated: act of the year), two members rated
tot, every opinion given.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.law.regulation import read_regulation
from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import Assessment
from pipeline.model.province import DecidedLevel
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Register, Unit
from pipeline.rating.assess import assess

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "quy_dinh" / "453-QD-TU-2022"
KEYS = {
    "don_vi",
    "tong_diem",
    "cham_diem",
    "dieu_kien",
    "khuyet_diem",
    "ky_luat",
    "thanh_vien",
    "tu_nhan",
    "tham_dinh",
    "thieu_y_kien",
    "xac_nhan",
    "chua_tham_dinh",
    "muc_da_quyet_dinh",
}
CONDITIONS = {
    "doan_ket_tieu_bieu": {"dat": "co"},
    "doi_moi_sang_tao": {"dat": "co"},
    "cai_cach_hanh_chinh": {"dat": "co"},
    "goi_y_kiem_diem": {"co_khong": "khong"},
}
DEFECTS = {
    "mat_doan_ket": {"co_khong": "khong"},
    "suy_thoai": {"co_khong": "khong"},
    "chi_tieu": {"giao": "20", "hoan_thanh": "20", "chu_yeu": "4", "chu_yeu_dat": "4", "bat_kha_khang": "khong"},
}


def read(path: Path) -> Any:
    """YAML with every value as text; a blank value is None."""
    return _blank(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))


def _blank(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blank(item) for key, item in value.items()}
    return [_blank(item) for item in value] if isinstance(value, list) else value or None


@cache
def regulation() -> Regulation:
    return read_regulation(FOLDER, FOLDER.name)


@cache
def units() -> dict[int, Unit]:
    return {unit.number: unit for unit in Register.model_validate(read(DATA / "don_vi.yaml")).units}


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def rate(facts: Mapping[str, Any], law: Regulation | None = None) -> Assessment:
    """The appraised unit, before the quota."""
    assert facts.keys() <= KEYS, facts.keys() - KEYS
    law, unit = law or regulation(), units()[int(facts.get("don_vi", 25))]
    council = None if facts.get("chua_tham_dinh") == "co" else appraisal(law, unit, facts)
    decided = {name: DecidedLevel(level, i) for i, (name, level) in enumerate(facts.get("muc_da_quyet_dinh", {}).items())}
    return assess(law, unit, submission(law, unit, facts), council, decided)


def submission(law: Regulation, unit: Unit, facts: Mapping[str, Any]) -> Submission:
    levels = facts.get("thanh_vien", ["tot", "tot"])
    members = [
        {"ho_ten": f"Nguyễn Văn {i}", "chuc_vu": "Ủy viên", "dung_dau": "khong" if i else "co", "xep_loai": level}
        for i, level in enumerate(levels)
    ]
    cases = [
        {"doi_tuong": None, "ten": f"Trường hợp {i}", "hinh_thuc": None, "nam_vi_pham": "2023", **case}
        for i, case in enumerate(facts.get("ky_luat") or [])
    ]
    return Submission.model_validate(
        {
            "don_vi": unit.code,
            "nam": "2023",
            "cham_diem": _rows(law, unit, facts),
            "ky_luat": None if facts.get("ky_luat", []) is None else cases,
            "thanh_vien": members,
            "dieu_kien": _merged(CONDITIONS, facts.get("dieu_kien", {})),
            "khuyet_diem": _merged(DEFECTS, facts.get("khuyet_diem", {})),
            "tu_nhan": facts.get("tu_nhan", "tot"),
        }
    )


def appraisal(law: Regulation, unit: Unit, facts: Mapping[str, Any]) -> Appraisal:
    asked = [body for body in unit.bodies if body not in facts.get("thieu_y_kien", [])]
    council = dict(facts.get("tham_dinh", {}))
    if "ky_luat" in council:
        council["ky_luat"] = [{"nam_vi_pham": "2023", **case} for case in council["ky_luat"]]
    return Appraisal.model_validate(
        {
            "don_vi": unit.code,
            "nam": "2023",
            "y_kien": {body: {"muc": "tot"} for body in asked},
            "xac_nhan": [{"diem": point, "nguoi": "Trần Thị B", "ghi_chu": "Hội đồng xem xét"} for point in facts.get("xac_nhan", [])],
            **council,
        }
    )


def _rows(law: Regulation, unit: Unit, facts: Mapping[str, Any]) -> dict[str, Any]:
    """`tong_diem` is reached by cutting points from the first rows on; `cham_diem` states single rows."""
    cut = 100 - number(facts.get("tong_diem", "100"))
    rows: dict[str, Any] = {}
    for _, _, row in law.rows(unit.section):
        lost = min(cut, Decimal(row.points or 0))
        cut -= lost
        rows[row.code] = {"diem": str((row.points or 0) - lost)} if lost else "100%"
    return rows | dict(facts.get("cham_diem", {}))


def _merged(good: Mapping[str, Any], stated: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return (
        None
        if stated is None
        else {key: (value | stated[key] if stated.get(key) else stated.get(key, value)) for key, value in good.items()}
    )
