"""Vietnamese as printed -> the value it says, and whether it is the value expected: 98,75; 04; ngày 12 tháng 12 năm 2023; a level."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from pipeline.audit.text import single, tight
from pipeline.model.audit import OneOf, Value

NUMBER = re.compile(r"\d+(?:,\d{1,2})?")
COUNT = re.compile(r"\d{1,3}(?:\.\d{3})*|\d+")
LONG_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")
SHORT_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else None


def count(text: str) -> int | None:
    return int(text.replace(".", "")) if COUNT.fullmatch(text) else None


def date(text: str) -> dt.date | None:
    found = LONG_DATE.fullmatch(text) or SHORT_DATE.fullmatch(text)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def says(value: Value, printed: str) -> bool:
    """Whether the printed words say that value, however they are broken into lines."""
    text = single(printed)
    if isinstance(value, Decimal):
        return number(text) == value
    if isinstance(value, int):
        return count(text) == value
    if isinstance(value, dt.date):
        return date(text) == value
    if isinstance(value, OneOf):
        return tight(text).casefold() == tight(value.word).casefold()
    return tight(text) == tight(value)


def hole(value: Value) -> str:
    """The pattern of anything that could stand where the value must; words are any words up to what follows."""
    if isinstance(value, Decimal):
        return r"(?<![\d,])(\d+(?:,\d+)?)"
    if isinstance(value, int):
        return r"(?<![\d.,])(\d[\d.]*)"
    if isinstance(value, dt.date):
        return rf"({LONG_DATE.pattern}|{SHORT_DATE.pattern})".replace(r"(\d", r"(?:\d")
    if isinstance(value, OneOf):
        longest_first = sorted(value.among, key=len, reverse=True)
        return f"((?i:{'|'.join(loose(word) for word in longest_first)}))"
    return rf"({loose(value)}(?!\w)|.{{1,200}}?)"


def loose(literal: str) -> str:
    """The pattern of these words with any blanks between them."""
    return r"\s*".join(re.escape(word) for word in single(literal).split(" "))


def shown(value: Value | None) -> str:
    """For messages, as a clerk writes it."""
    if value is None:
        return "để trống"
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, int):
        return f"{value:02d}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return value.word if isinstance(value, OneOf) else value
