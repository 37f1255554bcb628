"""The year as files or as read -> every assessment, the quota and ket_qua.json's object; problems of scoring go back to their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.intake.places_of import seen_from
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.model.assessment import Assessment, QuotaResult
from pipeline.model.province import DecidedLevel, HumanDecision
from pipeline.model.submission import head_of
from pipeline.model.values import name_key
from pipeline.model.year import File, UnitFiles, YearFiles
from pipeline.places import Places
from pipeline.problems import Kind, Problem, errors, in_order
from pipeline.rating import effective
from pipeline.rating.assess import assess, late_opinions, unconfirmed
from pipeline.rating.claims import Claim, own_level_claims, row_claims, stuck_claims
from pipeline.rating.double_role import double_role, roles_besides
from pipeline.rating.official import Head, beside_the_proposal, head_warnings, record_official
from pipeline.rating.other_readings import Case, Year
from pipeline.rating.sheet import score
from pipeline.rating.year import Refusal, settle_year


@dataclass
class YearResult:
    files: YearFiles
    assessments: dict[str, Assessment]
    quota: QuotaResult
    basis_of_rating: Year  # what everything was computed from, so that another reading can be tried


def check(places: Places, only: str | None = None) -> YearResult:
    """Reading, checking, scoring, rating: the first half of a build. `only`: one unit, as typed. Nothing is written."""
    return assess_year(read_year(places, LawBook, only))


def assess_year(files: YearFiles) -> YearResult:
    """Scores, rates and settles every unit read; adds the problems that only scoring can find."""
    decided: dict[str, dict[str, DecidedLevel]] = {}
    decisions = files.decisions.usable
    for position, member in enumerate((decisions.members if decisions else None) or []):
        if member.unit and member.name and member.level:
            decided.setdefault(member.unit, {})[member.name] = DecidedLevel(member.level, position)
    assessments = {code: _assess_unit(files, unit, decided.get(code, {})) for code, unit in files.units.items()}
    province = files.province.value
    basis = province.quota.basis if province and province.quota else None
    cases = (decisions.open_cases if decisions else None) or []
    groups = {code: unit.unit.group for code, unit in files.units.items()}
    open_cases = {c.unit: c for c in cases if c.unit}
    quota, refused = settle_year(files.regulation, assessments, open_cases, basis, groups)
    _refuse_decisions(files, cases, refused)
    _official(files, assessments, decided, basis)
    inputs = {
        code: Case(unit.unit, unit.submission.usable, unit.appraisal.usable if unit.appraisal else None, decided.get(code, {}))
        for code, unit in files.units.items()
    }
    return YearResult(files, assessments, quota, Year(files.regulation, inputs, assessments, open_cases, basis))


def _assess_unit(files: YearFiles, unit: UnitFiles, decided: dict[str, DecidedLevel]) -> Assessment:
    regulation = files.regulation
    submission = unit.submission.usable
    if submission is not None:
        sheet = score(regulation, unit.unit.section, submission.rows)
        _claim(unit.submission, row_claims(regulation, unit.unit.section, sheet, submission.rows))
        submission = unit.submission.usable
    appraisal = unit.appraisal.usable if unit.appraisal else None
    if submission is not None and unit.appraisal and appraisal is not None:
        rows, changed = effective.rows(submission, appraisal)
        sheet = score(regulation, unit.unit.section, rows, changed)
        reasons = {code: entry.reason for code, entry in submission.rows.items()}
        _claim(unit.appraisal, row_claims(regulation, unit.unit.section, sheet, {c: rows[c] for c in changed}, reasons))
        appraisal = unit.appraisal.usable
    result = assess(regulation, unit.unit, submission, appraisal, decided)
    if submission is not None:
        _claim(unit.submission, own_level_claims(regulation, submission, result))
        result.roles = roles_besides(regulation, unit.unit, submission.members or (), _council(files))
        result.warnings += double_role(regulation, result.roles)
        if result.self_sheet:
            _claim(unit.submission, stuck_claims(regulation, result.self_sheet))
    if unit.appraisal and appraisal is not None and result.sheet:
        _claim(unit.appraisal, [*unconfirmed(regulation, unit.unit, result.sheet, appraisal), *stuck_claims(regulation, result.sheet)])
        _claim(unit.appraisal, late_opinions(regulation, unit.unit, appraisal))
    result.errors = [p.in_year(files.year) for p in errors(unit.submission.problems)]
    if unit.appraisal and appraisal is None:
        result.missing.append("tệp thẩm định còn lỗi")
    return result


def _council(files: YearFiles) -> list[str]:
    """Names of those who sit in Hội đồng thẩm định."""
    council = files.province.value.council if files.province.value else None
    return [m.name for m in (council.members if council else None) or () if m.name]


def _claim(file: File[Any], claims: Iterable[Claim]) -> None:
    """Claims of the rating stage become problems at their lines."""
    found = []
    for c in claims:
        second = f" (dòng {file.at(*c.other).line})" if c.other else ""
        found.append(Problem(file.at(*c.path), c.kind, c.what + second, c.write))
    file.problems[:] = in_order([*file.problems, *found])


def _refuse_decisions(files: YearFiles, cases: list[HumanDecision], refused: list[Refusal]) -> None:
    position = {case.unit: i for i, case in enumerate(cases)}
    for refusal in refused:
        place = files.decisions.at("y_kien", position.get(refusal.unit, 0), "muc")
        error = refusal.kind is Kind.ERROR
        other = position.get(refusal.other)
        second = f" (quyết định về «{refusal.other}» ở dòng {files.decisions.at('y_kien', other, 'muc').line})" if other is not None else ""
        files.decisions.problems.append(
            Problem(
                place,
                refusal.kind,
                f"quyết định về «{refusal.unit}» {'không áp dụng được: ' if error else ''}{refusal.why}{second}",
                "sửa hoặc xóa mục này" if error else "bổ sung phần còn thiếu rồi chạy lại",
            )
        )


def _official(files: YearFiles, assessments: dict[str, Assessment], decided: dict[str, dict[str, DecidedLevel]], basis: str | None) -> None:
    """Official levels beside the proposals, the head against both (Điều 1 khoản 3); with one unit alone there is no quota to judge by."""
    regulation, decisions = files.regulation, files.decisions
    if len(files.units) < len(files.register):
        return
    heads = {code: _head(files, unit, decided.get(code, {})) for code, unit in files.units.items()}
    listed = (decisions.usable.official if decisions.usable else None) or []
    groups = {u.code: u.group for u in files.register}
    _claim(decisions, record_official(regulation, assessments, listed, heads, basis, groups))
    for i, entry in enumerate(listed):
        unit = files.units.get(entry.unit or "")
        if unit and unit.sound:  # a file with errors has its own messages, and no proposal because of them
            _claim(decisions, beside_the_proposal(regulation, assessments[unit.unit.code], i, entry))
    for code, a in assessments.items():
        a.conflicts += head_warnings(regulation, a, heads[code])


def _head(files: YearFiles, unit: UnitFiles, decided: Mapping[str, DecidedLevel]) -> Head | None:
    """The head of the collective: the level that counts and the line where it was written last (decision, appraisal, the unit's file)."""
    submission = unit.submission.usable
    appraisal = unit.appraisal.usable if unit.appraisal else None
    head = head_of(effective.members(submission, appraisal, decided)) if submission else None
    if submission is None or head is None:
        return None
    decisions, wanted = files.decisions.usable, name_key(head.name)
    in_decision = [
        m.unit == unit.unit.code and bool(m.level) and name_key(m.name) == wanted for m in (decisions.members if decisions else None) or []
    ]
    in_appraisal = [bool(m.level) and name_key(m.name) == wanted for m in (appraisal.members if appraisal else None) or []]
    own = [name_key(m.name) == wanted for m in submission.members or []]
    written: list[tuple[File[Any] | None, list[bool]]] = [
        (files.decisions, in_decision),
        (unit.appraisal, in_appraisal),
        (unit.submission, own),
    ]
    place = next(file.at("thanh_vien", mine.index(True), "xep_loai") for file, mine in written if file and True in mine)
    return Head(head.level, seen_from(files.decisions.at(), place))
