"""A person's decision on an open case -> a finding of its own in the branches, so that the tree agrees with the level decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.model.assessment import DECIDED, MET, NOT_MET, OPEN, Assessment, Written
from pipeline.model.explanation import DECISION, BranchFound, Finding
from pipeline.model.regulation import Regulation
from pipeline.rating.levels import possible_bands, row_for


def with_decision(regulation: Regulation, a: Assessment, branch: BranchFound, at: Written | None) -> BranchFound:
    """What was open in the branch is met when its level is the one decided, else not; a branch that failed by itself still fails."""
    if not a.decided_by:
        return branch
    own = branch.level == a.decided_level
    if branch.result == OPEN or (own and branch.result == MET):
        result = MET if own else NOT_MET
        return replace(branch, result=result, findings=(*branch.findings, _finding(regulation, a, result, at)))
    return branch


def with_own_branch(regulation: Regulation, a: Assessment, found: list[BranchFound], at: Written | None) -> list[BranchFound]:
    """Where no branch of the article's words carries the decided level, the decision is a branch by itself."""
    if not a.decided_by or not a.decided_level or any(b.level == a.decided_level and b.result == MET for b in found):
        return found
    assert a.rated and a.facts
    rows = [
        row_for(regulation, band.code, world) for band in possible_bands(regulation, a.rated) for world in sorted(a.facts.worlds, key=repr)
    ]
    citations = dict.fromkeys(row.citation for row in rows if a.decided_level in row.result)
    finding = _finding(regulation, a, MET, at)
    own = BranchFound(a.decided_level, "người có thẩm quyền quyết định", "; ".join(citations) or finding.citation, MET, (finding,))
    last = max((i for i, b in enumerate(found) if b.level == a.decided_level), default=len(found) - 1)
    return [*found[: last + 1], own, *found[last + 1 :]]


def _finding(regulation: Regulation, a: Assessment, result: str, at: Written | None) -> Finding:
    day = f" ngày {_day(a.decided_on)}" if a.decided_on else ""
    reason = f" (lý do: {a.decided_reason.rstrip('.')})" if a.decided_reason and result == MET else ""
    name = regulation.level_name(a.decided_level or "")
    return Finding(
        DECISION,
        regulation.procedure.decision.citation,
        f"Quyết định của đồng chí {a.decided_by}{day}{reason}",
        name[:1].lower() + name[1:],
        result,
        regulation.dossier.place(DECISION, (DECIDED,)),
        (at,) if at else (),
    )


def _day(date: dt.date) -> str:
    """As printed: months 3 to 9 without a zero."""
    return f"{date.day:02d}/{date.month:02d}/{date.year}" if date.month < 3 else f"{date.day:02d}/{date.month}/{date.year}"
