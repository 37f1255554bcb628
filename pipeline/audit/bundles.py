"""A dossier's documents as read back + its bundle -> what in the bundle is not planned: pages, cover, index, links, outline, labels, stamps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.documents import DRAFT, ReadDocument
from pipeline.audit.pdf_shape import PdfShape, Titles, read_shape
from pipeline.audit.pdf_text import pages_and_feet, texts_inside
from pipeline.audit.text import single, tight
from pipeline.model.audit import AuditFinding
from pipeline.model.files import DossierPlan

FRONT, INDEX = "Bìa và mục lục", "MỤC LỤC HỒ SƠ"
FOOT = 34.0  # points: 12 mm, below the bottom margin of every document


@dataclass(frozen=True)
class ReadBundle:
    """`firsts`: the page (from 1) where each document must begin; `front`: pages before them."""

    name: str
    path: Path
    plan: DossierPlan
    pages: tuple[str, ...]
    feet: tuple[str, ...]
    shape: PdfShape
    front: int
    firsts: tuple[int, ...]


def read_bundle(plan: DossierPlan, path: Path, documents: Sequence[ReadDocument]) -> ReadBundle:
    found = pages_and_feet(path, FOOT)
    lengths = [len(d.written) for d in documents]
    front = len(found) - sum(lengths)
    firsts = tuple(front + 1 + sum(lengths[:i]) for i in range(len(lengths)))
    pages, low = tuple(text for text, _ in found), tuple(foot for _, foot in found)
    return ReadBundle(f"{plan.folder}/{path.name}", path, plan, pages, low, read_shape(path), front, firsts)


def bundle_findings(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    if bundle.front < 2:
        words = f"có {len(bundle.pages)} trang, ít hơn bìa, mục lục và {len(documents)} tài liệu cộng lại"
        yield AuditFinding(bundle.name, 0, words)
        return
    for check in (_stamps, _contents, _cover, _index, _links, _outline, _shape):
        yield from check(bundle, documents)


def _stamp(bundle: ReadBundle, page: int) -> str:
    mark = f"{DRAFT} · " if bundle.plan.draft else ""
    return f"{mark}HS {bundle.plan.code} · tr. {page}/{len(bundle.pages)}"


def _stamps(bundle: ReadBundle, _: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    """Alone below the bottom margin, so on nobody's text or page number."""
    for page, foot in enumerate(bundle.feet, 1):
        if single(foot) != _stamp(bundle, page):
            yield AuditFinding(bundle.name, page, f"dấu chân trang ghi «{single(foot)[:60]}», phải là «{_stamp(bundle, page)}»")


