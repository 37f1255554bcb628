"""An assessment -> every branch of the article on levels with its conditions as found, and the facts behind each level still open."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from pipeline.model.assessment import CANDIDATE, MET, NOT_MET, OPEN, Assessment, Evidence, World
from pipeline.model.explanation import BranchFound, Finding, PossibleLevel
from pipeline.model.rating_rules import Band, Branch, Ground, TableRow
from pipeline.model.regulation import Regulation
from pipeline.rating.answers import word
from pipeline.rating.levels import possible_bands, row_for

SCORE, NO_DEFECT, SOME_DEFECT = "diem", "khong_khuyet_diem", "co_khuyet_diem"
DIMENSIONS = ("defect", "discipline", "failed_member", "conditions")


def branches(regulation: Regulation, a: Assessment) -> tuple[BranchFound, ...]:
    """In the order of the article; by the appraised sheet and facts, or by the unit's own before the appraisal."""
    sheet, facts = (a.rated, a.facts) if a.rated and a.facts else (a.self_sheet, a.self_facts)
    if sheet is None or facts is None:
        return ()
    reached = {band.code for band in possible_bands(regulation, sheet)}
    defects = {world.defect for world in facts.worlds}
    evidence = {e.code: e for e in a.evidence}
    return tuple(_branch(regulation, branch, evidence, reached, defects) for branch in regulation.rating.branches)


def _branch(regulation: Regulation, branch: Branch, evidence: dict[str, Evidence], reached: set[str], defects: set[str]) -> BranchFound:
    found = []
    for ground in branch.grounds:
        if ground.finding == SCORE:
            found.append(_score(regulation, branch, ground, evidence[SCORE], reached))
        elif ground.finding in (NO_DEFECT, SOME_DEFECT):
            found.append(_defects(regulation, ground, evidence, defects))
        else:
            found.append(_finding(regulation, evidence[ground.finding], ground))
        if ground.noted:
            found[-1] = replace(found[-1], noted=ground.noted)
    results = {f.result for f in found if not f.noted}
    result = NOT_MET if NOT_MET in results else OPEN if OPEN in results else MET
    return BranchFound(branch.level, branch.name, branch.citation, result, tuple(found))


def _finding(regulation: Regulation, e: Evidence, ground: Ground | None = None) -> Finding:
    where = regulation.dossier.place(e.code, e.restated)
    citation, text = (ground.citation, ground.text) if ground else (None, None)
    return Finding(e.code, citation or e.citation, text or e.text, e.value, e.result, where, e.path, e.restated)


def _score(regulation: Regulation, branch: Branch, ground: Ground, e: Evidence, reached: set[str]) -> Finding:
    """Whether the total (every total compared) lies in the branch's bands."""
    wanted = set(branch.bands)
    result = MET if reached <= wanted else OPEN if reached & wanted else NOT_MET
    name = _range([b for b in regulation.rating.bands if b.code in wanted])
    text = regulation.rating.words.in_band.replace("{khoang}", name)
    where = regulation.dossier.place(SCORE, e.restated)
    return Finding(SCORE, ground.citation or e.citation, text, e.value, result, where, e.path, e.restated)


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
    return Finding(ground.finding, ground.citation or "", text, value, result, "", (), False, parts)


# --- open cases -------------------------------------------------------------------------------------------------------


def possible_levels(regulation: Regulation, a: Assessment) -> tuple[PossibleLevel, ...]:
    """For each level still possible before the quota: which settling of the open facts leads to it, under which articles."""
    if a.levels is None or a.facts is None or a.rated is None or len(a.levels.levels) < 2:
        return ()
    ways = [(band, world) for band, world in product(possible_bands(regulation, a.rated), sorted(a.facts.worlds, key=repr))]
    rows = {row.code: row for band, world in ways for row in [row_for(regulation, band.code, world)]}
    found = []
    for level in a.levels.levels:
        leading = [row for row in rows.values() if level in row.result]
        whens = dict.fromkeys(_when(regulation, row, ways) for row in leading)
        found.append(
            PossibleLevel(
                regulation.quota.chosen if level == CANDIDATE else level,
                () if "" in whens else tuple(whens),
                tuple(dict.fromkeys(row.citation for row in leading)),
                tuple(dict.fromkeys(n for row in leading if len(row.result) > 1 for n in row.readings)),
            )
        )
    return tuple(found)


def _when(regulation: Regulation, row: TableRow, ways: list[tuple[Band, World]]) -> str:
    """The open facts as they must turn out for the row to apply; a fact that may turn out any way is left out."""
    mine = [(band, world) for band, world in ways if row_for(regulation, band.code, world).code == row.code]
    words = []
    if {band.code for band, _ in mine} != {band.code for band, _ in ways}:
        names = [band.name for band in regulation.rating.bands if band.code in {b.code for b, _ in mine}]
        words.append(regulation.rating.words.in_band.replace("{khoang}", " hoặc ".join(names)))
    for dimension in DIMENSIONS:
        here, everywhere = ({getattr(world, dimension) for _, world in group} for group in (mine, ways))
        if here != everywhere:
            said = getattr(regulation.rating.words, dimension)
            words.append(" hoặc ".join(said[value] for value in said if value in here))
    return "; ".join(words)
