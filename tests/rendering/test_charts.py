"""The charts of the synthesis report: every number is printed, nothing overlaps or leaves the sheet, shades differ without colour."""

from __future__ import annotations

import io
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.rendering import chart_levels, chart_ranks
from pipeline.rendering.chart_levels import GroupBar, LevelChart
from pipeline.rendering.chart_ranks import IN, MOST, OUT, WAITING, Candidate, QuotaLine, RankChart
from pipeline.rendering.pen import DPI, Pen, Shade, _font, _tile, dots, width_of, wrapped
from pipeline.rendering.picture import WIDTH, Picture
from pipeline.rendering.vietnamese import count, score

LEVELS = ("Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành", "Chưa rõ")
STATES = ((IN, "Trong hạn mức hoàn thành xuất sắc nhiệm vụ"), (WAITING, "Chờ quyết định"), (OUT, "Ngoài hạn mức"))
NAMES = (
    "Sở Nội vụ",
    "Ban cán sự đảng Ủy ban nhân dân tỉnh",
    "Đảng đoàn Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
)


class Recorder(Pen):
    """Remembers where words and dots stand, in dots of the picture."""

    last: Recorder

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self.words: list[tuple[str, tuple[float, float, float, float]]] = []
        self.discs: list[tuple[int, int]] = []
        Recorder.last = self

    def text(self, x: int, y: int, words: str, anchor: str = "lm", bold: bool = False, on_white: bool = False) -> None:
        super().text(x, y, words, anchor, bold, on_white)
        self.words.append((words, self.draw.textbbox((dots(x), dots(y)), words, font=_font(bold), anchor=anchor)))

    def text_on_black(self, x: int, y: int, words: str) -> None:
        super().text_on_black(x, y, words)
        self.words.append((words, self.draw.textbbox((dots(x), dots(y)), words, font=_font(True), anchor="mm")))

    def disc(self, x: int, y: int, radius: int, shade: Shade) -> None:
        super().disc(x, y, radius, shade)
        self.discs.append((x, y))


@pytest.fixture(autouse=True, scope="module")
def recorded() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chart_levels, "Pen", Recorder)
        patch.setattr(chart_ranks, "Pen", Recorder)
        yield


def drawn(chart: LevelChart | RankChart) -> Recorder:
    """The sheet, after a look at all words: none over another, none over the edge."""
    chart.draw()
    sheet = Recorder.last
    for words, (left, top, right, bottom) in sheet.words:
        assert left >= 0 and top >= 0 and right <= sheet.image.width and bottom <= sheet.image.height, words
    for (one, a), (two, b) in combinations(sheet.words, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, two)
    return sheet


def ranks(points: list[str], states: list[str], *lines: QuotaLine) -> RankChart:
    found = [Candidate(i, NAMES[(i - 1) % len(NAMES)], Decimal(p), s) for i, (p, s) in enumerate(zip(points, states), 1)]
    return RankChart(tuple(found), lines, STATES)


APPLIED = QuotaLine(2, "Hạn mức theo cơ sở tính đã chọn: nhiều nhất 02 tập thể", True)
OTHER = QuotaLine(3, "Hạn mức theo cơ sở tính khác: nhiều nhất 03 tập thể", False)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), min_size=5, max_size=5), min_size=1, max_size=6))
def test_every_count_is_readable(counts: list[list[int]]) -> None:
    """Whatever the numbers, also five levels with one collective each beside a group of 70."""
    sheet = drawn(LevelChart(LEVELS, tuple(GroupBar(f"Nhóm {i}", tuple(c)) for i, c in enumerate(counts, 1))))
    printed = [words for words, _ in sheet.words]
    wanted = [count(n) for group in counts for n in group if n] + [f"cộng {count(sum(group))}" for group in counts]
    assert sorted(printed) == sorted([*LEVELS, *(f"Nhóm {i}" for i in range(1, len(counts) + 1)), *wanted])


def test_one_large_group_leaves_small_numbers_room() -> None:
    drawn(
        LevelChart(LEVELS, (GroupBar("Nhóm 1", (52, 1, 1, 1, 1)), GroupBar("Nhóm 2", (1, 1, 1, 1, 1)), GroupBar("Nhóm 3", (0, 0, 0, 0, 0))))
    )


