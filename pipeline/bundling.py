"""An order for a bundle -> cover, index, signing sheet and the documents' PDFs as one file, in any process of any machine; nothing else is touched."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.making import Fault
from pipeline.model.files import DossierPlan
from pipeline.problems import OutputError
from pipeline.signoff import front
from pipeline.signoff.bundle import Part, bundle
from pipeline.signoff.pdfa.lint import LEVEL, lint, told
from pipeline.signoff.signing_sheet import SigningRow

BUNDLE = "ho-so.pdf"


@dataclass(frozen=True)
class BoundPart:
    """A document of the bundle: its PDF, its pages, field -> page (from 1) of where to sign."""

    pdf: bytes
    pages: int
    to_sign: Mapping[str, int]


@dataclass(frozen=True)
class BundleOrder:
    """`parts`: by document of the plan, in its order."""

    plan: DossierPlan
    parts: tuple[BoundPart, ...]
    secrecy: str
    declared: dt.datetime


@dataclass(frozen=True)
class Bound:
    """A bundle as bound, its pages, the rows of its signing sheet; or the fault that stopped it."""

    pdf: bytes = b""
    pages: int = 0
    signing: tuple[SigningRow, ...] = ()
    fault: Fault | None = None


def bind(order: BundleOrder, scratch: Path | None = None) -> Bound:
    """`scratch`: folder for its work, None = the machine's own place for temporary files."""
    with tempfile.TemporaryDirectory(prefix="goi-", dir=scratch) as folder:
        try:
            return _bound(order, Path(folder))
        except OutputError as error:
            return Bound(fault=Fault(str(error), error.exit_code))


def _bound(order: BundleOrder, folder: Path) -> Bound:
    plan, target, parts = order.plan, folder / BUNDLE, []
    for number, (document, part) in enumerate(zip(plan.documents, order.parts, strict=True)):
        path = folder / f"{number:04d}" / f"{Path(document.stem).name}.pdf"  # messages name it
        path.parent.mkdir()
        path.write_bytes(part.pdf)
        parts.append(Part(document.name, path))
    first = front.front_pages(plan, [p.pages for p in order.parts], order.secrecy, [p.to_sign for p in order.parts])
    total = first.rows[-1].last
    stamps = front.stamps(plan.code, total, plan.draft)
    made = bundle(target, first, parts, stamps, order.declared, f"{plan.title} - {plan.owner}", plan.documents[0].author)
    if made != total:
        raise OutputError(f"{plan.folder}: gói có {made} trang, mục lục tính {total} trang")
    require_archival(target, f"{plan.folder}/{BUNDLE}")
    return Bound(target.read_bytes(), made, tuple(first.signing))


def require_archival(path: Path, label: str) -> None:
    if broken := lint(path):
        raise OutputError(f"{label}: không giữ được {LEVEL}: {told(broken)}")
