"""A .pdf fresh from LibreOffice -> where on its pages each signer signs: the blank between the two marks of the standard's signature block.

The marks are bookmarks of the Word file (`KY_TU_<blank>` on the first empty line under the post, `KY_DEN_<blank>` on the name);
LibreOffice writes each as a named destination with page and exact place, so no text is searched and no coordinate guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Name

from pipeline.forms.signing_marks import FROM, TO
from pipeline.model.files import Signature
from pipeline.problems import OutputError

PER_MM = 72 / 25.4
INSET = 2.0  # points between the field and the lines above and below
COPY = "2520Copy2520"  # what LibreOffice adds to a name it meets a second time, as it writes it into a PDF (" Copy 1")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """A bookmark as it stands in the PDF: page from 0, place in points from the lower left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class SignatureField:
    """A place to sign: name of the field, page from 0, rectangle in points, who signs in words."""

    name: str
    page: int
    box: Box
    signer: str


def marks(pdf: pikepdf.Pdf) -> dict[str, Mark]:
    """Every bookmark that came along, by its name in the Word file."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found = {}
    for name, target in (pdf.Root.get("/Dests") or pikepdf.Dictionary()).items():
        if isinstance(target, Array) and len(target) >= 4 and target[1] == Name.XYZ:
            found[_decoded(str(name)[1:])] = Mark(pages[target[0].objgen], float(target[2]), float(target[3]))
    return found


def _decoded(name: str) -> str:
    """LibreOffice writes `_` as `5F`; no mark of ours has those letters."""
    return name.replace("5F", "_")


def place(path: Path, signatures: Sequence[Signature], width: float) -> tuple[SignatureField, ...]:
    """`width` of a field in millimetres. Raises OutputError where a blank is missing, cut by a page, or not blank."""
    if not signatures:
        return ()
    with pikepdf.open(path, attempt_recovery=False) as pdf:
        known = marks(pdf)
    placed = tuple(_field(path, known, signature, width * PER_MM) for signature in signatures)
    _require_blank(path, placed)
    return placed


def _field(path: Path, known: dict[str, Mark], signature: Signature, width: float) -> SignatureField:
    for mark in (FROM + signature.blank, TO + signature.blank):
        if any(name.startswith(mark + COPY) for name in known):
            raise OutputError(f"{path.name}: chỗ ký «{signature.blank}» có nhiều hơn một dấu {mark} — chỉ giữ một dấu trong khối ký")
    top, bottom = known.get(FROM + signature.blank), known.get(TO + signature.blank)
    if top is None or bottom is None:
        raise OutputError(f"{path.name}: không thấy chỗ ký «{signature.blank}» (khối ký của thể thức mất dấu {FROM}{signature.blank})")
    if top.page != bottom.page or top.y - bottom.y <= 2 * INSET:
        raise OutputError(f"{path.name}: chỗ ký «{signature.blank}» không nằm trọn trên một trang")
    left = round(top.x - width / 2, 2)
    box = (left, round(bottom.y + INSET, 2), round(left + width, 2), round(top.y - INSET, 2))
    return SignatureField(signature.field, top.page, box, signature.words)


def _require_blank(path: Path, placed: Sequence[SignatureField]) -> None:
    document = pypdfium2.PdfDocument(path)
    try:
        for field in placed:
            page = document[field.page]
            width, height = page.get_size()
            left, bottom, right, top = field.box
            if left < 0 or bottom < 0 or right > width or top > height:
                raise OutputError(f"{path.name}: chỗ ký {field.name} ra ngoài trang {field.page + 1}")
            if words := page.get_textpage().get_text_bounded(left, bottom, right, top).strip():
                raise OutputError(f"{path.name}: chỗ ký {field.name} đè lên chữ «{words[:40]}»")
    finally:
        document.close()