def _contents(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    """Every page of every document at its place, with nothing else on it; no page of a ready dossier calls itself a draft."""
    for document, first in zip(documents, bundle.firsts):
        for page, text in enumerate(document.written, first):
            if tight(bundle.pages[page - 1]) != tight(text) + tight(_stamp(bundle, page)):
                yield AuditFinding(bundle.name, page, f"trang không giống trang {page - first + 1} của «{document.plan.stem}.pdf»")
    for document in documents:
        for page, text in enumerate(document.written, 1):
            marked = any(line.strip(" 0123456789") == DRAFT for line in text.splitlines())
            if marked != bundle.plan.draft:
                words = f"hồ sơ còn dự thảo nhưng trang không ghi {DRAFT}" if bundle.plan.draft else f"hồ sơ đã đủ nhưng trang ghi {DRAFT}"
                yield AuditFinding(f"{document.name}.pdf", page, words)


def _cover(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    plan, cover = bundle.plan, tight("".join(bundle.pages[: bundle.front]))
    wanted = [plan.title, plan.owner, f"Mã hồ sơ: {plan.code}", *(f"{label}: {value}" for label, value in plan.lines)]
    wanted += [f"Số tài liệu: {len(documents):02d}; số trang: {len(bundle.pages)}", *(d.plan.signers for d in documents)]
    for words in [*wanted, *plan.missing]:
        if tight(words) not in cover:
            yield AuditFinding(bundle.name, 1, f"bìa không ghi «{single(words)[:100]}»")
    for page, text in enumerate(bundle.pages[: bundle.front], 1):
        if (DRAFT in text.replace(_stamp(bundle, page), "")) != plan.draft:
            yield AuditFinding(bundle.name, page, f"bìa hoặc mục lục {'thiếu' if plan.draft else 'có'} chữ {DRAFT}")


def _spans(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[tuple[int, ReadDocument, int, str]]:
    """Number in the index, document, its first page, pages as printed."""
    for number, (document, first) in enumerate(zip(documents, bundle.firsts), 1):
        last = first + len(document.written) - 1
        yield number, document, first, str(first) if first == last else f"{first}-{last}"


def _index(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    printed = tight("".join(bundle.pages[1 : bundle.front]))
    for number, document, _, span in _spans(bundle, documents):
        row = f"{number} {document.plan.name} {document.plan.number} {span}"
        if tight(row) not in printed:
            yield AuditFinding(bundle.name, 2, f"mục lục không có dòng «{single(row)}»")


def _links(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    """A row of the index leads to its document's first page, wherever the row stands; links inside a document stay in it."""
    every = [link for link in bundle.shape.links if link.page <= bundle.front]
    to_sign = _pages_to_sign(bundle, documents)
    front, sheet = every[: len(documents)], every[len(documents) :]
    if len(every) != len(documents) + len(to_sign):
        yield AuditFinding(bundle.name, 2, f"mục lục và danh sách ký có {len(every)} liên kết, phải có {len(documents) + len(to_sign)}")
    for link, page in zip(sheet, to_sign):
        if link.target != page:
            yield AuditFinding(bundle.name, link.page, f"liên kết của danh sách ký dẫn tới trang {link.target}, phải là trang {page}")
    said = texts_inside(bundle.path, [(link.page, link.box) for link in front])
    for (number, document, first, _), link, words in zip(_spans(bundle, documents), front, said):
        if not tight(words).startswith(tight(f"{number}{document.plan.name}")):
            yield AuditFinding(bundle.name, link.page, f"liên kết thứ {number} của mục lục nằm trên «{single(words)[:60]}»")
        if link.target != first:
            yield AuditFinding(
                bundle.name, link.page, f"liên kết của «{document.plan.name}» dẫn tới trang {link.target}, phải là trang {first}"
            )
    for link in bundle.shape.links:
        if link.page > bundle.front and _document_at(bundle, link.page) != _document_at(bundle, link.target):
            yield AuditFinding(bundle.name, link.page, f"liên kết trong tài liệu dẫn ra ngoài tài liệu, tới trang {link.target}")


def _pages_to_sign(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> list[int]:
    """Bundle pages of the rows of the signing sheet, in signing order; a dossier of a unit has no such page."""
    if not bundle.plan.signing_sheet:
        return []
    pages = {field.name: first + field.page - 1 for d, first in zip(documents, bundle.firsts) for field in d.shape.fields}
    signatures = sorted((s for d in documents for s in d.plan.signatures), key=lambda s: s.order)
    return [pages.get(signature.field, 0) for signature in signatures]


def _document_at(bundle: ReadBundle, page: int) -> int:
    return sum(first <= page for first in bundle.firsts)


def _outline(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    wanted = [(FRONT, 1), *((d.plan.name, first) for d, first in zip(documents, bundle.firsts))]
    found = [(single(title), page) for title, page, _ in bundle.shape.outline]
    if found != [(single(title), page) for title, page in wanted]:
        wrong = next((pair for pair in [*found, ("(thiếu)", 0)] if pair not in wanted), found[-1])
        yield AuditFinding(bundle.name, wrong[1], f"dấu trang «{wrong[0]}» không đúng tên hoặc không ở đầu tài liệu")
        return
    for document, (_, _, below) in zip(documents, bundle.shape.outline[1:]):
        for title, page in _flat(below):
            inside = page - bundle.firsts[documents.index(document)]
            if not (0 <= inside < len(document.written)) or tight(title) not in tight(document.written[inside]):
                yield AuditFinding(bundle.name, page, f"dấu trang «{single(title)}» không dẫn tới đề mục của «{document.plan.name}»")
        headings = [single(title) for title, _ in _flat(below)]
        own = [single(title) for title, _ in _flat(document.shape.outline)]
        if headings != own:
            yield AuditFinding(bundle.name, 0, f"dấu trang dưới «{document.plan.name}» không đủ các đề mục của tài liệu")


def _flat(titles: Titles) -> Iterator[tuple[str, int]]:
    for title, page, below in titles:
        yield title, page
        yield from _flat(below)


def _shape(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    yield from shape_findings(bundle.name, bundle.shape)
    yield from label_findings(bundle.name, bundle.shape, [str(page) for page in range(1, bundle.shape.pages + 1)])
    if not 1 < bundle.shape.opens <= bundle.front or tight(INDEX) not in tight(bundle.pages[bundle.shape.opens - 1]):
        yield AuditFinding(bundle.name, bundle.shape.opens, "gói không mở ra ở mục lục")
    for document in documents:
        yield from shape_findings(f"{document.name}.pdf", document.shape)


def shape_findings(name: str, shape: PdfShape) -> Iterator[AuditFinding]:
    """What holds for every file that is published."""
    for action in shape.outside:
        yield AuditFinding(name, 0, f"có liên kết hoặc lệnh ra ngoài tệp ({action})")
    for twice in sorted({n for n in shape.names if shape.names.count(n) > 1}):
        yield AuditFinding(name, 0, f"đích «{twice}» được đặt tên hai lần")
    for link in shape.links:
        if not link.target:
            yield AuditFinding(name, link.page, "có liên kết không dẫn tới trang nào")


def label_findings(name: str, shape: PdfShape, wanted: Sequence[str]) -> Iterator[AuditFinding]:
    """A reader's page number is the one stamped on the page."""
    labels = [single(label) for label in shape.labels] or [""] * shape.pages
    wrong = next((page for page, pair in enumerate(zip(labels, wanted), 1) if pair[0] != pair[1]), 0)
    if wrong:
        yield AuditFinding(name, wrong, f"nhãn trang là «{labels[wrong - 1]}», phải là «{wanted[wrong - 1]}»")
