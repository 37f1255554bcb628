"""A case that was open -> what left it open: facts that are unclear, clauses that are, totals that disagree, or the quota."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.assessment import OPEN, Assessment, Evidence, QuotaResult
from pipeline.model.explanation import Doubt
from pipeline.model.rating_rules import DefectRules
from pipeline.model.regulation import Regulation
from pipeline.rating.answers import NO, YES
from pipeline.rating.facts import Facts, examine
from pipeline.rating.levels import possible_bands, row_for
from pipeline.rating.possible import DIMENSIONS
from pipeline.rating.rank import scope_of

UNCLEAR = "chua_ro"
NOTHING = Doubt((), (), (), ())
SUBJECTS = ("open_subjects", "open_units", "other_year")


def doubt(regulation: Regulation, a: Assessment, facts: Facts, totals: list[Assessment], quota: QuotaResult) -> Doubt | None:
    """None for a case that was never open; `totals`: every unit's assessment."""
    if a.levels is None or a.facts is None or a.rated is None:
        return None
    if len(a.levels.levels) == 1:
        words, readings = _of_quota(regulation, a, totals, quota) if a.rank is not None and len(_spread(regulation)) > 1 else ([], [])
        return Doubt((), tuple(readings), (), tuple(words)) if words or readings else None
    unclear, readings = _unclear(regulation, a, facts)
    used = [row_for(regulation, band.code, world) for band in possible_bands(regulation, a.rated) for world in a.facts.worlds]
    for row in {row.code: row for row in used if len(row.result) > 1}.values():
        unchosen = [n for n in row.readings if regulation.applied(n, quota.basis) is None]
        readings += unchosen or row.readings
    split = a.total is not None and len(a.levels.bands) > 1 and _matters(regulation, a, None)
    bands = tuple(band.name for band in possible_bands(regulation, a.rated)) if split else ()
    order = list(regulation.readings)
    said = tuple(f"«{e.text}» ({e.citation})" for e in unclear)
    found = Doubt(said, tuple(sorted(dict.fromkeys(readings), key=order.index)), bands, ())
    return found if found != NOTHING else None


def _unclear(regulation: Regulation, a: Assessment, facts: Facts) -> tuple[list[Evidence], list[str]]:
    """Open findings on which the level depends: those whose fact is unclear, and the clauses that leave the others open.

    Each clause left open is settled both ways: what stays open then is a fact, what comes out differently is the clause's doing.
    """
    assert a.facts is not None
    settled = [{e.code: e.result for e in examine(_settled(regulation, way), facts).evidence} for way in (YES, NO)]
    codes = [code for dimension in DIMENSIONS if _matters(regulation, a, dimension) for code in _behind(regulation, dimension)]
    found = [e for e in a.facts.evidence if e.result == OPEN and e.code in codes]
    by_place = {e.written: e for e in reversed(found) if any(way[e.code] == OPEN for way in settled)}
    unclear = [e for e in found if by_place.get(e.written) is e]
    by_clause = any(settled[0][e.code] != settled[1][e.code] for e in found)
    return unclear, [n for n in _left_open(regulation) if n in a.facts.readings] if by_clause else []


def _behind(regulation: Regulation, dimension: str) -> list[str]:
    """The findings that make up a column of the table."""
    return {
        "defect": [info.alias or name for name, info in DefectRules.model_fields.items()],
        "discipline": ["ky_luat"],
        "failed_member": ["thanh_vien_khong_hoan_thanh"],
        "conditions": [c.code for c in regulation.rating.conditions],
    }[dimension]


def _matters(regulation: Regulation, a: Assessment, dimension: str | None) -> bool:
    """Whether settling it (None = the band of the total) one way or another would narrow the levels."""
    assert a.facts is not None and a.rated is not None
    found: dict[str, set[str]] = {}
    for band in possible_bands(regulation, a.rated):
        for world in a.facts.worlds:
            value = getattr(world, dimension) if dimension else band.code
            found.setdefault(value, set()).update(row_for(regulation, band.code, world).result)
    return any(levels != set().union(*found.values()) for levels in found.values())


def _left_open(regulation: Regulation) -> Iterator[str]:
    """Readings under which the regulation's folder says of some facts that it is unclear what they mean."""
    rating = regulation.rating
    targets, key = rating.defects.targets, rating.defects.key_targets
    subjects = [getattr(rating.discipline, name) for name in SUBJECTS]
    settings = [
        *((s.handling, s.reading) for s in subjects),
        (targets.force_majeure, targets.reading),
        (targets.none_assigned, targets.none_assigned_reading),
        (key.some_missed, key.reading),
    ]
    yield from dict.fromkeys(reading for value, reading in settings if value == UNCLEAR and reading)


def _settled(regulation: Regulation, way: str) -> Regulation:
    """The regulation with every such setting decided the same way: the fact counts, or does not."""
    rating = regulation.rating
    handling = "tinh" if way == YES else "khong_tinh"
    subjects = {name: getattr(rating.discipline, name) for name in SUBJECTS}
    discipline = {n: s.model_copy(update={"handling": handling}) if s.handling == UNCLEAR else s for n, s in subjects.items()}
    targets, key = rating.defects.targets, rating.defects.key_targets
    open_ = [name for name in ("force_majeure", "none_assigned") if getattr(targets, name) == UNCLEAR]
    defects = {
        "targets": targets.model_copy(update=dict.fromkeys(open_, way)),
        "key_targets": key.model_copy(update={"some_missed": way}) if key.some_missed == UNCLEAR else key,
    }
    settled = {
        "discipline": rating.discipline.model_copy(update=discipline),
        "defects": rating.defects.model_copy(update=defects),
    }
    return regulation.model_copy(update={"rating": rating.model_copy(update=settled)})


def _spread(regulation: Regulation) -> set[str]:
    return {regulation.quota.chosen, *regulation.quota.outside}


def _of_quota(regulation: Regulation, a: Assessment, totals: list[Assessment], quota: QuotaResult) -> tuple[list[str], list[str]]:
    """Why a candidate's place in the quota was not certain, and the readings behind that."""
    rule, scope = regulation.quota, scope_of(quota, a.code)
    ranked = [other.total or 0 for other in totals if other.code in scope.candidates]
    above, tied = sum(total > (a.total or 0) for total in ranked), sum(total == (a.total or 0) for total in ranked)
    if above >= scope.limit_max or above + tied <= scope.limit_min:
        return [], []
    words, readings = list[str](), list[str]()
    if scope.basis is None and len({scope.limits[b.code] for b in rule.bases}) > 1:
        words.append("chưa chọn cơ sở tính hạn mức" + _see(rule.basis_reading))
        readings.append(rule.basis_reading or "")
    if scope.n is None:
        words.append("hạn mức còn tùy mức của những tập thể chưa rõ")
    if tied > 1 and above < scope.limit_max < above + tied:
        words.append("đồng điểm ở ranh giới hạn mức" + _see(rule.tie_reading))
        readings.append(rule.tie_reading or "")
    return words, [n for n in readings if n]


def _see(reading: str | None) -> str:
    return f" (cách hiểu {reading})" if reading else ""
