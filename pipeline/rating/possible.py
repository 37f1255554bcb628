"""An assessment without a level -> each level still possible: which settling of the open facts and of the quota leads to it, by which articles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from pipeline.model.assessment import CANDIDATE, Assessment, QuotaResult, World
from pipeline.model.explanation import PossibleLevel
from pipeline.model.rating_rules import Band, TableRow
from pipeline.model.regulation import Regulation
from pipeline.rating.levels import possible_bands, row_for

DIMENSIONS = ("defect", "discipline", "failed_member", "conditions")
INSIDE, OUTSIDE = "thứ hạng trong hạn mức", "ngoài hạn mức"

Ways = list[tuple[Band, World]]


def possible_levels(regulation: Regulation, a: Assessment, quota: QuotaResult) -> tuple[PossibleLevel, ...]:
    """One for each of `a.possible`; nothing when the level is settled, or nothing has been appraised."""
    if a.level or a.levels is None or a.facts is None or a.rated is None:
        return ()
    ways = list(product(possible_bands(regulation, a.rated), sorted(a.facts.worlds, key=repr)))
    rows = list({row.code: row for band, world in ways for row in [row_for(regulation, band.code, world)]}.values())
    return tuple(_possible(regulation, a, quota, level, ways, rows) for level in a.possible)


def _possible(regulation: Regulation, a: Assessment, quota: QuotaResult, level: str, ways: Ways, rows: list[TableRow]) -> PossibleLevel:
    """A level may be reached by the table, and by a candidate through the quota."""
    rule = regulation.quota
    direct = [row for row in rows if level in _given(regulation, a, row)]
    competing = [row for row in rows if CANDIDATE in _given(regulation, a, row)]
    inside = competing if level == rule.chosen else []
    outside = competing if level in rule.outside and a.code not in quota.chosen else []
    whens, citations, readings = list[str](), list[str](), list[str]()
    for group, quota_says in ((direct, ""), (inside, "" if a.code in quota.chosen else INSIDE), (outside, OUTSIDE)):
        for row in group:
            whens.append("; ".join(filter(None, [*_when(regulation, row, ways), quota_says])))
            readings += row.readings if len(row.result) > 1 else []
        if quota_says != OUTSIDE:
            citations += [row.citation for row in group]
        if group and quota_says:
            citations.append(rule.citation if quota_says == INSIDE else rule.outside_citation or rule.citation)
    if outside and len(rule.outside) > 1 and rule.outside_reading:
        readings.append(rule.outside_reading)
    return PossibleLevel(
        level, () if "" in whens else tuple(dict.fromkeys(whens)), tuple(dict.fromkeys(citations)), tuple(dict.fromkeys(readings))
    )


def _given(regulation: Regulation, a: Assessment, row: TableRow) -> list[str]:
    """What the row gives this unit: one that may not compete (reading n39) gets the other level instead."""
    assert a.levels is not None
    if CANDIDATE in a.levels.levels:
        return row.result
    return [regulation.quota.other if level == CANDIDATE else level for level in row.result]


def _when(regulation: Regulation, row: TableRow, ways: Ways) -> Iterator[str]:
    """The open facts as they must turn out for the row to apply; a fact that may turn out any way is left out."""
    mine = [(band, world) for band, world in ways if row_for(regulation, band.code, world).code == row.code]
    if {band.code for band, _ in mine} != {band.code for band, _ in ways}:
        names = [band.name for band in regulation.rating.bands if band.code in {b.code for b, _ in mine}]
        words = regulation.rating.words.in_band.replace("{khoang}", " hoặc ".join(names))
        yield words[:1].lower() + words[1:]
    for dimension in DIMENSIONS:
        here, everywhere = ({getattr(world, dimension) for _, world in group} for group in (mine, ways))
        if here != everywhere:
            said = getattr(regulation.rating.words, dimension)
            yield " hoặc ".join(said[value] for value in said if value in here)
