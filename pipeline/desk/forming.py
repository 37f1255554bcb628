"""The unit's file -> its spreadsheet form in the build folder; a form somebody has filled in is never written over unasked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.desk.answers import text_at, units
from pipeline.desk.form_book import Form, form_of
from pipeline.desk.form_reader import FilledForm, read_form
from pipeline.desk.form_writer import write_form
from pipeline.desk.typed import typed
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.places import Places
from pipeline.problems import DataError, Kind, Place, Problem, errors
from pipeline.publishing import write_file

LONGEST = 32_000  # letters a cell holds, with room to spare
KEEP = "nhập biểu trước (make import), hoặc chuyển tệp đi nơi khác; muốn bỏ nội dung đã điền thì thêm --force (FORCE=1)"


@dataclass(frozen=True)
class MadeForm:
    """`written`: False = the form was there already, just as it would be made now."""

    path: Path
    written: bool


def make_form(places: Places, unit: str, force: bool = False) -> MadeForm:
    """`unit`: number or code. Raises DataError when the file cannot be read, or when a form filled in stands in the way."""
    files = read_year(places, LawBook, unit)
    province = files.province.value
    of_unit = next(iter(files.units.values()))
    found = of_unit.submission.value
    if found is None or province is None or province.declared is None:
        raise DataError(errors([*files.province.problems, *of_unit.submission.problems]) or files.problems)
    form = form_of(files.regulation, of_unit.unit, places.year, found)
    _refuse_too_long(form, of_unit.submission.name)
    data = write_form(form, files.regulation, province.declared)
    path = places.blank_forms / f"{of_unit.unit.folder}.xlsx"
    if path.exists() and path.read_bytes() == data:
        return MadeForm(path, False)
    if path.exists() and not force:
        _refuse_filled_in(path, places.shown(path), found, files.regulation)
    write_file(path, data)
    return MadeForm(path, True)


def _refuse_too_long(form: Form, shown: str) -> None:
    long = [".".join(path) for path, text in form.texts.items() if len(text) > LONGEST]
    if long:
        what = f"mục {', '.join(long)} dài quá {LONGEST} ký tự, một ô Excel không chứa hết"
        raise DataError([Problem(Place(shown), Kind.ERROR, what, "rút ngắn, hoặc sửa mục này ngay trong tệp YAML")])


def _refuse_filled_in(path: Path, shown: str, found: Submission, regulation: Regulation) -> None:
    """A form that says nothing but what it said at first or what the file says now can be made again."""
    try:
        filled = read_form(path.read_bytes(), shown)
    except DataError:  # no form of this program, or spoilt: not ours to replace
        what = "tệp này không phải biểu còn nguyên do chương trình lập"
        raise DataError([Problem(Place(shown), Kind.ERROR, what, KEEP)]) from None
    if _filled_in(filled, found, regulation):
        what = "biểu này đã có người điền, chưa nhập vào tệp của đơn vị"
        raise DataError([Problem(Place(shown), Kind.ERROR, what, KEEP)])


def _filled_in(filled: FilledForm, found: Submission, regulation: Regulation) -> bool:
    problems: list[Problem] = []
    now, _ = units({path: typed(filled, path, regulation, problems) for path in filled.cells}, regulation)
    first, _ = units({path: cell.first for path, cell in filled.cells.items()}, regulation)
    there, _ = units({path: text_at(found, path, cell.kind) for path, cell in filled.cells.items()}, regulation)
    return bool(problems) or any(value not in (first[unit], there[unit]) for unit, value in now.items())
