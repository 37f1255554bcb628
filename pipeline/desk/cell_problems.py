"""Errors of a file that a form would make -> the same errors at the form's cells, as far as the form has brought them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.desk.answers import ROWS, KeyPath
from pipeline.desk.form_layout import STATE
from pipeline.desk.form_reader import FilledForm
from pipeline.desk.form_scoring import WAY
from pipeline.desk.plain import Path_
from pipeline.model.submission import Submission
from pipeline.problems import Kind, Place, Problem, errors
from pipeline.reading.shape import Loaded


def new_errors(old: list[Problem], new: list[Problem], filled: FilledForm, tree: Loaded[Submission]) -> Iterator[Problem]:
    """Errors that the file did not have, each at the cell that brought it; lines are said as cells too."""
    known = {(_without_lines(p.what), p.write) for p in errors(old)}
    cells = _cells_by_line(filled, tree)
    for p in errors(new):
        if (_without_lines(p.what), p.write) not in known:
            what = re.sub(r"dòng (\d+)", lambda m: f"ô {cells[int(m[1])].cell}" if int(m[1]) in cells else m[0], p.what)
            yield Problem(cells.get(p.place.line, Place(filled.shown)), Kind.ERROR, what, p.write)


def _cells_by_line(filled: FilledForm, tree: Loaded[Submission]) -> dict[int, Place]:
    """Line of the new file -> the cell that fills it in."""
    cells: dict[int, Place] = {}
    for path in filled.cells:
        keys = _keys_in_file(filled, path, tree)
        if tree.holds(*keys):
            cells.setdefault(tree.place(*keys).line, filled.place(path))
    for path in filled.cells:
        if path[-1] in (WAY, STATE) and tree.holds(*path[:-1]):
            cells.setdefault(tree.place(*path[:-1]).line, filled.place(path))
    return cells


def _keys_in_file(filled: FilledForm, path: KeyPath, tree: Loaded[Submission]) -> Path_:
    """Rows of a list left blank are not in the file; a reason may say why a row does not apply."""
    if path[0] == ROWS:
        why = (*path[:2], "khong_ap_dung")
        return why if path[2:] == ("ly_do",) and tree.holds(*why) else path
    at = next((i for i, key in enumerate(path) if key.isdigit()), None)
    if at is None:
        return path
    before = {
        p[at] for p, found in filled.found.items() if p[:at] == path[:at] and p[at].isdigit() and int(p[at]) < int(path[at]) and found.text
    }
    return (*path[:at], len(before), *path[at + 1 :])


def _without_lines(what: str) -> str:
    return re.sub(r"dòng \d+", "dòng", what)
