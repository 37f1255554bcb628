"""How many collectives of each group have each level -> a chart of stacked bars, every count printed, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rendering.pen import Pen, Shade, width_of
from pipeline.rendering.vietnamese import count, listing, lower_first

# tenths of a millimetre
WIDTH, LABELS, TOTALS = 1600, 190, 150
ROW, HIGH_ROW, BAR = 84, 128, 60  # a row is high where numbers stand above and below their bars
LEGEND, SAMPLE, GAP = 70, 70, 30
SHADES = (Shade.BLACK, Shade.STRIPES, Shade.GREY, Shade.CROSSED, Shade.WHITE)


@dataclass(frozen=True)
class GroupBar:
    name: str
    counts: tuple[int, ...]  # in the order of the chart's levels


@dataclass(frozen=True)
class LevelChart:
    """At most as many levels as there are shades."""

    levels: tuple[str, ...]
    groups: tuple[GroupBar, ...]

    def draw(self) -> Pen:
        legend = _legend_places(self.levels)
        top = (legend[-1][1] + 1) * LEGEND + GAP // 2 if legend else GAP
        unit = (WIDTH - LABELS - TOTALS) // max([1, *(sum(group.counts) for group in self.groups)])
        row_height = ROW if all(_fits(n, unit) for group in self.groups for n in group.counts) else HIGH_ROW
        pen = Pen(WIDTH, top + row_height * len(self.groups))
        for (left, row), name, shade in zip(legend, self.levels, SHADES):
            middle = row * LEGEND + LEGEND // 2
            pen.box(left, middle - 20, left + SAMPLE, middle + 20, shade)
            pen.text(left + SAMPLE + 15, middle, name)
        for number, group in enumerate(self.groups):
            _bar(pen, group, top + number * row_height + row_height // 2, unit)
        pen.line((LABELS, top), (LABELS, top + row_height * len(self.groups)), width=4)
        return pen

    def told(self) -> str:
        """For whoever cannot see the picture."""
        rows = []
        for group in self.groups:
            parts = [f"{count(n)} {lower_first(level)}" for level, n in zip(self.levels, group.counts) if n]
            rows.append(f"{group.name}: {listing(parts) or 'không có tập thể nào'}.")
        return " ".join(["Biểu đồ thanh ngang, số tập thể theo mức.", *rows])


def _legend_places(levels: tuple[str, ...]) -> list[tuple[int, int]]:
    """Left edge and row of each sample; a name that does not fit starts a row."""
    places, left, row = [], LABELS, 0
    for name in levels:
        needed = SAMPLE + 15 + width_of(name)
        if left + needed > WIDTH and left > LABELS:
            left, row = LABELS, row + 1
        places.append((left, row))
        left += needed + GAP
    return places


def _bar(pen: Pen, group: GroupBar, middle: int, unit: int) -> None:
    pen.text(LABELS - 20, middle, group.name, "rm")
    left, outside = LABELS, 0
    for n, shade in zip(group.counts, SHADES):
        if n:
            right, number = left + n * unit, count(n)
            pen.box(left, middle - BAR // 2, right, middle + BAR // 2, shade)
            if _fits(n, unit):
                _number_inside(pen, (left + right) // 2, middle, number, shade)
            else:  # too narrow: above and below in turn, so that neighbours do not touch
                pen.text((left + right) // 2, middle + (BAR // 2 + 18) * (1 if outside % 2 else -1), number, "mm", bold=True)
                outside += 1
            left = right
    pen.text(left + 20, middle, f"cộng {count(sum(group.counts))}", "lm")


def _fits(n: int, unit: int) -> bool:
    """Whether the number has room in its part of the bar."""
    return not n or width_of(count(n), bold=True) + 6 <= n * unit


def _number_inside(pen: Pen, x: int, y: int, number: str, shade: Shade) -> None:
    if shade is Shade.BLACK:
        pen.text_on_black(x, y, number)
    else:
        pen.text(x, y, number, "mm", bold=True, on_white=shade in (Shade.STRIPES, Shade.CROSSED))
