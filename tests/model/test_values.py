"""Texts of fields: exact values in every way of writing the contract allows, a complaint for all others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from pipeline.model.values import (
    Level,
    LongText,
    Text,
    YesNo,
    YesNoOpen,
    name_key,
    parse_clock,
    parse_count,
    parse_date,
    parse_number,
    parse_percent,
)


def complaint(parse: Callable[[str], Any], text: str) -> tuple[str, str]:
    """What is wrong and what to write."""
    with pytest.raises(PydanticCustomError) as caught:
        parse(text)
    context = caught.value.context or {}
    return str(context["what"]), str(context["write"])


@pytest.mark.parametrize(("text", "value"), [("9,5", "9.5"), ("9.5", "9.5"), ("0", "0"), ("2,25", "2.25"), ("1234", "1234"), ("007", "7")])
def test_number(text: str, value: str) -> None:
    """Comma and point are the same mark; the value is exact."""
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(("text", "advice"), [("1.234", "viết 1234 hoặc 1,23"), ("1,234", "viết 1234 hoặc 1,23")])
def test_ambiguous_number(text: str, advice: str) -> None:
    """Three digits after the mark may be a thousand."""
    assert complaint(parse_number, text) == (f"số «{text}» không rõ là hàng nghìn hay số thập phân", advice)


@pytest.mark.parametrize("text", ["-1", "+1", "1e3", ".5", "5.", "NaN", "inf", ".inf", "1 000", "một", "5 điểm", "9,5,5", "1" * 10])
def test_not_a_number(text: str) -> None:
    """No signs, exponents, words or endless digits."""
    assert complaint(parse_number, text)[0] == f"«{text}» không phải là số"


@pytest.mark.parametrize("kind", [Text, LongText])
@pytest.mark.parametrize("text", ["null", "~", "None", " NaN ", "undefined"])
def test_words_of_machines(kind: Any, text: str) -> None:
    """What programs write for nothing is no content; inside other words it is."""
    with pytest.raises(ValidationError, match=f"«{text.strip()}» là ký hiệu của máy tính, không phải nội dung"):
        TypeAdapter(kind).validate_python(text)
    assert TypeAdapter(kind).validate_python(f"Mục {text} không có").startswith("Mục ")


def test_too_many_decimals() -> None:
    assert complaint(parse_number, "9,5555") == ("số «9,5555» có quá hai chữ số thập phân", "làm tròn đến hai chữ số thập phân")


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=999999, places=2))
def test_numbers_are_exact(number: Decimal) -> None:
    """What is written with two decimals is read back digit for digit, with either mark."""
    assert parse_number(f"{number:f}") == parse_number(f"{number:f}".replace(".", ",")) == number


@pytest.mark.parametrize(("text", "value"), [("100%", "100"), ("99,9%", "99.9"), ("0%", "0"), ("90 %", "90"), ("105%", "105")])
def test_percent(text: str, value: str) -> None:
    assert parse_percent(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "what", "write"),
    [
        ("100", "tỷ lệ «100» thiếu dấu %", "viết 100%"),
        ("9,5", "tỷ lệ «9,5» thiếu dấu %", "viết 9,5%"),
        ("đạt", "tỷ lệ «đạt» thiếu dấu %", "viết tỷ lệ kèm dấu %, ví dụ 90%"),
        ("%", "«» không phải là số", "viết số không âm, ví dụ 9,5"),
        ("-5%", "«-5» không phải là số", "viết số không âm, ví dụ 9,5"),
    ],
)
def test_percent_refused(text: str, what: str, write: str) -> None:
    """The sign is required."""
    assert complaint(parse_percent, text) == (what, write)


@pytest.mark.parametrize("text", ["-1", "9,5", "1e3", "1.000", "mười", "", "1234567"])
def test_count_refused(text: str) -> None:
    assert complaint(parse_count, text)[0] == f"«{text}» không phải là số đếm"


@pytest.mark.parametrize("text", ["05/01/2024", "5/1/2024", "5-1-2024", "05-01-2024", "2024-01-05"])
def test_date(text: str) -> None:
    """Day first, or the ISO form."""
    assert parse_date(text) == dt.date(2024, 1, 5)


@pytest.mark.parametrize("text", ["31/11/2023", "29/02/2023", "12/13/2023", "00/01/2023", "01/01/0000", "2023-13-01"])
def test_no_such_date(text: str) -> None:
    advice = "viết ngày trước, tháng sau: 13/12/2023" if text == "12/13/2023" else "viết ngày/tháng/năm, ví dụ 05/01/2024"
    assert complaint(parse_date, text) == (f"không có ngày «{text}»", advice)


@pytest.mark.parametrize("text", ["5/1/24", "5.1.2024", "ngày 5/1/2024", "2024/01/05", "20240105", "5/1"])
def test_not_a_date(text: str) -> None:
    assert complaint(parse_date, text)[0] == f"ngày «{text}» viết không đúng"


@pytest.mark.parametrize(
    ("text", "value"), [("08:00", "08:00"), ("8:05", "08:05"), ("8h", "08:00"), ("14h30", "14:30"), ("23:59", "23:59")]
)
def test_clock(text: str, value: str) -> None:
    assert parse_clock(text) == value


@pytest.mark.parametrize("text", ["25:00", "8:60", "8", "750", "8:5"])
def test_clock_refused(text: str) -> None:
    assert complaint(parse_clock, text)[0] == f"giờ «{text}» viết không đúng"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (YesNo, "có", "co"),
        (YesNo, "co", "co"),
        (YesNo, "không", "khong"),
        (YesNo, "khong", "khong"),
        (YesNoOpen, "chua_ro", "chua_ro"),
        (YesNoOpen, "chưa rõ", "chua_ro"),
        (Level, "xuat_sac", "xuat_sac"),
        (Text, "08", "08"),
        (Text, "Trần  Văn\u00a0B ", "Trần Văn B"),
        (LongText, "a\nb", "a\nb"),
        (LongText, "a  b\u00a0c", "a  b\u00a0c"),
        (YesNo, None, None),
    ],
)
def test_words(kind: Any, text: str | None, value: str | None) -> None:
    """Yes, no, open, levels and texts; blank stays blank."""
    assert TypeAdapter(kind).validate_python(text) == value


@pytest.mark.parametrize("text", ["Trần Văn B", "Trần  Văn\u00a0B", " TRẦN VĂN B ", "Tr\u00e2\u0300n Văn B"])
def test_one_person_however_the_name_is_spaced(text: str) -> None:
    """White space, capitals and the way accents are composed do not make another person."""
    assert name_key(text) == name_key("trần văn b")
    assert name_key(text) != name_key("Trần Văn C")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (YesNo, "no"),
        (YesNo, "yes"),
        (YesNo, "chua_ro"),
        (YesNoOpen, "on"),
        (Level, "Tốt"),
        (Level, ""),
        (Text, "a\nb"),
        (Text, ["a"]),
        (LongText, {"a": "b"}),
    ],
)
def test_words_refused(kind: Any, text: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    assert caught.value.errors()[0]["type"] == "clerk"


@settings(deadline=None)
@given(st.text())
def test_parsers_only_complain(text: str) -> None:
    """Whatever is written, a parser gives a value or a complaint, nothing else."""
    for parse in (parse_number, parse_percent, parse_count, parse_date, parse_clock):
        try:
            parse(text)
        except PydanticCustomError:
            continue


@pytest.mark.parametrize(
    ("parse", "text"),
    [(parse_number, "٥"), (parse_percent, "９５%"), (parse_count, "１２"), (parse_date, "١/1/2023"), (parse_clock, "٨:00")],
)
def test_digits_of_other_scripts_are_no_numbers(parse: Callable[[str], object], text: str) -> None:
    """They look like digits to Python only: no form prints them, no reader of the file may be surprised by them."""
    with pytest.raises(PydanticCustomError):
        parse(text)
