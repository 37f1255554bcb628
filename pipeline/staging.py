"""Dossiers with stale documents -> orders for them; what was delivered -> a complete folder in staging and its new record."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.batching import settled
from pipeline.bundling import BUNDLE, BoundPart
from pipeline.cores import Cores
from pipeline.forms.compose import compose
from pipeline.forms.standards import Standard, read_standards
from pipeline.freshness import DossierRecord, Reason
from pipeline.keys import digest
from pipeline.making import DocumentOrder, Fault, Made, trial
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.problems import TemplateError
from pipeline.producing import Delivery, DossierOrder
from pipeline.progress import Stages
from pipeline.publishing import write_file
from pipeline.signoff import office


@dataclass
class Work:
    """One dossier on its way: its plan, its new record, which documents must be made and why, or why only its bundle, what went wrong."""

    plan: DossierPlan
    record: DossierRecord
    stale: dict[str, Reason]
    staged: Path
    rebind: Reason | None = None
    faults: list[Fault] = field(default_factory=list)
    kept: bool = False  # nothing of it had to be made

    @property
    def damaged(self) -> list[str]:
        """Files that are made again because what lies there is not what was made."""
        reasons = [*self.stale.values(), *([self.rebind] if self.rebind else [])]
        return [f"{self.plan.folder}: {reason.text}" for reason in reasons if reason.damaged]

    @property
    def stale_documents(self) -> list[DocumentPlan]:
        return [d for d in self.plan.documents if d.stem in self.stale]


@dataclass(frozen=True)
class Ordering:
    """What all orders of a build share. `out`: where dossiers are published."""

    templates: Path
    out: Path
    secrecy: str
    declared: dt.datetime

    def orders(self, works: Iterable[Work]) -> Iterator[DossierOrder]:
        """One after another as they are asked for; those with most to make first, so that no worker is left alone with a large one."""
        works = sorted(works, key=lambda work: -len(work.stale))
        standards = self._standards(works)
        for work in works:
            make = tuple(self.document(work, document, standards[document.profile]) for document in work.stale_documents)
            bare = tuple(replace(document, fields={}) for document in work.plan.documents)
            yield DossierOrder(replace(work.plan, documents=bare), make, self._kept(work), self.secrecy, self.declared)

    def document(self, work: Work, document: DocumentPlan, standard: Standard) -> DocumentOrder:
        template = compose(self.templates, document.form, document.profile)
        return DocumentOrder(f"{work.plan.folder}/{document.stem}", document, template, standard, self.declared)

    def loose(self, work: Work) -> list[DocumentOrder]:
        """Those of a work that gets no bundle."""
        standards = self._standards([work])
        return [self.document(work, document, standards[document.profile]) for document in work.stale_documents]

    def _standards(self, works: Iterable[Work]) -> dict[str, Standard]:
        """The figures of every standard; one that a document follows and that has none is told before anything is made."""
        standards = read_standards(self.templates)
        lacking = sorted({d.profile for w in works for d in w.stale_documents} - set(standards))
        if lacking:
            raise TemplateError(f"templates_docx/quy_cach.yaml: chưa có số đo của thể thức {', '.join(lacking)}")
        return standards

    def _kept(self, work: Work) -> dict[str, BoundPart]:
        records, folder = work.record.documents, self.out / work.plan.folder
        kept = {d.stem: records[d.stem] for d in work.plan.documents if d.stem not in work.stale}
        return {stem: BoundPart((folder / f"{stem}.pdf").read_bytes(), r.pages, r.to_sign) for stem, r in kept.items()}


def stage(work: Work, delivery: Delivery, folder: Path) -> None:
    """Fresh documents beside kept ones and the bundle over them; nothing is published yet. `folder`: the published dossier."""
    work.faults += delivery.faults
    if work.faults:
        return
    for made in delivery.made.values():
        put(work, made)
    for document in work.plan.documents:
        if document.stem not in delivery.made:
            for ending in (".docx", ".pdf"):
                target = work.staged / f"{document.stem}{ending}"
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(folder / f"{document.stem}{ending}", target)
    bundle = delivery.bundle
    write_file(work.staged / BUNDLE, bundle.pdf)
    work.record.pages, work.record.bundle, work.record.size = bundle.pages, digest(bundle.pdf), len(bundle.pdf)
    work.record.signing = list(bundle.signing)


def make_loose(work: Work, templates: Path, declared: dt.datetime, stages: Stages) -> None:
    """The stale documents of a work that gets no bundle, by this process, into its staging folder; faults are left on the work."""
    work.staged.mkdir(parents=True, exist_ok=True)
    orders = Ordering(templates, work.staged, "", declared).loose(work)
    with stages.run("Lập tài liệu", len(orders)) as step:
        for made in settled(trial(office.find_office(), work.staged.resolve()), orders, len(orders), Cores(1)):
            put(work, made)
            step(1)


def put(work: Work, made: Made) -> None:
    """Both files of a document into staging, what is known of them into the record; a fault onto the work."""
    if made.fault:
        work.faults.append(made.fault)
        return
    stem = made.name.split("/", 1)[1]
    for ending, data in ((".docx", made.docx), (".pdf", made.pdf)):
        write_file(work.staged / f"{stem}{ending}", data)
    record = work.record.documents[stem]
    record.docx, record.pdf, record.size = digest(made.docx), digest(made.pdf), len(made.pdf)
    record.pages, record.remarks = made.pages, list(made.remarks)
    record.to_sign = {field.name: field.page + 1 for field in made.to_sign}
