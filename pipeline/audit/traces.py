"""Everything in a dossier's files, seen and unseen -> what programs and machines leave behind: tags, "None", paths, tools' names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.audit.bundles import ReadBundle
from pipeline.audit.documents import ReadDocument
from pipeline.audit.passages import Passage
from pipeline.audit.pdf_shape import PdfShape
from pipeline.audit.text import single, tight, words
from pipeline.model.audit import AuditFinding

TAG = re.compile(r"(?:\{\{|\{%|\{#|\[\[\s*khoi:)[^<>&]{0,40}|\}\}|%\}|#\}")
EMPTY = re.compile(r"(?<!\w)(?:None|nan|NaN|Undefined|undefined|null|NoneType|Traceback)(?!\w)")
TOOLS = ("python-docx", "un-named", "docxtpl", "jinja", "libreoffice", "openoffice", "reportlab", "pikepdf", "pypdf", "pdfium", "anonymous")
PATHS = re.compile(r"(?:/home/|/Users/|/root/|/tmp/|/var/|/usr/|file://|[A-Za-z]:\\|\\\\\w+\\)[^\s<\"']{0,60}")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
CITIZEN, CITIZEN_DIGITS = (
    re.compile(r"\d{12,}"),
    12,
)  # a run of just so many: looked for as a whole, which is several times as fast as at each digit
LONGEST = 255  # letters of a property of a Word file
# Patterns are tried only on texts that hold one of their marks: most texts are long and clean.
MARKS = {
    TAG: ("{{", "}}", "{%", "%}", "{#", "#}", "[["),
    PATHS: ("/home/", "/Users/", "/root/", "/tmp/", "/var/", "/usr/", "file://", ":\\", "\\\\"),
    EMPTY: ("None", "nan", "NaN", "ndefined", "null", "Traceback"),
    ADDRESS: ("@",),
}


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    if pattern not in MARKS or any(mark in text for mark in MARKS[pattern]):
        yield from (match[0] for match in pattern.finditer(text))


def trace_findings(passages: Iterable[Passage], own: str, machine: Sequence[str]) -> Iterator[AuditFinding]:
    """`own`: every text of the data, whose own odd words may stand; `machine`: folders of this machine and user."""
    for passage in passages:
        for page, text in passage.numbered:
            for what, found in _odd(text, tuple(machine)):
                if not (found in words(own) if EMPTY.fullmatch(found) else tight(found).lower() in tight(own).lower()):
                    yield AuditFinding(passage.file, page, f"{what} «{single(found)[:60]}»")
            for what, pattern in (("địa chỉ thư điện tử", ADDRESS), ("dãy 12 chữ số", CITIZEN)):
                for found in _matches(pattern, text):
                    if (pattern is not CITIZEN or len(found) == CITIZEN_DIGITS) and found not in own:  # the whole year's texts take long
                        yield AuditFinding(passage.file, page, f"có {what} «{found}» không có trong dữ liệu", stops=False)


@functools.lru_cache(64)  # styles, settings, fonts of the Word files come again in every document of a standard
def _odd(text: str, machine: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(_odd_words(text, machine))


def _odd_words(text: str, machine: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from (("còn thẻ của biểu mẫu", found) for found in _matches(TAG, text))
    yield from (("còn chữ của chương trình", found) for found in _matches(EMPTY, text))
    yield from (("có đường dẫn của máy", found) for found in _matches(PATHS, text))
    yield from (("có đường dẫn của máy", folder) for folder in machine if folder in text)
    small = text.lower()
    yield from (("có tên công cụ", tool) for tool in TOOLS if tool in small)


def author_findings(documents: Sequence[ReadDocument], bundle: ReadBundle) -> Iterator[AuditFinding]:
    """Properties name the document and who issues it; nothing else and nobody else."""
    for document in documents:
        properties = document.word.properties
        for key in ("creator", "lastModifiedBy"):
            if properties.get(key, "") not in ("", document.plan.author):
                yield AuditFinding(
                    f"{document.name}.docx", 0, f"thuộc tính {key} ghi «{properties[key]}», phải là «{document.plan.author}»"
                )
        if properties.get("title") != document.plan.title[:LONGEST]:
            yield AuditFinding(f"{document.name}.docx", 0, f"thuộc tính title ghi «{properties.get('title', '')}»")
        yield from _information(f"{document.name}.pdf", document.shape, document.plan.author, document.plan.title)
    author = documents[0].plan.author
    yield from _information(bundle.name, bundle.shape, author, f"{bundle.plan.title} - {bundle.plan.owner}")


def _information(file: str, shape: PdfShape, author: str, title: str) -> Iterator[AuditFinding]:
    for key, wanted in (("Author", author), ("Title", title)):
        if shape.info.get(key) != wanted:
            yield AuditFinding(file, 0, f"thông tin tệp {key} ghi «{shape.info.get(key, '')}», phải là «{wanted}»")
    for key in sorted(set(shape.info) - {"Author", "Title", "CreationDate", "ModDate"}):
        yield AuditFinding(file, 0, f"thông tin tệp có mục {key}: «{shape.info[key][:60]}»")
