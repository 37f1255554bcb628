"""A staged folder and its plan -> each document as read back from both its files, page by page, without page numbers and draft marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.audit.pdf_shape import PdfShape, read_shape
from pipeline.audit.pdf_text import page_texts
from pipeline.audit.text import single, tight
from pipeline.audit.word_file import WordFile, read_word
from pipeline.model.files import DocumentPlan, DossierPlan

DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class ReadDocument:
    """`written`: pages of the PDF exactly as read; `body`: without the page number and DỰ THẢO in the top margin."""

    name: str  # folder and stem, for findings
    plan: DocumentPlan
    word: WordFile
    written: tuple[str, ...]
    shape: PdfShape

    @property
    def code(self) -> str:
        """The form's code; sheets of single units share one."""
        return self.plan.stem.split("/")[0]

    @cached_property
    def body(self) -> tuple[str, ...]:
        return tuple(_without_furniture(text, number) for number, text in enumerate(self.written, 1))

    @cached_property
    def word_text(self) -> str:
        return " ".join(self.word.paragraphs)

    @cached_property
    def pdf_text(self) -> str:
        """All pages as one line: a sentence may go on overleaf."""
        return single(" ".join(self.body))

    @cached_property
    def tight_pages(self) -> tuple[str, ...]:
        return tuple(tight(text) for text in self.body)

    @cached_property
    def tight_text(self) -> str:
        return "".join(self.tight_pages)

    def page_at(self, place: int) -> int:
        """The page (from 1) that holds a place of `tight_text`."""
        for number, text in enumerate(self.tight_pages, 1):
            if place < len(text):
                return number
            place -= len(text)
        return len(self.tight_pages)

    def page_of(self, words: str) -> int:
        """The page where these words begin; 0 = they are nowhere."""
        place = self.tight_text.find(tight(words)) if words.strip() else -1
        return self.page_at(place) if place >= 0 else 0


def _without_furniture(text: str, number: int) -> str:
    """Page 1 has no number: digits that begin it are text."""
    lines, numbered = text.splitlines(), number > 1
    while lines:
        line = lines[0].replace(DRAFT, "").strip()
        if line and not (numbered and line.isdigit()):
            break
        numbered = numbered and not line.isdigit()
        del lines[0]
    return "\n".join(lines)


def read_documents(plan: DossierPlan, folder: Path) -> tuple[ReadDocument, ...]:
    return tuple(
        ReadDocument(
            f"{plan.folder}/{d.stem}",
            d,
            read_word(folder / f"{d.stem}.docx"),
            page_texts(folder / f"{d.stem}.pdf"),
            read_shape(folder / f"{d.stem}.pdf"),
        )
        for d in plan.documents
    )