def test_levels_in_words() -> None:
    """The alternative text has every number, too."""
    chart = LevelChart(LEVELS[:2], (GroupBar("Nhóm 1", (1, 9)), GroupBar("Nhóm 2", (0, 0))))
    assert chart.told() == ("Biểu đồ thanh ngang, số tập thể theo mức. Nhóm 1: 01 xuất sắc và 09 tốt. Nhóm 2: không có tập thể nào.")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.decimals(0, 100, places=2).map(str), min_size=1, max_size=40),
    st.lists(st.sampled_from([IN, WAITING, OUT]), min_size=40, max_size=40),
    st.lists(st.integers(0, 45), max_size=2),
)
def test_every_candidate_is_readable(points: list[str], states: list[str], after: list[int]) -> None:
    """Name, rank and points of each, dots in the order of points, as many lines as the quota has."""
    points = sorted(points, key=Decimal, reverse=True)
    lines = [QuotaLine(n, f"Hạn mức {i}: nhiều nhất {count(n)} tập thể", i == 0) for i, n in enumerate(after)]
    chart = ranks(points, states, *lines)
    sheet = drawn(chart)
    printed = " ".join(words for words, _ in sheet.words)
    assert all(score(Decimal(p)) in printed for p in points[:MOST])
    shown = sheet.discs[-min(len(points), MOST) :]
    assert all(a[0] >= b[0] and a[1] < b[1] for a, b in pairwise(shown))
    assert all(chart_ranks.LEFT <= x <= chart_ranks.RIGHT for x, _ in shown)
    assert ("Ngoài ra" in printed) == (len(points) > MOST)
    assert all(line.label in printed for line in lines if min(line.after, len(points)) <= MOST)
    assert sheet.image.height <= dots(2350)  # a page of A4 with heading and caption


def test_the_line_stands_where_the_quota_ends() -> None:
    """Between the second and the third candidate."""
    sheet = drawn(ranks(["98.75", "98.25", "97", "96.5"], [IN, IN, WAITING, OUT], APPLIED, OTHER))
    heights = {words: box[1] for words, box in sheet.words}
    assert heights["98,25"] < heights[APPLIED.label] < heights["97,00"] < heights[OTHER.label] < heights["96,50"]


def test_two_bases_that_give_the_same_share_a_line() -> None:
    sheet = drawn(ranks(["98"], [OUT], QuotaLine(0, "Hạn mức một: 00", True), QuotaLine(0, "Hạn mức hai: 00", False)))
    assert "Hạn mức một: 00; Hạn mức hai: 00" in [words for words, _ in sheet.words]


def test_candidates_in_words() -> None:
    chart = ranks(["98.75", "97"], [IN, OUT], QuotaLine(1, "Hạn mức: 01 tập thể", True))
    assert chart.told() == (
        "Biểu đồ điểm, xếp từ cao xuống thấp. 1. Sở Nội vụ: 98,75 điểm, trong hạn mức hoàn thành xuất sắc nhiệm vụ; "
        "2. Ban cán sự đảng Ủy ban nhân dân tỉnh: 97,00 điểm, ngoài hạn mức. Hạn mức: 01 tập thể."
    )


def test_shades_are_told_apart_in_black_and_white() -> None:
    """Every two differ in at least a tenth of their dots; the only tone between black and white is light enough for black letters."""
    tiles = {shade: _tile(shade).tobytes() for shade in Shade}
    for one, two in combinations(Shade, 2):
        assert sum(abs(a - b) for a, b in zip(tiles[one], tiles[two])) / len(tiles[one]) > 25, (one, two)
    assert {value for tile in tiles.values() for value in tile} == {0, 205, 255}


def test_the_file_is_grey_sharp_and_always_the_same() -> None:
    """300 dots per inch, no transparency, nothing of the clock."""
    picture = Picture(ranks(["98.75", "97"], [IN, OUT], APPLIED))
    png = picture.png()
    image = Image.open(io.BytesIO(png))
    assert image.mode == "L" and "transparency" not in image.info
    assert [round(dpi) for dpi in image.info["dpi"]] == [DPI, DPI]
    assert set(image.info) == {"dpi"}
    assert image.width == dots(WIDTH)
    assert Picture(ranks(["98.75", "97"], [IN, OUT], APPLIED)).png() == png


def test_words_are_wrapped_between_words() -> None:
    """A single long word is left whole."""
    lines = wrapped("Văn phòng Đoàn đại biểu Quốc hội", 250)
    assert " ".join(lines) == "Văn phòng Đoàn đại biểu Quốc hội" and len(lines) > 1
    assert all(width_of(line) <= 250 for line in lines)
    assert wrapped("Nghiêng", 10) == ["Nghiêng"]
