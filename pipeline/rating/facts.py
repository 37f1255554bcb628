"""Facts as written -> every way to settle them (worlds), each condition with its value and citation.

Điều 6 khoản 1 gạch đầu dòng 1-4 and 6, khoản 2 gạch đầu dòng 2, khoản 3 gạch đầu dòng 2, khoản 4. An open fact is never
guessed: both ways are kept and the levels they lead to are listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from pipeline.model.assessment import FactFindings, World, Written
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Condition, Conditions, Defects, DisciplineCase, Member, Suggestion
from pipeline.rating.answers import BOTH, NO, YES, Ledger, all_hold, answer, any_holds, negate, word
from pipeline.rating.defects import defects
from pipeline.rating.discipline import State, discipline

WORST = ("khong", "duoc_tru", "khac")
CRITICISM = "phe_binh"


@dataclass(frozen=True)
class Facts:
    """The facts that count for one rating: the unit's, with what the appraisal restated."""

    unit_number: int
    year: int
    conditions: Conditions | None
    defects: Defects | None
    discipline: tuple[DisciplineCase, ...] | None  # None = left blank: nobody has said whether there was any
    members: tuple[Member, ...]
    suggestion_ground: str | None = None  # what the row of section C says it scores: a suggestion or mere criticism
    written: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)  # keys -> where, when not in the unit's own file alone
    member_at: tuple[Written, ...] = ()  # where each member's level stands
    members_changed: bool = False  # a member's level is not the one the conference proposed


def examine(regulation: Regulation, facts: Facts) -> FactFindings:
    """All worlds the facts allow, with evidence in the order of Điều 6."""
    ledger = Ledger(facts.written)
    named = _named_conditions(regulation, facts, ledger)
    members_ok, failed = _members(regulation, facts, ledger)
    state: State = frozenset({(NO, "khong")})
    for options in discipline(regulation, facts.unit_number, facts.year, facts.discipline, ledger):
        state = frozenset((YES if YES in (d1, d2) else NO, max(k1, k2, key=WORST.index)) for d1, k1 in state for d2, k2 in options)
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
        ledger.add(key, regulation.rating.condition(key), word(met), answers[-1], "dieu_kien", key)
    return all_hold([*answers, _not_suggested(regulation, facts, written.suggestion if written else None, ledger)])


def _not_suggested(regulation: Regulation, facts: Facts, suggestion: Suggestion | None, ledger: Ledger) -> frozenset[str]:
    key = "goi_y_kiem_diem"
    rule = regulation.rating.condition(key)
    happened = suggestion.happened if suggestion else None
    answers = answer(happened, f"dieu_kien.{key}", ledger)
    value = word(happened)
    if facts.suggestion_ground == CRITICISM:
        ledger.mattered(rule.reading)
        value += "; bị phê bình"
        if rule.criticism_too == YES:
            answers = any_holds([answers, frozenset({YES})])
    ledger.add(key, rule, value, negate(answers), "dieu_kien", key)
    return negate(answers)


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
    if facts.members_changed:
        ledger.mattered(regulation.rating.member_levels.reading)
    good = sum(regulation.rank(level) <= least for level in known)
    all_good = frozenset({NO}) if good < len(known) else BOTH if unknown else frozenset({YES})
    failed = frozenset({YES}) if worst in known else BOTH if unknown else frozenset({NO})
    ledger.add("thanh_vien", rule, f"{good:02d}/{len(facts.members):02d}", all_good, "thanh_vien")
    count = f"{known.count(worst):02d}" if worst in known else "không có" if known else "chưa ghi"
    at = tuple(at for m, at in zip(facts.members, facts.member_at) if m.level == worst)
    ledger.add("thanh_vien_khong_hoan_thanh", failed_rule, count, negate(failed), "thanh_vien", at=at)
    return all_good, failed
