"""The folder of a year -> YearFiles: every file read and checked, each problem kept with its file."""

from __future__ import annotations

import functools
from collections.abc import Callable
from collections.abc import Mapping as Names
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from pipeline.intake.appraisals import check_appraisal
from pipeline.intake.calendar import appraisal_in_campaign, decision_calendar
from pipeline.intake.documents import check_documents
from pipeline.intake.facts import check_facts
from pipeline.intake.on_paper import on_paper
from pipeline.intake.province import check_decisions, check_province
from pipeline.intake.register import read_register
from pipeline.intake.rows import check_rows
from pipeline.intake.unit_names import find_unit, own_file
from pipeline.intake.wrong_years import wrong_years
from pipeline.model.appraisal import Appraisal
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.model.year import File, UnitFiles, YearFiles
from pipeline.places import Places
from pipeline.problems import DataError, Kind, Place, Problem, errors, in_order
from pipeline.reading.shape import Loaded, fit, load
from pipeline.reading.tree import Mapping

ESSENTIAL = ("nam", "quy_dinh", "ngay_lap", "minh_hoa")
Model = TypeVar("Model", bound=BaseModel)


class Law(Protocol):
    """A regulation's folder, which can be read other ways too (law/regulation.py)."""

    def regulation(self, switched: Names[str, str] | None = None) -> Regulation: ...


@dataclass(frozen=True)
class Basis:
    """What a year is read by."""

    province: Loaded[ProvinceYear]
    law: Law
    regulation: Regulation
    register: list[Unit]


def read_basis(places: Places, open_law: Callable[[Path, str], Law]) -> Basis:
    """tinh.yaml names the regulation, and the regulation the units. Raises DataError when one of them is of no use."""
    province = load(places.province, places.shown(places.province), ProvinceYear)
    if province.value is None:
        province.value = _essentials(province)
    if province.value is None:
        raise DataError(province.problems)
    law, regulation, register = read_law(places, _regulation_folder(places, province), open_law)
    return Basis(province, law, regulation, register)


def read_law(places: Places, folder: Path, open_law: Callable[[Path, str], Law]) -> tuple[Law, Regulation, list[Unit]]:
    """A regulation's folder -> it and the units it is about: its own list where it has one, else the register."""
    law = open_law(folder, places.shown(folder))
    regulation = law.regulation()
    listed = folder / "don_vi.yaml" if (folder / "don_vi.yaml").exists() else places.register
    return law, regulation, read_register(listed, places.shown(listed), regulation)


def read_year(places: Places, open_law: Callable[[Path, str], Law], only: str | None = None) -> YearFiles:
    """`open_law` opens a regulation's folder; `only` is a unit's number or code. Raises DataError when nothing can be built."""
    if not places.year_data.is_dir():
        raise DataError(
            [
                Problem(
                    Place(places.shown(places.year_data)),
                    Kind.ERROR,
                    f"chưa có dữ liệu năm {places.year}",
                    "kiểm tra YEAR=..., hoặc tạo thư mục của năm",
                )
            ]
        )
    basis = read_basis(places, open_law)
    province, regulation, register = basis.province, basis.regulation, basis.register
    chosen = [find_unit(register, only)] if only else register
    province.problems += list(check_province(province, places.year, regulation))
    read = {u.code: _unit(places, regulation, u, province) for u in chosen}
    units = {u.code: UnitFiles(u, file_of(own), file_of(appraisal) if appraisal else None) for u, own, appraisal in read.values()}
    shown = places.shown(places.decisions)
    decisions = load(places.decisions, shown, Decisions, may_be_empty=True) if places.decisions.exists() else Loaded(shown, Decisions())
    decisions.problems += list(check_decisions(decisions, register, {u.code: own for u, own, _ in read.values()}))
    decisions.problems += wrong_years(decisions, places.year)
    decisions.problems += list(decision_calendar(decisions, province, [a for _, _, a in read.values() if a]))
    stray = [] if only else _stray(places.submissions, places, register) + _stray(places.appraisals, places, register)
    return YearFiles(places.year, regulation, register, units, file_of(province), file_of(decisions), _other_ways(basis.law), stray)


def _other_ways(law: Law) -> Callable[[str, str], Regulation]:
    """(reading, way) -> the regulation read that way."""

    @functools.cache
    def under(reading: str, way: str) -> Regulation:
        return law.regulation({reading: way})

    return under


