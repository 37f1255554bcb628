"""YearResult and dossiers bound in staging -> what each is held against; findings of all of them, spread over the cores."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.assessing import YearResult
from pipeline.audit.crosscheck import read_crosscheck
from pipeline.audit.dossier import Held, audit
from pipeline.audit.foreign import needles_of, own_texts
from pipeline.audit.leaks import Secrets
from pipeline.audit.needles import Needles
from pipeline.audit.province_facts import RatedUnit, province_facts, sheet_facts
from pipeline.audit.text import texts_in, tight
from pipeline.audit.unit_facts import points_in, scoring_table, unit_facts
from pipeline.audit.word_file import read_word
from pipeline.cores import spread_over
from pipeline.forms.catalogue import read_forms, read_profiles
from pipeline.model.audit import AuditFinding
from pipeline.model.files import DossierPlan
from pipeline.model.year import UnitFiles
from pipeline.places import PROJECT, Places
from pipeline.rating.result import sheet

FEW = 2  # fewer dossiers than this are audited in this process
SHEETS = "7-bieu-tham-dinh"


class Auditor:
    """`entries`: units of ket_qua.json by code; {} where it is not written (a single unit's build)."""

    def __init__(self, result: YearResult, entries: Mapping[str, Mapping[str, Any]], places: Places) -> None:
        self.result, self.entries, self.places = result, entries, places
        self.files = result.files
        self.forms = read_forms(places.templates)
        self.crosscheck = read_crosscheck(places.templates)
        self.machine = _folders(places)
        self.needles = self._needles()
        self.common = self.needles.sequences_in(self._common_texts())

    def _needles(self) -> Needles:
        known = {f.unit.code: f for f in self.files.units.values()}
        units = ((u, known.get(u.code)) for u in self.files.register)
        return needles_of(
            ((u, f.submission.value if f else None, f.appraisal.value if f and f.appraisal else None) for u, f in units),
            self.files.decisions.value,
        )

    def _common_texts(self) -> list[str]:
        """What every dossier may say: forms and standards, the regulation, the year's settings."""
        models = [self.files.regulation, self.files.province.value, self.forms, read_profiles(self.places.templates)]
        words = [read_word(path) for part in ("bieu_mau", "the_thuc") for path in sorted((self.places.templates / part).glob("*.docx"))]
        return [*texts_in([m.model_dump() for m in models if m]), *(" ".join(w.paragraphs) for w in words)]

    def held(self, plan: DossierPlan, folder: Path) -> Held:
        files = next((f for f in self.files.units.values() if f.unit.folder == plan.folder), None)
        return self._unit(bare(plan), folder, files) if files else self._province(bare(plan), folder)

    def _unit(self, plan: DossierPlan, folder: Path, files: UnitFiles) -> Held:
        unit, submission, regulation = files.unit, files.submission.value, self.files.regulation
        assert submission is not None
        texts = own_texts(unit, submission)
        scores, appraised = self._sheets(unit.code)
        assert scores is not None
        table = scoring_table(regulation, unit, scores, None)
        secrets = Secrets(
            unit.code,
            self.needles,
            self.common | self.needles.sequences_in(texts),
            points_in(appraised) - points_in(scores),
            tuple(self.crosscheck.foreign_to_units),
            tight("\n".join(texts)),
        )
        types = {form.number_key: form.type or "" for form in self.forms.of("don_vi") if form.number_key}
        facts = unit_facts(regulation, types, unit, submission, scores, self.forms.place, "\n".join(texts))
        return Held(plan, folder, self.crosscheck, facts, table, None, secrets, self.machine)

    def _sheets(self, code: str) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
        """Self and appraised, as ket_qua.json has them or would have them."""
        assessment, entry = self.result.assessments[code], self.entries.get(code)
        return (entry["tu_cham"], entry["tham_dinh"]) if entry else (sheet(assessment.self_sheet), sheet(assessment.sheet))

    def _province(self, plan: DossierPlan, folder: Path) -> Held:
        files, regulation = self.files, self.files.regulation
        province = files.province.value
        assert province is not None
        units = self._rated()
        own = "\n".join(
            texts_in([own_texts(u.unit, u.submission) for u in units] + [m.model_dump() for m in self._province_models(units) if m])
        )
        facts = province_facts(regulation, province, files.decisions.value, units, len(files.register), own)
        sheets = {f"{SHEETS}/{u.unit.folder}": sheet_facts(regulation, u, files.year, own) for u in units}
        return Held(plan, folder, self.crosscheck, facts, None, sheets, None, self.machine)

    def _rated(self) -> list[RatedUnit]:
        found = []
        for code, f in self.files.units.items():
            if f.submission.usable:
                appraisal = f.appraisal.usable if f.appraisal else None
                found.append(RatedUnit(f.unit, f.submission.usable, appraisal, self.entries[code], self.result.assessments[code].total))
        return found

    def _province_models(self, units: Sequence[RatedUnit]) -> list[Any]:
        return [self.files.province.value, self.files.decisions.value, *(u.appraisal for u in units)]


def _folders(places: Places) -> tuple[str, ...]:
    """Where this machine and this user keep things; a folder of one short name could be a word."""
    found = {PROJECT, Path.home(), Path(tempfile.gettempdir()), places.build.resolve(), places.data.resolve(), places.templates.resolve()}
    return tuple(sorted(str(path) for path in found if len(path.parts) > 2))


def audited(
    result: YearResult, told: Mapping[str, Any], places: Places, bound: Mapping[Path, DossierPlan], workers: int
) -> list[list[AuditFinding]]:
    """`told`: the object of ket_qua.json, {} for a single unit's build; `bound`: staged folder -> its plan. Findings in that order."""
    if not bound:
        return []
    auditor = Auditor(result, {entry["ma"]: entry for entry in told.get("don_vi", ())}, places)
    largest_first = sorted(bound.items(), key=lambda item: -len(item[1].documents))  # or a worker would be left alone with the province's
    outcomes = spread_over(auditor, _audited, [(bare(plan), folder) for folder, plan in largest_first], workers, FEW)
    found = dict(zip((folder for folder, _ in largest_first), outcomes))
    return [found[folder] for folder in bound]


def bare(plan: DossierPlan) -> DossierPlan:
    """What filled the forms proves nothing."""
    return replace(plan, documents=tuple(replace(d, fields={}) for d in plan.documents))


def _audited(auditor: Auditor, dossier: tuple[DossierPlan, Path]) -> list[AuditFinding]:
    return audit(auditor.held(*dossier))
