"""Orders for documents -> .docx and proved .pdf of each: one LibreOffice call for a batch, in any process of any machine; nothing else is touched."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from docx import Document

from pipeline.batching import Again, Done, Lost, Trial, Tried
from pipeline.cores import give_back
from pipeline.forms.standards import Standard
from pipeline.model.files import DocumentPlan
from pipeline.problems import OutputError, PipelineError, TemplateError
from pipeline.progress import Spent
from pipeline.rendering.stable_zip import stable_zip
from pipeline.rendering.strict import render
from pipeline.signoff import finished, office
from pipeline.signoff.blanks import SignatureField
from pipeline.signoff.page_breaks import with_breaks
from pipeline.signoff.proving import prove

ROUNDS = 8  # at most; each moves what was left alone to the next page, and what follows may leave something else alone
MOST = 80  # documents for one LibreOffice: enough that its start costs little, few enough that it is renewed often
RENDER, CONVERT, PROVE = "điền biểu mẫu", "LibreOffice", "kiểm tra PDF"


@dataclass(frozen=True)
class Fault:
    """A document that could not be made, in words, with the exit code it means."""

    text: str
    exit_code: int


@dataclass(frozen=True)
class DocumentOrder:
    """Everything one document is made from. `name`: "25-so-noi-vu/1-bao-cao"; `docx`: as it comes round again, with page breaks put in."""

    name: str
    document: DocumentPlan
    template: bytes
    standard: Standard
    declared: dt.datetime
    docx: bytes = b""
    rounds: int = ROUNDS


@dataclass(frozen=True)
class Made:
    """A document as made and read back: both files, pages, matters of taste, where to sign; or the fault that stopped it."""

    name: str
    docx: bytes = b""
    pdf: bytes = b""
    pages: int = 0
    remarks: tuple[str, ...] = ()
    to_sign: tuple[SignatureField, ...] = ()
    fault: Fault | None = None


def trial(program: str, scratch: Path | None) -> Trial[DocumentOrder, Made]:
    """How documents are made in batches. `program`: the soffice to call; `scratch`: folder for its work, None = the machine's own place."""
    return Trial(partial(attempt, program, scratch), _failed, partial(require_alive, program, scratch), MOST)


def attempt(program: str, scratch: Path | None, orders: Sequence[DocumentOrder]) -> Tried[DocumentOrder, Made]:
    """One try of a batch: filled in, converted, proved."""
    spent = Spent()
    with tempfile.TemporaryDirectory(prefix="tai-lieu-", dir=scratch) as folder:
        desks = [_Desk(order, Path(folder) / f"{number:04d}") for number, order in enumerate(orders)]
        with spent.on(RENDER):
            faults = {desk.order.name: fault for desk in desks if (fault := desk.render())}
            give_back()  # of one long document some hundred megabytes
        ready = [desk for desk in desks if desk.order.name not in faults]
        with spent.on(CONVERT):
            complaint = office.convert(program, [office.Job(d.docx, d.pdf, d.order.name) for d in ready], scratch) if ready else ""
            give_back()
        with spent.on(PROVE):
            outcomes = [Done(faults[d.order.name]) if d.order.name in faults else d.proved(complaint) for d in desks]
            give_back()
    return Tried(outcomes, spent.seconds)


@dataclass(frozen=True)
class _Desk:
    """One document's two files while they are worked on, called as they will be published: messages name them."""

    order: DocumentOrder
    folder: Path

    @property
    def docx(self) -> Path:
        return self.folder / f"{Path(self.order.document.stem).name}.docx"

    @property
    def pdf(self) -> Path:
        return self.folder / f"{Path(self.order.document.stem).name}.pdf"

    def render(self) -> Made | None:
        """Fields into the composed form; None when that went well."""
        order, document = self.order, self.order.document
        try:
            data = order.docx or render(
                order.template, document.fields, document.title, document.author, order.declared, f"{document.form} ({order.name})"
            )
        except PipelineError as error:
            return Made(order.name, fault=Fault(str(error), TemplateError.exit_code))
        self.folder.mkdir()
        self.docx.write_bytes(data)
        return None

    def proved(self, complaint: str) -> Done[Made] | Again[DocumentOrder] | Lost:
        """A document with a heading or the end of a table left alone gets a page break there and goes round again."""
        if broken_off := finished.broken_off(self.pdf):
            return Lost(f"{broken_off}{f' (LibreOffice: {complaint})' if complaint else ''}")
        order, document = self.order, self.order.document
        more = order.rounds > 1
        proof = prove(self.docx, self.pdf, document, order.standard, order.declared, may_move=more)
        if proof.moves and more:
            return Again(replace(order, docx=stable_zip(with_breaks(proof.docx, proof.moves)), rounds=order.rounds - 1))
        if proof.fault:
            return self._refused(proof.fault)
        return Done(Made(order.name, proof.docx, proof.pdf, proof.pages, proof.remarks, proof.to_sign))

    def _refused(self, fault: str) -> Done[Made]:
        return Done(_failed(self.order, fault))


def _failed(order: DocumentOrder, complaint: str) -> Made:
    return Made(order.name, fault=Fault(f"{order.name}: {complaint}", OutputError.exit_code))


def require_alive(program: str, scratch: Path | None) -> None:
    """After a call that gave nothing: raises OutputError when LibreOffice cannot even convert an empty page, so that nobody waits for the rest."""
    with tempfile.TemporaryDirectory(prefix="tai-lieu-", dir=scratch) as folder:
        source, target = Path(folder) / "thu.docx", Path(folder) / "thu.pdf"
        blank = Document()
        blank.add_paragraph("Trang thử")
        blank.save(str(source))
        complaint = office.convert(program, [office.Job(source, target, "thu")], scratch)
        if finished.broken_off(target):
            raise OutputError(
                f"LibreOffice không tạo được tệp PDF nào, cả với một trang trống{f' ({complaint})' if complaint else ''}"
                " — khởi động lại máy rồi chạy lại; vẫn thế thì cài lại LibreOffice Writer"
            )
