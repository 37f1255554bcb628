"""Values left empty, with their places -> problems (thiếu): one line each while they are few, one line for a whole group that nobody has begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.problems import Kind, Place, Problem

FEW = 2  # lines that one part of a file may have of its own
NAMED = 12  # names told in one line
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Blank:
    """An empty value, or a group without anything in it."""

    path: Keys
    place: Place
    write: str = "điền giá trị"


def told(blanks: Iterable[Blank]) -> list[Problem]:
    """Parts and groups in the order in which their first blank stands."""
    found: list[Problem] = []
    for part, below in _by(blanks, lambda blank: blank.path[:1] if len(blank.path) > 1 else ()).items():
        groups = _by(below, lambda blank: blank.path[:-1])
        found += [_one_line(part, below)] if len(groups) > FEW else [_one_line(group, here) for group, here in groups.items()]
    return found


def _by(blanks: Iterable[Blank], group: Callable[[Blank], Keys]) -> dict[Keys, list[Blank]]:
    found = defaultdict(list)
    for blank in blanks:
        found[group(blank)].append(blank)
    return found


def _one_line(group: Keys, blanks: list[Blank]) -> Problem:
    if len(blanks) == 1:
        return _single(blanks[0])
    names = [dotted(blank.path[len(group) :]) for blank in blanks]
    more = f" … và {len(names) - NAMED} mục khác" if len(names) > NAMED else ""
    where = f"«{dotted(group)}» còn" if group else "còn"
    what = f"{where} {len(names)} mục để trống: {', '.join(names[:NAMED])}{more}"
    return Problem(blanks[0].place, Kind.OWED, what, "điền giá trị")


def _single(blank: Blank) -> Problem:
    name = next((str(key) for key in reversed(blank.path) if isinstance(key, str)), "")
    return Problem(blank.place, Kind.OWED, f"«{name}» còn để trống", blank.write, entry(blank.path))


def dotted(path: Keys) -> str:
    """("thanh_vien", 1) -> "thanh_vien thứ 2"; ("hoi_nghi", "phieu") -> "hoi_nghi.phieu"."""
    return "".join(f" thứ {key + 1}" if isinstance(key, int) else f".{key}" for key in path).strip(" .")


def entry(path: Keys) -> str:
    """("thanh_vien", 1, "xep_loai") -> "thanh_vien thứ 2"; ("cham_diem", "A.1.1", "ly_do") -> "cham_diem A.1.1"."""
    above = path[:-1] if path and isinstance(path[-1], str) else path
    return " ".join(f"thứ {key + 1}" if isinstance(key, int) else str(key) for key in above)
