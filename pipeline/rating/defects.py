"""Defects of Điều 6 khoản 4 other than discipline -> for each, whether there is one as far as known, with evidence."""

from __future__ import annotations

from pipeline.model.rating_rules import FindingRule, KeyTargetsRule, TargetsRule
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Defects, Finding, Targets
from pipeline.rating.answers import BOTH, NO, YES, Ledger, all_hold, answer, negate, settled, word


def defects(regulation: Regulation, written: Defects | None, ledger: Ledger) -> list[frozenset[str]]:
    """For each possible defect of khoản 4 (but discipline): is there one?"""
    rules = regulation.rating.defects
    found = [
        _finding(rules.disunity, written.disunity if written else None, "mat_doan_ket", ledger),
        _finding(rules.degeneration, written.degeneration if written else None, "suy_thoai", ledger),
    ]
    return found + _targets(regulation, written.targets if written else None, ledger)


def _finding(rule: FindingRule, written: Finding | None, key: str, ledger: Ledger) -> frozenset[str]:
    happened = written.happened if written else None
    answers = answer(happened, f"khuyet_diem.{key}", ledger)
    if happened == YES and not (written and written.document):
        ledger.mattered(rule.reading)
        if rule.needs_document == YES:
            answers = BOTH
    ledger.add(key, rule, word(happened), negate(answers), "khuyet_diem", key)
    return answers


def _targets(regulation: Regulation, targets: Targets | None, ledger: Ledger) -> list[frozenset[str]]:
    """The two limbs of gạch đầu dòng 2: under half of all targets, key targets not at 100%."""
    rules = regulation.rating.defects
    path = ("khuyet_diem", "chi_tieu")
    assigned, done, key, key_done = (targets.assigned, targets.done, targets.key, targets.key_done) if targets else (None,) * 4
    if None in (assigned, done, key, key_done):
        ledger.blank.append("khuyet_diem.chi_tieu")
    excuse = _force_majeure(targets) if targets else BOTH
    few = BOTH if assigned is None or done is None else _too_few(rules.targets, assigned, done, excuse, ledger)
    missed = BOTH if key is None or key_done is None else _key_missed(rules.key_targets, key, key_done, excuse, ledger)
    ledger.add("chi_tieu", rules.targets, _counts(done, assigned), negate(few), *path)
    ledger.add("chi_tieu_chu_yeu", rules.key_targets, _counts(key_done, key), negate(missed), *path)
    if targets and targets.force_majeure is None and (BOTH in (few, missed)):
        ledger.blank.append("khuyet_diem.chi_tieu.bat_kha_khang")
    return [all_hold([few, missed])] if rules.key_targets.joined == "va" else [few, missed]


def _counts(done: int | None, assigned: int | None) -> str:
    return "chưa ghi" if done is None or assigned is None else f"{done:02d}/{assigned:02d}"


def _force_majeure(targets: Targets) -> frozenset[str]:
    """Recognised only with the document that recognises it."""
    if targets.force_majeure == NO:
        return frozenset({NO})
    return frozenset({YES}) if targets.force_majeure == YES and targets.document else BOTH


def _too_few(rule: TargetsRule, assigned: int, done: int, excuse: frozenset[str], ledger: Ledger) -> frozenset[str]:
    """Exactly the share asked for is no defect; recognised force majeure may leave it open."""
    if assigned == 0:
        ledger.mattered(rule.none_assigned_reading)
        return settled(rule.none_assigned)
    if done * 100 >= assigned * (rule.below or 0):
        return frozenset({NO})
    ledger.mattered(rule.reading)
    excused = settled(rule.force_majeure)
    return frozenset().union(*(excused if e == YES else {YES} for e in excuse))


def _key_missed(rule: KeyTargetsRule, key: int, key_done: int, excuse: frozenset[str], ledger: Ledger) -> frozenset[str]:
    """Force majeure excuses; without it all missed is a defect, some missed is what the reading says."""
    if key_done >= key:
        return frozenset({NO})
    ledger.mattered(rule.reading)
    unexcused = frozenset({YES}) if key_done == 0 else settled(rule.some_missed)
    return frozenset().union(*({NO} if e == YES else unexcused for e in excuse))