def _essentials(province: Loaded[ProvinceYear]) -> ProvinceYear | None:
    """What units' dossiers need of a faulty tinh.yaml: its other keys stop or draft the province's documents only."""
    if not isinstance(province.tree, Mapping):
        return None
    kept = {key: node for key, node in province.tree.entries.items() if key in ESSENTIAL}
    value, _ = fit(Mapping(province.tree.place, kept, province.tree.keys), ProvinceYear, province.shown)
    return value


def _regulation_folder(places: Places, province: Loaded[ProvinceYear]) -> Path:
    known = sorted(p.name for p in places.regulation(".").glob("*") if p.is_dir())
    name = province.value.regulation if province.value else None
    if name not in known:
        what = f"không có quy định «{name}»" if name else "chưa ghi quy định áp dụng"
        raise DataError(
            [
                *province.problems,
                Problem(province.place("quy_dinh"), Kind.ERROR, what, f"viết tên một thư mục trong quy_dinh/: {', '.join(known)}"),
            ]
        )
    return places.regulation(name)


def file_of(loaded: Loaded[Model]) -> File[Model]:
    """A file as read, for whoever does not need its tree."""
    return File(loaded.shown, loaded.value, in_order(loaded.problems), loaded.place)


def _unit(
    places: Places, regulation: Regulation, unit: Unit, province: Loaded[ProvinceYear]
) -> tuple[Unit, Loaded[Submission], Loaded[Appraisal] | None]:
    """The unit's own file and the council's (None = not appraised yet), checked one against the other."""
    path = places.submissions / f"{unit.folder}.yaml"
    submission = _load(path, places, Submission, f"chưa có tệp của đơn vị số {unit.number} ({unit.name})")
    check_submission(submission, unit, regulation, places.year)
    own = submission if not errors(submission.problems) else None
    path = places.appraisals / f"{unit.folder}.yaml"
    if not path.exists() and not path.is_symlink():
        return unit, submission, None
    appraisal = _load(path, places, Appraisal, "")
    if appraisal.value is not None:
        appraisal.problems += own_file(appraisal, unit, places.year)
        appraisal.problems += wrong_years(appraisal, places.year)
        appraisal.problems += check_appraisal(appraisal, unit, regulation, own, places.year)
        appraisal.problems += appraisal_in_campaign(appraisal, province, [regulation.procedure.body(code) for code in unit.bodies])
    return unit, submission, appraisal


def check_submission(submission: Loaded[Submission], unit: Unit, regulation: Regulation, year: int) -> None:
    """Adds the problems of a unit's own file."""
    if submission.value is not None:
        submission.problems += own_file(submission, unit, year)
        submission.problems += wrong_years(submission, year)
        submission.problems += check_rows(submission, regulation, unit.section, submission.value.rows, complete=True)
        submission.problems += check_facts(submission, regulation, year)
        submission.problems += check_documents(submission, regulation)
        submission.problems += on_paper(submission, unit)


def _load(path: Path, places: Places, model: type[Model], absent: str) -> Loaded[Model]:
    shown = places.shown(path)
    if path.is_symlink():
        return Loaded(shown, None, [Problem(Place(shown), Kind.ERROR, "tệp là một liên kết", "chép tệp thật vào đây")])
    if not path.exists():
        return Loaded(shown, None, [Problem(Place(shown), Kind.ERROR, absent, "tạo tệp này theo mẫu của đơn vị")])
    return load(path, shown, model)


def _stray(folder: Path, places: Places, register: list[Unit]) -> list[Problem]:
    """Files that belong to no unit of the register (a misspelt name, a second file for one unit)."""
    known = {f"{u.folder}.yaml" for u in register}
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name in known or path.name.startswith((".", "~")) or not {s.lower() for s in path.suffixes} & {".yaml", ".yml"}:
            continue
        same = next((u for u in register if path.stem.startswith(f"{u.number:02d}-") or path.stem.endswith(u.code)), None)
        advice = f"đổi tên thành {same.folder}.yaml, mỗi đơn vị một tệp" if same else "xóa hoặc đổi tên theo danh sách đơn vị"
        found.append(Problem(Place(places.shown(path)), Kind.ERROR, "tên tệp không khớp đơn vị nào trong danh sách", advice))
    return found
