"""Facts as written -> every way to settle them (worlds), each condition with its value and citation.

Điều 6 khoản 1 gạch đầu dòng 1-4 and 6, khoản 2 gạch đầu dòng 2, khoản 3 gạch đầu dòng 2, khoản 4. An open fact is never
guessed: both ways are kept and the levels they lead to are listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from pipeline.model.assessment import FactFindings, World
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Condition, Conditions, Defects, DisciplineCase, Member, Suggestion
from pipeline.rating.answers import BOTH, NO, YES, Ledger, all_hold, answer, negate, word
from pipeline.rating.defects import defects

WORST = ("khong", "duoc_tru", "khac")
State = frozenset[tuple[str, str]]  # (defect, discipline) pairs still possible


@dataclass(frozen=True)
class Facts:
    """The facts that count for one rating: the unit's, with what the appraisal restated."""

    unit_number: int
    year: int
    conditions: Conditions | None
    defects: Defects | None
    discipline: tuple[DisciplineCase, ...]
    members: tuple[Member, ...]


def examine(regulation: Regulation, facts: Facts) -> FactFindings:
    """All worlds the facts allow, with evidence in the order of Điều 6."""
    ledger = Ledger()
    named = _named_conditions(regulation, facts, ledger)
    members_ok, failed = _members(regulation, facts, ledger)
    state: State = frozenset({(NO, "khong")})
    for options in _discipline(regulation, facts, ledger):
        state = frozenset((YES if YES in (d1, d2) else NO, max(k1, k2, key=WORST.index)) for d1, k1 in state for d2, k2 in options)
    _discipline_evidence(regulation, facts, state, ledger)
    for answers in defects(regulation, facts.defects, ledger):
        state = frozenset((YES if YES in (d, a) else NO, k) for d, k in state for a in answers)
    worlds = frozenset(
        World(d, k, f, YES if n == YES and m == YES and k == "khong" and f == NO else NO)
        for (d, k), n, m, f in product(state, named, members_ok, failed)
    )
    return FactFindings(worlds, tuple(ledger.evidence), tuple(ledger.blank), tuple(dict.fromkeys(ledger.readings)))


# --- conditions of the highest level --------------------------------------------------------------------------------


def _named_conditions(regulation: Regulation, facts: Facts, ledger: Ledger) -> frozenset[str]:
    """Whether all of gạch đầu dòng 1 to 4 hold."""
    written = facts.conditions
    items: list[tuple[str, Condition | None]] = [
        ("doan_ket_tieu_bieu", written.exemplary if written else None),
        ("doi_moi_sang_tao", written.innovative if written else None),
        ("cai_cach_hanh_chinh", written.reforming if written else None),
    ]
    answers = []
    for key, condition in items:
        met = condition.met if condition else None
        answers.append(answer(met, f"dieu_kien.{key}", ledger))
        ledger.add(regulation.rating.condition(key), word(met), answers[-1], "Biểu tự chấm điểm, mục III", ("dieu_kien", key))
    suggestion: Suggestion | None = written.suggestion if written else None
    happened = suggestion.happened if suggestion else None
    answers.append(negate(answer(happened, "dieu_kien.goi_y_kiem_diem", ledger)))
    ledger.add(
        regulation.rating.condition("goi_y_kiem_diem"),
        word(happened),
        answers[-1],
        "Biểu tự chấm điểm, mục III",
        ("dieu_kien", "goi_y_kiem_diem"),
    )
    return all_hold(answers)


# --- members --------------------------------------------------------------------------------------------------------


def _members(regulation: Regulation, facts: Facts, ledger: Ledger) -> tuple[frozenset[str], frozenset[str]]:
    """(all at the least level or better?, anyone not completing?)"""
    rule, failed_rule = regulation.rating.condition("thanh_vien"), regulation.rating.failed_member
    least = regulation.rank(rule.least_level or regulation.heading.levels[0].code)
    worst = regulation.heading.levels[-1].code
    known = [m.level for m in facts.members if m.level]
    unknown = len(known) < len(facts.members) or not facts.members
    if unknown:
        ledger.blank.append("thanh_vien")
    good = sum(regulation.rank(level) <= least for level in known)
    all_good = frozenset({NO}) if good < len(known) else BOTH if unknown else frozenset({YES})
    failed = frozenset({YES}) if worst in known else BOTH if unknown else frozenset({NO})
    count = len(facts.members)
    ledger.add(rule, f"{good:02d}/{count:02d} thành viên", all_good, "Biên bản hội nghị, mục III", ("thanh_vien",))
    ledger.add(
        failed_rule,
        f"{known.count(worst):02d} thành viên không hoàn thành nhiệm vụ",
        negate(failed),
        "Biên bản hội nghị, mục III",
        ("thanh_vien",),
    )
    return all_good, failed


