"""Proposals + the Standing Committee's levels -> official levels recorded beside them, refused where they break a hard rule.

Điều 1 khoản 3 (head not above the collective), Điều 6 khoản 1 đoạn cuối (quota), Điều 5 khoản 3 (who decides).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.assessment import Assessment
from pipeline.model.province import OfficialLevel
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Member
from pipeline.rating.quota import within


def record_official(
    regulation: Regulation,
    assessments: Mapping[str, Assessment],
    official: list[OfficialLevel],
    heads: Mapping[str, Member | None],
    basis: str | None,
    groups: Mapping[str, int],
) -> list[tuple[int, str, str]]:
    """Sets `official` on the assessments. Gives the entries refused: (position in the list, why with the article, what to write)."""
    refused: list[tuple[int, str, str]] = []
    accepted: dict[str, tuple[int, OfficialLevel]] = {}
    for i, entry in enumerate(official):
        if not entry.unit or entry.unit not in assessments or not entry.level:
            continue
        head = heads.get(entry.unit)
        if head and head.level and regulation.rank(head.level) < regulation.rank(entry.level):
            rule = regulation.heading.head_rule
            refused.append(
                (
                    i,
                    f"người đứng đầu xếp «{regulation.level_name(head.level).lower()}», cao hơn mức quyết định cho tập thể "
                    f"«{regulation.level_name(entry.level).lower()}» ({rule.citation})",
                    "sửa mức, hoặc ghi mức của người đứng đầu ở thanh_vien",
                )
            )
        else:
            accepted[entry.unit] = (i, entry)
    refused += _over_quota(regulation, assessments, accepted, basis, groups)
    turned_down = {i for i, *_ in refused}
    for code, (i, entry) in accepted.items():
        if i not in turned_down:
            assessments[code].official, assessments[code].official_reason = entry.level, entry.reason
    return refused


def _over_quota(
    regulation: Regulation,
    assessments: Mapping[str, Assessment],
    accepted: Mapping[str, tuple[int, OfficialLevel]],
    basis: str | None,
    groups: Mapping[str, int],
) -> list[tuple[int, str, str]]:
    """All official levels together, proposals standing in for units without one; checked once every unit has a level."""
    rule = regulation.quota
    final = {code: (accepted[code][1].level if code in accepted else a.level) for code, a in assessments.items()}
    if None in final.values():
        return []
    chosen = rule.basis(basis)
    bases = [chosen] if chosen else [b.code for b in rule.bases]
    refused = []
    for group in sorted({groups.get(code, 0) for code in final}) if rule.scope == "tung_nhom" else [None]:
        mine = {code: level for code, level in final.items() if group is None or groups.get(code, 0) == group}
        excellent = [code for code, level in mine.items() if level == rule.chosen]
        good = sum(level == rule.other for level in mine.values())
        if any(within(rule, b, len(excellent), good) for b in bases):
            continue
        raised = [accepted[c][0] for c in excellent if c in accepted and assessments[c].level != rule.chosen]
        blamed = raised or [accepted[c][0] for c in excellent if c in accepted]
        what = (
            f"{len(excellent):02d} tập thể {regulation.level_name(rule.chosen).lower()} vượt quá {rule.percent}% của {good:02d} tập thể "
            f"{regulation.level_name(rule.other).lower()} ({rule.citation})"
        )
        refused += [(i, what, "giảm số tập thể ở mức này") for i in blamed]
    return refused


def head_warnings(regulation: Regulation, assessment: Assessment, head: Member | None) -> list[str]:
    """A head above the proposed (also through the quota) or official level of the collective."""
    found = []
    for what, level in (("mức đề xuất", assessment.level), ("mức chính thức", assessment.official)):
        if head and head.level and level and regulation.rank(head.level) < regulation.rank(level):
            found.append(
                f"người đứng đầu xếp «{regulation.level_name(head.level).lower()}», cao hơn {what} của tập thể "
                f"«{regulation.level_name(level).lower()}» ({regulation.heading.head_rule.citation})"
            )
    return found
