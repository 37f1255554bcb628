"""Stale documents of several dossiers -> .docx and proved .pdf files in staging; one bad document never stops the others."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pipeline.freshness import DossierRecord, digest
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.problems import OutputError, PipelineError, TemplateError
from pipeline.progress import Stages
from pipeline.publishing import write_file
from pipeline.rendering.compose import compose
from pipeline.rendering.strict import render
from pipeline.signoff import finished, office

FEW = 8  # fewer documents than this are handled in this process
Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


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


def make(works: list[Work], templates: Path, declared: dt.datetime, stages: Stages) -> None:
    """Renders, converts and proves every stale document; faults are left on the works."""
    _render(works, templates, declared, stages)
    _convert([w for w in works if not w.faults], declared, stages)


# --- Word --------------------------------------------------------------------------------------------------------------


def _render(works: list[Work], templates: Path, declared: dt.datetime, stages: Stages) -> None:
    """Fields into forms, spread over the cores; a composed template is made once and sent along."""
    jobs = [(work, document) for work in works for document in work.stale_documents]
    with stages.run("Điền biểu mẫu Word", len(jobs)) as step:
        for work, document in jobs:
            (work.staged / document.stem).parent.mkdir(parents=True, exist_ok=True)
        tasks = [(document, compose(templates, document.form, document.profile), declared, work.staged) for work, document in jobs]
        for (work, _), fault in zip(jobs, _spread(_render_one, tasks)):
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


def _convert(works: list[Work], declared: dt.datetime, stages: Stages) -> None:
    by_name = {f"{w.plan.folder}/{d.stem}": (w, d) for w in works for d in w.stale_documents}
    jobs = [office.Job(w.staged / f"{d.stem}.docx", w.staged / f"{d.stem}.pdf", name) for name, (w, d) in by_name.items()]
    if not jobs:
        return
    with stages.run("Chuyển sang PDF", len(jobs)) as step:
        faults = office.convert_all(office.find_office(), jobs, lambda job: finished.fault(job.target, ()), step)
    with stages.run("Kiểm tra PDF", len(jobs)) as step:
        converted = {name: found for name, found in by_name.items() if name not in faults}
        tasks = [(document, declared, work.staged) for work, document in converted.values()]
        for (name, (work, document)), proof in zip(converted.items(), _spread(_prove, tasks)):
            if proof.fault:
                faults[name] = proof.fault
            record = work.record.documents[document.stem]
            record.docx, record.pdf, record.pages = proof.docx, proof.pdf, proof.pages
            step(1)
    for name, fault in faults.items():
        by_name[name][0].faults.append(Fault(f"{name}: {fault}", OutputError.exit_code))


@dataclass(frozen=True)
class Proof:
    """A PDF as read back: what is wrong with it ('' = sound), hashes of both files, pages."""

    fault: str
    docx: str = ""
    pdf: str = ""
    pages: int = 0


def _prove(task: tuple[DocumentPlan, dt.datetime, Path]) -> Proof:
    """Takes clock and machine out of the PDF and reads it back."""
    document, declared, folder = task
    docx, pdf = folder / f"{document.stem}.docx", folder / f"{document.stem}.pdf"
    finished.normalise(pdf, declared, document.title, document.author)
    fault = finished.fault(pdf, document.expect)
    return Proof(fault) if fault else Proof("", digest(docx.read_bytes()), digest(pdf.read_bytes()), finished.page_count(pdf))


# --- cores -------------------------------------------------------------------------------------------------------------


def _spread(do: Callable[[Task], Outcome], tasks: list[Task]) -> Iterable[Outcome]:
    """Each task's outcome, in order; over the cores when it pays."""
    if len(tasks) < FEW:
        return map(do, tasks)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(do, tasks, chunksize=FEW))