# --- discipline -----------------------------------------------------------------------------------------------------


def _discipline(regulation: Regulation, facts: Facts, ledger: Ledger) -> list[State]:
    """For each case, the (defect, discipline) pairs it may stand for."""
    return [_case(regulation, facts, case, i, ledger) for i, case in enumerate(facts.discipline)]


def _case(regulation: Regulation, facts: Facts, case: DisciplineCase, index: int, ledger: Ledger) -> State:
    rule = regulation.rating.discipline
    options = set(_counted(regulation, case, index, ledger))
    if _open_subject(regulation, facts, case):
        ledger.readings.append(rule.open_subjects.reading)
        options.add((NO, "khong"))
    if case.year_of_act is not None and case.year_of_act < facts.year:
        ledger.readings.append(rule.other_year.reading)
        options.add((NO, "khong"))
    return frozenset(options)


def _counted(regulation: Regulation, case: DisciplineCase, index: int, ledger: Ledger) -> State:
    """What the case stands for when it counts."""
    if case.whom is None or case.penalty is None:
        ledger.blank.append(f"ky_luat.{index}")
    if case.whom == "tap_the":
        return frozenset({(YES, "khong")})
    excepted = all_hold(
        [
            answer(case.self_discovered, f"ky_luat.{index}.tu_phat_hien", ledger),
            answer(case.remedied, f"ky_luat.{index}.khac_phuc_xong", ledger),
        ]
    )
    kinds = {"duoc_tru" if a == YES else "khac" for a in excepted}
    severe = BOTH if case.penalty is None else frozenset({YES if case.penalty in regulation.rating.defects.member.penalties else NO})
    if case.whom is None:  # it may be the collective, a member, a subordinate unit or its head
        return frozenset({(YES, "khong"), (NO, "khong"), *product(severe | {NO}, kinds)})
    return frozenset(product(severe if case.whom == "thanh_vien" else {NO}, kinds))


def _open_subject(regulation: Regulation, facts: Facts, case: DisciplineCase) -> bool:
    rule = regulation.rating.discipline
    among = (rule.open_units.first or 0) <= facts.unit_number <= (rule.open_units.last or 0)
    return case.whom in rule.open_subjects.whom or (among and case.whom in rule.open_units.whom)


def _discipline_evidence(regulation: Regulation, facts: Facts, state: State, ledger: Ledger) -> None:
    kinds = {k for _, k in state}
    count = len([c for c in facts.discipline if c.whom != "tap_the"])
    value = f"{count:02d} trường hợp" if count else "không có"
    none = frozenset(YES if k == "khong" else NO for k in kinds)
    allowed = frozenset(NO if k == "khac" else YES for k in kinds)
    where = "Biên bản hội nghị, mục I.3"
    ledger.add(regulation.rating.condition("khong_ky_luat"), value, none, where, ("ky_luat",))
    ledger.add(regulation.rating.discipline, value, allowed, where, ("ky_luat",))
    member = [c for c in facts.discipline if c.whom == "thanh_vien" and c.penalty in regulation.rating.defects.member.penalties]
    collective = [c for c in facts.discipline if c.whom == "tap_the"]
    for rule, cases in ((regulation.rating.defects.collective, collective), (regulation.rating.defects.member, member)):
        old = bool(cases) and all(c.year_of_act is not None and c.year_of_act < facts.year for c in cases)
        answers = BOTH if old else frozenset({NO if cases else YES})
        ledger.add(rule, f"{len(cases):02d} trường hợp" if cases else "không có", answers, where, ("ky_luat",))
