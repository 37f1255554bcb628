"""What a form said at first, what it says now and what the file says -> the file's new content, the changes one by one, and the conflicts.

Only what was changed in the form goes into the file. What has been changed in the file since is kept; changed in both, differently, is a conflict.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from pipeline.desk.answers import ROWS, SIGNER, KeyPath
from pipeline.desk.plain import Path_, Plain, opcodes

Units = Mapping[KeyPath, Plain]
Group = dict[str, Plain]


@dataclass(frozen=True)
class Change:
    """One value as it was in the file and as it will be; lists and groups that come or go whole are one."""

    path: Path_
    old: Plain
    new: Plain


@dataclass(frozen=True)
class Merged:
    """The file's new content and how it differs; with conflicts it must not be written."""

    content: Group
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]


def merge(
    content: Group, first: Units, now: Units, file: Units, required: Callable[[KeyPath], bool], brief: Callable[[KeyPath], bool]
) -> Merged:
    """`content`: the file as it is written; `required`: keys that stay when blank; `brief`: rows that may stand as a share alone."""
    wanted = copy.deepcopy(content)
    told_of = {unit: list(_changes(unit, file[unit], now[unit])) for unit in now if now[unit] != first[unit]}
    changed = [unit for unit, changes in told_of.items() if changes]
    clashing = [unit for unit in changed if file[unit] != first[unit]]
    for unit in changed:
        _put(wanted, unit, file[unit], now[unit], required, brief)
    changes = [change for unit in changed for change in told_of[unit]]
    return Merged(wanted, tuple(changes), tuple(Change(unit, file[unit], now[unit]) for unit in clashing))


def _put(
    content: Group, unit: KeyPath, old: Plain, new: Plain, required: Callable[[KeyPath], bool], brief: Callable[[KeyPath], bool]
) -> None:
    """The new value in its place; groups around it are made where the file has none."""
    group = content
    for key in unit[:-1]:
        inner = group.get(key)
        if not isinstance(inner, dict):
            inner = group[key] = {}
        group = inner
    raw = group.get(unit[-1], "")
    value = _row(raw, old, new, brief(unit)) if unit[0] == ROWS else _kept(raw, old, new)
    if value != "" or required(unit) or unit[0] == ROWS:
        group[unit[-1]] = value
    else:
        _take_out(content, unit, required)


def _take_out(content: Group, unit: KeyPath, required: Callable[[KeyPath], bool]) -> None:
    """The key, and the groups around it that nothing is left in."""
    groups = [content]
    for key in unit[:-1]:
        groups.append(cast(Group, groups[-1][key]))
    groups[-1].pop(unit[-1], None)
    for end in range(len(unit) - 1, 0, -1):
        if not groups[end] and not required(unit[:end]):
            groups[end - 1].pop(unit[end - 1])


def _row(raw: Plain, old: Plain, new: Plain, brief: bool) -> Plain:
    """A share alone stands on the row's own line; everything else is a group."""
    written: Plain = {"ty_le": raw} if isinstance(raw, str) and raw else raw
    said: Plain = {"ty_le": ""} if old == "" else old
    value = _kept(written, said, new)
    if isinstance(value, dict) and set(value) == {"ty_le"} and (brief or not isinstance(raw, dict)):
        return value["ty_le"]
    return value


def _kept(raw: Plain, old: Plain, new: Plain) -> Plain:
    """The new value; every part of it that says what it said before is left as the file writes it."""
    if old == new and raw != "":
        return raw
    if isinstance(raw, dict) and isinstance(old, dict) and isinstance(new, dict):
        unknown = {key: value for key, value in raw.items() if key not in old and key not in new and value != ""}
        return {key: _kept(raw.get(key, ""), old.get(key, ""), value) for key, value in new.items()} | unknown
    if isinstance(raw, list) and isinstance(old, list) and isinstance(new, list) and len(raw) == len(old):
        return [_kept(raw[i], old[i], value) if i is not None else value for i, value in _paired(old, new)]
    return new


def _paired(old: list[Plain], new: list[Plain]) -> Iterator[tuple[int | None, Plain]]:
    """Each new item with the number of the old one it is, or has come from."""
    for _, i, i_end, j, j_end in opcodes(old, new):
        for number in range(j, j_end):
            before = i + number - j
            yield (before if before < i_end else None), new[number]


def _changes(path: Path_, old: Plain, new: Plain) -> Iterator[Change]:
    """Down to single values where both sides are groups or lists."""
    if old == new:
        return
    if path[0] == ROWS and len(path) == 2 or path == (SIGNER,):
        old, new = (value if isinstance(value, dict) else {} for value in (old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _changes((*path, key), old.get(key, ""), new.get(key, ""))
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        for _, i, i_end, j, j_end in opcodes(old, new):
            both = min(i_end - i, j_end - j)
            for number in range(both):
                yield from _changes((*path, j + number), old[i + number], new[j + number])
            yield from (Change((*path, number), old[number], "") for number in range(i + both, i_end))
            yield from (Change((*path, number), "", new[number]) for number in range(j + both, j_end))
    else:
        yield Change(path, old, new)


def told(change: Change) -> str:
    """ "thanh_vien.2.xep_loai: tot → xuat_sac"; positions are counted from one."""
    key = ".".join(str(step + 1 if isinstance(step, int) else step) for step in change.path)
    return f"{key}: {_shown(change.old)} → {_shown(change.new)}"


def _shown(value: Plain) -> str:
    if value == "":
        return "(trống)"
    if isinstance(value, list):
        return f"[{'; '.join(_shown(item) for item in value)}]" if value else "[] (không có)"
    if isinstance(value, dict):
        return "{" + "; ".join(f"{key}: {_shown(inner)}" for key, inner in value.items() if inner != "") + "}"
    text = " / ".join(line for line in value.split("\n") if line)
    return f"«{text if len(text) <= 90 else text[:60].rstrip() + ' ... ' + text[-25:].lstrip()}»"
