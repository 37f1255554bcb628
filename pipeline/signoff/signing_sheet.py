"""A dossier's plan and where its fields stand -> who signs what, on which page, in which order: rows for the bundle's page and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.files import DossierPlan

COLUMNS = (
    "Hồ sơ",
    "Lượt ký",
    "Người ký",
    "Chức vụ",
    "Tài liệu",
    "Tệp",
    "Trang trong tài liệu",
    "Trang trong gói",
    "Tên ô ký",
)
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would compute it


@dataclass(frozen=True)
class SigningRow:
    """One signature; pages from 1."""

    dossier: str
    order: int
    name: str
    post: str
    document: str
    file: str
    page: int
    bundle_page: int
    field: str


def signing_rows(plan: DossierPlan, starts: Sequence[int], pages: Sequence[Mapping[str, int]]) -> list[SigningRow]:
    """`starts`: the bundle page where each document begins; `pages`: field -> page in its document, per document. In signing order."""
    rows = [
        SigningRow(
            plan.code,
            signature.order,
            signature.name,
            signature.post,
            document.name,
            f"{plan.folder}/{document.stem}.pdf",
            found[signature.field],
            start + found[signature.field] - 1,
            signature.field,
        )
        for document, start, found in zip(plan.documents, starts, pages, strict=True)
        for signature in document.signatures
    ]
    return sorted(rows, key=lambda row: row.order)


def as_csv(rows: Iterable[SigningRow]) -> bytes:
    """For a spreadsheet set to Vietnamese: semicolons, and a mark at the front that tells it the letters are UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (row.dossier, row.order, row.name, row.post, row.document, row.file, row.page, row.bundle_page, row.field)
        writer.writerow([_harmless(str(cell)) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
