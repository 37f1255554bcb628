"""Points in words and shares, against what a clerk writes and against the renderer's own spelling."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.audit.spelled import percent, points_in_words
from pipeline.rendering.vietnamese import capital, share, words

SPELLED = {
    "89.60": "Tám mươi chín phẩy sáu điểm",
    "94.05": "Chín mươi tư phẩy không năm điểm",
    "100": "Một trăm điểm",
    "15.15": "Mười lăm phẩy mười lăm điểm",
    "21.40": "Hai mươi mốt phẩy bốn điểm",
    "104.24": "Một trăm linh bốn phẩy hai mươi tư điểm",
}


@pytest.mark.parametrize(("points", "said"), SPELLED.items())
def test_points(points: str, said: str) -> None:
    assert points_in_words(Decimal(points)) == said


def test_two_ways_agree() -> None:
    every = [Decimal(n) / 100 for n in range(11001)]
    assert [n for n in every if points_in_words(n) != capital(words(n))] == []
    assert [(a, b) for b in range(1, 130) for a in range(b + 1) if percent(a, b) != share(a, b)] == []


def test_no_share_of_nothing() -> None:
    assert (percent(None, 3), percent(3, None), percent(0, 0), percent(0, 3)) == (None, None, None, "0%")
