"""A chart -> the one value besides text and narratives that a form may print: its PNG, its size on paper, its words."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rendering import chart_levels, chart_ranks
from pipeline.rendering.chart_levels import LevelChart
from pipeline.rendering.chart_ranks import RankChart

WIDTH = max(chart_levels.WIDTH, chart_ranks.WIDTH)  # tenths of a millimetre


@dataclass(frozen=True)
class Picture:
    """Stands alone in a paragraph of the style `BieuDo`: exact line spacing would cut it off. Drawn only when a document is made."""

    chart: LevelChart | RankChart

    def png(self) -> bytes:
        return self.chart.draw().png()

    @property
    def words(self) -> str:
        """Its alternative text."""
        return self.chart.told()
