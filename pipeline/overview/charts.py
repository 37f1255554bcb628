"""YearOverview -> four charts as SVG with a title, a sentence for those who cannot see it, and shapes that differ without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from pipeline.overview.year import UnitOverview, YearOverview
from pipeline.rendering.vietnamese import score

WIDTH, LEFT, RIGHT, ROW = 640, 150, 20, 34
LOWEST, HIGHEST = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class Chart:
    """`drawn`: the picture; `told`: the same in a sentence."""

    title: str
    told: str
    drawn: Markup


def charts(overview: YearOverview) -> list[Chart]:
    """In the order in which a reader wants them; a chart without a single score is left out."""
    scored = [u for u in overview.units if u.self_score is not None]
    both = [u for u in scored if u.appraised_score is not None]
    found = [_scores_by_group(overview, scored)] if scored else []
    found.append(_levels_by_group(overview))
    found += [_self_against_appraised(both)] if both else []
    candidates = sorted(
        (u for u in overview.units if u.candidate and u.appraised_score is not None), key=lambda u: (u.rank or 999, u.unit.number)
    )
    return [*found, _candidates(overview, candidates)] if candidates else found


def _svg(width: int, height: int, title: str, told: str, parts: Iterable[Markup]) -> Markup:
    inner = Markup("").join(parts)
    words = Markup("<title>{}</title><desc>{}</desc>").format(title, told)
    return Markup('<svg viewBox="0 0 {} {}" role="img" xmlns="http://www.w3.org/2000/svg">{}{}</svg>').format(width, height, words, inner)


def _text(x: Decimal | int, y: Decimal | int, words: object, anchor: str = "start") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(_n(x), _n(y), anchor, words)


def _line(x1: Decimal | int, y1: Decimal | int, x2: Decimal | int, y2: Decimal | int, kind: str) -> Markup:
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(_n(x1), _n(y1), _n(x2), _n(y2), kind)


def _n(value: Decimal | int) -> str:
    """At most one decimal: the same text for the same place."""
    return f"{Decimal(value).quantize(Decimal('0.1')).normalize():f}"


def _floor(units: Sequence[UnitOverview]) -> Decimal:
    """Where the axis of scores begins: the ten below the lowest."""
    lowest = min(value for u in units for value in (u.self_score, u.appraised_score) if value is not None)
    return max(LOWEST, (lowest // 10) * 10 - (10 if lowest % 10 == 0 else 0))


def _x(value: Decimal, floor: Decimal, width: int = WIDTH) -> Decimal:
    return LEFT + (value - floor) / (HIGHEST - floor) * (width - LEFT - RIGHT)


def _axis(floor: Decimal, bottom: int) -> list[Markup]:
    marks = [floor + step * (HIGHEST - floor) / 5 for step in range(6)]
    return [
        part
        for mark in marks
        for part in (
            _line(_x(mark, floor), 10, _x(mark, floor), bottom, "luoi"),
            _text(_x(mark, floor), bottom + 16, score(mark, 0), "middle"),
        )
    ]


def _scores_by_group(overview: YearOverview, scored: Sequence[UnitOverview]) -> Chart:
    """Every unit a dot in the row of its group."""
    title, floor = "Điểm tự chấm theo nhóm (Điều 2)", _floor(scored)
    groups = [(g, [u for u in scored if u.unit.group == g.number]) for g in overview.regulation.heading.groups]
    parts, told, bottom = [], [], 20 + ROW * len(groups)
    for i, (group, units) in enumerate(groups):
        y = 20 + ROW * i + ROW // 2
        parts += [_text(0, y + 5, f"Nhóm {group.number} ({len(units)} đơn vị)"), _line(LEFT, y, WIDTH - RIGHT, y, "truc")]
        for u in units:
            assert u.self_score is not None
            mark = Markup('<circle cx="{}" cy="{}" r="5" class="diem"><title>{}: {}</title></circle>')
            parts.append(mark.format(_n(_x(u.self_score, floor)), y, u.unit.name, score(u.self_score)))
        if units:
            told.append(f"nhóm {group.number} từ {score(min(_own(u) for u in units))} đến {score(max(_own(u) for u in units))}")
    sentence = f"Điểm tự chấm: {'; '.join(told)}."
    return Chart(title, sentence, _svg(WIDTH, bottom + 26, title, sentence, [*_axis(floor, bottom), *parts]))


def _own(u: UnitOverview) -> Decimal:
    return u.self_score or LOWEST


def _levels_by_group(overview: YearOverview) -> Chart:
    """A bar per group, cut into levels as proposed by the rules or decided; what is open last."""
    title = "Mức xếp loại theo nhóm"
    levels = [*((level.code, level.short) for level in overview.regulation.heading.levels), (None, "Chưa rõ")]
    groups = [(g, [u for u in overview.units if u.unit.group == g.number]) for g in overview.regulation.heading.groups]
    most = max((len(units) for _, units in groups), default=1) or 1
    parts, told = [], []
    for i, (group, units) in enumerate(groups):
        y, x = 20 + ROW * i, Decimal(LEFT)
        parts.append(_text(0, y + 20, f"Nhóm {group.number} ({len(units)} đơn vị)"))
        counts = [(n, short, sum((u.official or u.level) == code for u in units)) for n, (code, short) in enumerate(levels)]
        for n, short, count in counts:
            wide = Decimal(count * (WIDTH - LEFT - RIGHT)) / most
            if count:
                bar = Markup('<rect x="{}" y="{}" width="{}" height="22" class="muc-{}"><title>{}: {}</title></rect>')
                parts += [
                    bar.format(_n(x), y + 4, _n(wide), n, short, count),
                    Markup('<text x="{}" y="{}" text-anchor="middle" class="tren-{}">{}</text>').format(_n(x + wide / 2), y + 20, n, count),
                ]
            x += wide
        told.append(f"nhóm {group.number}: " + ", ".join(f"{count} {short.lower()}" for _, short, count in counts if count))
    y = 30 + ROW * len(groups)
    for n, (_, short) in enumerate(levels):
        x = Decimal(n * 118 + (40 if n > 3 else 0))
        parts += [Markup('<rect x="{}" y="{}" width="14" height="14" class="muc-{}"/>').format(_n(x), y, n), _text(x + 20, y + 12, short)]
    sentence = f"{'; '.join(told)}."
    sentence = sentence[0].upper() + sentence[1:]
    return Chart(title, sentence, _svg(WIDTH, y + 24, title, sentence, parts))


def _self_against_appraised(units: Sequence[UnitOverview]) -> Chart:
    """A dot below the diagonal: the council gave less than the unit gave itself."""
    title, floor, side, left = "Điểm tự chấm và điểm thẩm định", _floor(units), 420, 60
    span = HIGHEST - floor

    def at(value: Decimal) -> Decimal:
        return (value - floor) / span * (side - 30)

    parts = [_line(left, side - 20, left + side - 30, 10, "cheo")]
    for step in range(6):
        mark = floor + step * span / 5
        parts += [
            _line(left, side - 20 - at(mark), left + side - 30, side - 20 - at(mark), "luoi"),
            _text(left - 8, side - 15 - at(mark), score(mark, 0), "end"),
        ]
        parts += [_text(left + at(mark), side - 2, score(mark, 0), "middle")]
    for u in units:
        if u.self_score is not None and u.appraised_score is not None:
            dot = Markup('<circle cx="{}" cy="{}" r="5" class="diem"><title>{}: tự chấm {}, thẩm định {}</title></circle>')
            parts.append(
                dot.format(
                    _n(left + at(u.self_score)),
                    _n(side - 20 - at(u.appraised_score)),
                    u.unit.name,
                    score(u.self_score),
                    score(u.appraised_score),
                )
            )
    parts += [_text(left + (side - 30) // 2, side + 18, "điểm tự chấm (ngang), điểm thẩm định (đứng)", "middle")]
    lower = [u for u in units if u.appraised_score is not None and u.self_score is not None and u.appraised_score < u.self_score]
    same = sum(u.appraised_score == u.self_score for u in units)
    sentence = f"{len(units)} đơn vị đã thẩm định: {len(lower)} đơn vị bị trừ điểm so với tự chấm, {same} giữ nguyên, {len(units) - len(lower) - same} cao hơn."
    return Chart(title, sentence, _svg(side + left, side + 26, title, sentence, parts))


def _candidates(overview: YearOverview, candidates: Sequence[UnitOverview]) -> Chart:
    """Candidates for the highest level by score, and the line of the quota."""
    title, limit, row, left = "Đơn vị đủ điều kiện xuất sắc và hạn mức", overview.quota[1], 22, 300
    parts = []
    floor = _floor(candidates)
    for i, u in enumerate(candidates):
        y = 14 + row * i
        assert u.appraised_score is not None
        wide = (u.appraised_score - floor) / (HIGHEST - floor) * (WIDTH - left - 60)
        chosen = overview.regulation.quota.chosen in (u.official or u.level,)
        bar = Markup('<rect x="{}" y="{}" width="{}" height="14" class="{}"/>')
        parts += [
            _text(0, y + 12, u.unit.name),
            bar.format(left, y, _n(wide), "chon" if chosen else "khong-chon"),
            _text(left + wide + 6, y + 12, score(u.appraised_score)),
        ]
    if limit is not None and limit < len(candidates):
        y = 14 + row * limit - 4
        parts += [_line(0, y, WIDTH, y, "han-muc"), _text(WIDTH, y - 3, f"hạn mức {limit}", "end")]
    told = f"{len(candidates)} đơn vị đủ điều kiện; " + (f"hạn mức {limit} đơn vị." if limit is not None else "hạn mức chưa rõ.")
    return Chart(title, told, _svg(WIDTH, 24 + row * len(candidates), title, told, parts))
