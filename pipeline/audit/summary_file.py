"""Bytes of tong-hop.xlsx and the object of ket_qua.json -> what the workbook, read back by another library, says otherwise."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.audit import AuditFinding
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit

SHEETS = ["Tổng hợp", "Hạn mức", "Mức theo nhóm"]
FACE, GROUPS, HEADS = "Times New Roman", 4, 5  # rows from 1
RESULTS = {"dat": "Đạt", "khong_dat": "Không đạt", "chua_ro": "Chưa rõ"}
DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class Against:
    """What the workbook is held against: the results as published, the register, names of levels."""

    told: Mapping[str, Any]
    register: Sequence[Unit]
    regulation: Regulation
    draft: bool


def summary_findings(data: bytes, name: str, against: Against) -> Iterator[AuditFinding]:
    """Every unit, figure, level and condition; the counts; one face; whether it says that it is a draft."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    if book.sheetnames != SHEETS:
        yield AuditFinding(name, 0, f"có các trang tính {', '.join(book.sheetnames)}, phải có {', '.join(SHEETS)}")
        return
    for words in (
        *_units(book[SHEETS[0]], against),
        *_quota(book[SHEETS[1]], against),
        *_counts(book[SHEETS[2]], against),
        *_form(book, against),
    ):
        yield AuditFinding(name, 0, words)


# --- the table ----------------------------------------------------------------------------------------------------------


def _units(sheet: Worksheet, against: Against) -> Iterator[str]:
    heads = _heads(sheet)
    entries = against.told["don_vi"]
    rows = list(range(HEADS + 1, HEADS + 1 + len(entries)))
    if sheet.max_row != rows[-1]:
        yield f"bảng có {sheet.max_row - HEADS} dòng, ket_qua.json có {len(entries)} đơn vị"
    groups = {unit.code: unit.group for unit in against.register}
    for row, entry in zip(rows, entries):
        for head, expected in _expected(entry, groups[entry["ma"]], against.regulation):
            column = heads.get(head)
            cell = sheet.cell(row, column) if column else None
            if cell is None:
                yield f"bảng không có cột «{' - '.join(filter(None, head))}»"
            elif not _same(cell, expected):
                yield f"ô {cell.coordinate} ({entry['ten']}, {' - '.join(filter(None, head))}): «{cell.value}», ket_qua.json: «{expected}»"


def _heads(sheet: Worksheet) -> dict[tuple[str, str], int]:
    """(head of the group, head) -> column."""
    found, group = {}, ""
    merged = {cell.coord.split(":")[0]: cell.size["columns"] for cell in sheet.merged_cells.ranges}
    left = 0
    for column in range(1, sheet.max_column + 1):
        above = sheet.cell(GROUPS, column)
        if left == 0:
            group, left = str(above.value or ""), merged.get(above.coordinate, 1)
        left -= 1
        found[group, str(sheet.cell(HEADS, column).value)] = column
    return found


def _expected(entry: Mapping[str, Any], group: int, regulation: Regulation) -> Iterator[tuple[tuple[str, str], Any]]:
    """(heads of a column, what must stand there); points as Decimal."""
    yield from ((("", "STT"), entry["stt"]), (("", "Cơ quan, đơn vị"), entry["ten"]), (("", "Nhóm"), group))
    totals = []
    for heading, sheet in (("Điểm tự chấm", entry.get("tu_cham")), ("Điểm thẩm định", entry["tham_dinh"])):
        if "loi" in entry:
            sheet = None  # its own file cannot be used: the row is left blank
        for part in regulation.scoring.parts:
            yield (heading, f"Mục {part.code}"), _points(sheet and sheet[part.code])
        totals.append(_points(sheet and sheet["tong"]))
        yield (heading, "Tổng"), totals[-1]
    own, appraised = totals
    yield ("", "Chênh lệch"), None if own is None or appraised is None else appraised - own
    if "loi" in entry:
        yield ("", "Tình trạng"), "Tệp của đơn vị còn lỗi"
    else:
        yield from _rated(entry["xep_loai"], regulation)


