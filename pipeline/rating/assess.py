"""One unit's file and its appraisal -> Assessment before the quota: scores, facts, possible levels, what is still owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import (
    APPRAISED,
    CANDIDATE,
    MET,
    NOT_MET,
    OPEN,
    OWN,
    Assessment,
    Evidence,
    FactFindings,
    LevelSet,
    ScoreSheet,
    Written,
)
from pipeline.model.province import DecidedLevel
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.problems import Kind
from pipeline.rating import effective
from pipeline.rating.blanks import blanks_that_matter, in_words
from pipeline.rating.claims import Claim
from pipeline.rating.facts import Facts, examine
from pipeline.rating.levels import levels
from pipeline.rating.procedure import opinion_given
from pipeline.rating.sheet import score


def assess(
    regulation: Regulation,
    unit: Unit,
    submission: Submission | None,
    appraisal: Appraisal | None,
    decided_members: Mapping[str, DecidedLevel] | None = None,
) -> Assessment:
    """`submission` None = its file has errors; `appraisal` None = not appraised yet: both leave every level possible."""
    result = Assessment(unit.code, possible=[level.code for level in regulation.heading.levels])
    if submission is None:
        result.missing.append("tệp của đơn vị còn lỗi")
        return result
    _self_assess(regulation, unit, submission, result)
    if appraisal is None:
        result.missing.append("chưa có kết quả thẩm định")
        return result
    rows, changed = effective.rows(submission, appraisal)
    result.sheet = score(regulation, unit.section, rows, changed)
    result.rated = result.self_sheet if regulation.rating.rated_total.source == "tu_cham" else result.sheet
    assert result.rated is not None
    facts = effective.facts(regulation, submission, appraisal, unit.number, decided_members or {})
    result.facts = examine(regulation, facts)
    result.levels = _own_claim(regulation, submission, levels(regulation, result.rated, result.facts))
    before = effective.facts(regulation, submission, appraisal, unit.number, {})
    changed_members = _members_changed(regulation, submission, facts)
    result.warnings += changed_members
    result.decided_changes = tuple(w for w in changed_members if w not in _members_changed(regulation, submission, before))
    if result.levels.levels == (CANDIDATE,) and submission.proposed not in (None, regulation.quota.chosen):
        result.warnings.append(
            f"đủ điều kiện {regulation.level_name(regulation.quota.chosen).lower()} nhưng tự nhận mức thấp hơn ({regulation.quota.citation})"
        )
    result.evidence = all_evidence(regulation, result.rated, result.facts, result.rated is result.sheet, changed)
    result.readings = _readings(regulation, result)
    result.missing += [claim.what for claim in unconfirmed(regulation, unit, result.sheet, appraisal)]
    result.missing += [f"hàng {code} chưa có điểm" for code in result.sheet.blank]
    if len(result.levels.levels) > 1:
        keys = blanks_that_matter(regulation, result.rated, facts, result.facts, result.levels)
        result.missing += [f"«{in_words(key)}» chưa ghi" for key in keys]
    return result


def _readings(regulation: Regulation, result: Assessment) -> tuple[str, ...]:
    """Readings that shaped the score, the facts or the row of the table, in the order of the folder."""
    assert result.rated and result.sheet and result.self_sheet and result.facts and result.levels
    found = {*result.rated.readings, *result.facts.readings, *result.levels.readings}
    if result.sheet.total != result.self_sheet.total:
        found.add(regulation.rating.rated_total.reading or "")
    return tuple(code for code in regulation.readings if code in found)


def _members_changed(regulation: Regulation, submission: Submission, facts: Facts) -> list[str]:
    """Members' levels that are no longer what the conference proposed: the collective has been rated anew with them."""
    now = {m.name: m.level for m in facts.members}
    return [
        f"đồng chí {m.name}{', người đứng đầu' if m.head == 'co' else ''}: mức xếp loại được điều chỉnh từ “{regulation.level_name(m.level).lower()}” "
        f"thành “{regulation.level_name(level).lower()}”, mức của tập thể tính theo mức đã điều chỉnh ({regulation.rating.member_levels.citation})"
        for m in submission.members or ()
        if m.level and (level := now.get(m.name)) and level != m.level
    ]


def _self_assess(regulation: Regulation, unit: Unit, submission: Submission, result: Assessment) -> None:
    """The decision table on the self score and the unit's own facts, before the quota."""
    result.self_sheet = score(regulation, unit.section, submission.rows)
    result.self_facts = examine(regulation, effective.own_facts(regulation, submission, unit.number))
    result.self_levels = levels(regulation, result.self_sheet, result.self_facts)
    result.evidence = all_evidence(regulation, result.self_sheet, result.self_facts, appraised=False)


