"""Candidates in the order of their points and the quota -> a chart of dots on a scale, cut where the quota ends, and the same in words.

A scale that does not begin at zero would lie about the lengths of bars; dots only have places, and every number is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pipeline.rendering.pen import GREY, Pen, Shade, width_of, wrapped
from pipeline.rendering.vietnamese import count, lower_first, score

# tenths of a millimetre
WIDTH, RANKS, NAMES, SCORES = 1600, 80, 640, 150
LEFT, RIGHT = RANKS + NAMES + 30, WIDTH - SCORES - 20
LINE, ROW, CUT, LEGEND, SCALE = 40, 66, 60, 70, 70
RADIUS = 16
MOST = 26  # rows that fit on a page with the scale; the rest is told in one line
TICKS = (1, 2, 5, 10, 20, 50)

IN, WAITING, OUT = "trong", "cho", "ngoai"
SHADES = {IN: Shade.BLACK, WAITING: Shade.GREY, OUT: Shade.WHITE}


@dataclass(frozen=True)
class Candidate:
    rank: int
    name: str
    points: Decimal
    state: str  # IN, WAITING or OUT


@dataclass(frozen=True)
class QuotaLine:
    """Drawn after so many candidates; unbroken when its basis is the one applied."""

    after: int
    label: str
    applied: bool


@dataclass(frozen=True)
class RankChart:
    """`states`: what a dot of each kind means."""

    candidates: tuple[Candidate, ...]
    lines: tuple[QuotaLine, ...]
    states: tuple[tuple[str, str], ...]

    def draw(self) -> Pen:
        shown, names = self.candidates[:MOST], {c: wrapped(c.name, NAMES) for c in self.candidates[:MOST]}
        heights = [max(ROW, len(names[c]) * LINE + 16) for c in shown]
        places = [number for number in range(len(shown) + 1) if self._labels(number)]
        rest = self._rest()
        pen = Pen(WIDTH, LEGEND + sum(heights) + CUT * len(places) + SCALE + (ROW if rest else 0))
        self._legend(pen)
        low, high, step = _scale([c.points for c in shown])
        bottom = LEGEND + sum(heights) + CUT * len(places)
        for tick in range(low, high + 1, step):
            x = _across(Decimal(tick), low, high)
            pen.line((x, LEGEND), (x, bottom), tone=GREY)
            pen.text(x, bottom + 35, str(tick), "mm")
        pen.line((LEFT, bottom), (RIGHT, bottom), width=4)
        pen.text(WIDTH, bottom + 35, "điểm", "rm")
        y = self._cut(pen, LEGEND, 0)
        for number, (candidate, height) in enumerate(zip(shown, heights), 1):
            _row(pen, candidate, names[candidate], y + height // 2, _across(candidate.points, low, high))
            y = self._cut(pen, y + height, number)
        if rest:
            pen.text(0, bottom + SCALE + ROW // 2, rest)
        return pen

    def told(self) -> str:
        """For whoever cannot see the picture."""
        meaning = dict(self.states)
        rows = [f"{c.rank}. {c.name}: {score(c.points)} điểm, {lower_first(meaning[c.state])}" for c in self.candidates]
        return " ".join(["Biểu đồ điểm, xếp từ cao xuống thấp.", f"{'; '.join(rows)}.", *(f"{line.label}." for line in self.lines)])

    def _labels(self, after: int) -> list[QuotaLine]:
        return [line for line in self.lines if min(line.after, len(self.candidates)) == after]

    def _cut(self, pen: Pen, y: int, after: int) -> int:
        """The quota's line with its words, where there is one; gives where the next row begins."""
        found = self._labels(after)
        if not found:
            return y
        pen.line((0, y + CUT // 2), (WIDTH, y + CUT // 2), width=6, dash=0 if any(line.applied for line in found) else 20)
        pen.text(RANKS, y + CUT // 2, "; ".join(line.label for line in found), bold=any(line.applied for line in found), on_white=True)
        return y + CUT

    def _legend(self, pen: Pen) -> None:
        present, left = {c.state for c in self.candidates}, RANKS
        for state, words in self.states:
            if state in present:
                pen.disc(left + RADIUS, LEGEND // 2, RADIUS, SHADES[state])
                pen.text(left + 2 * RADIUS + 15, LEGEND // 2, words)
                left += 2 * RADIUS + 15 + width_of(words) + 50

    def _rest(self) -> str:
        rest = self.candidates[MOST:]
        if not rest:
            return ""
        return f"Ngoài ra {count(len(rest))} tập thể xếp sau, từ {score(rest[-1].points)} đến {score(rest[0].points)} điểm."


def _row(pen: Pen, candidate: Candidate, name: list[str], y: int, x: int) -> None:
    pen.text(RANKS - 30, y, count(candidate.rank), "rm")
    for number, line in enumerate(name):
        pen.text(RANKS, y - (len(name) - 1) * LINE // 2 + number * LINE, line)
    pen.line((LEFT, y), (RIGHT, y), tone=GREY, dash=8)
    pen.disc(x, y, RADIUS, SHADES[candidate.state])
    pen.text(WIDTH, y, score(candidate.points), "rm", bold=True)


def _scale(points: list[Decimal]) -> tuple[int, int, int]:
    """Whole points around all dots, and every how many of them one is written."""
    low, high = int(min(points).to_integral_value(ROUND_FLOOR)), int(max(points).to_integral_value(ROUND_CEILING))
    low, high = max(low - 1, 0), high + (low == high)
    step = next((tick for tick in TICKS if (high - low) // tick <= 10), TICKS[-1])
    return low // step * step, -(-high // step) * step, step


def _across(points: Decimal, low: int, high: int) -> int:
    return LEFT + int((points - low) * (RIGHT - LEFT) / (high - low))
