"""An assessment -> every branch of the article on levels with its conditions as found, and what a person decided."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.assessment import APPRAISED, MET, NOT_MET, OPEN, Assessment, Evidence, QuotaResult, Written
from pipeline.model.explanation import NO_DEFECT, NOT_HIGHEST, SCORE, SOME_DEFECT, BranchFound, Finding
from pipeline.model.rating_rules import Band, Branch, Ground
from pipeline.model.regulation import NONE, Regulation
from pipeline.rating.answers import word
from pipeline.rating.decided import with_decision, with_own_branch
from pipeline.rating.levels import possible_bands

CONTRARY = {MET: NOT_MET, NOT_MET: MET, OPEN: OPEN}


def branches(
    regulation: Regulation, a: Assessment, quota: QuotaResult | None = None, decided_at: Written | None = None
) -> tuple[BranchFound, ...]:
    """In the order of the article; by the appraised sheet and facts, or by the unit's own before the appraisal.

    `quota`: says which candidates are outside it; without it that is open. `decided_at`: where a decision on the unit stands.
    """
    sheet, facts = (a.rated, a.facts) if a.rated and a.facts else (a.self_sheet, a.self_facts)
    if sheet is None or facts is None:
        return ()
    reached = {band.code for band in possible_bands(regulation, sheet)}
    defects = {world.defect for world in facts.worlds}
    evidence = {e.code: e for e in a.evidence}
    found: list[BranchFound] = []
    for branch in regulation.rating.branches_in_force:
        grounds = []
        for ground in branch.in_force:
            if ground.finding == SCORE:
                finding = _score(regulation, branch, ground, evidence[SCORE], reached)
            elif ground.finding in (NO_DEFECT, SOME_DEFECT):
                finding = _defects(regulation, ground, evidence, defects)
            elif ground.finding == NOT_HIGHEST:
                finding = _not_highest(regulation, ground, found, a.code, quota)
            else:
                finding = _finding(regulation, evidence[ground.finding], ground)
            grounds.append(_read(ground, finding))
        whole = BranchFound(branch.level, branch.name, branch.citation, _sum_up(grounds), tuple(grounds))
        found.append(with_decision(regulation, a, whole, decided_at))
    return tuple(with_own_branch(regulation, a, found, decided_at))


def _sum_up(grounds: list[Finding]) -> str:
    results = {f.result for f in grounds if f.counts}
    return NOT_MET if NOT_MET in results else OPEN if OPEN in results else MET


def _read(ground: Ground, found: Finding) -> Finding:
    """As far as its clause is clear: one merely noted does not count, one unclear does not fail."""
    if ground.noted not in (None, NONE):
        return replace(found, reading=ground.noted or "", counts=False)
    if ground.unclear not in (None, NONE):
        return replace(found, reading=ground.unclear or "", result=OPEN if found.result == NOT_MET else found.result)
    return found


def _not_highest(regulation: Regulation, ground: Ground, found: list[BranchFound], code: str, quota: QuotaResult | None) -> Finding:
    """Whether the level above, the first branch, is out of reach: its conditions lacking, or the unit outside the quota."""
    above = found[0].result
    if above != MET:
        value, result = ("thiếu điều kiện", MET) if above == NOT_MET else ("chưa rõ", OPEN)
    elif quota and code in quota.chosen:
        value, result = "trong hạn mức", NOT_MET
    elif quota and code in quota.outside:
        value, result = "ngoài hạn mức", MET
    else:
        value, result = "chờ hạn mức", OPEN
    where = regulation.dossier.place(NOT_HIGHEST, (APPRAISED,))
    return Finding(NOT_HIGHEST, ground.citation or "", ground.text or "", value, result, where)


def _finding(regulation: Regulation, e: Evidence, ground: Ground | None = None) -> Finding:
    where = regulation.dossier.place(e.code, e.printed)
    citation, text = (ground.citation, ground.text) if ground else (None, None)
    result = CONTRARY[e.result] if ground and ground.contrary == "co" else e.result
    return Finding(e.code, citation or e.citation, text or e.text, e.value, result, where, e.written)


def _score(regulation: Regulation, branch: Branch, ground: Ground, e: Evidence, reached: set[str]) -> Finding:
    """Whether the total (every total compared) lies in the branch's bands."""
    wanted = set(branch.bands)
    result = MET if reached <= wanted else OPEN if reached & wanted else NOT_MET
    name = _range([b for b in regulation.rating.bands if b.code in wanted])
    text = regulation.rating.words.in_band.replace("{khoang}", name)
    where = regulation.dossier.place(SCORE, e.printed)
    return Finding(SCORE, ground.citation or e.citation, text, e.value, result, where, e.written)


def _range(bands: list[Band]) -> str:
    """Neighbouring bands as one: "từ 85 điểm trở lên", "từ 60 điểm đến dưới 90 điểm"; others one by one."""
    first, last = bands[0].name.split(" đến ")[0], bands[-1].name.split(" đến ")[-1]
    neighbours = all(above.low == below.high for below, above in zip(bands, bands[1:]))
    if len(bands) == 1 or not neighbours or not bands[0].low:
        return " hoặc ".join(b.name for b in bands)
    return f"{first} trở lên" if bands[-1].high is None else f"{first} đến {last}"


def _defects(regulation: Regulation, ground: Ground, evidence: dict[str, Evidence], defects: set[str]) -> Finding:
    """All defects together: none, at least one, or still open; `parts` lists each."""
    wanted = "khong" if ground.finding == NO_DEFECT else "co"
    result = OPEN if len(defects) > 1 else MET if defects == {wanted} else NOT_MET
    words = regulation.rating.words.defect
    value = "chưa rõ" if len(defects) > 1 else word(next(iter(defects)))
    parts = tuple(_finding(regulation, evidence[code]) for code in ground.parts)
    text = words[wanted][:1].upper() + words[wanted][1:]
    return Finding(ground.finding, ground.citation or "", text, value, result, "", (), parts)
