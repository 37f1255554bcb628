"""A fact as a clerk wrote it -> the answers still possible (yes, no, or both while it is open), and the ledger that records them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.assessment import MET, NOT_MET, OPEN, OWN, Evidence, Written
from pipeline.model.rating_rules import Requirement

YES, NO = "co", "khong"
BOTH = frozenset({YES, NO})


@dataclass
class Ledger:
    """Collects what was found while the conditions are gone through in the order of the article.

    `written`: keys of facts (`dieu_kien.doi_moi_sang_tao`, `ky_luat`) -> where they stand, when not in the unit's own file alone.
    """

    written: Mapping[str, tuple[Written, ...]] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)

    def add(
        self, code: str, rule: Requirement, value: str, answers: frozenset[str], *path: str, at: tuple[Written, ...] | None = None
    ) -> None:
        """`answers`: whether the condition holds, as far as known; `path`: the keys of the fact; `at`: nearer places than theirs."""
        result = OPEN if len(answers) > 1 else MET if YES in answers else NOT_MET
        whole = self.written.get(".".join(path)) or (Written(OWN, path),)
        printed = tuple(dict.fromkeys(w.file for w in whole))
        self.evidence.append(Evidence(code, rule.citation, rule.text, value, result, at or whole, printed))

    def mattered(self, reading: str | None) -> None:
        if reading:
            self.readings.append(reading)


def answer(value: str | None, key: str, ledger: Ledger) -> frozenset[str]:
    if value is None:
        ledger.blank.append(key)
    return settled(value)


def settled(value: str | None) -> frozenset[str]:
    """`co` and `khong` are one answer each; unclear and blank leave both."""
    return frozenset({value}) if value in (YES, NO) else BOTH


def negate(answers: frozenset[str]) -> frozenset[str]:
    return frozenset(YES if a == NO else NO for a in answers)


def all_hold(answers: list[frozenset[str]]) -> frozenset[str]:
    """Answers to 'do all hold?'."""
    if any(a == {NO} for a in answers):
        return frozenset({NO})
    return BOTH if any(len(a) > 1 for a in answers) else frozenset({YES})


def any_holds(answers: list[frozenset[str]]) -> frozenset[str]:
    """Answers to 'does at least one hold?'."""
    return negate(all_hold([negate(a) for a in answers]))


def word(value: str | None) -> str:
    return {YES: "có", NO: "không", "chua_ro": "chưa rõ"}.get(value or "", "chưa ghi")
