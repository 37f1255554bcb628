"""The conductor: read and check everything, score and rate, then make what changed, prove it, publish it dossier by dossier."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline import freshness, standing
from pipeline.assembling import BUNDLE, assemble, files_of, keep_previous, publish, take_away
from pipeline.assessing import YearResult, assess_year
from pipeline.auditing import audited
from pipeline.closing import Closing
from pipeline.cores import workers_of
from pipeline.explaining import explain_year, results
from pipeline.forms.check import require_usable
from pipeline.freshness import DocumentRecord, DossierRecord, Tools, read_records
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.making import Fault, Work, make
from pipeline.model.audit import AuditFinding
from pipeline.model.explanation import Explanation
from pipeline.model.files import DossierPlan
from pipeline.places import PROVINCE, Places
from pipeline.planning import PlannedYear, plan_province, plan_units
from pipeline.problems import OutputError, PipelineError, errors
from pipeline.progress import Stages
from pipeline.publishing import build_lock, clean_staging, write_json
from pipeline.recording import recorded
from pipeline.report import SIGNED, WITHDRAWN, Report


def check(places: Places, only: str | None = None) -> YearResult:
    """Stages one to three: nothing is written."""
    return assess_year(read_year(places, LawBook, only))


def build(places: Places, only: str | None, stages: Stages, workers: int | None = None) -> Report:
    """Everything `make dossiers` does. Raises PipelineError only when nothing at all could be built (forms that cannot be used among them)."""
    with build_lock(places):
        clean_staging(places)
        read = standing.inputs(places) if only is None else ""
        require_usable(places.templates)
        with stages.run("Đọc, kiểm tra, chấm điểm, xếp loại", 1) as step:
            result = check(places, only)
            step(1)
        report = Report(result, places.out.as_posix())
        try:
            tools = freshness.tools_of(result.files.province.value, places.templates)
            standing.forget(places)
            _Build(places, tools, stages, report, only is None, workers_of(workers)).run()
        finally:
            shutil.rmtree(places.staging, ignore_errors=True)
        if only is None and not report.exit_code:
            standing.keep(places, read, report.said_again)
        return report


class _Build:
    """One build: what its steps share."""

    def __init__(self, places: Places, tools: Tools, stages: Stages, report: Report, whole_year: bool, workers: int) -> None:
        self.places, self.tools, self.stages, self.report, self.whole_year = places, tools, stages, report, whole_year
        self.workers = workers
        self.result = report.result
        self.declared = dt.datetime.fromisoformat(tools.declared)
        self.manifest = recorded(places)
        self.records = read_records(self.manifest)
        province = self.result.files.province.value
        self.secrecy = (province.secrecy if province else None) or ""
        self.parcels = [path for path in map(places.parcel, (False, True)) if path.is_file()]

    def run(self) -> None:
        plans = plan_units(self.result, self.places.templates)
        explanations = explain_year(self.result) if self.whole_year else {}
        if self.whole_year:
            plans.append(plan_province(self.result, explanations, self.places.templates))
        works = [self.examine(plan) for plan in plans]
        self.report.stale = {w.plan.folder: w.stale for w in works if w.stale}
        make([w for w in works if w.stale and not w.faults], self.places.templates, self.declared, self.stages, self.workers)
        told = results(self.result, explanations) if self.whole_year else {}
        closing = Closing(self.places, self.tools, self.stages, self.report, self.records, self.manifest)
        self.finish([work for work in works if work.plan.folder != PROVINCE], told)
        if self.whole_year:
            plans[-1] = self.finish_province(works[-1], explanations, told, plans)
            self.withdraw(plans)
            closing.bind_year(plans)
            write_json(self.places.results, told)
            closing.tabulate(explanations, told, plans[-1].draft)
        else:
            self.report.old += [f.unit.folder for f in self.result.files.units.values() if not plans and f.unit.folder in self.records]
        closing.settle_archive()
        closing.settle_parcel(PlannedYear(self.result, explanations, tuple(plans)) if self.whole_year else None, bool(self.parcels))
        closing.write_down(None if self.whole_year else next((p.folder for p in plans), None))
        closing.show_year({p.folder: p for p in plans})

    def finish(self, works: list[Work], told: Mapping[str, Any]) -> None:
        """Binds, reads back and publishes dossiers whose documents are made; `told`: the object of ket_qua.json."""
        with self.stages.run("Ghép hồ sơ", len(works)) as step:
            bound = [work for work in works if self.settle(work, step)]
        with self.stages.run("Đọc lại, phát hành", len(bound)) as step:
            for work, findings in zip(bound, audited(self.result, told, self.places, {w.staged: w.plan for w in bound}, self.workers)):
                self.publish(work, findings)
                step(1)

    def finish_province(
        self, work: Work, explanations: Mapping[str, Explanation], told: Mapping[str, Any], plans: list[DossierPlan]
    ) -> DossierPlan:
        """The province's dossier last: a draft that names them when units' dossiers could not be published. Gives the plan that was used."""
        done = {*self.report.made, *self.report.kept, PROVINCE}
        stays = (p for p in plans if p.folder not in done)  # one signed where it stands is what the data say as long as they say the same
        if lost := [p.owner for p in stays if freshness.overtaken(p, self.records.get(p.folder), self.tools, self.secrecy)]:
            shutil.rmtree(work.staged, ignore_errors=True)
            work = self.examine(plan_province(self.result, explanations, self.places.templates, lost))
            make([work] if work.stale and not work.faults else [], self.places.templates, self.declared, self.stages, self.workers)
        self.finish([work], told)
        return work.plan

    def examine(self, plan: DossierPlan) -> Work:
        """Which documents of the dossier are not what their keys describe."""
        old = self.records.get(plan.folder)
        record, stale = DossierRecord(draft=plan.draft, alone=not self.whole_year), {}
        for document in plan.documents:
            key = freshness.document_key(document, self.tools)
            known = old.documents.get(document.stem) if old else None
            reason = freshness.stale_reason(self.places.out / plan.folder, document, key, known)
            record.documents[document.stem] = DocumentRecord(key) if reason or known is None else known
            if reason:
                stale[document.stem] = reason
        work = Work(plan, record, stale, self.places.staging / plan.folder)
        for path in freshness.signed_since(self.places.out / plan.folder, plan, old):
            work.faults.append(Fault(f"{self.places.shown(path)}: {SIGNED}", OutputError.exit_code))
        return work

    def settle(self, work: Work, step: Callable[[int], None]) -> bool:
        """Binds a dossier in staging (True), or keeps the published one where nothing changed or something failed."""
        name, folder = work.plan.folder, self.places.out / work.plan.folder
        old = self.records.get(name)
        step(1)
        for fault in work.faults:
            self.report.fail(fault.text, fault.exit_code)
        if work.faults:
            self.report.old += [name] if old else []
            return False
        key = freshness.bundle_key(work.plan, work.record, self.tools, self.secrecy)
        work.record.key = key
        read_by_itself = old is not None and old.alone and self.whole_year
        if old and not work.stale and not read_by_itself and not freshness.bundle_reason(folder, key, old, BUNDLE):
            work.record = dataclasses.replace(old, draft=work.plan.draft, documents=work.record.documents)
            self.report.kept.append(name)
            self.accept(work)
            return False
        return self.tried(work, lambda: self.bind(work, folder, old))

    def bind(self, work: Work, folder: Path, old: DossierRecord | None) -> None:
        if work.plan.folder == PROVINCE:
            keep_previous(work.staged, folder, old, work.plan.draft)
        assemble(work, folder, self.declared, self.secrecy)

    def publish(self, work: Work, findings: list[AuditFinding]) -> None:
        ours = files_of(work.record) | files_of(self.records.get(work.plan.folder, DossierRecord()))
        ours |= {self.places.parcel(draft).name for draft in (False, True)} if work.plan.folder == PROVINCE else set()
        if self.tried(work, lambda: publish(work, self.places.out / work.plan.folder, findings, ours)):
            self.report.made.append(work.plan.folder)
            self.accept(work)

    def tried(self, work: Work, do: Callable[[], None]) -> bool:
        """A fault is told and leaves the old dossier as it was."""
        try:
            do()
        except PipelineError as error:
            self.report.fail(str(error), error.exit_code)
            self.report.old += [work.plan.folder] if work.plan.folder in self.records else []
            return False
        return True

    def accept(self, work: Work) -> None:
        """What is published now is what the manifest says."""
        name, folder = work.plan.folder, self.places.out / work.plan.folder
        self.report.remarks += [f"{folder / stem}.pdf: {r}" for stem, d in work.record.documents.items() for r in d.remarks]
        self.report.remarks += [f"{self.places.out}/{remark}" for remark in work.record.remarks]
        if work.plan.draft:
            self.report.drafts.append(name)
        self.records[name] = work.record

    def withdraw(self, plans: Iterable[DossierPlan]) -> None:
        """Dossiers of units no longer in the register disappear; those whose file has errors stay and are listed as old."""
        listed = {u.folder for u in self.result.files.register} | {PROVINCE}
        planned = {p.folder for p in plans}
        doubtful = bool(errors(self.result.files.stray))  # a slip in the register or a file name must not cost a dossier
        for name in list(self.records):
            if name not in listed and not doubtful:
                for path in take_away(self.places.out / name, self.records.pop(name)):
                    self.report.fail(f"{self.places.shown(path)}: {WITHDRAWN}", OutputError.exit_code)
            elif name not in planned:
                self.report.old.append(name)
