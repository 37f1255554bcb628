"""Register, regulation and the year before -> a new year's folder: one file per unit, tinh.yaml, quyet_dinh.yaml; what is there already stays.

The council's files are not begun: an absent one says that the unit has not been appraised yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.desk.last_year import LastYear
from pipeline.desk.province_files import decisions_file, province_file
from pipeline.desk.unit_file import unit_file
from pipeline.intake.unit_names import find_unit
from pipeline.intake.year import read_basis, read_law, read_year
from pipeline.law.regulation import LawBook
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit
from pipeline.model.year import YearFiles
from pipeline.places import Places
from pipeline.problems import DataError, Kind, Place, Problem, errors
from pipeline.publishing import write_file


@dataclass(frozen=True)
class NewYear:
    """Files written, files that were there and stay, and what of the year before could not be carried over."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    not_carried: tuple[str, ...]


@dataclass(frozen=True)
class _Start:
    """What the new files are made of; without a year before, the regulation and its units alone."""

    regulation: Regulation
    register: list[Unit]
    before: YearFiles | None


def begin_year(places: Places, only: str | None = None) -> NewYear:
    """`only`: one unit's number or code: its file alone. Raises DataError when regulation, register or last year's tinh.yaml is of no use."""
    _refuse_links(places)
    start = _start(places)
    units = [find_unit(start.register, only)] if only else start.register
    written, kept = [], []
    for path, text in _files(places, start, units, whole=only is None):
        if path.exists() or path.is_symlink():
            kept.append(path)
        else:
            write_file(path, text.encode())
            written.append(path)
    return NewYear(tuple(written), tuple(kept), tuple(_not_carried(places, start.before, units)))


def _refuse_links(places: Places) -> None:
    """Files are written into the year's own folders, not to where a link leads."""
    found = [
        Problem(Place(places.shown(folder)), Kind.ERROR, "thư mục là một liên kết", "thay bằng thư mục thật rồi chạy lại")
        for folder in (places.year_data, places.submissions)
        if folder.is_symlink()
    ]
    if found:
        raise DataError(found)


def _start(places: Places) -> _Start:
    """The regulation: named by the new year's own tinh.yaml, else the one of the year before, else the only one there is."""
    last = replace(places, year=places.year - 1)
    before = read_year(last, LawBook) if last.year_data.is_dir() else None
    if places.province.exists():
        basis = read_basis(places, LawBook)
        return _Start(basis.regulation, basis.register, before)
    if before:
        return _Start(before.regulation, before.register, before)
    _, regulation, register = read_law(places, _only_regulation(places), LawBook)
    return _Start(regulation, register, None)


def _only_regulation(places: Places) -> Path:
    folders = sorted(p for p in places.regulation(".").glob("*") if p.is_dir())
    if len(folders) == 1:
        return folders[0]
    place = Place(places.shown(places.province))
    if not folders:
        raise DataError([Problem(place, Kind.ERROR, "quy_dinh/ không có quy định nào", "chép thư mục của quy định vào đó")])
    names = ", ".join(p.name for p in folders)
    what = f"chưa có dữ liệu năm {places.year - 1} nên chưa biết năm {places.year} áp dụng quy định nào"
    write = f"tạo tệp này có ba dòng nam: {places.year}, quy_dinh: (một trong: {names}), ngay_lap: 31/12/{places.year} rồi chạy lại"
    raise DataError([Problem(place, Kind.ERROR, what, write)])


def _files(places: Places, start: _Start, units: list[Unit], whole: bool) -> Iterator[tuple[Path, str]]:
    before = start.before
    if whole:
        yield places.province, province_file(places.year, start.regulation, before.province.value if before else None)
        yield places.decisions, decisions_file(places.year, start.register)
    same_law = before is not None and before.regulation.folder == start.regulation.folder
    for unit in units:
        own = before.units.get(unit.code) if before else None
        last = LastYear(places.year - 1, own.submission.usable if own else None, same_law)
        yield places.submissions / f"{unit.folder}.yaml", unit_file(unit, start.regulation, places.year, last)


def _not_carried(places: Places, before: YearFiles | None, units: list[Unit]) -> Iterator[str]:
    """What of last year there is nothing to take from, as a clerk knows it."""
    last = replace(places, year=places.year - 1)
    if before is None:
        yield f"{last.shown(last.year_data)}/ (chưa có)"
        return
    for unit in units:
        path = last.submissions / f"{unit.folder}.yaml"
        own = before.units.get(unit.code)
        found = errors(own.submission.problems) if own else []
        if not path.exists():
            yield f"{last.shown(path)} (chưa có)"
        elif found:
            yield f"{last.shown(path)} ({len(found)} lỗi)"
