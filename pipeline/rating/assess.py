"""One unit's file and its appraisal -> Assessment before the quota: scores, facts, possible levels, what is still owed."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import CANDIDATE, MET, NOT_MET, OPEN, Assessment, Evidence, FactFindings, LevelSet, ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.problems import Kind
from pipeline.rating import effective
from pipeline.rating.claims import Claim
from pipeline.rating.facts import examine
from pipeline.rating.levels import levels
from pipeline.rating.sheet import score


def assess(
    regulation: Regulation,
    unit: Unit,
    submission: Submission | None,
    appraisal: Appraisal | None,
    decided_members: dict[str, str] | None = None,
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
    result.facts = examine(regulation, effective.facts(submission, appraisal, unit.number, decided_members or {}))
    result.levels = _own_claim(regulation, submission, levels(regulation, result.sheet, result.facts))
    if result.levels.levels == (CANDIDATE,) and submission.proposed not in (None, regulation.quota.chosen):
        result.warnings.append(
            f"đủ điều kiện {regulation.level_name(regulation.quota.chosen).lower()} nhưng tự nhận mức thấp hơn ({regulation.quota.citation})"
        )
    result.evidence = all_evidence(regulation, result.sheet, result.facts)
    result.readings = tuple(dict.fromkeys([*result.levels.readings, *result.facts.readings]))
    result.missing += [claim.what for claim in unconfirmed(regulation, unit, result.sheet, appraisal)]
    result.missing += [f"hàng {code} chưa có điểm" for code in result.sheet.blank]
    if len(result.levels.levels) > 1:
        result.missing += [f"«{key}» chưa ghi" for key in dict.fromkeys(result.facts.blank)]
    return result


def _self_assess(regulation: Regulation, unit: Unit, submission: Submission, result: Assessment) -> None:
    """The decision table on the self score and the unit's own facts, before the quota."""
    result.self_sheet = score(regulation, unit.section, submission.rows)
    result.self_facts = examine(regulation, effective.own_facts(submission, unit.number))
    result.self_levels = levels(regulation, result.self_sheet, result.self_facts)
    result.evidence = all_evidence(regulation, result.self_sheet, result.self_facts)


def _own_claim(regulation: Regulation, submission: Submission, found: LevelSet) -> LevelSet:
    """Where the setting asks for the unit's own claim, one that proposes less for itself is no candidate (reading n39)."""
    quota = regulation.quota
    if quota.needs_own_claim != "co" or submission.proposed in (None, quota.chosen):
        return found
    return replace(found, levels=tuple(dict.fromkeys(quota.other if level == CANDIDATE else level for level in found.levels)))


def all_evidence(regulation: Regulation, sheet: ScoreSheet, facts: FactFindings) -> tuple[Evidence, ...]:
    """The facts' evidence with the score in its place: gạch đầu dòng 5 stands after the first four."""
    rule = regulation.rating.condition("diem")
    threshold = regulation.rating.bands[-1].low or 0
    low, high = sheet.printed
    result = MET if low >= threshold else NOT_MET if high < threshold else OPEN
    value = "chưa đủ điểm" if sheet.total is None else f"{sheet.total:.2f}"
    score_line = Evidence(rule.citation, rule.text, value, result, "Biểu chấm điểm, dòng TỔNG ĐIỂM", ("cham_diem",), rule.reading)
    return (*facts.evidence[:4], score_line, *facts.evidence[4:])


def confirmation_points(regulation: Regulation, sheet: ScoreSheet) -> dict[str, tuple[str, ...]]:
    """Points a named person must confirm -> the names under which `xac_nhan` may confirm them (readings n8 and n12)."""
    whole, first = regulation.scoring.not_applicable.whole_row, regulation.scoring.first_of_c
    points: dict[str, tuple[str, ...]] = {}
    for row in sheet.rows.values():
        if row.applies or row.not_applicable is None:
            continue
        if row.code.split(".")[0] == regulation.scoring.evidence_part and whole.confirm == "co":
            points[row.code] = (row.code, whole.reading or "")
        elif row.code.rsplit(".", 1)[0] == first.criterion and first.confirm == "co":
            points[row.code] = (row.code, first.reading or "")
    return points


def unconfirmed(regulation: Regulation, unit: Unit, sheet: ScoreSheet, appraisal: Appraisal) -> list[Claim]:
    """What the appraisal still owes before its level counts: confirmations and opinions (Điều 5 khoản 2)."""
    confirmed = {c.point for c in appraisal.confirmations or () if c.who}
    found = [
        Claim(("xac_nhan",), Kind.OWED, f"chưa xác nhận hàng {code} không áp dụng", f"thêm vào xac_nhan: diem: {code} và nguoi xác nhận")
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


def opinion_given(appraisal: Appraisal | None, body: str) -> bool:
    opinion = appraisal.opinions.of(body) if appraisal and appraisal.opinions else None
    return bool(opinion and opinion.level)


def may_be_highest(result: Assessment) -> bool:
    """An open unit that may still become a candidate (all levels possible, or CANDIDATE among them)."""
    return result.levels is None or CANDIDATE in result.levels.levels
