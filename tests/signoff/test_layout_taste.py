"""What an eye would stop at: a last page with hardly more than the signature, a page left half empty; never a fault."""

from __future__ import annotations

from pipeline.signoff.layout_taste import remarks
from pipeline.signoff.pages import PdfPage, Piece
from pipeline.signoff.word import Document, Paragraph, Run, Section

MARGINS = {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0, "header": 10.0}
SIGNED = [
    Paragraph("ThanBai", "Nội dung", (), {}),
    Paragraph("ChucVu", "GIÁM ĐỐC", (Run("GIÁM ĐỐC", 14, True, False, False, frozenset()),), {}),
]


def page(*lines: tuple[str, float]) -> PdfPage:
    """Words and their lower edge in millimetres."""
    pieces = tuple(Piece(words, 30, 150, bottom - 5, bottom) for words, bottom in lines)
    return PdfPage(210, 297, pieces, "".join(words for words, _ in lines))


def document(annexes: list[str] | None = None) -> Document:
    return Document([Section(210, 297, MARGINS, True)], SIGNED, annexes=annexes or [])


FULL = page(("Nội dung", 30), ("Nội dung cuối trang", 270))


def test_a_last_page_with_one_line_and_the_signature() -> None:
    last = page(("Trên đây là báo cáo", 30), ("Nơi nhận:GIÁM ĐỐC", 40), ("Nguyễn Văn A", 80))
    assert remarks([FULL, last], document()) == ["trang 2 chỉ có 1 dòng và khối ký"]


def test_a_last_page_with_enough_above_the_signature() -> None:
    last = page(("Một", 30), ("Hai", 38), ("Ba", 46), ("Nơi nhận:GIÁM ĐỐC", 60), ("Nguyễn Văn A", 100))
    assert remarks([FULL, last], document()) == []


def test_a_single_page_is_never_remarked() -> None:
    assert remarks([page(("Nội dung", 30), ("GIÁM ĐỐC", 40))], document()) == []


def test_a_page_left_half_empty() -> None:
    half = page(("Nội dung", 30), ("Hết", 140))
    assert remarks([half, FULL], document()) == ["trang 1 để trống 53% chiều cao"]


def test_a_page_before_an_annex_may_be_half_empty() -> None:
    annex = page(("PHỤ LỤC", 30), ("Danh sách", 270))
    assert remarks([page(("Nội dung", 30), ("GIÁM ĐỐC", 140)), annex], document(["PHỤ LỤC"])) == []
