"""Pages of a finished .pdf + the Word file they come from -> what an eye would stop at though no standard forbids it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.signoff.finished import squeeze
from pipeline.signoff.layout_pdf import body_of, lines_of, lonely_lead_ins
from pipeline.signoff.pages import PdfPage
from pipeline.signoff.word import Document

FEW_LINES = 1  # above the signature on the last page
MOST_BLANK = 0.4  # of the height for text
SIGNING = ("QuyenHan", "ChucVu", "NoiNhanNhan")


def remarks(pages: list[PdfPage], document: Document) -> list[str]:
    alone = [f"trang {found.page}: câu dẫn «{found.text[:40]}» ở cuối trang" for found in lonely_lead_ins(pages, document)]
    return [*_signature_almost_alone(pages, document), *_blank(pages, document), *alone]


def _signature_almost_alone(pages: list[PdfPage], document: Document) -> Iterator[str]:
    """Only of texts without an annex: there the last page is the annex's."""
    first = next((p.text for p in document.paragraphs if p.style in SIGNING and p.text), None)
    if len(pages) < 2 or document.annexes or first is None:
        return
    words = [squeeze("".join(piece.text for piece in line)) for line in lines_of(body_of(pages[-1], document.sections[0]))]
    above = next((i for i, text in enumerate(words) if squeeze(first) in text or text.startswith("Nơinhận:")), None)
    if above is not None and above <= FEW_LINES:
        yield f"trang {len(pages)} chỉ có {above} dòng và khối ký"


def _blank(pages: list[PdfPage], document: Document) -> Iterator[str]:
    """Not of the last page, nor of one before an annex."""
    margins, starts = document.sections[0].margins, [squeeze(words) for words in document.annexes]
    for number, (page, following) in enumerate(zip(pages, pages[1:]), 1):
        first = [squeeze("".join(p.text for p in line)) for line in lines_of(body_of(following, document.sections[0]))[:3]]
        if any(words in first for words in starts):
            continue
        height = page.height - margins["top"] - margins["bottom"]
        lowest = max((p.bottom for p in page.pieces), default=margins["top"])
        blank = (page.height - margins["bottom"] - lowest) / height
        if blank > MOST_BLANK:
            yield f"trang {number} để trống {blank * 100:.0f}% chiều cao"
