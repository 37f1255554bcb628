"""A random year on disk, the program's answer to it, and every difference from the oracle's."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from pipeline import assessing
from pipeline.assessing import YearResult
from pipeline.explaining import explain_year, results
from pipeline.model.assessment import CANDIDATE as PROGRAM_CANDIDATE
from pipeline.places import PROJECT, Places
from pipeline.problems import errors
from tests.oracle.oracle_table import CANDIDATE

CANDIDATES = {PROGRAM_CANDIDATE: CANDIDATE}  # the program's word for R17's result -> the oracle's
REGULATION = "453-QD-TU-2022"
DATA = PROJECT / "data"
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def load(path: Path) -> Any:
    """YAML with every scalar as text, as the contract reads it."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def register() -> list[dict[str, Any]]:
    return list(load(DATA / "don_vi.yaml")["don_vi"])


def criteria() -> dict[str, Any]:
    """Codes and points of the Phụ lục, by section."""
    return {part["ma"]: part for part in map(load, sorted((DATA / "quy_dinh" / REGULATION / "tieu_chi").glob("*.yaml")))}


def write(folder: Path, units: list[dict[str, Any]], files: dict[str, Any]) -> Places:
    """The year as clerks would leave it: the project's regulation and register, tinh.yaml of the sample year with this year's quota base."""
    data = folder / "data"
    places = Places(data, folder / "build", int(files["nam"]))
    shutil.rmtree(data, ignore_errors=True)
    for place in (places.submissions, places.appraisals):
        place.mkdir(parents=True)
    (data / "quy_dinh").symlink_to(DATA / "quy_dinh")
    shutil.copy(DATA / "don_vi.yaml", places.register)
    names = {unit["ma"]: f"{int(unit['stt']):02d}-{unit['ma']}.yaml" for unit in units}
    sample = {k: v for k, v in load(DATA / "2023" / "tinh.yaml").items() if k != "han_muc"}
    council = {k: v for k, v in sample["hoi_dong_tham_dinh"].items() if k != "nhan_xet"}
    province = sample | {"hoi_dong_tham_dinh": council} | files["tinh"]
    written = {places.province: province, places.decisions: files["quyet_dinh"]}
    written |= {places.submissions / names[code]: content for code, content in files["don_vi"].items()}
    written |= {places.appraisals / names[code]: content for code, content in files["tham_dinh"].items()}
    for path, content in written.items():
        path.write_text(yaml.dump(content, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return places


def program(places: Places) -> tuple[dict[str, Any], YearResult]:
    """What `python -m pipeline score` would write to ket_qua.json, and the objects behind it."""
    year = assessing.check(places)
    return results(year, explain_year(year, only="")), year


def data_errors(year: YearResult) -> list[str]:
    return [str(problem) for problem in errors(year.files.problems)]


def _same(unit: str, field: str, oracle: Any, actual: Any, found: list[str]) -> None:
    if oracle != actual:
        found.append(f"{unit}: {field}: oracle {_text(oracle)}, program {_text(actual)}")


def _text(value: Any) -> str:
    return str(sorted(value) if isinstance(value, (set, frozenset)) else value)


def _sheet(unit: str, which: str, oracle: dict[str, Any] | None, actual: dict[str, Any] | None, sheet: Any, found: list[str]) -> None:
    if oracle is None or actual is None:
        _same(unit, which, oracle, actual, found)
        return
    for code in sorted(oracle["hang"].keys() | actual["hang"].keys()):
        _same(unit, f"{which} {code}", oracle["hang"].get(code), actual["hang"].get(code), found)
    for part in ("A", "B", "C", "tong"):
        _same(unit, f"{which} {part}", oracle[part], actual[part], found)
    for name, total in oracle["ba_tong"].items():
        _same(unit, f"{which} tổng {name}", total, getattr(sheet, name), found)


def differences(oracle: dict[str, Any], actual: dict[str, Any], year: YearResult) -> list[str]:
    """Unit, field, both values, for everything that is not the same."""
    found: list[str] = []
    units = {unit["ma"]: unit for unit in actual["don_vi"]}
    _same("-", "units", list(oracle["don_vi"]), list(units), found)
    for code, expected in oracle["don_vi"].items():
        got, assessed = units[code], year.assessments[code]
        _sheet(code, "tu_cham", expected["tu_cham"], got["tu_cham"], assessed.self_sheet, found)
        _sheet(code, "tham_dinh", expected["tham_dinh"], got["tham_dinh"], assessed.sheet, found)
        own = got["tu_nhan_theo_diem"]
        _same(code, "tu_nhan_theo_diem.muc", expected["tu_nhan_theo_diem"]["muc"], own["muc"], found)
        _same(code, "tu_nhan_theo_diem.co_the", expected["tu_nhan_theo_diem"]["co_the"], set(own["co_the"]), found)
        for field in ("trang_thai", "muc", "ung_vien_xuat_sac"):
            _same(code, field, expected["xep_loai"][field], got["xep_loai"][field], found)
        _same(code, "co_the", expected["xep_loai"]["co_the"], set(got["xep_loai"]["co_the"]), found)
        if expected["truoc_han_muc"] and assessed.levels:
            named = {CANDIDATES.get(level, level) for level in assessed.levels.levels}
            _same(code, "levels before the quota", expected["truoc_han_muc"]["ket_qua"], named, found)
    for field, value in oracle["han_muc"].items():
        got_value = actual["han_muc"][field]
        _same("han_muc", field, value, set(got_value) if isinstance(value, set) else got_value, found)
    return found
