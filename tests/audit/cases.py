"""One finished dossier in a folder of its own, to be spoilt and audited."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.files import DocumentPlan, DossierPlan
from tests.audit.small import Year, redraw

UNIT, PROVINCE = "43-ban-dan-toc", "tinh"


class Case:
    def __init__(self, year: Year, plan: DossierPlan, staged: Path) -> None:
        self.year, self.plan, self.staged = year, plan, staged

    @property
    def bundle(self) -> Path:
        return self.staged / "ho-so.pdf"

    def word(self, stem: str) -> Path:
        return self.staged / f"{stem}.docx"

    def pdf(self, stem: str) -> Path:
        return self.staged / f"{stem}.pdf"

    def document(self, stem: str) -> DocumentPlan:
        return next(d for d in self.plan.documents if d.stem == stem)

    def redraw(self, stem: str, old: str, new: str) -> None:
        redraw(self.pdf(stem), self.document(stem), old, new)

    def found(self) -> list[str]:
        return self.year.findings(self.plan, self.staged)

    def found_in(self, name: str) -> list[str]:
        """Findings of one file, its dossier's folder left out."""
        folder = f"{self.plan.folder}/"
        return [line.removeprefix(folder) for line in self.found() if line.removeprefix(folder).startswith(name)]
