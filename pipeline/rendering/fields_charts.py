"""ProvinceView -> the two charts of the synthesis report: levels by group, candidates for the highest level against the quota."""

from __future__ import annotations

from pipeline.rendering.chart_levels import GroupBar, LevelChart
from pipeline.rendering.chart_ranks import IN, OUT, WAITING, Candidate, QuotaLine, RankChart
from pipeline.rendering.picture import Picture
from pipeline.rendering.province_view import UNKNOWN, ProvinceView
from pipeline.rendering.quota_words import quota_limit
from pipeline.rendering.vietnamese import lower_first


def charts(view: ProvinceView) -> dict[str, Picture | None]:
    """The second is None when there is no candidate with points."""
    return {"theo_nhom": Picture(_levels(view)), "ung_vien": _candidates(view)}


def _levels(view: ProvinceView) -> LevelChart:
    heading = view.regulation.heading
    codes: list[str | None] = [level.code for level in heading.levels]
    names = [level.short for level in heading.levels]
    if any(not v.assessment.level for v in view.units):
        codes, names = [*codes, None], [*names, UNKNOWN]
    groups = []
    for group in heading.groups:
        levels = [v.assessment.level or None for v in view.units if v.unit.group == group.number]
        groups.append(GroupBar(f"Nhóm {group.number}", tuple(levels.count(code) for code in codes)))
    return LevelChart(tuple(names), tuple(groups))


def _candidates(view: ProvinceView) -> Picture | None:
    units, quota = {v.unit.code: v for v in view.units}, view.quota
    state = {**dict.fromkeys(quota.chosen, IN), **dict.fromkeys(quota.waiting, WAITING)}
    found = [
        Candidate(view.explanations[code].rank or 0, units[code].unit.name, total, state.get(code, OUT))
        for code in quota.candidates
        if code in units and (total := units[code].assessment.total) is not None
    ]
    if not found:
        return None
    level = lower_first(view.regulation.level_name(view.regulation.quota.chosen))
    states = ((IN, f"Trong hạn mức {level}"), (WAITING, "Chờ quyết định"), (OUT, "Ngoài hạn mức"))
    return Picture(RankChart(tuple(found), _lines(view), states))


def _lines(view: ProvinceView) -> tuple[QuotaLine, ...]:
    """Under every basis; none where the quota is counted by group, for the candidates stand in one line here."""
    if view.quota.scopes:
        return ()
    applied = view.quota.basis
    found = []
    for number, basis in enumerate(view.regulation.quota.bases, 1):
        name = f"cơ sở tính thứ {number}" if applied is None else "cơ sở tính đã chọn" if basis.code == applied else "cơ sở tính khác"
        label = f"Hạn mức theo {name}: nhiều nhất {quota_limit(view, basis.code)} tập thể"
        found.append(QuotaLine(view.quota.limits[basis.code][1], label, basis.code == applied))
    return tuple(found)
