"""Defects of Điều 6 khoản 4 other than discipline -> for each, whether there is one as far as known, with evidence."""

from __future__ import annotations

from pipeline.model.rating_rules import Requirement
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Defects, Finding, Targets
from pipeline.rating.answers import BOTH, NO, YES, Ledger, answer, negate, word


def defects(regulation: Regulation, written: Defects | None, ledger: Ledger) -> list[frozenset[str]]:
    """For each possible defect of khoản 4 (but discipline): is there one?"""
    rules = regulation.rating.defects
    found = [
        _finding(rules.disunity, written.disunity if written else None, "mat_doan_ket", ledger),
        _finding(rules.degeneration, written.degeneration if written else None, "suy_thoai", ledger),
    ]
    return found + _targets(regulation, written.targets if written else None, ledger)


def _finding(rule: Requirement, written: Finding | None, key: str, ledger: Ledger) -> frozenset[str]:
    happened = written.happened if written else None
    answers = answer(happened, f"khuyet_diem.{key}", ledger)
    if happened == YES and not (written and written.document):
        answers = BOTH  # a finding needs the competent body's document (reading n29)
    ledger.add(rule, word(happened), negate(answers), "Biểu tự chấm điểm, mục III", ("khuyet_diem", key))
    return answers


def _targets(regulation: Regulation, targets: Targets | None, ledger: Ledger) -> list[frozenset[str]]:
    """The two limbs of gạch đầu dòng 2: under half of all targets, key targets not at 100% (reading n6, n40)."""
    rules = regulation.rating.defects
    path, where = ("khuyet_diem", "chi_tieu"), "Biểu tự chấm điểm, mục III"
    assigned, done, key, key_done = (targets.assigned, targets.done, targets.key, targets.key_done) if targets else (None,) * 4
    if None in (assigned, done, key, key_done):
        ledger.blank.append("khuyet_diem.chi_tieu")
    excuse = _force_majeure(targets) if targets else BOTH
    few = BOTH if assigned is None or done is None else _too_few(assigned, done, rules.targets.below or 0, excuse)
    missed = BOTH if key is None or key_done is None else _key_missed(key, key_done, excuse)
    ledger.add(rules.targets, _counts(done, assigned), negate(few), where, path)
    ledger.add(rules.key_targets, _counts(key_done, key), negate(missed), where, path)
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