def _own_claim(regulation: Regulation, submission: Submission, found: LevelSet) -> LevelSet:
    """Where the setting asks for the unit's own claim, one that proposes less for itself is no candidate (reading n39)."""
    quota = regulation.quota
    if quota.needs_own_claim != "co" or submission.proposed in (None, quota.chosen):
        return found
    return replace(found, levels=tuple(dict.fromkeys(quota.other if level == CANDIDATE else level for level in found.levels)))


def all_evidence(
    regulation: Regulation, sheet: ScoreSheet, facts: FactFindings, appraised: bool, changed: frozenset[str] = frozenset()
) -> tuple[Evidence, ...]:
    """The facts' evidence with the score (the council's or the unit's own) in its place among the conditions of the highest level.

    `changed`: rows the council scored; the others stand in the unit's own file.
    """
    rule = regulation.rating.condition("diem")
    threshold = regulation.rating.bands[-1].low or 0
    low, high = sheet.printed
    result = MET if low >= threshold else NOT_MET if high < threshold else OPEN
    value = f"{sheet.total:.2f}" if sheet.total is not None else f"chưa đủ điểm ({low:.2f} đến {high:.2f})"
    files = (APPRAISED, OWN) if appraised and changed else (OWN,)
    written = tuple(Written(file, ("cham_diem",)) for file in files)
    score_line = Evidence("diem", rule.citation, rule.text, value, result, written, (APPRAISED if appraised else OWN,))
    order = [c.code for c in regulation.rating.conditions]
    return tuple(sorted((*facts.evidence, score_line), key=lambda e: order.index(e.code) if e.code in order else len(order)))


def confirmation_points(regulation: Regulation, sheet: ScoreSheet) -> dict[str, tuple[str, ...]]:
    """Points a named person must confirm -> the names under which `xac_nhan` may confirm them: the row, the reading, or both."""
    rules = regulation.scoring
    own = next(p.code for p in rules.parts if p.own == "co")
    points: dict[str, tuple[str, ...]] = {}
    for row in sheet.rows.values():
        if row.not_applicable is None:
            continue
        reading = None
        if row.code.split(".")[0] == own:
            reading = rules.not_applicable.whole_row.reading
        elif row.code.rsplit(".", 1)[0] == rules.first_of_c.criterion:
            reading = rules.first_of_c.reading
        if reading and regulation.needs_confirmation(reading):
            points[row.code] = (row.code, reading)
    return points


def unconfirmed(regulation: Regulation, unit: Unit, sheet: ScoreSheet, appraisal: Appraisal) -> list[Claim]:
    """What the appraisal still owes before its level counts: confirmations and opinions (Điều 5 khoản 2)."""
    confirmed = appraisal.confirmed
    found = [
        Claim(("xac_nhan",), Kind.OWED, f"chưa xác nhận hàng {code} không áp dụng", f"thêm vào xac_nhan: diem: {code}, nguoi và ghi_chu")
        for code, names in confirmation_points(regulation, sheet).items()
        if not confirmed & set(names)
    ]
    for code in unit.bodies:
        body = regulation.procedure.body(code)
        if body.when == "truoc_tham_dinh" and not opinion_given(appraisal, code) and f"y_kien.{code}" not in confirmed:
            found.append(
                Claim(("y_kien", code), Kind.OWED, f"chưa có ý kiến của {body.name}", "ghi ý kiến vào y_kien, hoặc xác nhận ở xac_nhan")
            )
    return found


def late_opinions(regulation: Regulation, unit: Unit, appraisal: Appraisal) -> Iterator[Claim]:
    """Opinions asked together with the proposal and still owed: they hold up the submission, not the appraisal (Điều 5 khoản 2 điểm (1))."""
    confirmed = appraisal.confirmed
    for code in unit.bodies:
        body = regulation.procedure.body(code)
        if body.when == "cung_trinh" and not opinion_given(appraisal, code) and f"y_kien.{code}" not in confirmed:
            what = f"chưa có ý kiến của {body.name}, xin cùng lúc với trình; thiếu thì chưa trình được ({body.citation})"
            yield Claim(("y_kien", code), Kind.OWED, what, "ghi ý kiến vào y_kien, hoặc xác nhận ở xac_nhan")
