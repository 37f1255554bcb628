"""A cell as a spreadsheet program left it -> the text that was meant, or why it cannot be taken and what to do."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.desk.kinds import CHOICE, CLOCK, COUNT, DATE, LINE, LONG, NUMBER, PERCENT, POINTS, CellKind

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Raw:
    """A cell as openpyxl gives it."""

    value: Any
    type: str
    shape: str


@dataclass(frozen=True)
class Found:
    """What a cell holds: text as typed (numbers as the shortest decimal), or why it cannot be taken."""

    text: str = ""
    wrong: str = ""
    write: str = ""


def tidy(text: str) -> str:
    """As the reader of YAML takes text: composed letters, plain line breaks, no white space around."""
    return unicodedata.normalize("NFC", unescaped(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def unescaped(text: str) -> str:
    """Office files write some characters as _x000D_."""
    return ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def found_in(cell: Raw | None, kind: CellKind) -> Found:
    """Formulas, errors and what a program has turned into something else are refused: nobody can see what was meant."""
    if cell is None:
        return Found()
    value = cell.value
    if cell.type == "f":
        return Found(wrong="ô có công thức", write="chép ô, dán lại dạng giá trị (Dán đặc biệt, Giá trị)")
    if cell.type == "e" or isinstance(value, bool):
        return Found(wrong=f"ô có giá trị «{value}» của Excel", write="xóa ô và gõ lại")
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return _moment(value, kind)
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)), cell.shape, kind)
    return Found(tidy(str(value)))


def _moment(value: Any, kind: CellKind) -> Found:
    if kind.name == DATE and isinstance(value, dt.datetime) and value.time() == dt.time():
        return Found(f"{value:%d/%m/%Y}")
    if kind.name == CLOCK and isinstance(value, dt.time) and not value.second:
        return Found(f"{value:%H:%M}")
    return Found(
        wrong=f"Excel đã đổi nội dung của ô thành ngày, giờ ({value})",
        write=_ADVICE.get(kind.name, "đặt lại định dạng ô là Văn bản (Text) rồi gõ lại"),
    )


_ADVICE = {
    DATE: "gõ ngày/tháng/năm, ví dụ 05/01/2024",
    CLOCK: "gõ giờ:phút, ví dụ 08:00",
    **dict.fromkeys((PERCENT, POINTS, NUMBER, COUNT), "đặt lại định dạng ô là Số rồi gõ lại"),
}


def _number(number: Decimal, shape: str, kind: CellKind) -> Found:
    """A percent cell holds 0.95 for 95%; elsewhere a number is what it looks like."""
    percent = "%" in shape
    if not number.is_finite():
        return Found(wrong="ô không chứa số đọc được", write="xóa ô và gõ lại")
    if kind.name == PERCENT and not percent:
        return Found(
            wrong=f"ô tỷ lệ đã mất định dạng phần trăm (đang là {_plain(number)})",
            write=f"gõ lại kèm dấu %, ví dụ {_plain(number)}% nếu đúng là vậy",
        )
    if kind.name in (PERCENT, POINTS, NUMBER) and (many := _too_exact(number * 100 if percent else number)):
        return many
    if kind.name == PERCENT and number > 1:
        return Found(wrong=f"tỷ lệ {_plain(number * 100)}% lớn hơn 100%", write="vượt kế hoạch cũng chỉ ghi 100%; 95 phần trăm thì gõ 95%")
    if kind.name == PERCENT:
        return Found(f"{_plain(number * 100)}%")
    if percent and kind.name in (POINTS, NUMBER, COUNT):
        return Found(
            wrong=f"ô này ghi số, không ghi tỷ lệ ({_plain(number * 100)}%)",
            write="đặt lại định dạng ô là Số rồi gõ lại; tỷ lệ ghi ở cột Tỷ lệ",
        )
    if kind.name in (DATE, CLOCK, CHOICE):
        return Found(wrong=f"ô này không nhận số {_plain(number)}", write=_ADVICE.get(kind.name, "chọn một giá trị trong danh sách"))
    assert kind.name in (POINTS, NUMBER, COUNT, LINE, LONG)
    return Found(_plain(number))


def _too_exact(number: Decimal) -> Found | None:
    if number == round(number, 2):
        return None
    return Found(wrong=f"số {_plain(number)} có quá hai chữ số thập phân", write="làm tròn đến hai chữ số thập phân rồi gõ lại")


def _plain(number: Decimal) -> str:
    """Digits as they are written by hand: 5.50 -> 5,5."""
    digits = f"{number:f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace(".", ",")
