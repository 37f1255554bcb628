"""An assessment with a level -> the nearest higher level and exactly what is missing for it: points, conditions, rank."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from pipeline.model.assessment import CANDIDATE, MET, Assessment, QuotaResult, World, every_world
from pipeline.model.explanation import Gap
from pipeline.model.rating_rules import Band, DefectRules
from pipeline.model.regulation import Regulation
from pipeline.rating.levels import possible_bands, row_for
from pipeline.rating.rank import scope_of

DEFECTS = [info.alias or name for name, info in DefectRules.model_fields.items()]


def gap(regulation: Regulation, a: Assessment, quota: QuotaResult) -> Gap | None:
    """None for the highest level, and while the level itself is open."""
    if not a.level or a.rated is None or a.facts is None or a.total is None or not regulation.rank(a.level):
        return None
    level = regulation.heading.levels[regulation.rank(a.level) - 1].code
    if a.candidate and level == regulation.quota.chosen:
        return Gap(level, (rank_lacking(regulation, a, quota),))
    wanted = CANDIDATE if level == regulation.quota.chosen else level
    change = nearest(regulation, a, wanted)
    if change is None:
        return None
    start, target = change
    lacking = [*_points(a.total, start[0], target[0]), *_facts(regulation, a, start[1], target[1])]
    if wanted == CANDIDATE:
        lacking.append(f"thứ hạng trong hạn mức ({regulation.quota.citation})")
    return Gap(level, tuple(dict.fromkeys(lacking)))


def nearest(regulation: Regulation, a: Assessment, wanted: str) -> tuple[tuple[Band, World], tuple[Band, World]] | None:
    """From where the unit stands to where the table gives `wanted` alone, with the fewest changes and no loss of points."""
    assert a.rated and a.facts
    bands = regulation.rating.bands
    here = possible_bands(regulation, a.rated)
    starts = [(band, world) for band, world in product(here, sorted(a.facts.worlds, key=repr))]
    best = None
    for start in starts:
        for target in product(bands[bands.index(start[0]) :], every_world()):
            if row_for(regulation, target[0].code, target[1]).result != [wanted]:
                continue
            cost = (_changes(start, target), bands.index(target[0]))
            if best is None or cost < best[0]:
                best = (cost, start, target)
    return (best[1], best[2]) if best else None


def _changes(start: tuple[Band, World], target: tuple[Band, World]) -> int:
    facts = ("defect", "discipline", "failed_member", "conditions")
    return int(start[0] != target[0]) + len([f for f in facts if getattr(start[1], f) != getattr(target[1], f)])


def _points(total: Decimal, start: Band, target: Band) -> Iterator[str]:
    if start != target and target.low is not None:
        missing = format(Decimal(target.low) - total, ".2f").replace(".", ",")
        yield f"thêm {missing} điểm để đạt {target.low} điểm ({target.citation})"


def _facts(regulation: Regulation, a: Assessment, start: World, target: World) -> Iterator[str]:
    """The conditions behind each fact that would have to be otherwise."""
    rules = regulation.rating
    evidence = {e.code: e for e in a.evidence}
    codes: list[str] = []
    if start.conditions != target.conditions:
        codes += [c.code for c in rules.conditions if c.code != "diem"]
    if start.defect != target.defect:
        codes += DEFECTS
    if start.discipline != target.discipline:
        codes.append("khong_ky_luat" if target.discipline == "khong" else "ky_luat")
    if start.failed_member != target.failed_member:
        codes.append("thanh_vien_khong_hoan_thanh")
    for code in dict.fromkeys(codes):
        e = evidence[code]
        if e.result != MET:
            yield f"điều kiện «{e.text[:1].lower()}{e.text[1:]}» ({e.citation})"


def rank_lacking(regulation: Regulation, a: Assessment, quota: QuotaResult) -> str:
    """For a candidate outside the quota: a place within the limit."""
    scope = scope_of(quota, a.code)
    limits = f"{scope.limit_min:02d}" if scope.limit is not None else f"{scope.limit_min:02d} đến {scope.limit_max:02d}"
    return f"thứ hạng trong giới hạn {limits} tập thể ({regulation.quota.citation})"
