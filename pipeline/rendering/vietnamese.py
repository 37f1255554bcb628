"""Values -> official Vietnamese: decimal comma, two-digit counts, long and short dates, numbers in words. Pure."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NBSP = "\u00a0"  # for blanks; words and their numbers are bound in binding.py
SCORE_TEXT = re.compile(r"\b(\d+)\.(\d\d)\b")
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def score(number: Decimal | None, digits: int = 2) -> str:
    """97.5 -> "97,50", half-up; a blank stays blank."""
    return "" if number is None else str(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)).replace(".", ",")


def short_score(number: Decimal | None) -> str:
    """5.00 -> "5", 6.67 -> "6,67": for standard points and maxima."""
    return "" if number is None else score(number).rstrip("0").rstrip(",")


def count(number: int | None) -> str:
    """9 -> "09", 1234 -> "1.234"; a blank stays blank."""
    return "" if number is None else f"{number:02,d}".replace(",", ".")


def share(part: int | None, whole: int | None) -> str:
    """Share of a whole, half-up to two decimals: 5 of 7 -> "71,43%"."""
    if part is None or not whole:
        return ""
    hundredths = (Fraction(part * 10_000, whole) + Fraction(1, 2)).__floor__()
    return short_score(Decimal(hundredths) / 100) + "%"


def long_date(date: dt.date | None, place: str = "") -> str:
    """ "Bắc Giang, ngày 05 tháng 02 năm 2024"; day and month blank when there is no date yet."""
    where = f"{place}, " if place else ""
    if date is None:
        return f"{where}ngày{NBSP * 6}tháng{NBSP * 6}năm{NBSP * 6}".rstrip(NBSP)
    return f"{where}ngày {date.day:02d} tháng {_month(date)} năm {date.year}"


def short_date(date: dt.date | None) -> str:
    """08/3/2018: months 3 to 9 without a zero."""
    return "" if date is None else f"{date.day:02d}/{_month(date)}/{date.year}"


def _month(date: dt.date) -> str:
    return f"{date.month:02d}" if date.month < 3 else str(date.month)


def clock(time: str | None) -> str:
    """ "08:30" -> "08 giờ 30"."""
    if not time:
        return ""
    hours, minutes = time.split(":")
    return f"{hours} giờ {minutes}"


def words(number: Decimal | None) -> str:
    """96.50 -> "chín mươi sáu phẩy năm điểm" (0 to 999, two decimals)."""
    if number is None:
        return ""
    whole, _, rest = score(number).partition(",")
    rest = rest.rstrip("0")
    text = _below_thousand(int(whole))
    if rest:
        text += " phẩy " + ("không " + DIGITS[int(rest[1])] if rest[0] == "0" else _below_thousand(int(rest)))
    return text + " điểm"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{DIGITS[hundreds]} trăm"] if hundreds else []
    if rest or not hundreds:
        parts.append(_below_hundred(rest, after_hundred=bool(hundreds)))
    return " ".join(parts)


def _below_hundred(number: int, after_hundred: bool) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return f"linh {DIGITS[units]}" if after_hundred else DIGITS[units]
    ten = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if units == 0:
        return ten
    last = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(units, DIGITS[units])
    return f"{ten} {last}"


def ordinal(number: int) -> str:
    """ "thứ nhất", "thứ hai", ... "thứ tư": 4 has a name of its own."""
    return "thứ " + {1: "nhất", 4: "tư"}.get(number, _below_hundred(number, after_hundred=False))


def capital(text: str) -> str:
    """First letter in capitals."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def in_sentence(name: str) -> str:
    """A collective's name inside a sentence: "tập thể lãnh đạo Sở ...", but "Đảng đoàn ..." keeps its capital."""
    return lower_first(name) if name.startswith("Tập thể") else name


def either(names: list[str]) -> str:
    """ "a, b hoặc c"."""
    return " hoặc ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def items(texts: list[str]) -> list[str]:
    """Lines of a list: "a;", "b;", "c."."""
    bare = [text.rstrip(" ;,.") for text in texts]
    return [f"{text}{';' if n < len(bare) else '.'}" for n, text in enumerate(bare, 1)]


def listing(names: list[str]) -> str:
    """a, b và c"""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " và " + names[-1] if names else ""


def with_comma(value: str) -> str:
    """A score is kept with a point (ket_qua.json) and printed with a comma."""
    return SCORE_TEXT.sub(r"\1,\2", value)
