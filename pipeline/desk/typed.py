"""A form that came back -> the text of each cell as files have it, and a problem for each that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from pipeline.desk.answers import KeyPath
from pipeline.desk.form_reader import FilledForm
from pipeline.desk.kinds import LINE, LONG, understood
from pipeline.model.regulation import Regulation
from pipeline.problems import Kind, Problem
from pipeline.reading.text import faulty_characters, foreign_letters, letters_lost


def typed(filled: FilledForm, path: KeyPath, regulation: Regulation, problems: list[Problem]) -> str:
    """The cell's text as files have it; what cannot be read is told once and counts as unchanged."""
    cell, found = filled.cells[path], filled.found[path]
    if found.wrong:
        problems.append(Problem(filled.place(path), Kind.ERROR, found.wrong, found.write))
        return cell.first
    for what in _unprintable(found.text) if cell.kind.name in (LINE, LONG) else ():
        problems.append(Problem(filled.place(path), Kind.ERROR, what, "xóa chỗ này và gõ lại"))
        return cell.first
    try:
        return understood(found.text, cell.kind, regulation)
    except PydanticCustomError as complaint:
        told_of = complaint.context or {}
        problems.append(Problem(filled.place(path), Kind.ERROR, str(told_of.get("what")), str(told_of.get("write"))))
        return cell.first


def _unprintable(text: str) -> Iterator[str]:
    yield from (f"{why} ({code})" for why, code in faulty_characters(text))
    yield from (f"ký tự «{letter}» (U+{ord(letter):04X}) không có trong phông chữ của văn bản" for letter in foreign_letters(text))
    if any(letters_lost(line) for line in text.split("\n")):
        yield "chữ có dấu đã bị thay bằng dấu hỏi"
