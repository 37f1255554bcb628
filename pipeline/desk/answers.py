"""A unit's file -> the text of each cell of its form; texts of cells -> what they say, in the units in which forms and files are compared.

A row of the scoring table, a list and the signer are one thing each: they are taken over whole or not at all. Everything else is a value by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from pipeline.desk.form_layout import STATE, info_of
from pipeline.desk.form_scoring import WAY, WAYS
from pipeline.desk.kinds import CellKind, choices, text_of
from pipeline.desk.plain import Plain
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.model.submission import Absentee, DisciplineCase, Member, Signer, Submission

KeyPath = tuple[str, ...]
Texts = Mapping[KeyPath, str]
ROWS, SIGNER = "cham_diem", "nguoi_ky"
GROUPS: Mapping[str, type[BaseModel]] = {"thanh_vien": Member, "ky_luat": DisciplineCase, "vang": Absentee}
USED = {"ty_le": ("ty_le",), "diem": ("diem",), "ke_hoach": ("ke_hoach", "thuc_hien"), "khong_ap_dung": ()}
FULL = {"ty_le", "diem", "ke_hoach", "thuc_hien"}


@dataclass(frozen=True)
class Complaint:
    """A cell that does not fit with its neighbours."""

    path: KeyPath
    what: str
    write: str


# --- file -> texts ---------------------------------------------------------------------------------------------------
def text_at(found: Submission, path: KeyPath, kind: CellKind) -> str:
    """What the file says in this place, as the form's cell holds it."""
    if path[-1] == STATE:
        listed = _reached(found, path[:-1])
        return "" if listed is None else "co" if listed else "khong"
    if path[0] == ROWS:
        return _row_text(found.rows.get(path[1]) or RowEntry(), path[2:], kind)
    return text_of(_reached(found, path), kind)


def _row_text(row: RowEntry, path: KeyPath, kind: CellKind) -> str:
    written = {info.alias or name for name, info in RowEntry.model_fields.items() if name in row.model_fields_set}
    way = next((way for way in WAYS.allowed if way in written), WAYS.allowed[0])
    if path == (WAY,):
        return way
    if path == ("ly_do",) and way == "khong_ap_dung":
        return text_of(row.not_applicable, kind)
    return text_of(_reached(row, path), kind)


def _reached(value: Any, path: KeyPath) -> Any:
    """None as soon as the file has nothing there."""
    for key in path:
        if isinstance(value, BaseModel):
            names = {info.alias or name: name for name, info in type(value).model_fields.items()}
            value = getattr(value, names[key]) if names[key] in value.model_fields_set else None
        elif isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        elif value is not None:
            value = value.get(key)
    return value


# --- texts -> what they say ------------------------------------------------------------------------------------------
def unit_of(path: KeyPath) -> KeyPath:
    """The row, list or group that the cell belongs to; a value by itself is its own."""
    if path[0] == ROWS:
        return path[:2]
    if path[0] == SIGNER:
        return path[:1]
    end = next((i for i, key in enumerate(path) if key.isdigit() or key == STATE), len(path))
    return path[:end]


def units(texts: Texts, regulation: Regulation) -> tuple[dict[KeyPath, Plain], list[Complaint]]:
    """ "" = not filled in; an empty list is an answer."""
    gathered: dict[KeyPath, dict[KeyPath, str]] = {}
    for path, text in texts.items():
        gathered.setdefault(unit_of(path), {})[path] = text
    complaints: list[Complaint] = []
    return {unit: _said(unit, cells, regulation, complaints) for unit, cells in gathered.items()}, complaints


def _said(unit: KeyPath, cells: dict[KeyPath, str], regulation: Regulation, complaints: list[Complaint]) -> Plain:
    if unit[0] == ROWS:
        return _row(unit, {path[2:]: text for path, text in cells.items()}, regulation, complaints)
    if unit in cells:
        return cells[unit]
    if unit == (SIGNER,):
        return _record(Signer, {path[-1]: text for path, text in cells.items()}) or ""
    return _list(unit, cells, complaints)


def _record(model: type[BaseModel], texts: Mapping[str, str]) -> dict[str, Plain]:
    """What must be there stays, blank or not; {} when nothing is filled in."""
    if not any(texts.values()):
        return {}
    return {key: text for key, text in texts.items() if text or info_of(model, key).is_required()}


def _list(unit: KeyPath, cells: dict[KeyPath, str], complaints: list[Complaint]) -> Plain:
    """Rows left blank do not count."""
    at = len(unit)
    state = cells.get((*unit, STATE), "")
    rows: dict[str, dict[str, str]] = {}
    for path, text in cells.items():
        if path[at] != STATE:
            rows.setdefault(path[at], {})[path[-1]] = text
    items: list[Plain] = []
    for number, texts in rows.items():
        item = _record(GROUPS[unit[-1]], texts) if unit[-1] in GROUPS else texts[number]
        items += [item] if item else []
    if items and state == "khong":
        complaints.append(Complaint((*unit, STATE), f"chọn «Không có» mà phía dưới ghi {len(items)} mục", "chọn «Có», hoặc xóa các mục đó"))
    if not items and state == "co":
        complaints.append(Complaint((*unit, STATE), "chọn «Có» mà phía dưới chưa ghi mục nào", "ghi từng mục, hoặc chọn «Không có»"))
    return items or ([] if state == "khong" else "")


def _row(unit: KeyPath, texts: Mapping[KeyPath, str], regulation: Regulation, complaints: list[Complaint]) -> Plain:
    """One way of scoring; the reason is why points were cut, or why the row does not apply."""
    single = {path[0]: text for path, text in texts.items() if len(path) == 1 and text}
    given = [key for key in FULL if key in single]
    way = single.pop(WAY, "") or _only_way(unit, given, complaints)
    if not way:
        return ""
    words = choices(WAYS, regulation)
    for key in sorted(k for k in given if k not in USED[way]):
        told = f"hàng {unit[1]} chọn cách chấm «{words[way]}» mà ô này còn ghi {single.pop(key)}"
        complaints.append(Complaint((*unit, key), told, "xóa ô này, hoặc chọn lại cách chấm"))
    row: dict[str, Plain] = {key: single.get(key, "") for key in USED[way]}
    if way == "khong_ap_dung":
        row["khong_ap_dung"] = single.pop("ly_do", "")
    row |= {key: single[key] for key in ("ly_do", "minh_chung") if key in single}
    below = {path[1]: text for path, text in texts.items() if len(path) > 1}
    if any(below.values()):
        row["xep_loai_cap_duoi"] = dict(below)
    row |= {key: single[key] for key in ("can_cu",) if key in single}
    blank = not any(row.values())
    return "" if blank and way == WAYS.allowed[0] else row


def _only_way(unit: KeyPath, given: list[str], complaints: list[Complaint]) -> str:
    """Where the way of scoring was left blank: the one that the filled cells leave, if they leave one."""
    ways = [way for way, keys in USED.items() if set(keys) & set(given)]
    if len(ways) > 1:
        told = f"hàng {unit[1]} chưa chọn cách chấm mà ghi nhiều cách"
        complaints.append(Complaint((*unit, WAY), told, "chọn một cách, xóa ô của cách khác"))
        return ""
    return ways[0] if ways else WAYS.allowed[0]
