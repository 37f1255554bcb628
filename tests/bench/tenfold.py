"""A data folder with one year -> another in which every unit stands several times, under numbers, codes, names and people of its own.

For how time and memory grow with the number of units. The first copy of each unit is the unit itself; the others say what it says, so that
what is made of them costs the same. Sentences stand several times in such a year; no two units share a name, a symbol or a member.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

PERSON = re.compile(r"(?<!\w)([A-ZÀ-Ỹ][^\W\d_]+ [A-ZÀ-Ỹ][^\W\d_]+ [A-ZĐ])(?!\w)")  # placeholder names end in one letter
Entry = dict[str, Any]


class Plain(yaml.SafeDumper):
    """Writes what stands twice twice: clerks' files may not refer to other places of themselves."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def multiply(data: Path, target: Path, year: int, times: int, units: Sequence[int] | None = None) -> int:
    """Writes `target`; `units`: numbers of those to take, None = all. Gives how many units the new register has."""
    register = _read(data / "don_vi.yaml")["don_vi"]
    kept = [unit for unit in register if units is None or int(unit["stt"]) in units]
    step = max(int(unit["stt"]) for unit in register)
    shutil.copytree(data / "quy_dinh", target / "quy_dinh")
    (target / str(year)).mkdir(parents=True)
    shutil.copy(data / str(year) / "tinh.yaml", target / str(year) / "tinh.yaml")
    copies = [(unit, _renamed(unit, copy, step), copy) for copy in range(times) for unit in kept]
    _write(target / "don_vi.yaml", {"don_vi": [new for _, new, _ in copies]})
    for old, new, copy in copies:
        for folder in ("don_vi", "tham_dinh"):
            _copy_file(data / str(year) / folder, target / str(year) / folder, old, new, copy)
    _write(target / str(year) / "quyet_dinh.yaml", _decisions(_read(data / str(year) / "quyet_dinh.yaml"), copies))
    return len(copies)


def _renamed(unit: Entry, copy: int, step: int) -> Entry:
    """The unit as its copy is called: "Sở Nội vụ bản 2". A bare "2" would be found where the number of a table follows the name."""
    if copy == 0:
        return unit
    mark = str(copy + 1)
    heading = {"ten_tieu_de": f"{unit['ten_tieu_de']} bản {mark}"} if "ten_tieu_de" in unit else {}
    own = {"stt": str(int(unit["stt"]) + copy * step), "ma": f"{unit['ma']}-{mark}", "ten": f"{unit['ten']} bản {mark}"}
    return {**unit, **own, **heading, "ky_hieu": f"{unit['ky_hieu']}{mark}"}


def _copy_file(source: Path, target: Path, old: Entry, new: Entry, copy: int) -> None:
    """A unit's file under the copy's name, its code and people exchanged; comments and layout stay."""
    path = source / f"{_name(old)}.yaml"
    if path.exists():
        text = re.sub(rf"(?m)^don_vi: {old['ma']}$", f"don_vi: {new['ma']}", path.read_text("utf-8"))
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{_name(new)}.yaml").write_text(_people(text, copy), "utf-8")


def _decisions(decisions: Entry, copies: Sequence[tuple[Entry, Entry, int]]) -> Entry:
    """Each decision on a unit once for each of its copies."""
    return {key: list(_each(value, copies)) if isinstance(value, list) else value for key, value in decisions.items()}


def _each(entries: Sequence[Entry], copies: Sequence[tuple[Entry, Entry, int]]) -> Iterator[Entry]:
    for old, new, copy in copies:
        for entry in entries:
            if entry["don_vi"] == old["ma"]:
                member = {"ho_ten": _people(entry["ho_ten"], copy)} if "ho_ten" in entry else {}
                yield {**entry, **member, "don_vi": new["ma"]}


def _people(text: str, copy: int) -> str:
    """ "Trần Minh S" -> "Trần Minh SB" in the second copy."""
    return PERSON.sub(rf"\1{chr(ord('A') + copy)}", text) if copy else text


def _name(unit: Entry) -> str:
    return f"{int(unit['stt']):02d}-{unit['ma']}"


def _read(path: Path) -> Entry:
    found: Entry = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return found


def _write(path: Path, content: Entry) -> None:
    path.write_text(yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False, width=1000), "utf-8")
