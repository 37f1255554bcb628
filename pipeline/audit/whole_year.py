"""The year in one file + the bundles it is made of -> what in it is not planned: two levels of outline, pages, fields, fonts kept twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.bundles import label_findings, shape_findings
from pipeline.audit.pdf_shape import Outline, PdfShape, read_outline, read_shape
from pipeline.audit.pdf_text import page_texts
from pipeline.audit.text import single, tight
from pipeline.model.audit import AuditFinding


def whole_year_findings(path: Path, name: str, bundles: Sequence[tuple[str, str, Path]]) -> Iterator[AuditFinding]:
    """`bundles`: title in the outline, what its pages are labelled with, the bundle as published; in order."""
    shape = read_shape(path, fonts=True)
    yield from shape_findings(name, shape)
    if shape.fields:
        yield AuditFinding(name, 0, f"tệp để đọc không được có ô ký ({', '.join(f.name for f in shape.fields[:3])})")
    if repeated := len(shape.font_files) - len(set(shape.font_files)):
        yield AuditFinding(name, 0, f"phông chữ bị nhúng lặp lại {repeated} lần")
    parts = [_Part(title, label, bundle, read_outline(bundle)) for title, label, bundle in bundles]
    if (total := sum(part.shape.pages for part in parts)) != shape.pages:
        yield AuditFinding(name, 0, f"có {shape.pages} trang, các gói cộng lại {total} trang")
        return
    yield from label_findings(name, shape, [f"{p.label} tr. {page}" for p in parts for page in range(1, p.shape.pages + 1)])
    yield from _places(path, name, shape, parts)


@dataclass(frozen=True)
class _Part:
    title: str
    label: str
    path: Path
    shape: Outline


def _places(path: Path, name: str, shape: PdfShape, parts: Sequence[_Part]) -> Iterator[AuditFinding]:
    """Each bundle's documents below its title, at the pages where they now stand; its first and last page at the two ends."""
    first, wanted, ends = 1, [], list[int]()
    for part in parts:
        wanted.append((part.title, first, tuple((title, page + first - 1, ()) for title, page, _ in part.shape.outline)))
        ends += [first, first + part.shape.pages - 1]
        first += part.shape.pages
    said = iter(zip(ends, page_texts(path, ends)))
    for part in parts:
        own = (1, part.shape.pages)
        for there, text in zip(own, page_texts(part.path, own)):
            here, words = next(said)
            if tight(words) != tight(text):
                yield AuditFinding(name, here, f"trang không giống trang {there} của gói «{single(part.title)}»")
    for found, expected in zip(shape.outline, wanted):
        if found != expected:
            words = f"dấu trang «{single(found[0])}» không đúng tên, chỗ hoặc các tài liệu bên dưới của gói «{single(expected[0])}»"
            yield AuditFinding(name, found[1], words)
    if len(shape.outline) != len(wanted):
        yield AuditFinding(name, 0, f"có {len(shape.outline)} dấu trang ngoài cùng, phải có {len(wanted)}")
