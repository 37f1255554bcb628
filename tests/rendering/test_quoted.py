"""What the terminal says, as paper says it: official quotation marks, readings by number; in nested lists and dictionaries too."""

from __future__ import annotations

import pytest

from pipeline.rendering.on_paper import on_paper, quoted, reading_number

CODES = ("n1", "n5", "n12", "đặc-biệt")


@pytest.mark.parametrize(
    ("told", "paper"),
    [
        ("điều kiện «có đổi mới» (Điều 6)", "điều kiện “có đổi mới” (Điều 6)"),
        ("«cụm “và” này» và «kia»", "“cụm ‘và’ này” và “kia”"),
        ("Cách hiểu n12: nếu hiểu «b»", "Vấn đề 12: nếu hiểu “b”"),
        ("quy định chưa rõ (cách hiểu n1, n5)", "quy định chưa rõ (vấn đề 1, 5)"),
        ("Xem n5", "Xem vấn đề 5"),
        ("cách hiểu đặc-biệt", "vấn đề đặc-biệt"),
        ("cách hiểu n123, máy n5", "cách hiểu n123, máy n5"),
    ],
)
def test_words_for_paper(told: str, paper: str) -> None:
    assert on_paper(told, CODES) == paper
    assert on_paper(paper, CODES) == paper


def test_every_text_within() -> None:
    assert on_paper({"a": [{"b": "Xem n1"}], "c": "«x»"}, CODES) == {"a": [{"b": "Xem vấn đề 1"}], "c": "“x”"}
    assert on_paper("cách hiểu n1", ()) == "cách hiểu n1"


def test_what_is_no_quotation_stays() -> None:
    assert quoted("a » b « c") == "a » b « c"


def test_the_number_of_a_reading() -> None:
    assert [reading_number(code) for code in CODES] == ["1", "5", "12", "đặc-biệt"]
