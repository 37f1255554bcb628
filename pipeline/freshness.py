"""A plan + what the last build recorded -> which documents and bundles must be made again, and why."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.fonts import FACES, font_file
from pydantic import TypeAdapter, ValidationError

from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.model.province import ProvinceYear
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.picture import Picture
from pipeline.signoff import office
from pipeline.signoff.sign_fields import signed_file
from pipeline.signoff.signing_sheet import SigningRow

CROSSCHECK = "doi_chieu.yaml"
LIBRARIES = ("docxtpl", "python-docx", "jinja2", "lxml", "pikepdf", "reportlab", "pillow", "markdown-it-py")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@functools.cache
def file_digest(path: Path) -> str:
    return digest(path.read_bytes())


@functools.cache
def code_digest() -> str:
    """Our own code that shapes documents; a change there makes everything again."""
    root = Path(__file__).parent
    files = sorted(
        [
            *root.glob("forms/*.py"),
            *root.glob("rendering/*.py"),
            *(path for path in root.glob("signoff/**/*.py") if not path.name.startswith("verify")),  # these only read
            *root.glob("signoff/srgb/*.icc"),
            *root.glob("signoff/*.xcu"),
            root / "fonts.py",
            root / "model" / "files.py",
            root / "making.py",
            root / "assembling.py",
        ]
    )
    return digest("".join(file_digest(f) for f in files).encode())


@functools.cache
def audit_digest(templates: Path) -> str:
    """What finished files are audited by: a stricter audit looks at every dossier again, though no document is made again."""
    files = [*sorted(Path(__file__).parent.glob("audit/*.py")), templates / CROSSCHECK]
    return digest("".join(file_digest(f) for f in files).encode())


@functools.cache
def library_versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


@dataclass
class DocumentRecord:
    """A document as last made: its key, the hashes of both files, the PDF's bytes and pages, matters of taste, page of each signature field."""

    key: str = ""
    docx: str = ""
    pdf: str = ""
    size: int = 0
    pages: int = 0
    remarks: list[str] = field(default_factory=list)
    to_sign: dict[str, int] = field(default_factory=dict)


@dataclass
class DossierRecord:
    key: str = ""
    bundle: str = ""
    size: int = 0
    pages: int = 0
    draft: bool = True
    documents: dict[str, DocumentRecord] = field(default_factory=dict)
    signing: list[SigningRow] = field(default_factory=list)  # rows of the signing sheet, in signing order
    remarks: list[str] = field(default_factory=list)  # what the audit only warns of
    alone: bool = False  # made without the other units' files, so that nobody looked for their words in it

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


FOLDER = re.compile(r"tinh|\d{2,6}-[a-z0-9][a-z0-9-]{1,40}")
STEM = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)?")
RECORDS = TypeAdapter(dict[str, DossierRecord])


def read_records(manifest: dict[str, Any]) -> dict[str, DossierRecord]:
    """What the last build recorded per dossier; a damaged manifest counts as none, so everything is made again."""
    try:
        records = RECORDS.validate_python(manifest.get("ho_so", {}))
    except ValidationError:
        return {}
    ours = all(FOLDER.fullmatch(name) and all(STEM.fullmatch(stem) for stem in r.documents) for name, r in records.items())
    return records if ours else {}  # a name that leads elsewhere must never be written to or deleted


def in_list_order(records: Mapping[str, DossierRecord]) -> list[tuple[str, DossierRecord]]:
    """By the number a folder's name begins with (99 before 100); the province, which has none, last."""

    def place(item: tuple[str, DossierRecord]) -> tuple[float, str]:
        number = re.match(r"\d+", item[0])
        return (int(number[0]) if number else math.inf, item[0])

    return sorted(records.items(), key=place)


@dataclass(frozen=True)
class Tools:
    """Everything outside the data that shapes a file."""

    office: str
    fonts: str
    declared: str
    templates: Path

    def key(self) -> dict[str, Any]:
        return {
            "office": self.office,
            "fonts": self.fonts,
            "declared": self.declared,
            "code": code_digest(),
            "libraries": library_versions(),
        }


