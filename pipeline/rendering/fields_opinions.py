"""ProvinceView -> what the consulted bodies said: how many units each was asked about, how many opinions, which differ from the unit's claim."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.rendering.fields_office import WITH_PROPOSAL
from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.vietnamese import count, listing, lower_first


def opinion_rows(view: ProvinceView) -> list[dict[str, str]]:
    """One for each body asked before the appraisal."""
    found = []
    for body in view.regulation.procedure.bodies:
        if body.when == WITH_PROPOSAL:
            continue
        asked = view.asked(body.code)
        given = [(v, o.level) for v in asked if v.appraisal and (o := v.appraisal.opinion(body.code)) and o.level]
        same = sum(level == v.submission.proposed for v, level in given)
        counts = {"hoi": len(asked), "co": len(given), "dong_y": same, "khac": len(given) - same}
        found.append({"ten": body.name, **{key: count(number) for key, number in counts.items()}})
    return found


def different_opinions(view: ProvinceView) -> list[str]:
    """A sentence for each opinion before the appraisal that is not the level the unit claims, and for each body asked later."""
    later = [
        f"{body.name}: xin ý kiến đồng thời với báo cáo đề xuất ({body.citation})."
        for body in view.regulation.procedure.bodies
        if body.when == WITH_PROPOSAL
    ]
    return [*(list(_different(view)) or ["Không có ý kiến khác mức tự nhận."]), *later]


def _different(view: ProvinceView) -> Iterator[str]:
    before = {body.code: body.name for body in view.regulation.procedure.bodies if body.when != WITH_PROPOSAL}
    for v in view.units:
        said: dict[str, list[str]] = {}
        for code in v.unit.bodies:
            opinion = v.appraisal.opinion(code) if v.appraisal else None
            if code in before and opinion and opinion.level and v.submission.proposed and opinion.level != v.submission.proposed:
                said.setdefault(opinion.level, []).append(before[code])
        own = lower_first(view.regulation.level_name(v.submission.proposed)) if said and v.submission.proposed else ""
        for level, names in said.items():
            yield f"{v.unit.collective}: tự nhận {own}; {listing(names)} đề nghị {lower_first(view.regulation.level_name(level))}."
