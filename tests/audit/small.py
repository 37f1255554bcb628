"""A dossier finished without LibreOffice: real forms filled with the sample year cut down to three units, pages drawn line by line."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from docx.oxml.ns import qn
from reportlab.lib.utils import simpleSplit

from pipeline import assessing
from pipeline.audit.dossier import audit
from pipeline.auditing import Auditor
from pipeline.bundling import BUNDLE, BoundPart, BundleOrder, bind
from pipeline.explaining import explain_year, results
from pipeline.forms.compose import compose
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.places import TEMPLATES, Places
from pipeline.planning import plan_province, plan_units
from pipeline.rendering.strict import render
from pipeline.signoff.blanks import SignatureField
from pipeline.signoff.finished import normalise
from pipeline.signoff.paper import new_canvas
from tests.end_to_end.province import Province, lower_head, small_data
from tests.signoff.small_pdf import archival

DECLARED = dt.datetime(2023, 12, 29)
LINES, LEADING, TOP, LEFT = 44, 16, 770, 85


class Year:
    """The small year as read, scored, planned; dossiers finished in `folder`."""

    def __init__(
        self, folder: Path, change: Callable[[Province], object] = lower_head, write: Callable[[Path], object] = small_data
    ) -> None:
        write(folder / "data")
        change(Province(folder / "data", folder / "build"))
        self.folder, self.places = folder, Places(folder / "data", folder / "build", 2023)
        self.result = assessing.check(self.places)
        explanations = explain_year(self.result)
        self.told = results(self.result, explanations)
        plans = [*plan_units(self.result, TEMPLATES), plan_province(self.result, explanations, TEMPLATES)]
        self.plans = {plan.folder: plan for plan in plans}
        self.auditor = Auditor(self.result, {entry["ma"]: entry for entry in self.told["don_vi"]}, self.places)

    def finish(self, plan: DossierPlan) -> Path:
        staged = self.folder / "xong" / plan.folder
        parts = []
        for document in plan.documents:
            (staged / document.stem).parent.mkdir(parents=True, exist_ok=True)
            template = compose(TEMPLATES, document.form, document.profile)
            word = render(template, document.fields, document.title, document.author, DECLARED, document.form)
            (staged / f"{document.stem}.docx").write_bytes(word)
            pages = write_pdf(staged / f"{document.stem}.pdf", lines_of(word), document, plan.draft)
            pdf = (staged / f"{document.stem}.pdf").read_bytes()
            parts.append(BoundPart(pdf, pages, {s.field: pages for s in document.signatures}))
        bound = bind(BundleOrder(plan, tuple(parts), "", DECLARED))
        assert bound.fault is None
        (staged / BUNDLE).write_bytes(bound.pdf)
        return staged

    def findings(self, plan: DossierPlan, staged: Path) -> list[str]:
        """What the audit of that folder says; what only warns is marked."""
        return [f"{'' if found.stops else '(lưu ý) '}{found}" for found in audit(self.auditor.held(plan, staged))]


def lines_of(word: bytes) -> list[tuple[str, bool]]:
    """Paragraphs and rows in order, and whether each is a heading."""
    found: list[tuple[str, bool]] = []
    for block in Document(io.BytesIO(word)).iter_inner_content():
        if hasattr(block, "runs"):
            found.append((block.text, block.style is not None and block.style.style_id == "DeMuc1"))
        else:
            for row in block.rows:
                cells = (cell.iter(qn("w:t")) for cell in row._tr.tc_lst)
                found.append((" ".join("".join(t.text or "" for t in cell) for cell in cells), False))
    return [(text.replace("\u00a0", " "), heading) for text, heading in found if text.strip()]


def write_pdf(path: Path, lines: list[tuple[str, bool]], document: DocumentPlan, draft: bool = False) -> int:
    """Numbered from page 2 like a form, its headings in the outline, its signature fields on the last page."""
    buffer = io.BytesIO()
    canvas, left, page = new_canvas(buffer), 0, 0
    for text, heading in lines:
        for number, line in enumerate(simpleSplit(text, "Thuong", 11, 480)):
            if not left:
                if page:
                    canvas.showPage()
                left, page = LINES, page + 1
                canvas.setFont("Thuong", 11)
                if page > 1:
                    canvas.drawString(300, 800, str(page))
                if draft:
                    canvas.drawString(480, 800, "DỰ THẢO")
            if heading and number == 0:
                canvas.bookmarkPage(line)
                canvas.addOutlineEntry(text, line)
            canvas.drawString(LEFT, TOP - LEADING * (LINES - left), line)
            left -= 1
    canvas.showPage()
    canvas.save()
    archival(path, buffer.getvalue())
    fields = [SignatureField(s.field, page - 1, (300, 60, 400, 100), s.words) for s in document.signatures]
    normalise(path, DECLARED, document.title, document.author, fields)
    return page


# --- faults to plant ---------------------------------------------------------------------------------------------------


def copied(staged: Path, to: Path) -> Path:
    shutil.copytree(staged, to / staged.name)
    return to / staged.name


def edit_word(path: Path, old: str, new: str, part: str = "word/document.xml", count: int = 1) -> None:
    """Changes the text of a Word file; a bound space in it is a space."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    text = parts[part].decode().replace("\u00a0", " ")
    assert old in text, f"{old!r} is not in {path.name}"
    parts[part] = text.replace(old, new, count).encode()
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)


def redraw(path: Path, document: DocumentPlan, old: str, new: str) -> None:
    """The PDF of a Word file with other words on its pages."""
    lines = lines_of(path.with_suffix(".docx").read_bytes())
    assert any(old in text for text, _ in lines), f"{old!r} is not in {path.name}"
    write_pdf(path, [(text.replace(old, new), heading) for text, heading in lines], document)


def change_pdf(path: Path, change: Callable[[pikepdf.Pdf], Any]) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)


def over(path: Path, page: int, text: str, place: tuple[float, float] = (85, 40)) -> None:
    """Words written on a page (from 1) of a finished PDF."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    canvas.setFont("Thuong", 8)
    canvas.drawString(*place, text)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(buffer) as stamp:
        change_pdf(path, lambda pdf: pdf.pages[page - 1].add_overlay(stamp.pages[0]))
