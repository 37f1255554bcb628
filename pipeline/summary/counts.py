"""ProvinceView -> what stands beside the table: figures and places of the quota, collectives by level and group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.quota_words import quota_sentences
from pipeline.summary.columns import AWAITED, INSIDE, OUTSIDE, Column, place

NOT_CHOSEN = "Chưa chọn"
UNCLEAR, TOTAL, SHARE = "Chưa rõ", "Tổng cộng", "Tỷ lệ (%)"


@dataclass(frozen=True)
class Place:
    """A collective that competes for the highest level."""

    rank: int | None
    name: str
    total: Decimal | None
    place: str


@dataclass(frozen=True)
class QuotaSheet:
    """`figures`: settled before the choice, one number or a range in words; `counted`: found in the table by a formula."""

    figures: tuple[tuple[str, str | int], ...]
    counted: tuple[tuple[str, int], ...]  # word looked for, how often it stands there
    sentences: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class CountSheet:
    """Collectives per group (rows) and level (columns, the last one those whose level is not clear), by one column of the table."""

    title: str
    column: str
    levels: tuple[str, ...]
    groups: tuple[tuple[int, str], ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(row[i] for row in self.counts) for i in range(len(self.levels) + 1))


def quota_sheet(view: ProvinceView) -> QuotaSheet:
    rule, quota = view.regulation.quota, view.quota
    names = {u.code: u.name for u in view.files.register}
    basis = next((b.name for b in rule.bases if b.code == quota.basis), NOT_CHOSEN)
    totals = {v.unit.code: v.assessment.total for v in view.units}
    return QuotaSheet(
        (
            ("Cơ sở tính", basis),
            ("Số tập thể làm cơ sở tính", _range(quota.n_min, quota.n_max)),
            ("Tỷ lệ tối đa (%)", rule.percent or 0),
            ("Số tập thể tối đa", _range(quota.limit_min, quota.limit_max)),
            ("Số tập thể đủ điều kiện", len(quota.candidates)),
        ),
        tuple((word, len(codes)) for word, codes in ((INSIDE, quota.chosen), (AWAITED, quota.waiting), (OUTSIDE, quota.outside))),
        tuple(quota_sentences(view)),
        tuple(Place(view.explanations[c].rank, names[c], totals[c], place(view, c) or "") for c in quota.candidates),
    )


def count_sheet(view: ProvinceView, title: str, column: Column) -> CountSheet:
    """Counts the words of a column of levels."""
    heading = view.regulation.heading
    levels, groups = tuple(level.short for level in heading.levels), tuple((g.number or 0, g.name) for g in heading.groups)
    found = Counter((u.group, cell if cell in levels else UNCLEAR) for u, cell in zip(view.files.register, column.cells))
    counts = tuple(tuple(found[number, level] for level in (*levels, UNCLEAR)) for number, _ in groups)
    return CountSheet(title, column.name, levels, groups, counts)


def _range(low: int, high: int) -> str | int:
    return low if low == high else f"{low} đến {high}"
