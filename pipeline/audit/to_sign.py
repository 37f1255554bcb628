"""Documents and bundle as read back + who signs each document -> signature fields that are not as planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.audit.bundles import ReadBundle
from pipeline.audit.documents import ReadDocument
from pipeline.audit.pdf_shape import FieldFound
from pipeline.audit.text import tight
from pipeline.model.audit import AuditFinding
from pipeline.model.files import Signature


def signature_findings(bundle: ReadBundle, documents: Sequence[ReadDocument]) -> Iterator[AuditFinding]:
    """In each document its own, in the bundle all of them on the same pages, in signing order; none in a draft."""
    planned: list[tuple[Signature, int]] = []
    for document, first in zip(documents, bundle.firsts):
        signatures = sorted(document.plan.signatures, key=lambda s: s.field)
        yield from _compared(f"{document.name}.pdf", document.shape.fields, signatures)
        pages = {field.name: field.page for field in document.shape.fields}
        for signature in signatures:
            if page := pages.get(signature.field, 0):
                yield from _on_its_page(document, signature, page)
                planned.append((signature, first + page - 1))
    planned.sort(key=lambda pair: pair[0].field)
    yield from _compared(bundle.name, bundle.shape.fields, [signature for signature, _ in planned])
    pages = {field.name: field.page for field in bundle.shape.fields}
    for signature, page in planned:
        if pages.get(signature.field, page) != page:
            yield AuditFinding(bundle.name, pages[signature.field], f"ô ký {signature.field} phải ở trang {page}")


def _compared(file: str, found: Sequence[FieldFound], planned: Sequence[Signature]) -> Iterator[AuditFinding]:
    names, wanted = [field.name for field in found], [signature.field for signature in planned]
    for name in wanted:
        if name not in names:
            yield AuditFinding(file, 0, f"không có ô ký {name}")
    for field in found:
        if field.name not in wanted:
            yield AuditFinding(file, field.page, f"có ô ký {field.name} ngoài danh sách ký")
        if field.signed:
            yield AuditFinding(file, field.page, f"ô ký {field.name} đã có chữ ký")
    told = {signature.field: signature.words for signature in planned}
    for field in found:
        if field.name in told and tight(field.told) != tight(told[field.name]):
            yield AuditFinding(file, field.page, f"ô ký {field.name} ghi «{field.told}», phải là «{told[field.name]}»")
    if sorted(names) == sorted(wanted) and names != wanted:
        yield AuditFinding(file, 0, f"ô ký không theo thứ tự ký: {', '.join(names[:3])}")


def _on_its_page(document: ReadDocument, signature: Signature, page: int) -> Iterator[AuditFinding]:
    """The name stands on the page where it is signed."""
    if tight(signature.name) not in tight(document.written[page - 1]):
        yield AuditFinding(f"{document.name}.pdf", page, f"ô ký {signature.field} không ở trang có tên {signature.name}")
