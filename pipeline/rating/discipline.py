"""Discipline cases -> for each, what it may stand for: a defect of khoản 4 or not, and none / excepted / other discipline.

Điều 6 khoản 1 gạch đầu dòng 6, khoản 2 gạch đầu dòng 2, khoản 3 gạch đầu dòng 3, khoản 4 gạch đầu dòng 3.
"""

from __future__ import annotations

from itertools import product

from pipeline.model.rating_rules import OpenSubject
from pipeline.model.regulation import Regulation
from pipeline.model.submission import DisciplineCase
from pipeline.rating.answers import BOTH, NO, YES, Ledger, all_hold, answer, any_holds, word

State = frozenset[tuple[str, str]]  # (defect, discipline) pairs still possible
COLLECTIVE, MEMBER = "tap_the", "thanh_vien"
NOTHING = (NO, "khong")


def discipline(regulation: Regulation, number: int, year: int, cases: tuple[DisciplineCase, ...] | None, ledger: Ledger) -> list[State]:
    """`number`: the unit's in the list; `year`: the one assessed; no cases are none (an empty list), or not known (None)."""
    if cases is None:
        return _not_said(regulation, ledger)
    found = [_case(regulation, number, year, case, i, ledger) for i, case in enumerate(cases)]
    _evidence(regulation, year, cases, found, ledger)
    return found


def _not_said(regulation: Regulation, ledger: Ledger) -> list[State]:
    """Anything may have happened, or nothing: every condition is open."""
    ledger.blank.append("ky_luat")
    rules = regulation.rating
    requirements = (("khong_ky_luat", rules.condition("khong_ky_luat")), ("ky_luat", rules.discipline))
    for code, rule in (*requirements, ("ky_luat_tap_the", rules.defects.collective), ("ky_luat_thanh_vien", rules.defects.member)):
        ledger.add(code, rule, word(None), BOTH, "ky_luat")
    return [frozenset(product((NO, YES), ("khong", "duoc_tru", "khac")))]


def _case(regulation: Regulation, number: int, year: int, case: DisciplineCase, index: int, ledger: Ledger) -> State:
    """What the case stands for; a case that may not count at all may also stand for nothing."""
    rule = regulation.rating.discipline
    options = set(_counted(regulation, case, index, ledger))
    if case.year_of_act is None:
        ledger.blank.append(f"ky_luat.{index}.nam_vi_pham")
    for doubt in _doubts(regulation, number, year, case):
        ledger.mattered(doubt.reading)
        if doubt.handling == "khong_tinh" and not (doubt is rule.other_year and case.year_of_act is None):
            return frozenset({NOTHING})
        if doubt.handling != "tinh":
            options.add(NOTHING)
    return frozenset(options)


def _doubts(regulation: Regulation, number: int, year: int, case: DisciplineCase) -> list[OpenSubject]:
    """Why the case may not count. An act whose year is not written may be of an earlier one: this year is not guessed."""
    rule = regulation.rating.discipline
    found = [d for d in (rule.open_subjects, rule.open_units) if (d.first or 0) <= number <= (d.last or number) and case.whom in d.whom]
    return found + [rule.other_year] * (case.year_of_act is None or case.year_of_act < year)


def _counted(regulation: Regulation, case: DisciplineCase, index: int, ledger: Ledger) -> State:
    """What the case stands for when it counts."""
    if case.whom is None or case.penalty is None:
        ledger.blank.append(f"ky_luat.{index}")
    if case.whom == COLLECTIVE:
        return frozenset({(YES, "khong")})
    excepted = _excepted(regulation, case, index, ledger)
    severe = BOTH if case.penalty is None else frozenset({YES if case.penalty in regulation.rating.defects.member.penalties else NO})
    found: set[tuple[str, str]] = set()
    for spared in excepted:
        if spared == YES and regulation.rating.discipline.reach.everywhere == YES:
            found.add(NOTHING)
        else:
            kind = {"duoc_tru" if spared == YES else "khac"}
            found |= set(product(severe if case.whom == MEMBER else severe | {NO} if case.whom is None else {NO}, kind))
    if case.whom is None:  # it may also be the collective, or someone who does not count
        found |= {(YES, "khong"), NOTHING}
    return frozenset(found)


def _excepted(regulation: Regulation, case: DisciplineCase, index: int, ledger: Ledger) -> frozenset[str]:
    """Self-discovered and remedied, both or one of the two as the clause is read."""
    rule = regulation.rating.discipline
    limbs = [
        answer(case.self_discovered, f"ky_luat.{index}.tu_phat_hien", ledger),
        answer(case.remedied, f"ky_luat.{index}.khac_phuc_xong", ledger),
    ]
    if limbs[0] != limbs[1]:
        ledger.mattered(rule.exception.reading)
    excepted = all_hold(limbs) if rule.exception.needs == "ca_hai" else any_holds(limbs)
    if YES in excepted:
        ledger.mattered(rule.reach.reading)
    return excepted


def _evidence(regulation: Regulation, year: int, cases: tuple[DisciplineCase, ...], found: list[State], ledger: Ledger) -> None:
    kinds = {k for options in found for _, k in options}
    count = len([c for c in cases if c.whom != COLLECTIVE])
    value = f"{count:02d} trường hợp" if count else "không có"
    certain = [{k for _, k in options} for options in found]
    none = frozenset({NO}) if any("khong" not in k for k in certain) else BOTH if kinds - {"khong"} else frozenset({YES})
    allowed = frozenset({NO}) if any(k == {"khac"} for k in certain) else BOTH if "khac" in kinds else frozenset({YES})
    ledger.add("khong_ky_luat", regulation.rating.condition("khong_ky_luat"), value, none, "ky_luat")
    ledger.add("ky_luat", regulation.rating.discipline, value, allowed, "ky_luat")
    rules = regulation.rating.defects
    groups = (
        ("ky_luat_tap_the", rules.collective, [i for i, c in enumerate(cases) if c.whom in (COLLECTIVE, None)]),
        ("ky_luat_thanh_vien", rules.member, [i for i, c in enumerate(cases) if c.whom in (MEMBER, None)]),
    )
    for code, rule, mine in groups:
        defect = [frozenset(d for d, _ in found[i]) for i in mine]
        heavy = [i for i, d in zip(mine, defect) if YES in d]
        answers = frozenset({NO}) if {YES} in [set(d) for d in defect] else BOTH if heavy else frozenset({YES})
        ledger.add(code, rule, f"{len(heavy):02d} trường hợp" if heavy else "không có", answers, "ky_luat")
