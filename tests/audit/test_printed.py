"""Printed Vietnamese read back into values, independently of what printed it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.printed import hole, says, shown
from pipeline.audit.text import sentences, single, tight, words
from pipeline.model.audit import OneOf, Value
from pipeline.rendering.vietnamese import count, long_date, score, short_date, short_score

LEVELS = ("Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ")
DAY = dt.date(2023, 3, 5)


@pytest.mark.parametrize(
    ("value", "printed", "same"),
    [
        (Decimal("96.5"), "96,50", True),
        (Decimal("96.5"), "96,5", True),
        (Decimal("96.5"), "96.50", False),
        (Decimal("96.5"), "95,60", False),
        (Decimal("5"), "5", True),
        (9, "09", True),
        (1234, "1.234", True),
        (9, "9,0", False),
        (DAY, "ngày 05 tháng 3\u00a0năm 2023", True),
        (DAY, "05/3/2023", True),
        (DAY, "05/03/2023", True),
        (DAY, "31/02/2023", False),
        (OneOf(LEVELS[0], LEVELS), "hoàn thành tốt\nnhiệm vụ", True),
        (OneOf(LEVELS[0], LEVELS), "Hoàn thành nhiệm vụ", False),
        ("Trần Minh S", "Trần  Minh S", True),
        ("Trần Minh S", "trần minh s", False),
    ],
)
def test_one_value(value: Value, printed: str, same: bool) -> None:
    assert says(value, printed) is same


@given(st.decimals(0, 100, places=2), st.integers(0, 99_999), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_whatever_the_forms_print_is_read(points: Decimal, number: int, day: dt.date) -> None:
    assert says(points, score(points)) and says(points, short_score(points)) and says(number, count(number))
    assert says(day, long_date(day)) and says(day, short_date(day))


@pytest.mark.parametrize(
    ("value", "text", "read"),
    [
        (Decimal("1"), "đạt 98,60 điểm", "98,60"),
        (3, "có 1.234 người", "1.234"),
        (DAY, "Bắc Giang, ngày 12 tháng 12 năm 2023.", "ngày 12 tháng 12 năm 2023"),
        (OneOf(LEVELS[0], LEVELS), "mức: Hoàn thành nhiệm vụ.", LEVELS[1]),
    ],
)
def test_what_stands_in_its_place_is_seen(value: Value, text: str, read: str) -> None:
    found = re.search(hole(value), text)
    assert found and found[1] == read


def test_values_in_messages() -> None:
    shown_ = [shown(v) for v in (Decimal("98.6"), 4, DAY, OneOf(*[LEVELS[0], LEVELS]), "a", None)]
    assert shown_ == ["98,60", "04", "05/03/2023", LEVELS[0], "a", "để trống"]


def test_texts_that_only_look_different() -> None:
    """Composed and decomposed letters, bound blanks, a hyphen at the end of a line as PDFium writes it."""
    assert tight("Số\u0323 41/KH\ufffeSNV") == tight("Sộ\u00a041/KH-SNV".replace("Sộ", "Số\u0323"))
    assert single(" a\u00a0 b\r\nc ") == "a b c" and words("a-b, c/d") == ["a", "b", "c", "d"]
    assert list(sentences("- Một; hai: **ba**.\nBốn")) == ["Một;", "hai:", "ba.", "Bốn"]
