"""Register, regulation and the year before -> a new year's folder: one file per unit, tinh.yaml, quyet_dinh.yaml; what is there already stays.

The council's files are not begun: an absent one says that the unit has not been appraised yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.desk.unit_file import templates, unit_file
from pipeline.intake.register import read_register
from pipeline.intake.unit_names import find_unit
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.model.province import ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.places import Places
from pipeline.problems import DataError, Kind, Place, Problem
from pipeline.publishing import write_file


@dataclass(frozen=True)
class YearBefore:
    """What a new year begins from; without a year before only the register and the regulation."""

    register: list[Unit]
    regulation: Regulation
    province: ProvinceYear | None = None
    submissions: dict[str, Submission] | None = None


@dataclass(frozen=True)
class NewYear:
    """Files written, files that were there, and units whose file of the year before was of no use."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    without: tuple[Unit, ...]


def begin_year(places: Places, only: str | None = None) -> NewYear:
    """`only`: one unit's number or code: its file alone. Raises DataError when register or regulation cannot be read."""
    before = _year_before(places)
    units = [find_unit(before.register, only)] if only else before.register
    written, kept = [], []
    for path, text in _files(places, before, units, whole=only is None):
        if path.exists() or path.is_symlink():
            kept.append(path)
        else:
            write_file(path, text.encode())
            written.append(path)
    known = before.submissions or {}
    return NewYear(tuple(written), tuple(kept), tuple(u for u in units if u.code not in known))


def _files(places: Places, before: YearBefore, units: list[Unit], whole: bool) -> Iterator[tuple[Path, str]]:
    if whole:
        yield places.province, _province(places.year, before)
        yield places.decisions, templates().get_template("quyet_dinh.yaml.j2").render(year=places.year, units=before.register)
    for unit in units:
        last = (before.submissions or {}).get(unit.code)
        yield places.submissions / f"{unit.folder}.yaml", unit_file(unit, before.regulation, places.year, last)


def _province(year: int, before: YearBefore) -> str:
    last = before.province
    return (
        templates()
        .get_template("tinh.yaml.j2")
        .render(
            year=year,
            before=last,
            regulation=before.regulation,
            bases=" hoặc ".join(basis.code for basis in before.regulation.quota.bases),
            signers={
                "ban_to_chuc": last.signers.organiser if last and last.signers else None,
                "ban_thuong_vu": last.signers.committee if last and last.signers else None,
            },
            council=last.council if last else None,
        )
    )


def _year_before(places: Places) -> YearBefore:
    last = replace(places, year=places.year - 1)
    if last.year_data.is_dir():
        files = read_year(last, LawBook)
        usable = {code: f.submission.usable for code, f in files.units.items() if f.submission.usable}
        return YearBefore(files.register, files.regulation, files.province.value, usable)
    folders = sorted(p for p in places.regulation(".").glob("*") if p.is_dir())
    if len(folders) != 1:
        what = f"chưa có dữ liệu năm {last.year} nên chưa biết áp dụng quy định nào trong {len(folders)} quy định của quy_dinh/"
        raise DataError(
            [Problem(Place(places.shown(places.year_data)), Kind.ERROR, what, f"tạo {places.shown(places.province)} có dòng quy_dinh")]
        )
    regulation = LawBook(folders[0], places.shown(folders[0])).regulation()
    return YearBefore(read_register(places.register, places.shown(places.register), regulation), regulation)
