"""Exact numbers -> numbers of two decimals that add up by hand; no binary float ever."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction, digits: int = 2) -> Decimal:
    """Rounds half up: 0.005 -> 0.01 (values are never negative)."""
    scale = 10**digits
    return Decimal(floor(2 * value * scale + 1) // 2) / Decimal(scale)


def proportional(weights: Sequence[Fraction], total: Fraction, digits: int = 2) -> list[Decimal]:
    """Shares of `total` by `weights`, rounded by largest remainder (ties: larger weight, then order): sums exactly."""
    scale = 10**digits
    exact = [total * w / sum(weights) * scale for w in weights]
    floors = [floor(e) for e in exact]
    left = int(total * scale) - sum(floors)
    order = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], -weights[i], i))
    for i in order[:left]:
        floors[i] += 1
    return [Decimal(f) / scale for f in floors]
