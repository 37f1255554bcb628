"""A unit's appraisal and the decision -> what they say otherwise than the unit, each with its reason, and what a person confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from pipeline.model.appraisal import Appraisal, Confirmation
from pipeline.model.regulation import Regulation
from pipeline.model.submission import DisciplineCase, Targets
from pipeline.rendering.fields_conference import PENALTY_NAMES
from pipeline.rendering.fields_sheet import named
from pipeline.rendering.letterhead import MISSING
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.vietnamese import lower_first

SAID = {"co": "có", "khong": "không", "chua_ro": "chưa rõ"}


def restated(view: ProvinceView, v: UnitView) -> list[str]:
    """One sentence for each, in the order of the appraisal's file; empty when nothing was changed."""
    found = [f"Đồng chí {name}: {_level(view, level)}; lý do: {reason or MISSING}" for name, level, reason in _members(v)]
    if v.appraisal:
        found += _facts(view.regulation, v.appraisal)
        found += [_case(case) for case in v.appraisal.discipline or []]
        found += [_confirmed(view.regulation, c) for c in v.appraisal.confirmations or [] if c.counts]
    return [f.rstrip(".") + "." for f in found]


def _members(v: UnitView) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Members' levels by the council; what is decided later does not stand in its papers."""
    for member in (v.appraisal.members if v.appraisal else None) or []:
        yield member.name, member.level, member.reason


def _level(view: ProvinceView, level: str | None) -> str:
    return lower_first(view.regulation.level_name(level)) if level else MISSING


def _facts(regulation: Regulation, appraisal: Appraisal) -> Iterator[str]:
    """Conditions and defects in the regulation's words, with the value the council found."""
    groups: list[BaseModel | None] = [appraisal.conditions, appraisal.defects]
    for group in groups:
        for name, info in type(group).model_fields.items() if group else ():
            fact = getattr(group, name)
            if fact is not None:
                yield f"{_text(regulation, info.alias or name)}: {_value(fact)}; lý do: {fact.reason or MISSING}"


def _text(regulation: Regulation, key: str) -> str:
    named = [c.text for c in regulation.rating.conditions if c.code == key]
    defects = type(regulation.rating.defects).model_fields
    return (named or [getattr(regulation.rating.defects, n).text for n, info in defects.items() if info.alias == key])[0]


def _value(fact: BaseModel) -> str:
    if isinstance(fact, Targets):
        return f"được giao {fact.assigned}, hoàn thành {fact.done}; chủ yếu {fact.key}, đạt {fact.key_done}"
    said = getattr(fact, "met", None) or getattr(fact, "happened", None)
    return SAID.get(said or "", MISSING)


def _case(case: DisciplineCase) -> str:
    penalty = PENALTY_NAMES.get(case.penalty or "", MISSING)
    what = f"rút trường hợp {penalty} khỏi danh sách" if case.withdrawn == "co" else penalty
    return f"Kỷ luật {case.name or MISSING}: {what}; lý do: {case.reason or MISSING}"


def _confirmed(regulation: Regulation, confirmation: Confirmation) -> str:
    point = confirmation.point or ""
    bodies = {f"y_kien.{b.code}": b.name for b in regulation.procedure.bodies}
    what = (
        f"tiếp tục khi chưa có ý kiến của {bodies[point]}"
        if point in bodies
        else f"áp dụng cách hiểu “{_way(regulation, point)}”"
        if point in regulation.readings
        else f"{named([point])} không áp dụng"
    )
    note = f"; {confirmation.note}" if confirmation.note else ""
    return f"Đồng chí {confirmation.who} xác nhận {what}{note}"


def _way(regulation: Regulation, code: str) -> str:
    """In words: the sheet does not explain the codes of readings. What is confirmed has its way chosen, or waits for one."""
    reading, applied = regulation.readings[code], regulation.applied(code, None)
    return lower_first((reading.ways[applied] if applied else reading.issue).rstrip("."))
