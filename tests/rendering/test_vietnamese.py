"""Dates, numbers, shares and lists as Vietnamese offices write them (standards, section 5)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rendering.vietnamese import (
    DIGITS,
    capital,
    clock,
    count,
    in_sentence,
    listing,
    long_date,
    lower_first,
    score,
    share,
    short_date,
    short_score,
    words,
)


def spoken(text: str) -> int:
    """Number words 0 to 999 -> the number; an independent reading of what `words` wrote."""
    values = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
    total, last = 0, 0
    for word in text.split():
        if word == "trăm":
            total, last = last * 100, 0
        elif word == "mươi":
            total, last = total + last * 10, 0
        elif word == "mười":
            total += 10
        elif word != "linh":
            last = values[word]
    return total + last


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        (dt.date(2024, 2, 5), "ngày 05 tháng 02 năm 2024", "05/02/2024"),
        (dt.date(2018, 3, 8), "ngày 08 tháng 3 năm 2018", "08/3/2018"),
        (dt.date(2019, 9, 29), "ngày 29 tháng 9 năm 2019", "29/9/2019"),
        (dt.date(2022, 10, 12), "ngày 12 tháng 10 năm 2022", "12/10/2022"),
    ],
)
def test_days_and_the_first_two_months_have_two_digits(date: dt.date, long: str, short: str) -> None:
    """Months 3 to 9 stand bare, all days are two digits."""
    assert long_date(date) == long
    assert short_date(date) == short


def test_a_date_follows_its_place() -> None:
    """As at the head of a document; binding.py keeps words and numbers together."""
    assert long_date(dt.date(2024, 2, 5), "Bắc Giang") == "Bắc Giang, ngày 05 tháng 02 năm 2024"


def test_a_missing_date_leaves_room_for_the_pen() -> None:
    """Words stay, digits are blank."""
    assert long_date(None, "Bắc Giang").split() == ["Bắc", "Giang,", "ngày", "tháng", "năm"]
    assert short_date(None) == ""


@pytest.mark.parametrize(("number", "text"), [("97.5", "97,50"), ("0", "0,00"), ("100", "100,00"), ("0.125", "0,13"), ("6.665", "6,67")])
def test_scores_have_a_decimal_comma_and_round_half_up(number: str, text: str) -> None:
    """Half-up, not to the even neighbour."""
    assert score(Decimal(number)) == text


@pytest.mark.parametrize(("number", "text"), [("5.00", "5"), ("6.67", "6,67"), ("2.50", "2,5"), ("100", "100"), ("0", "0"), ("10", "10")])
def test_standard_points_drop_idle_zeros(number: str, text: str) -> None:
    """The zeros of 100 and 10 are no idle ones."""
    assert short_score(Decimal(number)) == text


@pytest.mark.parametrize(("number", "text"), [(0, "00"), (9, "09"), (56, "56"), (100, "100"), (1234, "1.234"), (1234567, "1.234.567")])
def test_counts_have_two_digits_and_dotted_thousands(number: int, text: str) -> None:
    """ "03 bước", "1.234"."""
    assert count(number) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (5, 7, "71,43%"),
        (1, 5, "20%"),
        (7, 7, "100%"),
        (0, 7, "0%"),
        (1, 800, "0,13%"),
        (1, 3, "33,33%"),
        (2, 3, "66,67%"),
        (1, 200, "0,5%"),
    ],
)
def test_shares_round_half_up(part: int, whole: int, text: str) -> None:
    """1 of 800 is exactly 0,125%, which becomes 0,13%."""
    assert share(part, whole) == text


@pytest.mark.parametrize("write", [score, short_score, count, words, clock, short_date])
def test_blanks_stay_blank(write: object) -> None:
    """No "None" on paper."""
    assert write(None) == ""  # type: ignore[operator]


@pytest.mark.parametrize(("part", "whole"), [(None, 7), (3, None), (3, 0)])
def test_a_share_of_nothing_is_blank(part: int | None, whole: int | None) -> None:
    """Nobody divides by zero."""
    assert share(part, whole) == ""


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("96.50", "chín mươi sáu phẩy năm điểm"),
        ("21", "hai mươi mốt điểm"),
        ("11", "mười một điểm"),
        ("15", "mười lăm điểm"),
        ("24", "hai mươi tư điểm"),
        ("14", "mười bốn điểm"),
        ("95", "chín mươi lăm điểm"),
        ("5", "năm điểm"),
        ("0", "không điểm"),
        ("105", "một trăm linh năm điểm"),
        ("110", "một trăm mười điểm"),
        ("100", "một trăm điểm"),
        ("20", "hai mươi điểm"),
        ("97.25", "chín mươi bảy phẩy hai mươi lăm điểm"),
        ("0.05", "không phẩy không năm điểm"),
        ("6.10", "sáu phẩy một điểm"),
    ],
)
def test_numbers_in_words(number: str, text: str) -> None:
    """mốt, tư, lăm after tens; linh after an empty ten."""
    assert words(Decimal(number)) == text


@given(st.integers(0, 999))
def test_words_read_back_as_the_number(number: int) -> None:
    """Every whole number survives the way into words and back."""
    assert spoken(words(Decimal(number)).removesuffix(" điểm")) == number


def test_words_of_all_numbers_differ() -> None:
    """No two numbers are spoken alike."""
    assert len({words(Decimal(n)) for n in range(1000)}) == 1000


@pytest.mark.parametrize(("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")])
def test_lists_end_with_and(items: list[str], text: str) -> None:
    """a, b và c"""
    assert listing(items) == text


def test_capitals_and_time() -> None:
    """Only the first letter changes, also a Vietnamese one."""
    assert (capital("điều 6"), lower_first("Đề nghị"), capital("")) == ("Điều 6", "đề nghị", "")
    assert in_sentence("Tập thể lãnh đạo Sở Nội vụ") == "tập thể lãnh đạo Sở Nội vụ"
    assert in_sentence("Đảng đoàn Hội đồng nhân dân tỉnh") == "Đảng đoàn Hội đồng nhân dân tỉnh"
    assert clock("08:30") == "08 giờ 30"
