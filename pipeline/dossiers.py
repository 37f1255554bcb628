"""The conductor: read and check everything, score and rate, then make what changed, prove it, publish it dossier by dossier."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import freshness, standing
from pipeline.assembling import files_of, keep_previous, publish, take_away
from pipeline.assessing import check
from pipeline.auditing import audited
from pipeline.bundling import BUNDLE
from pipeline.closing import Closing
from pipeline.cluster import Cluster
from pipeline.cores import Cores, workers_of
from pipeline.explaining import explain_year, results
from pipeline.forms.check import require_usable
from pipeline.freshness import DocumentRecord, DossierRecord, read_records
from pipeline.keys import Key, Tools, document_key, tools_of
from pipeline.making import Fault
from pipeline.model.audit import AuditFinding
from pipeline.model.explanation import Explanation
from pipeline.model.files import DossierPlan
from pipeline.places import PROVINCE, Places
from pipeline.planning import PlannedYear, plan_province, plan_units
from pipeline.problems import OutputError, PipelineError, errors
from pipeline.producing import Means, produce
from pipeline.progress import Stages
from pipeline.publishing import build_lock, clean_staging, write_json
from pipeline.recording import recorded
from pipeline.report import SIGNED, WITHDRAWN, Report
from pipeline.signoff import office
from pipeline.staging import Ordering, Work, stage


def build(places: Places, only: str | None, stages: Stages, workers: int | None = None, cluster: str = "") -> Report:
    """Everything `make dossiers` does; `cluster`: address of the machines that make the files, else this one does.

    Raises PipelineError only when nothing at all could be built (forms that cannot be used among them).
    """
    with build_lock(places):
        office.forget_killed(places.staging)
        clean_staging(places)
        read = standing.inputs(places) if only is None else ""
        require_usable(places.templates)
        with stages.run("Đọc, kiểm tra, chấm điểm, xếp loại", 1) as step:
            result = check(places, only)
            step(1)
        report = Report(result, places.out.as_posix())
        try:
            places.staging.mkdir(parents=True, exist_ok=True)
            tools = tools_of(result.files.province.value, places.templates, places.staging.resolve())
            with Cores(workers_of(workers)) as cores, contextlib.ExitStack() as stack:
                machines = stack.enter_context(Cluster(cluster, tools.machine)) if cluster else None
                report.refused = machines.refused if machines else ()
                standing.forget(places)
                _Build(places, tools, stages, report, only is None, cores, machines).run()
        finally:
            shutil.rmtree(places.staging, ignore_errors=True)
        if only is None and not report.exit_code:
            standing.keep(places, read, report.said_again)
        return report


Audits = Mapping[Path, list[AuditFinding]]  # by the folder in staging


class _Build:
    """One build: what its steps share."""

    def __init__(
        self, places: Places, tools: Tools, stages: Stages, report: Report, whole_year: bool, cores: Cores, cluster: Cluster | None
    ) -> None:
        self.places, self.tools, self.stages, self.report, self.whole_year = places, tools, stages, report, whole_year
        self.cores, self.cluster = cores, cluster
        self.result = report.result
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
        self.produce(works)
        self.report.stale = {w.plan.folder: list(w.stale) for w in works if w.stale}
        self.report.damaged += [line for work in works for line in work.damaged]
        told = results(self.result, explanations) if self.whole_year else {}
        closing = Closing(self.places, self.tools, self.stages, self.report, self.records, self.manifest)
        audits = self.read_back(works, told)
        self.finish([work for work in works if work.plan.folder != PROVINCE], audits)
        if self.whole_year:
            plans[-1] = self.finish_province(works[-1], audits, explanations, told, plans)
            self.withdraw(plans)
            closing.bind_year(plans)
            write_json(self.places.results, told)
            closing.tabulate(explanations, told, plans[-1].draft)
        else:
            self.report.old += [f.unit.folder for f in self.result.files.units.values() if not plans and f.unit.folder in self.records]
        closing.settle_archive()
        closing.settle_parcel(PlannedYear(self.result, explanations, tuple(plans)) if self.whole_year else None, bool(self.parcels))
        closing.write_down()
        closing.show_year({p.folder: p for p in plans})

    def produce(self, works: Sequence[Work]) -> None:
        """Every file of the dossiers that are not what they should be, into staging; faults are left on the works."""
        todo = {work.plan.folder: work for work in works if not work.faults and self.outdated(work)}
        documents = sum(len(work.stale) for work in todo.values())
        if not todo:
            return
        ordering = Ordering(self.places.templates, self.places.out, self.secrecy, dt.datetime.fromisoformat(self.tools.declared))
        with self.stages.run("Lập tài liệu, ghép hồ sơ", documents) as step:
            means = Means(office.find_office(), self.places.staging.resolve(), step, self.stages.tell)
            orders = ordering.orders(todo.values())
            for delivery in self.cluster.produce(orders, step) if self.cluster else produce(orders, documents, self.cores, means):
                work = todo[delivery.folder]
                stage(work, delivery, self.places.out / delivery.folder)
                self.seal(work)

    def outdated(self, work: Work) -> bool:
        """Whether the bundle, if no document, must be made again; else the published dossier is kept as it is."""
        if work.stale:
            return True
        old, folder = self.records.get(work.plan.folder), self.places.out / work.plan.folder
        reason = freshness.bundle_reason(folder, self.seal(work), old, BUNDLE)
        read_by_itself = old is not None and old.alone and self.whole_year
        if old is None or read_by_itself or reason:
            work.rebind = reason
            return True
        work.record = dataclasses.replace(old, draft=work.plan.draft, documents=work.record.documents)
        work.kept = True
        return False

    def seal(self, work: Work) -> Key:
        """The key of the dossier's bundle into its record."""
        key = freshness.key_of_bundle(work.plan, work.record, self.tools, self.secrecy)
        work.record.key, work.record.parts = key.whole, dict(key.parts)
        return key

    def read_back(self, works: Sequence[Work], told: Mapping[str, Any]) -> Audits:
        """What the audit says of each dossier in staging; `told`: the object of ket_qua.json."""
        bound = {work.staged: work.plan for work in works if not work.faults and not work.kept}
        self.cores.renew()  # the workers' memory is wanted elsewhere
        with self.stages.run("Đọc lại", len(bound)) as step:
            found = audited(self.result, told, self.places, bound, self.cores.workers)
            step(len(bound))
        return dict(zip(bound, found))

    def finish(self, works: Sequence[Work], audits: Audits) -> None:
        """Publishes what lies in staging and was read back."""
        with self.stages.run("Phát hành", len(works)) as step:
            for work in works:
                if self.settle(work):
                    self.publish(work, audits[work.staged])
                step(1)

    def finish_province(
        self, work: Work, audits: Audits, explanations: Mapping[str, Explanation], told: Mapping[str, Any], plans: list[DossierPlan]
    ) -> DossierPlan:
        """The province's dossier last: a draft that names them when units' dossiers could not be published. Gives the plan that was used."""
        done = {*self.report.made, *self.report.kept, PROVINCE}
        stays = (p for p in plans if p.folder not in done)  # one signed where it stands is what the data say as long as they say the same
        if lost := [p.owner for p in stays if freshness.overtaken(p, self.records.get(p.folder), self.tools, self.secrecy)]:
            shutil.rmtree(work.staged, ignore_errors=True)
            work = self.examine(plan_province(self.result, explanations, self.places.templates, lost))
            self.produce([work])
            audits = self.read_back([work], told)
        self.finish([work], audits)
        return work.plan

    def examine(self, plan: DossierPlan) -> Work:
        """Which documents of the dossier are not what their keys describe."""
        old = self.records.get(plan.folder)
        record, stale = DossierRecord(draft=plan.draft, alone=not self.whole_year), {}
        for document in plan.documents:
            key = document_key(document, self.tools)
            known = old.documents.get(document.stem) if old else None
            reason = freshness.stale_reason(self.places.out / plan.folder, document, key, known)
            record.documents[document.stem] = DocumentRecord(key.whole, parts=dict(key.parts)) if reason or known is None else known
            if reason:
                stale[document.stem] = reason
        work = Work(plan, record, stale, self.places.staging / plan.folder)
        for path in freshness.signed_since(self.places.out / plan.folder, plan, old):
            work.faults.append(Fault(f"{self.places.shown(path)}: {SIGNED}", OutputError.exit_code))
        return work

    def settle(self, work: Work) -> bool:
        """True for a dossier that is to be read back and published; else the published one stays: nothing changed or something failed."""
        name = work.plan.folder
        for fault in work.faults:
            self.report.fail(fault.text, fault.exit_code)
        if work.faults:
            self.report.old += [name] if name in self.records else []
        elif work.kept:
            self.report.kept.append(name)
            self.accept(work)
        return not work.faults and not work.kept

    def publish(self, work: Work, findings: list[AuditFinding]) -> None:
        """A fault is told and leaves the old dossier as it was."""
        name, folder = work.plan.folder, self.places.out / work.plan.folder
        ours = files_of(work.record) | files_of(self.records.get(name, DossierRecord()))
        if name == PROVINCE:
            ours |= {self.places.parcel(draft).name for draft in (False, True)}
            keep_previous(work.staged, folder, self.records.get(name), work.plan.draft)
        try:
            publish(work, folder, findings, ours)
        except PipelineError as error:
            self.report.fail(str(error), error.exit_code)
            self.report.old += [name] if name in self.records else []
            return
        self.report.made.append(name)
        self.accept(work)

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
