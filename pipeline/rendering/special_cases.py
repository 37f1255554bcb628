"""ProvinceView -> what the Standing Committee should hear about: open cases, decisions of people, levels the score alone does not explain.

A paragraph a unit in the order of the list; at the end a list of those who judge and are judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model.assessment import NOT_MET
from pipeline.model.explanation import NOT_HIGHEST, BranchFound, Finding
from pipeline.model.explanation import SCORE as TOTAL
from pipeline.rendering.doubts import decision_words, doubt_words
from pipeline.rendering.on_paper import quoted
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.vietnamese import items, listing, lower_first, score


def special_cases(view: ProvinceView) -> list[dict[str, Any]]:
    """Sentences, each with the lines under it."""
    found = []
    for v in view.units:
        said = [*_level(view, v), *v.assessment.conflicts, *_other_warnings(view, v)]
        if said:
            found.append(f"{v.unit.collective}: {'; '.join(sentence.rstrip('.') for sentence in said)}.")
    cases = [{"cau": quoted(words), "muc": []} for words in found]
    return [*cases, *_double_roles(view)] or [{"cau": "Không có.", "muc": []}]


def _level(view: ProvinceView, v: UnitView) -> Iterator[str]:
    """Why the level is not the one that the total alone would give."""
    a, explanation = v.assessment, view.explanations[v.unit.code]
    if not a.level:
        yield f"{lower_first(view.level_text(a))}; {listing(a.missing) if a.missing else doubt_words(explanation.doubt, coded=False)}"
    elif explanation.decision:
        yield f"{score(a.total)} điểm; {decision_words(view.regulation, explanation, coded=False)}"
    elif a.candidate and a.level != view.regulation.quota.chosen:
        yield lower_first(explanation.quota)
    elif reasons := reasons_against(view, v):
        yield f"{score(a.total)} điểm, đề xuất {lower_first(view.regulation.level_name(a.level))}; chưa đạt điều kiện {'; '.join(reasons)}"


def reasons_against(view: ProvinceView, v: UnitView) -> list[str]:
    """What keeps the unit from the level its total alone would give: the conditions not met, each with its value and article."""
    branch = _by_total(view, v)
    if branch is None or branch.level == v.assessment.level:
        return []
    failing = [f for f in branch.findings if f.result == NOT_MET and f.counts and f.code not in (TOTAL, NOT_HIGHEST)]
    parts = {f.code: f.parts for b in view.explanations[v.unit.code].branches for f in b.findings if f.parts}  # told once, in one branch
    shown = [one for f in failing for one in ([p for p in parts.get(f.code, ()) if p.result == NOT_MET] or [f])]
    return [_said(f) for f in shown]


def _by_total(view: ProvinceView, v: UnitView) -> BranchFound | None:
    """The highest branch of the article whose points the unit has."""
    branches = view.explanations[v.unit.code].branches
    return next((b for b in branches if any(f.code == TOTAL and f.result != NOT_MET for f in b.findings)), None)


def _said(finding: Finding) -> str:
    value = f"{finding.value}; " if finding.value not in ("có", "không") else ""
    return f"“{lower_first(finding.text)}” ({value}{finding.citation})"


def _other_warnings(view: ProvinceView, v: UnitView) -> list[str]:
    """Without those about two roles, which are told together, and about levels decided only after these papers."""
    own, later = view.regulation.procedure.double_roles.citation, v.assessment.decided_changes
    return [w for w in v.assessment.warnings if w not in later and not (v.assessment.roles and w.endswith(f"({own})"))]


def _double_roles(view: ProvinceView) -> list[dict[str, Any]]:
    rule = view.regulation.procedure.double_roles
    names = [f"{v.unit.collective}: {' và '.join(v.assessment.roles)}" for v in view.units if v.assessment.roles]
    return [{"cau": f"{rule.summary} ({rule.citation}):", "muc": items(names)}] if names else []
