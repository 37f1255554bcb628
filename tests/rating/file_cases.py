"""Cases of whole files: the valid example of tests/bad_data with some keys changed -> messages, steps of Điều 5, levels of ket_qua.json."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.assessing import assess_year
from pipeline.explaining import explain_year, results
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.model.regulation import Regulation
from pipeline.places import Places
from pipeline.problems import DataError, in_order
from tests.support import FILES, VALID, book, write_year

ABSENT, GONE = "khong_co_tep", "bo_dong"


@dataclass(frozen=True)
class OtherWay:
    """A regulation's folder with some readings taken another way."""

    book: LawBook
    ways: Mapping[str, str]

    def regulation(self, switched: Mapping[str, str] | None = None) -> Regulation:
        return self.book.regulation({**self.ways, **(switched or {})})


class _Plain(yaml.SafeDumper):
    """Writes a blank as nothing and a long text as a block, as a clerk would."""


_Plain.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
_Plain.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)
)


def edited(kind: str, edits: Any) -> str | None:
    """The valid file with the keys of `edits` written over it; None when the case says there is no such file."""
    if edits == ABSENT:
        return None
    valid = yaml.load((VALID / f"{kind}.yaml").read_text("utf-8"), yaml.BaseLoader)
    return yaml.dump(_over(valid, edits), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)


def _over(old: Any, new: Any) -> Any:
    """Groups are merged, `bo_dong` takes a key out, everything else is replaced."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    merged = {**old, **{key: _over(old.get(key), value) for key, value in new.items()}}
    return {key: value for key, value in merged.items() if value != GONE}


def file_seen(files: Mapping[str, Any], ways: tuple[tuple[str, str], ...], expected: Mapping[str, Any]) -> dict[str, Any]:
    """`files`: file -> its edits; `tep_la`: names of files added that belong to no unit."""
    with tempfile.TemporaryDirectory() as folder:
        places = write_year(Path(folder) / "data", **{kind: edited(kind, files[kind]) for kind in FILES if kind in files})
        for name in files.get("tep_la", []):
            (places.year_data / name).write_text("don_vi: so-noi-vu\n", "utf-8")
        try:
            return _read(places, dict(ways), expected)
        except DataError as error:
            return {"bao": _messages([str(p) for p in in_order(error.problems)], expected)}


def _read(places: Places, ways: dict[str, str], expected: Mapping[str, Any]) -> dict[str, Any]:
    result = assess_year(read_year(places, lambda folder, _: OtherWay(book(folder.name), ways)))
    lines = [str(p).removeprefix(f"{places.year_data.as_posix()}/") for p in in_order(result.files.problems)]
    found: dict[str, Any] = {"bao": _messages(lines, expected)}
    if expected.keys() - {"bao"}:
        found |= _unit(results(result, explain_year(result))["don_vi"][0], expected)
    return found


def _messages(lines: list[str], expected: Mapping[str, Any]) -> list[str]:
    """Each line as the words of the case that stand in it, or whole when the case does not expect it."""
    return [next((words for words in expected.get("bao") or [] if words in line), line) for line in lines]


def _unit(entry: dict[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    """The unit in ket_qua.json, by the keys of a case; warnings are looked for."""
    level, steps = entry["xep_loai"], entry["quy_trinh"]
    warnings = level["canh_bao"]
    return {
        "buoc": steps["buoc"],
        "buoc_da_xong": [step["buoc"] for step in steps["cac_buoc"] if step["xong"]],
        "ngay_cua_buoc": {step["buoc"]: step["ngay"] for step in steps["cac_buoc"] if step["buoc"] in expected.get("ngay_cua_buoc", {})},
        "y_kien": steps["y_kien"],
        "trang_thai": level["trang_thai"],
        "muc": level["muc"],
        "co_the": level["co_the"],
        "chinh_thuc": level["chinh_thuc"],
        "nguoi_quyet": level["nguoi_quyet"],
        "canh_bao": [w for w in expected.get("canh_bao") or [] if any(w in line for line in warnings)] if warnings else None,
        "tong_tu_cham": _comma((entry.get("tu_cham") or {}).get("tong")),
        "tong_tham_dinh": _comma((entry["tham_dinh"] or {}).get("tong")),
        "tu_nhan_theo_diem": entry.get("tu_nhan_theo_diem", {}).get("co_the"),
    }


def _comma(number: str | None) -> str | None:
    return number and number.replace(".", ",")
