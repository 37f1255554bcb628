"""A number of points or a share -> how it must be spelled: 89.60 -> Tám mươi chín phẩy sáu điểm; 3 of 22 -> 13,64%. By a way of its own."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

ONES = "không một hai ba bốn năm sáu bảy tám chín".split()
AFTER_TENS = {"mươi một": "mươi mốt", "mươi bốn": "mươi tư", "mươi năm": "mươi lăm", "mười năm": "mười lăm"}


def points_in_words(points: Decimal) -> str:
    """From 0 to 999, two decimals; a last zero of the decimals is not said."""
    whole, decimals = f"{points:.2f}".split(".")
    said = [_whole(int(whole))]
    if said_decimals := decimals.rstrip("0"):
        said += ["phẩy", f"không {ONES[int(decimals[1])]}" if decimals[0] == "0" else _whole(int(said_decimals))]
    text = " ".join([*said, "điểm"])
    return text[0].upper() + text[1:]


def _whole(number: int) -> str:
    """Digit by digit with their places, then the sounds that change after a ten."""
    if number < 10:
        return ONES[number]
    *hundreds, tens, ones = map(int, str(number))
    said = [f"{ONES[hundreds[0]]} trăm"] if hundreds else []
    if tens:
        said.append("mười" if tens == 1 else f"{ONES[tens]} mươi")
    elif ones:
        said.append("linh")
    if ones:
        said.append(ONES[ones])
    text = " ".join(said)
    for plain, changed in AFTER_TENS.items():
        if text.endswith(plain):
            return text.removesuffix(plain) + changed
    return text


def percent(part: int | None, whole: int | None) -> str | None:
    """At most two decimals, half-up."""
    if part is None or not whole:
        return None
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{exact:f}".removesuffix("0").removesuffix(".0").replace(".", ",") + "%"
