"""Stale documents of several dossiers -> .docx and proved .pdf files in staging; one bad document never stops the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.cores import spread
from pipeline.forms.compose import compose
from pipeline.forms.standards import Standard, read_standards
from pipeline.freshness import DossierRecord
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.problems import OutputError, PipelineError, TemplateError
from pipeline.progress import Stages
from pipeline.publishing import write_file
from pipeline.rendering.stable_zip import stable_zip
from pipeline.rendering.strict import render
from pipeline.signoff import finished, office
from pipeline.signoff.page_breaks import with_breaks
from pipeline.signoff.proving import Proof, prove

ROUNDS = 8  # at most; each moves what was left alone to the next page, and what follows may leave something else alone
FEW = 8  # fewer documents than this are handled in this process


@dataclass(frozen=True)
class Fault:
    """A document that could not be made, in words, with the exit code it means."""

    text: str
    exit_code: int


@dataclass
class Work:
    """One dossier on its way: its plan, its new record, which documents must be made and why, what went wrong."""

    plan: DossierPlan
    record: DossierRecord
    stale: dict[str, str]
    staged: Path
    faults: list[Fault] = field(default_factory=list)

    @property
    def stale_documents(self) -> list[DocumentPlan]:
        return [d for d in self.plan.documents if d.stem in self.stale]


def make(works: list[Work], templates: Path, declared: dt.datetime, stages: Stages, workers: int) -> None:
    """Renders, converts and proves every stale document; faults are left on the works."""
    standards = _measures(works, templates)
    _render(works, templates, declared, stages, workers)
    _convert([w for w in works if not w.faults], standards, declared, stages, workers)


def _measures(works: list[Work], templates: Path) -> dict[str, Standard]:
    """The figures of every standard; one that a document follows and that has none is told before anything is made."""
    standards = read_standards(templates)
    lacking = sorted({d.profile for w in works for d in w.stale_documents} - set(standards))
    if lacking:
        raise TemplateError(f"templates_docx/quy_cach.yaml: chưa có số đo của thể thức {', '.join(lacking)}")
    return standards


# --- Word --------------------------------------------------------------------------------------------------------------


def _render(works: list[Work], templates: Path, declared: dt.datetime, stages: Stages, workers: int) -> None:
    """Fields into forms, spread over the cores; a composed template is made once and sent along."""
    jobs = [(work, document) for work in works for document in work.stale_documents]
    with stages.run("Điền biểu mẫu Word", len(jobs)) as step:
        for work, document in jobs:
            (work.staged / document.stem).parent.mkdir(parents=True, exist_ok=True)
        tasks = [(document, compose(templates, document.form, document.profile), declared, work.staged) for work, document in jobs]
        for (work, _), fault in zip(jobs, spread(_render_one, tasks, workers, FEW, FEW)):
            step(1)
            if fault:
                work.faults.append(Fault(fault, TemplateError.exit_code))


def _render_one(task: tuple[DocumentPlan, bytes, dt.datetime, Path]) -> str:
    document, template, declared, folder = task
    try:
        data = render(
            template, document.fields, document.title, document.author, declared, f"{document.form} ({folder.name}/{document.stem})"
        )
        write_file(folder / f"{document.stem}.docx", data)
    except PipelineError as error:
        return str(error)
    return ""


# --- PDF ---------------------------------------------------------------------------------------------------------------


def _convert(works: list[Work], standards: dict[str, Standard], declared: dt.datetime, stages: Stages, workers: int) -> None:
    """Converts and proves; a document with a heading or the end of a table left alone gets a page break there and goes round again."""
    by_name = {f"{w.plan.folder}/{d.stem}": (w, d) for w in works for d in w.stale_documents}
    pending, left = list(by_name), ROUNDS
    while pending:
        left -= 1
        proofs = _converted({name: by_name[name] for name in pending}, standards, declared, stages, workers)
        pending = [name for name, proof in proofs.items() if proof.moves and left]
        for name, proof in proofs.items():
            work, document = by_name[name]
            if name in pending:
                path = work.staged / f"{document.stem}.docx"
                write_file(path, stable_zip(with_breaks(path.read_bytes(), proof.moves)))
            elif proof.fault:
                work.faults.append(Fault(f"{name}: {proof.fault}", OutputError.exit_code))
            else:
                record = work.record.documents[document.stem]
                record.docx, record.pdf, record.pages = proof.docx, proof.pdf, proof.pages
                record.remarks, record.size = list(proof.remarks), proof.size
                record.to_sign = {field.name: field.page + 1 for field in proof.to_sign}


def _converted(
    found: dict[str, tuple[Work, DocumentPlan]], standards: dict[str, Standard], declared: dt.datetime, stages: Stages, workers: int
) -> dict[str, Proof]:
    jobs = [office.Job(w.staged / f"{d.stem}.docx", w.staged / f"{d.stem}.pdf", name) for name, (w, d) in found.items()]
    with stages.run("Chuyển sang PDF", len(jobs)) as step:
        faults = office.convert_all(office.find_office(), jobs, lambda job: finished.fault(job.target, ()), step, workers)
    with stages.run("Kiểm tra PDF", len(jobs)) as step:
        sound = {name: place for name, place in found.items() if name not in faults}
        tasks = [(document, standards[document.profile], declared, work.staged) for work, document in sound.values()]
        proofs = dict(zip(sound, spread(_prove, tasks, workers, FEW, FEW)))
        step(len(jobs))
    return {name: proofs.get(name) or Proof(faults[name]) for name in found}


def _prove(task: tuple[DocumentPlan, Standard, dt.datetime, Path]) -> Proof:
    document, standard, declared, folder = task
    return prove(folder / f"{document.stem}.docx", folder / f"{document.stem}.pdf", document, standard, declared)