def _rated(found: Mapping[str, Any], regulation: Regulation) -> Iterator[tuple[tuple[str, str], Any]]:
    level, quota = "Mức xếp loại", f"Hạn mức {_small(regulation.level_name(regulation.quota.chosen))}"
    if found["muc"]:
        yield (level, "Đề xuất"), regulation.level_short(found["muc"])
    yield (level, "Chính thức"), regulation.level_short(found["chinh_thuc"]) if found["chinh_thuc"] else "Chưa có"
    open_yet = found["muc"] is None and regulation.quota.chosen in found["co_the"]
    yield (quota, "Đủ điều kiện"), "Có" if found["ung_vien_xuat_sac"] else "Chưa rõ" if open_yet else "Không"
    yield (quota, "Thứ hạng"), found["giai_thich"]["thu_hang"]
    highest = next(v for v in regulation.heading.levels if v.code == regulation.quota.chosen)
    for condition in regulation.rating.conditions:
        clause = (condition.citation or "").removeprefix(highest.citation or "").strip()
        outcome = next((e["ket_qua"] for e in found["can_cu"] if (e["noi_dung"], e["dieu"]) == (condition.text, condition.citation)), "")
        yield (f"Điều kiện mức {_small(highest.name)} ({highest.citation})", f"{condition.text} ({clause})"), RESULTS.get(outcome)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _same(cell: Cell | MergedCell, expected: Any) -> bool:
    """Numbers as numbers: openpyxl gives a float, whose shortest text is exactly what stands in the file."""
    if isinstance(expected, (Decimal, int)):
        return not isinstance(cell.value, (str, dt.date, type(None))) and Decimal(str(cell.value)) == expected
    return bool(cell.value == expected)


# --- the other sheets ---------------------------------------------------------------------------------------------------


def _quota(sheet: Worksheet, against: Against) -> Iterator[str]:
    """The figures that ket_qua.json has, and every candidate's name in the order of the totals."""
    told = against.told["han_muc"]
    said = {str(row[1].value): row[2].value for row in sheet.iter_rows(max_col=3) if row[1].value is not None and row[2].value is not None}
    names = {unit["ma"]: unit["ten"] for unit in against.told["don_vi"]}
    figures = (("Số tập thể làm cơ sở tính", told["N"]), ("Số tập thể tối đa", told["toi_da"]))
    counted = (("Trong hạn mức", len(told["duoc_chon"])), ("Chờ quyết định", len(told["cho_quyet"])))
    for head, expected in (*figures, *counted):
        if expected is not None and said.get(head) != expected:
            yield f"trang «{sheet.title}», {_small(head)}: «{said.get(head)}», ket_qua.json: «{expected}»"
    inside = [str(row[1].value) for row in sheet.iter_rows(max_col=4) if row[3].value == "Trong hạn mức"]
    if sorted(inside) != sorted(names[code] for code in told["duoc_chon"]):
        yield f"trang «{sheet.title}»: các tập thể trong hạn mức không như ket_qua.json"


def _counts(sheet: Worksheet, against: Against) -> Iterator[str]:
    """Both blocks, counted here anew."""
    levels = [level.code for level in against.regulation.heading.levels]
    groups = {unit.code: unit.group for unit in against.register}
    starts = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Nhóm"]
    for start, key in zip(starts, ("muc", "chinh_thuc")):
        found: Counter[tuple[int | None, str | None]] = Counter(
            (groups[e["ma"]], e["xep_loai"][key] if "loi" not in e else None) for e in against.told["don_vi"]
        )
        for row, group in enumerate(against.regulation.heading.groups, start + 1):
            expected = [found[group.number, level] for level in (*levels, None)]
            said = [sheet.cell(row, column).value for column in range(3, 3 + len(expected))]
            if said != expected:
                yield f"trang «{sheet.title}», dòng {row}: {said}, tính lại theo ket_qua.json: {expected}"
    if len(starts) != 2:
        yield f"trang «{sheet.title}»: có {len(starts)} bảng, phải có 2"


def _form(book: Workbook, against: Against) -> Iterator[str]:
    faces = {cell.font.name for sheet in book for row in sheet.iter_rows() for cell in row if cell.font} - {FACE}
    if faces:
        yield f"có phông chữ {', '.join(sorted(map(str, faces)))}, chỉ dùng {FACE}"
    for sheet in book:
        if (DRAFT in str(sheet.oddHeader and sheet.oddHeader.right.text)) != against.draft:
            yield f"trang «{sheet.title}»: đầu trang {'thiếu' if against.draft else 'thừa'} chữ {DRAFT}"
