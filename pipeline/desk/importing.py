"""A form that came back and the data folder -> the unit's new file, what changes in it, and everything that stands in the way, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.assessing import assess_year
from pipeline.desk.answers import text_at, units
from pipeline.desk.cell_problems import new_errors
from pipeline.desk.edited_file import EditedFile, edited
from pipeline.desk.file_keys import order_of, required
from pipeline.desk.form_reader import FilledForm, read_form
from pipeline.desk.merging import Merged, merge, told
from pipeline.desk.plain import Path_, plain_of
from pipeline.desk.splicing import has_comment
from pipeline.desk.typed import typed
from pipeline.intake.year import check_submission, file_of, read_year
from pipeline.law.regulation import LawBook
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.model.year import UnitFiles, YearFiles
from pipeline.places import Places
from pipeline.problems import DataError, Kind, Place, Problem, in_order
from pipeline.reading.shape import Loaded, load_text
from pipeline.reading.text import text_of
from pipeline.reading.tree import Mapping as Tree

ERROR = Kind.ERROR


@dataclass(frozen=True)
class Import:
    """Ready to be written: nothing has been yet. `after`: problems the file will have."""

    file: EditedFile
    unit: Unit
    changes: tuple[str, ...]
    after: tuple[Problem, ...]
    kept: Path  # where the old bytes go when the file is written
    year: int


def prepare_import(form: Path, places: Places, year: int | None, typed_unit: str) -> Import:
    """`year`, `typed_unit`: as named on the command line, if they were. Raises DataError with all that does not fit."""
    filled = _opened(form)
    places = replace(places, year=filled.identity.year)
    if year not in (None, filled.identity.year):
        raise _refused(filled.shown, f"biểu của năm {filled.identity.year}, không phải năm {year}", "bỏ --year hoặc chọn đúng biểu")
    files = read_year(places, LawBook, filled.identity.unit)
    unit = files.units[filled.identity.unit].unit
    if typed_unit and typed_unit not in (str(unit.number), f"{unit.number:02d}", unit.code, unit.folder):
        raise _refused(
            filled.shown, f"biểu của {unit.name} (số {unit.number}), không phải của «{typed_unit}»", "bỏ --unit hoặc chọn đúng biểu"
        )
    if filled.identity.regulation != files.regulation.folder:
        what = f"biểu theo quy định {filled.identity.regulation}, năm {places.year} áp dụng {files.regulation.folder}"
        raise _refused(filled.shown, what, "lập lại biểu (make form) rồi điền vào đó")
    path = places.submissions / f"{unit.folder}.yaml"
    return _prepared(filled, files, unit, path, places)


def _opened(form: Path) -> FilledForm:
    shown = form.as_posix()
    try:
        return read_form(form.read_bytes(), shown)
    except FileNotFoundError:
        raise _refused(shown, "không có tệp này", "kiểm tra tên tệp, ví dụ make import FILE=25-so-noi-vu.xlsx") from None
    except IsADirectoryError:
        raise _refused(shown, "đây là thư mục, không phải tệp", "ghi tên tệp .xlsx") from None


def _refused(shown: str, what: str, write: str) -> DataError:
    return DataError([Problem(Place(shown), ERROR, what, write)])


def _prepared(filled: FilledForm, files: YearFiles, unit: Unit, path: Path, places: Places) -> Import:
    regulation, shown = files.regulation, places.shown(path)
    raw = path.read_bytes()
    text, problems = text_of(raw, shown)
    loaded = load_text(text, problems, shown, Submission)
    if text is None or loaded.value is None or not isinstance(loaded.tree, Tree):
        raise DataError(loaded.problems)
    merged = _merged(filled, loaded, text, regulation)
    kept = places.blank_forms / f"{unit.folder}-truoc-khi-nhap.yaml"
    if not merged.changes:
        return Import(EditedFile(path, raw, raw, text, ()), unit, (), (), kept, files.year)
    file = edited(path, raw, text, merged.content, lambda at: order_of(at, regulation, unit))
    old, new = (_problems(files, unit, load_text(*text_of(data, shown), shown, Submission)) for data in (raw, file.data))
    fresh = list(new_errors(old, new, filled, load_text(file.text, [], shown, Submission)))
    if fresh:
        raise DataError(fresh)
    return Import(file, unit, tuple(told(c) for c in merged.changes), tuple(new), kept, files.year)


def _merged(filled: FilledForm, loaded: Loaded[Submission], text: str, regulation: Regulation) -> Merged:
    """Raises DataError with every cell that cannot be read or goes against the file."""
    assert loaded.value is not None and loaded.tree is not None
    problems: list[Problem] = []
    now = {path: typed(filled, path, regulation, problems) for path in filled.cells}
    first = {path: cell.first for path, cell in filled.cells.items()}
    there = {path: text_at(loaded.value, path, cell.kind) for path, cell in filled.cells.items()}
    said, complaints = units(now, regulation)
    problems += [Problem(filled.place(c.path), ERROR, c.what, c.write) for c in complaints]
    content = plain_of(loaded.tree)
    assert isinstance(content, dict)
    merged = merge(
        content, units(first, regulation)[0], said, units(there, regulation)[0], required, lambda unit: not has_comment(text, unit)
    )
    for clash in merged.conflicts:
        what = f"biểu và tệp {loaded.shown} đều đã sửa mục này khác nhau kể từ khi lập biểu: {told(clash)}"
        problems.append(Problem(_cell_of(filled, clash.path), ERROR, what, "thống nhất một giá trị ở cả biểu và tệp rồi nhập lại"))
    if problems:
        raise DataError(problems)
    return merged


def _cell_of(filled: FilledForm, path: Path_) -> Place:
    """The cell of a value, or the first one of a row or list."""
    return filled.place(next(p for p in filled.cells if p[: len(path)] == path))


def _problems(files: YearFiles, unit: Unit, loaded: Loaded[Submission]) -> list[Problem]:
    """What `check` says of this state of the unit's file."""
    check_submission(loaded, unit, files.regulation, files.year)
    changed = replace(files, units={unit.code: UnitFiles(unit, file_of(loaded))})
    return in_order(assess_year(changed).files.units[unit.code].submission.problems)