def tools_of(province: ProvinceYear | None, templates: Path) -> Tools:
    """Those of this machine, for a year that can be built. Raises EnvironmentFault when LibreOffice or a font is missing."""
    assert province is not None and province.declared is not None
    fonts = digest("".join(file_digest(font_file(name)) for name in FACES.values()).encode())
    return Tools(office.office_version(office.find_office()), fonts, province.declared.isoformat(), templates)


def document_key(document: DocumentPlan, tools: Tools) -> str:
    """Hash of the fields the document uses, its form, its standard and the tools."""
    parts = {
        "fields": document.fields,
        "title": document.title,
        "author": document.author,
        "expect": document.expect,
        "signatures": [(s.field, s.blank, s.words) for s in document.signatures],
        "form": file_digest(tools.templates / "bieu_mau" / document.form),
        "profile": file_digest(tools.templates / "the_thuc" / f"{document.profile}.docx"),
        "figures": file_digest(tools.templates / "quy_cach.yaml"),
        **tools.key(),
    }
    return digest(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=_plain).encode())


def _plain(value: object) -> str:
    if isinstance(value, Paragraphs):
        return value.text
    if isinstance(value, Picture):  # the numbers it shows; how they are drawn is in the key as code, library and fonts
        return repr(value)
    raise TypeError(type(value).__name__)


def bundle_key(plan: DossierPlan, record: DossierRecord, tools: Tools, secrecy: str) -> str:
    """Hash of the documents' PDFs and of everything the cover and the index say."""
    parts = {
        "pdfs": [record.documents[d.stem].pdf for d in plan.documents],
        "rows": [(d.name, d.number, d.signers) for d in plan.documents],
        "cover": [plan.code, plan.title, plan.owner, plan.lines, plan.missing, plan.illustrative, plan.signing_sheet, secrecy],
        "audit": audit_digest(tools.templates),
        **tools.key(),
    }
    return digest(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode())


def overtaken(plan: DossierPlan, record: DossierRecord | None, tools: Tools, secrecy: str) -> bool:
    """Whether a build would make anything of the dossier again, by the keys alone: the files on disk are not looked at."""
    if record is None or set(record.documents) != {d.stem for d in plan.documents}:
        return True
    if any(record.documents[d.stem].key != document_key(d, tools) for d in plan.documents):
        return True
    return record.key != bundle_key(plan, record, tools, secrecy)


def stale_reason(folder: Path, document: DocumentPlan, key: str, record: DocumentRecord | None) -> str:
    """'' when the document on disk is exactly what the key describes, else why it must be made again."""
    if record is None:
        return "chưa có"
    if record.key != key:
        return "dữ liệu, mẫu hoặc công cụ đã thay đổi"
    for ending, expected in ((".docx", record.docx), (".pdf", record.pdf)):
        path = folder / f"{document.stem}{ending}"
        if not path.is_file():
            return f"mất tệp {path.name}"
        if digest(path.read_bytes()) != expected:
            return f"tệp {path.name} bị sửa hoặc hỏng"
    return ""


def whole_key(bundles: Mapping[str, str], tools: Tools) -> str:
    """Hash of the bundles in one file, by how the file calls them, in order; and of the tools that bind them."""
    return digest(json.dumps([list(bundles.items()), tools.key()], ensure_ascii=False, sort_keys=True).encode())


def signed_since(folder: Path, plan: DossierPlan, record: DossierRecord | None, bundle: str = "ho-so.pdf") -> list[Path]:
    """PDFs of a dossier that people have signed where they were published; signing adds to a file, so most are told by their length alone.

    Without a record (a lost manifest) every one is looked into.
    """
    known = {f"{stem}.pdf": d.size for stem, d in record.documents.items()} | {bundle: record.size} if record else {}
    paths = [folder / name for name in (*(f"{d.stem}.pdf" for d in plan.documents), bundle)]
    return [
        path
        for path in paths
        if path.is_file() and path.stat().st_size != known.get(path.relative_to(folder).as_posix()) and signed_file(path)
    ]


def bundle_reason(folder: Path, key: str, record: DossierRecord | None, name: str = "ho-so.pdf") -> str:
    if record is None or not record.bundle:
        return "chưa có"
    if record.key != key:
        return "tài liệu hoặc bìa đã thay đổi"
    path = folder / name
    return "" if path.is_file() and digest(path.read_bytes()) == record.bundle else "tệp gói mất hoặc bị sửa"
