"""data/don_vi.yaml -> the units, refused when a number, a code or a section does not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.model.regulation import Regulation
from pipeline.model.unit import Register, Unit
from pipeline.problems import DataError, Kind, Problem, errors
from pipeline.reading.shape import Loaded, load


def read_register(path: Path, shown: str, regulation: Regulation) -> list[Unit]:
    """Raises DataError: without a sound register no file can be told to be anyone's."""
    loaded = load(path, shown, Register)
    if loaded.value is None:
        raise DataError(loaded.problems)
    if not loaded.value.units:
        raise DataError([Problem(loaded.place("don_vi"), Kind.ERROR, "danh sách không có đơn vị nào", "chép lại danh sách đơn vị")])
    problems = errors(loaded.problems) + _twins(loaded) + _references(loaded, regulation)
    if problems:
        raise DataError(problems)
    return loaded.value.units


def _twins(loaded: Loaded[Register]) -> list[Problem]:
    found = []
    identities: list[tuple[str, Callable[[Unit], object]]] = [
        ("stt", lambda u: u.number),
        ("ma", lambda u: u.code.casefold()),
        ("ten", lambda u: u.name),
    ]
    for key, value in identities:
        seen: dict[object, int] = {}
        for i, unit in enumerate(loaded.value.units if loaded.value else []):
            first = seen.setdefault(value(unit), i)
            if first != i:
                place = loaded.place("don_vi", i, key)
                found.append(
                    Problem(
                        place, Kind.ERROR, f"«{key}» trùng với đơn vị thứ {first + 1} trong danh sách", "mỗi đơn vị một số, một mã, một tên"
                    )
                )
    return found


def _references(loaded: Loaded[Register], regulation: Regulation) -> list[Problem]:
    found = []
    bodies = [b.code for b in regulation.procedure.bodies]
    sections = [s.code for s in regulation.sections.values() if regulation.part_rule(s).own == "co"]
    for i, unit in enumerate(loaded.value.units if loaded.value else []):
        if unit.section not in sections:
            write = "viết một trong: " + ", ".join(sections)
            found.append(Problem(loaded.place("don_vi", i, "phu_luc"), Kind.ERROR, f"Quy định không có mục {unit.section}", write))
        if unit.group not in [g.number for g in regulation.heading.groups]:
            write = f"viết nhóm theo {regulation.heading.subjects_article}"
            found.append(Problem(loaded.place("don_vi", i, "nhom"), Kind.ERROR, f"không có nhóm {unit.group}", write))
        for body in unit.bodies:
            if body not in bodies:
                found.append(
                    Problem(
                        loaded.place("don_vi", i, "chu_the"),
                        Kind.ERROR,
                        f"không có chủ thể «{body}»",
                        "viết một trong: " + ", ".join(bodies),
                    )
                )
    return found
