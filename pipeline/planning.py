"""YearResult -> the dossiers to build: one per unit whose file is usable, one of the province, each with what it still lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.assessing import YearResult
from pipeline.forms.used import used_fields
from pipeline.forms.catalogue import read_forms, read_profiles
from pipeline.model.explanation import Explanation
from pipeline.model.files import DocumentPlan, DossierPlan, PackedDocument
from pipeline.model.year import YearFiles
from pipeline.problems import Problem, errors, owed
from pipeline.rendering.fields_parcel import listing, without_copies
from pipeline.rendering.fields_province import province_dossier
from pipeline.rendering.fields_unit import unit_dossier
from pipeline.rendering.province_view import province_view


def plan_units(result: YearResult, templates: Path) -> list[DossierPlan]:
    """In the order of the regulation's list; units whose file has errors are left out."""
    forms, profiles, province = read_forms(templates), read_profiles(templates), result.files.province.value
    assert province is not None and province.declared is not None
    plans = []
    for code, files in result.files.units.items():
        submission = files.submission.usable
        if submission is not None:
            missing = [_words(p) for p in owed(files.submission.problems)]
            dossier = unit_dossier(
                result.files.regulation,
                forms,
                profiles,
                province.declared,
                files.unit,
                submission,
                result.assessments[code],
                forms.place,
                missing,
            )
            plans.append(_with_fields_used(dossier, templates))
    return plans


def _with_fields_used(dossier: DossierPlan, templates: Path) -> DossierPlan:
    """Each document with the fields its form prints and no others: what changes elsewhere leaves it as it is."""
    return replace(dossier, documents=tuple(_used_only(document, templates) for document in dossier.documents))


def _used_only(document: DocumentPlan, templates: Path) -> DocumentPlan:
    used = used_fields(templates, document.form, document.profile)
    return replace(document, fields={key: value for key, value in document.fields.items() if key in used})


def plan_province(
    result: YearResult, explanations: Mapping[str, Explanation], templates: Path, unpublished: Sequence[str] = ()
) -> DossierPlan:
    """`unpublished`: collectives whose dossier could not be made or did not stand up to the checks: without them nothing is ready."""
    view = province_view(result.files, result.assessments, result.quota, explanations)
    missing = [f"Hồ sơ của {name} chưa phát hành được: không qua kiểm tra khi lập" for name in unpublished]
    dossier = province_dossier(view, read_forms(templates), read_profiles(templates), [*missing, *province_missing(result)])
    return _with_fields_used(dossier, templates)


@dataclass(frozen=True)
class PlannedYear:
    """A whole year as planned; `plans`: units' dossiers and the province's."""

    result: YearResult
    explanations: Mapping[str, Explanation]
    plans: tuple[DossierPlan, ...]


@dataclass(frozen=True)
class ListingPlan:
    """A parcel's list of contents, and the documents for which nobody has said how many copies there are to be."""

    document: DocumentPlan
    without_copies: tuple[str, ...]


def plan_listing(
    year: PlannedYear, packed: Sequence[PackedDocument], bound: tuple[str, int], draft: bool, templates: Path
) -> ListingPlan | None:
    """`bound`: name and pages of the file that binds the province's documents. None when a packed document is planned no longer."""
    planned = {(plan.folder, document.stem): document for plan in year.plans for document in plan.documents}
    if any((p.dossier, p.stem) not in planned for p in packed):
        return None
    view = province_view(year.result.files, year.result.assessments, year.result.quota, year.explanations)
    listed = [(p, planned[p.dossier, p.stem]) for p in packed]
    document = listing(view, read_forms(templates), read_profiles(templates), listed, bound, draft)
    return ListingPlan(_used_only(document, templates), tuple(without_copies(view, listed)))


def _words(problem: Problem) -> str:
    return f"{f'{problem.within}: ' if problem.within else ''}{problem.what}{f' ({problem.write})' if problem.write else ''}"


def province_missing(result: YearResult) -> list[str]:
    """Why the province's bundle is still a draft; empty when it is ready."""
    files = result.files
    found = [f"Không có hồ sơ của {f.unit.name}: tệp còn lỗi" for f in files.units.values() if f.submission.usable is None]
    found += [
        f"Hồ sơ của {f.unit.name} còn là dự thảo" for f in files.units.values() if f.submission.usable and owed(f.submission.problems)
    ]
    found += [f"Tệp {p.in_year(files.year)}" for p in _province_errors(files)]
    found += [f"Tệp {p.in_year(files.year)}" for p in files.province_owed]
    for code, a in result.assessments.items():
        name = files.units[code].unit.name
        appraisal = files.units[code].appraisal
        if a.state != "de_xuat" and files.units[code].submission.usable:
            if not a.missing:
                found.append(f"{name}: chờ người có thẩm quyền quyết định")
            elif not (appraisal and owed(appraisal.problems)):  # what the appraisal owes is listed already
                found.append(f"{name}: {'; '.join(a.missing)}")
        elif not a.official and files.units[code].submission.usable:
            found.append(f"{name}: chưa có mức chính thức")
        found += [f"{name}: {w}" for w in a.conflicts]
    return found


def _province_errors(files: YearFiles) -> list[Problem]:
    appraisals = [p for f in files.units.values() if f.appraisal for p in f.appraisal.problems]
    return errors([*files.stray, *files.province.problems, *files.decisions.problems, *appraisals])
