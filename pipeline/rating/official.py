"""Proposals + the Standing Committee's levels -> official levels recorded beside them; claims where they break a hard rule or owe a reason.

Điều 1 khoản 3 (head not above the collective), Điều 6 khoản 1 đoạn cuối (quota), Điều 5 khoản 3 (who decides).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.assessment import Assessment
from pipeline.model.province import OfficialLevel
from pipeline.model.regulation import Regulation
from pipeline.problems import Kind
from pipeline.rating.claims import Claim
from pipeline.rating.quota import within

LIST = "chinh_thuc"


@dataclass(frozen=True)
class Head:
    """The head's level that counts now, and where a clerk finds it ("tệp don_vi/25-so-noi-vu.yaml, dòng 79")."""

    level: str | None
    where: str


def record_official(
    regulation: Regulation,
    assessments: Mapping[str, Assessment],
    official: list[OfficialLevel],
    heads: Mapping[str, Head | None],
    basis: str | None,
    groups: Mapping[str, int],
) -> list[Claim]:
    """Sets `official` on the assessments, but for the entries refused, which come back as claims."""
    found: list[Claim] = []
    accepted: dict[str, tuple[int, OfficialLevel]] = {}
    for i, entry in enumerate(official):
        if not entry.unit or entry.unit not in assessments or not entry.level:
            continue
        head = heads.get(entry.unit)
        if head and head.level and regulation.rank(head.level) < regulation.rank(entry.level):
            rule = regulation.heading.head_rule
            what = (
                f"người đứng đầu xếp «{regulation.level_name(head.level).lower()}» ({head.where}), cao hơn mức quyết định cho tập thể "
                f"«{regulation.level_name(entry.level).lower()}» ({rule.citation})"
            )
            found.append(Claim((LIST, i, "muc"), Kind.ERROR, what, "sửa mức, hoặc ghi mức của người đứng đầu ở thanh_vien"))
        else:
            accepted[entry.unit] = (i, entry)
    found += _over_quota(regulation, assessments, accepted, basis, groups)
    turned_down = {claim.path[1] for claim in found}
    for code, (i, entry) in accepted.items():
        if i not in turned_down:
            assessments[code].official, assessments[code].official_reason = entry.level, entry.reason
    return found


def _over_quota(
    regulation: Regulation,
    assessments: Mapping[str, Assessment],
    accepted: Mapping[str, tuple[int, OfficialLevel]],
    basis: str | None,
    groups: Mapping[str, int],
) -> Iterator[Claim]:
    """All official levels together, proposals standing in for units without one.

    A unit without any level counts as if it became HTT, the most favourable case: what even that cannot make lawful is refused.
    """
    rule = regulation.quota
    final = {code: (accepted[code][1].level if code in accepted else a.level) for code, a in assessments.items()}
    chosen = rule.basis(basis)
    bases = [chosen] if chosen else [b.code for b in rule.bases]
    for group in sorted({groups.get(code, 0) for code in final}) if rule.scope == "tung_nhom" else [None]:
        mine = {code: level for code, level in final.items() if group is None or groups.get(code, 0) == group}
        excellent = [code for code, level in mine.items() if level == rule.chosen]
        good, still_open = (sum(level == wanted for level in mine.values()) for wanted in (rule.other, None))
        if any(within(rule, b, len(excellent), good + still_open) for b in bases):
            continue
        raised = [accepted[c][0] for c in excellent if c in accepted and rule.chosen not in assessments[c].possible]
        other = regulation.level_name(rule.other).lower()
        favourable = f" (đã coi {still_open:02d} tập thể chưa có mức đều {other})" if still_open else ""
        what = (
            f"{len(excellent):02d} tập thể {regulation.level_name(rule.chosen).lower()} vượt quá {rule.percent}% của "
            f"{good + still_open:02d} tập thể {other}{favourable} ({rule.citation})"
        )
        for i in raised or [accepted[c][0] for c in excellent if c in accepted]:
            yield Claim((LIST, i, "muc"), Kind.ERROR, what, "giảm số tập thể ở mức này")


def beside_the_proposal(regulation: Regulation, a: Assessment, i: int, entry: OfficialLevel) -> Iterator[Claim]:
    """A recorded level against the proposal: the Standing Committee decides (Điều 5 khoản 3), and says why where it follows none.

    A difference from a proposal is printed beside it; for an open unit a level outside those the rules leave would go unseen.
    """
    if entry.level is None or a.official is None or a.official == a.level:
        return
    if not entry.reason:
        waiting = "; ".join(a.missing) or "còn chờ người có thẩm quyền quyết định"
        differs = "khác đề xuất" if a.level else f"ghi khi đơn vị chưa có mức đề xuất ({waiting})"
        yield Claim((LIST, i), Kind.OWED, f"mức chính thức của «{entry.unit}» {differs} mà chưa nêu lý do", 'thêm ly_do: "..."')
    elif a.level is None and entry.level not in a.possible:
        allowed = " hoặc ".join(f"«{regulation.level_name(level).lower()}»" for level in a.possible)
        through = [regulation.quota.citation] if a.candidate else []
        articles = "; ".join(dict.fromkeys([*(a.levels.citations if a.levels else ()), *through]))
        what = (
            f"mức chính thức của «{entry.unit}» là «{regulation.level_name(entry.level).lower()}», ngoài mức theo quy định: {allowed} ({articles}); "
            f"vẫn ghi nhận vì Ban Thường vụ Tỉnh ủy quyết định ({regulation.procedure.decision.citation})"
        )
        yield Claim((LIST, i, "muc"), Kind.WARNING, what)


def head_warnings(regulation: Regulation, assessment: Assessment, head: Head | None) -> list[str]:
    """A head above the proposed (also through the quota) or official level of the collective."""
    found = []
    for what, level in (("mức đề xuất", assessment.level), ("mức chính thức", assessment.official)):
        if head and head.level and level and regulation.rank(head.level) < regulation.rank(level):
            found.append(
                f"người đứng đầu xếp «{regulation.level_name(head.level).lower()}», cao hơn {what} của tập thể "
                f"«{regulation.level_name(level).lower()}» ({regulation.heading.head_rule.citation})"
            )
    return found
