"""Totals and settled or open facts x decision table -> the levels still possible (Điều 6)."""

from __future__ import annotations

from fractions import Fraction

from pipeline.model.assessment import CANDIDATE, Assessment, FactFindings, LevelSet, ScoreSheet, World
from pipeline.model.rating_rules import Band, TableRow
from pipeline.model.regulation import Regulation


def levels(regulation: Regulation, sheet: ScoreSheet, facts: FactFindings) -> LevelSet:
    """Union of the table over every band the totals reach and every world the facts allow."""
    bands = possible_bands(regulation, sheet)
    used = [row_for(regulation, band.code, world) for band in bands for world in sorted(facts.worlds, key=repr)]
    rows = list({row.code: row for row in used}.values())
    order = [CANDIDATE, *(level.code for level in regulation.heading.levels)]
    found = {result for row in rows for result in row.result}
    return LevelSet(
        tuple(level for level in order if level in found),
        tuple(r.code for r in rows),
        tuple(dict.fromkeys(r.citation for r in rows)),
        tuple(dict.fromkeys(n for r in rows for n in r.readings)),
        tuple(b.code for b in bands),
    )


def possible_bands(regulation: Regulation, sheet: ScoreSheet) -> list[Band]:
    """Bands of every total the regulation compares, each over its range while rows are blank."""
    totals = {
        "in": (Fraction(sheet.printed[0]), Fraction(sheet.printed[1])),
        "chinh_xac": sheet.exact,
        "chia_deu": sheet.equal,
    }
    ranges = [totals[name] for name in regulation.scoring.comparison.totals]
    return [band for band in regulation.rating.bands if any(_reaches(band, low, high) for low, high in ranges)]


def _reaches(band: Band, low: Fraction, high: Fraction) -> bool:
    return high >= (band.low or 0) and (band.high is None or low < band.high)


def row_for(regulation: Regulation, band: str, world: World) -> TableRow:
    """The one row of the table that fits (that there is one, the reading of the regulation has checked)."""
    return next(row for row in regulation.rating.table if world.fits(row, band))


def by_self_score(regulation: Regulation, a: Assessment) -> list[str]:
    """The decision table on the self score and the unit's own facts, before the quota; empty while nothing can be computed."""
    return [regulation.quota.chosen if code == CANDIDATE else code for code in (a.self_levels.levels if a.self_levels else ())]
