"""Facts still blank + the levels they leave possible -> the blanks on which the level depends (the others need not hold up anything)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.model.assessment import FactFindings, LevelSet, ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Condition, Conditions, Defects, DisciplineCase, Finding, Suggestion, Targets
from pipeline.rating.answers import NO, YES
from pipeline.rating.discipline import COLLECTIVE
from pipeline.rating.facts import Facts, examine
from pipeline.rating.levels import levels

DOCUMENT = "..."  # stands for the document a settled fact would have


def blanks_that_matter(regulation: Regulation, sheet: ScoreSheet, facts: Facts, found: FactFindings, now: LevelSet) -> list[str]:
    """Keys of blank facts that would narrow the levels if they were filled in one way or another."""
    return [key for key in dict.fromkeys(found.blank) if _narrows(regulation, sheet, facts, key, now)]


def in_words(key: str) -> str:
    """ "ky_luat.0.tu_phat_hien" -> "ky_luat thứ 1.tu_phat_hien": people count from one."""
    return re.sub(r"\.(\d+)", lambda position: f" thứ {int(position[1]) + 1}", key)


def _narrows(regulation: Regulation, sheet: ScoreSheet, facts: Facts, key: str, now: LevelSet) -> bool:
    ways = list(_filled_in(regulation, facts, key))
    return not ways or any(levels(regulation, sheet, examine(regulation, way)).levels != now.levels for way in ways)


def _filled_in(regulation: Regulation, facts: Facts, key: str) -> Iterator[Facts]:
    """The facts with the blank filled in, each way; nothing for a blank that may mean too many things."""
    group, *path = key.split(".")
    if group == "dieu_kien":
        for value in (YES, NO):
            yield replace(facts, conditions=_with(Conditions, facts.conditions, path[0], _condition(path[0], value)))
    elif group == "khuyet_diem" and path[0] == "chi_tieu":
        for targets in _targets(facts.defects.targets if facts.defects else None, path[-1]):
            yield replace(facts, defects=_with(Defects, facts.defects, "chi_tieu", targets))
    elif group == "khuyet_diem":
        for value in (YES, NO):
            finding = Finding.model_construct(happened=value, document=DOCUMENT, reason=None)
            yield replace(facts, defects=_with(Defects, facts.defects, path[0], finding))
    elif group == "thanh_vien" and facts.members:
        for level in regulation.heading.levels:
            yield replace(facts, members=tuple(m if m.level else m.model_copy(update={"level": level.code}) for m in facts.members))
    elif group == "ky_luat" and facts.discipline is None:
        case = DisciplineCase.model_validate({"doi_tuong": COLLECTIVE, "ten": DOCUMENT, "hinh_thuc": None, "nam_vi_pham": str(facts.year)})
        yield from (replace(facts, discipline=cases) for cases in ((), (case,)))
    elif group == "ky_luat" and facts.discipline and len(path) == 2:
        name = {"tu_phat_hien": "self_discovered", "khac_phuc_xong": "remedied", "nam_vi_pham": "year_of_act"}[path[1]]
        for filled in (facts.year, facts.year - 1) if path[1] == "nam_vi_pham" else (YES, NO):
            cases = [c.model_copy(update={name: filled}) if i == int(path[0]) else c for i, c in enumerate(facts.discipline)]
            yield replace(facts, discipline=tuple(cases))


def _condition(key: str, value: str) -> Condition | Suggestion:
    if key == "goi_y_kiem_diem":
        return Suggestion.model_construct(happened=value, whom=None, document=DOCUMENT, reason=None)
    return Condition.model_construct(met=value, evidence=None, reason=None)


def _targets(written: Targets | None, blank: str) -> Iterator[Targets]:
    """Everything done, or nothing; with force majeure recognised or not."""
    if written and blank == "bat_kha_khang":
        for value in (YES, NO):
            yield written.model_copy(update={"force_majeure": value, "document": DOCUMENT})
        return
    for done in (1, 0):
        yield Targets.model_construct(
            assigned=1, done=done, key=1, key_done=done, force_majeure=NO, document=None, key_list=None, reason=None
        )


def _with(kind: type[Any], group: Any, key: str, value: Any) -> Any:
    """The group of facts with one of them replaced; a group left blank as a whole starts with every fact blank."""
    name = next(n for n, info in kind.model_fields.items() if info.alias == key)
    start = group or kind.model_construct(**dict.fromkeys(kind.model_fields))
    return start.model_copy(update={name: value})
