"""Facts as written -> every way to settle them (worlds), each condition with its value and citation.

Điều 6 khoản 1 gạch đầu dòng 1-4 and 6, khoản 2 gạch đầu dòng 2, khoản 3 gạch đầu dòng 2, khoản 4. An open fact is never
guessed: both ways are kept and the levels they lead to are listed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from pipeline.model.assessment import MET, NOT_MET, OPEN, Evidence, FactFindings, World
from pipeline.model.regulation import Regulation, Requirement
from pipeline.model.submission import Condition, Conditions, Defects, DisciplineCase, Finding, Member, Suggestion, Targets

YES, NO = "co", "khong"
BOTH = frozenset({YES, NO})
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


@dataclass
class _Ledger:
    """Collects what was found while the conditions are gone through in the order of the article."""

    evidence: list[Evidence] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)

    def add(self, rule: Requirement, value: str, answers: frozenset[str], where: str, path: tuple[str, ...]) -> None:
        """`answers`: whether the condition holds, as far as known."""
        result = OPEN if len(answers) > 1 else MET if YES in answers else NOT_MET
        self.evidence.append(Evidence(rule.citation, rule.text, value, result, where, path, rule.reading))
        if result == OPEN and rule.reading:
            self.readings.append(rule.reading)


def examine(regulation: Regulation, facts: Facts) -> FactFindings:
    """All worlds the facts allow, with evidence in the order of Điều 6."""
    ledger = _Ledger()
    named = _named_conditions(regulation, facts, ledger)
    members_ok, failed = _members(regulation, facts, ledger)
    state: State = frozenset({(NO, "khong")})
    for options in _discipline(regulation, facts, ledger):
        state = frozenset((YES if YES in (d1, d2) else NO, max(k1, k2, key=WORST.index)) for d1, k1 in state for d2, k2 in options)
    _discipline_evidence(regulation, facts, state, ledger)
    for answers in _defects(regulation, facts, ledger):
        state = frozenset((YES if YES in (d, a) else NO, k) for d, k in state for a in answers)
    worlds = frozenset(World(d, k, f, YES if n == YES and m == YES and k == "khong" and f == NO else NO)
                       for (d, k), n, m, f in product(state, named, members_ok, failed))
    return FactFindings(worlds, tuple(ledger.evidence), tuple(ledger.blank), tuple(dict.fromkeys(ledger.readings)))


# --- conditions of the highest level --------------------------------------------------------------------------------

def _named_conditions(regulation: Regulation, facts: Facts, ledger: _Ledger) -> frozenset[str]:
    """Whether all of gạch đầu dòng 1 to 4 hold."""
    written = facts.conditions
    items: list[tuple[str, Condition | None]] = [
        ("doan_ket_tieu_bieu", written.exemplary if written else None),
        ("doi_moi_sang_tao", written.innovative if written else None),
        ("cai_cach_hanh_chinh", written.reforming if written else None)]
    answers = []
    for key, condition in items:
        met = condition.met if condition else None
        answers.append(_answer(met, f"dieu_kien.{key}", ledger))
        ledger.add(regulation.rating.condition(key), _word(met), answers[-1], "Biểu tự chấm điểm, phần điều kiện", ("dieu_kien", key))
    suggestion: Suggestion | None = written.suggestion if written else None
    happened = suggestion.happened if suggestion else None
    answers.append(_negate(_answer(happened, "dieu_kien.goi_y_kiem_diem", ledger)))
    ledger.add(regulation.rating.condition("goi_y_kiem_diem"), _word(happened), answers[-1], "Biểu tự chấm điểm, phần điều kiện", ("dieu_kien", "goi_y_kiem_diem"))
    return _all(answers)


def _answer(value: str | None, key: str, ledger: _Ledger) -> frozenset[str]:
    if value is None:
        ledger.blank.append(key)
    return frozenset({value}) if value in (YES, NO) else BOTH


def _negate(answers: frozenset[str]) -> frozenset[str]:
    return frozenset(YES if a == NO else NO for a in answers)


def _all(answers: list[frozenset[str]]) -> frozenset[str]:
    """Answers to 'do all hold?'."""
    if any(a == {NO} for a in answers):
        return frozenset({NO})
    return BOTH if any(len(a) > 1 for a in answers) else frozenset({YES})


def _word(value: str | None) -> str:
    return {YES: "có", NO: "không", "chua_ro": "chưa rõ"}.get(value or "", "chưa ghi")


# --- members --------------------------------------------------------------------------------------------------------

def _members(regulation: Regulation, facts: Facts, ledger: _Ledger) -> tuple[frozenset[str], frozenset[str]]:
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
    ledger.add(rule, f"{good:02d}/{count:02d} thành viên", all_good, "Biên bản hội nghị, danh sách thành viên", ("thanh_vien",))
    ledger.add(failed_rule, f"{known.count(worst):02d} thành viên không hoàn thành nhiệm vụ", _negate(failed),
               "Biên bản hội nghị, danh sách thành viên", ("thanh_vien",))
    return all_good, failed


# --- discipline -----------------------------------------------------------------------------------------------------

def _discipline(regulation: Regulation, facts: Facts, ledger: _Ledger) -> list[State]:
    """For each case, the (defect, discipline) pairs it may stand for."""
    return [_case(regulation, facts, case, i, ledger) for i, case in enumerate(facts.discipline)]


def _case(regulation: Regulation, facts: Facts, case: DisciplineCase, index: int, ledger: _Ledger) -> State:
    rule = regulation.rating.discipline
    options = set(_counted(regulation, case, index, ledger))
    if _open_subject(regulation, facts, case):
        ledger.readings.append(rule.open_subjects.reading)
        options.add((NO, "khong"))
    if case.year_of_act is not None and case.year_of_act < facts.year:
        ledger.readings.append(rule.other_year.reading)
        options.add((NO, "khong"))
    return frozenset(options)


def _counted(regulation: Regulation, case: DisciplineCase, index: int, ledger: _Ledger) -> State:
    """What the case stands for when it counts."""
    if case.whom is None or case.penalty is None:
        ledger.blank.append(f"ky_luat.{index}")
    if case.whom == "tap_the":
        return frozenset({(YES, "khong")})
    excepted = _all([_answer(case.self_discovered, f"ky_luat.{index}.tu_phat_hien", ledger),
                     _answer(case.remedied, f"ky_luat.{index}.khac_phuc_xong", ledger)])
    kinds = {"duoc_tru" if a == YES else "khac" for a in excepted}
    severe = BOTH if case.penalty is None else frozenset({YES if case.penalty in regulation.rating.defects.member.penalties else NO})
    if case.whom is None:  # it may be the collective, a member, a subordinate unit or its head
        return frozenset({(YES, "khong"), (NO, "khong"), *product(severe | {NO}, kinds)})
    return frozenset(product(severe if case.whom == "thanh_vien" else {NO}, kinds))


def _open_subject(regulation: Regulation, facts: Facts, case: DisciplineCase) -> bool:
    rule = regulation.rating.discipline
    among = (rule.open_units.first or 0) <= facts.unit_number <= (rule.open_units.last or 0)
    return case.whom in rule.open_subjects.whom or (among and case.whom in rule.open_units.whom)


def _discipline_evidence(regulation: Regulation, facts: Facts, state: State, ledger: _Ledger) -> None:
    kinds = {k for _, k in state}
    count = len([c for c in facts.discipline if c.whom != "tap_the"])
    value = f"{count:02d} trường hợp" if count else "không có"
    none = frozenset(YES if k == "khong" else NO for k in kinds)
    allowed = frozenset(NO if k == "khac" else YES for k in kinds)
    where = "Biên bản hội nghị, phần kỷ luật"
    ledger.add(regulation.rating.condition("khong_ky_luat"), value, none, where, ("ky_luat",))
    ledger.add(regulation.rating.discipline, value, allowed, where, ("ky_luat",))
    member = [c for c in facts.discipline if c.whom == "thanh_vien" and c.penalty in regulation.rating.defects.member.penalties]
    collective = [c for c in facts.discipline if c.whom == "tap_the"]
    for rule, cases in ((regulation.rating.defects.collective, collective), (regulation.rating.defects.member, member)):
        old = bool(cases) and all(c.year_of_act is not None and c.year_of_act < facts.year for c in cases)
        answers = BOTH if old else frozenset({NO if cases else YES})
        ledger.add(rule, f"{len(cases):02d} trường hợp" if cases else "không có", answers, where, ("ky_luat",))


# --- defects --------------------------------------------------------------------------------------------------------

def _defects(regulation: Regulation, facts: Facts, ledger: _Ledger) -> list[frozenset[str]]:
    """For each possible defect of khoản 4 (but discipline): is there one?"""
    rules, written = regulation.rating.defects, facts.defects
    found = [_finding(rules.disunity, written.disunity if written else None, "mat_doan_ket", ledger),
             _finding(rules.degeneration, written.degeneration if written else None, "suy_thoai", ledger)]
    return found + _targets(regulation, written.targets if written else None, ledger)


def _finding(rule: Requirement, written: Finding | None, key: str, ledger: _Ledger) -> frozenset[str]:
    happened = written.happened if written else None
    answers = _answer(happened, f"khuyet_diem.{key}", ledger)
    if happened == YES and not (written and written.document):
        answers = BOTH  # a finding needs the competent body's document (reading n29)
    ledger.add(rule, _word(happened), _negate(answers), "Biểu tự chấm điểm, phần khuyết điểm", ("khuyet_diem", key))
    return answers


def _targets(regulation: Regulation, targets: Targets | None, ledger: _Ledger) -> list[frozenset[str]]:
    """The two limbs of gạch đầu dòng 2: under half of all targets, key targets not at 100% (reading n6, n40)."""
    rules = regulation.rating.defects
    path, where = ("khuyet_diem", "chi_tieu"), "Biểu tự chấm điểm, phần khuyết điểm"
    assigned, done, key, key_done = (targets.assigned, targets.done, targets.key, targets.key_done) if targets else (None,) * 4
    if None in (assigned, done, key, key_done):
        ledger.blank.append("khuyet_diem.chi_tieu")
    excuse = _force_majeure(targets) if targets else BOTH
    few = BOTH if assigned is None or done is None else _too_few(assigned, done, rules.targets.below or 0, excuse)
    missed = BOTH if key is None or key_done is None else _key_missed(key, key_done, excuse)
    ledger.add(rules.targets, _counts(done, assigned), _negate(few), where, path)
    ledger.add(rules.key_targets, _counts(key_done, key), _negate(missed), where, path)
    if targets and targets.force_majeure is None and (BOTH in (few, missed)):
        ledger.blank.append("khuyet_diem.chi_tieu.bat_kha_khang")
    return [few, missed]


def _counts(done: int | None, assigned: int | None) -> str:
    return "chưa ghi" if done is None or assigned is None else f"{done:02d}/{assigned:02d}"


def _force_majeure(targets: Targets) -> frozenset[str]:
    """Recognised only with the document that recognises it."""
    if targets.force_majeure == NO:
        return frozenset({NO})
    return frozenset({YES}) if targets.force_majeure == YES and targets.document else BOTH


def _too_few(assigned: int, done: int, percent: int, excuse: frozenset[str]) -> frozenset[str]:
    if assigned == 0:
        return BOTH
    if done * 100 >= assigned * percent:
        return frozenset({NO})
    return frozenset({YES}) if excuse == {NO} else BOTH


def _key_missed(key: int, key_done: int, excuse: frozenset[str]) -> frozenset[str]:
    if key_done >= key or excuse == {YES}:
        return frozenset({NO})
    return frozenset({YES}) if key_done == 0 and excuse == {NO} else BOTH
