"""The conductor: read and check everything, score and rate, then make what changed, prove it, publish it dossier by dossier."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import freshness
from pipeline.assessing import YearResult, assess_year
from pipeline.freshness import DocumentRecord, DossierRecord, Tools, digest
from pipeline.intake.year import read_year
from pipeline.law.regulation import read_regulation
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.places import TEMPLATES, Places
from pipeline.planning import plan_province, plan_units
from pipeline.problems import PipelineError, TemplateError
from pipeline.progress import Stages
from pipeline.publishing import build_lock, clean_staging, publish_folder, read_json, write_file, write_json
from pipeline.rating.result import result as result_object
from pipeline.rendering.compose import compose
from pipeline.rendering.strict import render
from pipeline.signoff import finished, front, office
from pipeline.signoff.bundle import Part, bundle, combine

BUNDLE, WHOLE, PREVIOUS = "ho-so.pdf", "toan-tap.pdf", "truoc"
PROVINCE = "tinh"


@dataclass
class Report:
    """What a build did, for the closing table and the exit code."""

    result: YearResult
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    documents: int = 0
    exit_code: int = 0


@dataclass
class _Work:
    """One dossier on its way: its plan, its new record, which documents must be made and why."""

    plan: DossierPlan
    record: DossierRecord
    stale: dict[str, str]
    staged: Path
    faulty: list[str] = field(default_factory=list)


def check(places: Places, only: str | None = None) -> YearResult:
    """Stages one to three: nothing is written."""
    return assess_year(read_year(places, read_regulation, only))


def build(places: Places, only: str | None, stages: Stages) -> Report:
    """Everything `make dossiers` does. Raises PipelineError only when nothing at all could be built."""
    with build_lock(places):
        clean_staging(places)
        with stages.run("Đọc, kiểm tra, chấm điểm, xếp loại", 1) as step:
            result = check(places, only)
            step(1)
        report = Report(result)
        tools = _tools(result)
        _Builder(places, tools, stages, report, whole_year=only is None).run()
        shutil.rmtree(places.staging, ignore_errors=True)
        return report


def _tools(result: YearResult) -> Tools:
    province = result.files.province.value
    assert province is not None and province.declared is not None
    executable = office.find_office()
    fonts = digest("".join(freshness.file_digest(front.font_file(name)) for name in front.FACES.values()).encode())
    return Tools(office.office_version(executable), fonts, province.declared.isoformat())


class _Builder:
    """Holds what the steps of one build share."""

    def __init__(self, places: Places, tools: Tools, stages: Stages, report: Report, whole_year: bool) -> None:
        self.places, self.tools, self.stages, self.report, self.whole_year = places, tools, stages, report, whole_year
        self.declared = dt.datetime.fromisoformat(tools.declared)
        self.manifest = read_json(places.manifest)
        self.records = {name: DossierRecord.from_json(data) for name, data in self.manifest.get("ho_so", {}).items()}

    def run(self) -> None:
        plans = plan_units(self.report.result)
        if self.whole_year:
            plans.append(plan_province(self.report.result))
        works = [self.examine(plan) for plan in plans]
        self.render([w for w in works if w.stale])
        self.convert([w for w in works if w.stale])
        self.finish(works)
        if self.whole_year:
            self.whole(works)
            self.withdraw(plans)
            units = self.report.result.files.register
            data = result_object(self.report.result.files.regulation, self.places.year, units, self.report.result.assessments, self.report.result.quota)
            write_json(self.places.results, data)
        self.write_manifest()

    # --- which documents -----------------------------------------------------------------------------------------------
    def examine(self, plan: DossierPlan) -> _Work:
        old = self.records.get(plan.folder)
        folder = self.places.out / plan.folder
        record, stale = DossierRecord(draft=plan.draft), {}
        for document in plan.documents:
            key = freshness.document_key(document, self.tools)
            known = old.documents.get(document.stem) if old else None
            reason = freshness.stale_reason(folder, document, key, known)
            record.documents[document.stem] = DocumentRecord(key) if reason or known is None else known
            if reason:
                stale[document.stem] = reason
        return _Work(plan, record, stale, self.places.staging / plan.folder)

    # --- making them -----------------------------------------------------------------------------------------------------
    def render(self, works: list[_Work]) -> None:
        """Fields into forms, spread over the cores; composed templates are made once and sent along."""
        jobs = [(work, document) for work in works for document in work.plan.documents if document.stem in work.stale]
        with self.stages.run("Điền biểu mẫu Word", len(jobs)) as step:
            for work, document in jobs:
                (work.staged / document.stem).parent.mkdir(parents=True, exist_ok=True)
            tasks = [(document, compose(TEMPLATES, document.form, document.profile), self.declared, work.staged) for work, document in jobs]
            for (work, document), fault in zip(jobs, _spread(tasks)):
                step(1)
                if fault:
                    work.faulty.append(fault)
                    self.fail(fault, TemplateError.exit_code)

    def convert(self, works: list[_Work]) -> None:
        by_name = {f"{w.plan.folder}/{d.stem}": (w, d) for w in works if not w.faulty for d in w.plan.documents if d.stem in w.stale}
        jobs = [office.Job(w.staged / f"{d.stem}.docx", w.staged / f"{d.stem}.pdf", name) for name, (w, d) in by_name.items()]
        if not jobs:
            return

        def proved(job: office.Job) -> str:
            return finished.fault(job.target, ())

        with self.stages.run("Chuyển sang PDF", len(jobs)) as step:
            faults = office.convert_all(office.find_office(), jobs, proved, step)
        with self.stages.run("Kiểm tra PDF", len(jobs)) as step:
            for name, (work, document) in by_name.items():
                fault = faults.get(name) or self.prove(work, document)
                if fault:
                    work.faulty.append(f"{name}: {fault}")
                    self.fail(f"{name}: {fault}", 4)
                step(1)

    def prove(self, work: _Work, document: DocumentPlan) -> str:
        """Normalises the PDF, reads it back, records hashes and pages."""
        docx, pdf = work.staged / f"{document.stem}.docx", work.staged / f"{document.stem}.pdf"
        finished.normalise(pdf, self.declared, document.title, document.author)
        fault = finished.fault(pdf, document.expect)
        if not fault:
            record = work.record.documents[document.stem]
            record.docx, record.pdf, record.pages = digest(docx.read_bytes()), digest(pdf.read_bytes()), finished.page_count(pdf)
        return fault

    # --- bundles and publication -----------------------------------------------------------------------------------------
    def finish(self, works: list[_Work]) -> None:
        self.report.documents = sum(len(w.stale) for w in works)
        with self.stages.run("Ghép, phát hành", len(works)) as step:
            for work in works:
                self.settle(work)
                step(1)

    def settle(self, work: _Work) -> None:
        name, folder = work.plan.folder, self.places.out / work.plan.folder
        if work.faulty:
            if name in self.records:
                self.report.old.append(name)
            return
        key = freshness.bundle_key(work.plan, work.record, self.tools, self.secrecy)
        old = self.records.get(name)
        if not work.stale and not freshness.bundle_reason(folder, key, old):
            assert old is not None
            work.record.key, work.record.bundle, work.record.pages = old.key, old.bundle, old.pages
            self.report.kept.append(name)
        else:
            self.assemble(work, folder, key)
            self.report.made.append(name)
        if work.plan.draft:
            self.report.drafts.append(name)
        self.records[name] = work.record

    @property
    def secrecy(self) -> str:
        province = self.report.result.files.province.value
        return (province.secrecy if province else None) or ""

    def assemble(self, work: _Work, folder: Path, key: str) -> None:
        """Fresh documents beside kept ones, the bundle over them, then one swap."""
        for document in work.plan.documents:
            if document.stem not in work.stale:
                for ending in (".docx", ".pdf"):
                    target = work.staged / f"{document.stem}{ending}"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(folder / f"{document.stem}{ending}", target)
        plan = work.plan
        pages, links, rows = front.front_pages(plan, [work.record.documents[d.stem].pages for d in plan.documents], self.secrecy)
        total = rows[-1].last
        target = work.staged / BUNDLE
        made = bundle(target, pages, links, [Part(d.name, work.staged / f"{d.stem}.pdf") for d in plan.documents], front.stamps(plan.code, total, plan.draft),
                      self.declared, f"{plan.title} - {plan.owner}", plan.documents[0].author)
        if made != total:
            raise PipelineError(f"{plan.folder}: gói có {made} trang, mục lục tính {total} trang")
        work.record.key, work.record.pages, work.record.bundle = key, made, digest(target.read_bytes())
        if plan.folder == PROVINCE:
            self.keep_previous(work.staged, folder, plan.draft)
        publish_folder(work.staged, folder)

    def keep_previous(self, staged: Path, folder: Path, draft: bool) -> None:
        """A ready provincial bundle that a draft replaces stays beside it in tinh/truoc/."""
        old = self.records.get(PROVINCE)
        if not draft:
            return
        if old and not old.draft and (folder / BUNDLE).is_file():
            (staged / PREVIOUS).mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / BUNDLE, staged / PREVIOUS / BUNDLE)
        elif (folder / PREVIOUS).is_dir():
            shutil.copytree(folder / PREVIOUS, staged / PREVIOUS)

    def whole(self, works: list[_Work]) -> None:
        """The year in one file: the province's bundle, then the units' in the order of the list."""
        names = [PROVINCE, *(w.plan.folder for w in works if w.plan.folder != PROVINCE and w.plan.folder in self.records)]
        if PROVINCE not in self.records or any(w.faulty for w in works if w.plan.folder == PROVINCE):
            return
        target = self.places.out / PROVINCE / WHOLE
        key = digest("".join(self.records[n].bundle for n in names).encode())
        known = self.manifest.get("toan_tap", {})
        if known.get("key") == key and target.is_file() and digest(target.read_bytes()) == known.get("sha256"):
            return
        titles = {w.plan.folder: w.plan.owner for w in works}
        with self.stages.run("Ghép toàn tập", 1) as step:
            scratch = self.places.staging / WHOLE
            scratch.parent.mkdir(parents=True, exist_ok=True)
            pages = combine(scratch, [Part(titles[n], self.places.out / n / BUNDLE) for n in names], self.declared,
                            f"Toàn tập hồ sơ xếp loại chất lượng năm {self.places.year}", "Ban Tổ chức Tỉnh ủy")
            os.replace(scratch, target)
            step(1)
        self.manifest["toan_tap"] = {"key": key, "sha256": digest(target.read_bytes()), "pages": pages}

    # --- bookkeeping -----------------------------------------------------------------------------------------------------
    def fail(self, message: str, code: int) -> None:
        self.report.faults.append(message)
        self.report.exit_code = max(self.report.exit_code, code)

    def withdraw(self, plans: Iterable[DossierPlan]) -> None:
        """Dossiers of units no longer in the register disappear; those whose file has errors stay and are listed as old."""
        listed = {u.folder for u in self.report.result.files.register} | {PROVINCE}
        planned = {p.folder for p in plans}
        for name in list(self.records):
            if name not in listed:
                shutil.rmtree(self.places.out / name, ignore_errors=True)
                del self.records[name]
            elif name not in planned:
                self.report.old.append(name)

    def write_manifest(self) -> None:
        data = {"nam": self.places.year, "quy_dinh": self.report.result.files.regulation.folder, "cong_cu": self.tools.key(),
                "ho_so": {name: record.to_json() for name, record in sorted(self.records.items())}}
        if "toan_tap" in self.manifest:
            data["toan_tap"] = self.manifest["toan_tap"]
        write_json(self.places.manifest, data)


Task = tuple[DocumentPlan, bytes, dt.datetime, Path]


def _spread(tasks: list[Task]) -> Iterable[str]:
    """Renders on all cores when it pays; gives '' or the fault of each task in order."""
    if len(tasks) < 8:
        return map(_render_one, tasks)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_render_one, tasks, chunksize=8))


def _render_one(task: Task) -> str:
    document, template, declared, folder = task
    try:
        data = render(template, document.fields, document.title, document.author, declared, f"{document.form} ({folder.name}/{document.stem})")
        write_file(folder / f"{document.stem}.docx", data)
    except PipelineError as error:
        return str(error)
    return ""
