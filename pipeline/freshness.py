"""A key and what the last build recorded -> which documents and bundles must be made again, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.keys import Key, Tools, bundle_key, digest, document_key
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.signoff.sign_fields import signed_file
from pipeline.signoff.signing_sheet import SigningRow

NEW = "chưa có"
CHANGED = {
    "noi_dung": "nội dung",
    "bieu_mau": "biểu mẫu",
    "the_thuc": "thể thức",
    "tai_lieu": "tài liệu trong gói",
    "bia": "bìa, mục lục hoặc người ký",
    "doc_lai": "cách đọc lại, đối chiếu",
    "libreoffice": "phiên bản LibreOffice",
    "phong_chu": "phông chữ",
    "ngay_lap": "ngày lập (ngay_lap)",
    "chuong_trinh": "chương trình",
    "thu_vien": "phiên bản thư viện",
}


@dataclass(frozen=True)
class Reason:
    """Why a file must be made again; `damaged`: what lies there is not what was made (lost, edited by hand, cut off)."""

    text: str
    damaged: bool = False


@dataclass
class DocumentRecord:
    """A document as last made: its key and what that was of, the hashes of both files, the PDF's bytes and pages, matters of taste, page of each signature field."""

    key: str = ""
    docx: str = ""
    pdf: str = ""
    size: int = 0
    pages: int = 0
    remarks: list[str] = field(default_factory=list)
    to_sign: dict[str, int] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)


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
    parts: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


FOLDER = re.compile(r"tinh|\d{2}-[a-z0-9][a-z0-9-]{1,40}")
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


def key_of_bundle(plan: DossierPlan, record: DossierRecord, tools: Tools, secrecy: str) -> Key:
    """Over the documents as they are recorded."""
    return bundle_key(plan, [record.documents[d.stem].pdf for d in plan.documents], tools, secrecy)


def overtaken(plan: DossierPlan, record: DossierRecord | None, tools: Tools, secrecy: str) -> bool:
    """Whether a build would make anything of the dossier again, by the keys alone: the files on disk are not looked at."""
    if record is None or set(record.documents) != {d.stem for d in plan.documents}:
        return True
    if any(record.documents[d.stem].key != document_key(d, tools).whole for d in plan.documents):
        return True
    return record.key != key_of_bundle(plan, record, tools, secrecy).whole


def stale_reason(folder: Path, document: DocumentPlan, key: Key, record: DocumentRecord | None) -> Reason | None:
    """None when the document on disk is exactly what the key describes."""
    if record is None or not record.key:
        return Reason(NEW)
    if record.key != key.whole:
        return _changed(key, record.parts)
    for ending, expected in ((".docx", record.docx), (".pdf", record.pdf)):
        if reason := _damage(folder / f"{document.stem}{ending}", expected):
            return reason
    return None


def bundle_reason(folder: Path, key: Key, record: DossierRecord | None, name: str = "ho-so.pdf") -> Reason | None:
    """None when the bundle on disk is exactly what the key describes."""
    if record is None or not record.bundle:
        return Reason(NEW)
    if record.key != key.whole:
        return _changed(key, record.parts)
    return _damage(folder / name, record.bundle)


def _changed(key: Key, parts: Mapping[str, str]) -> Reason:
    names = [CHANGED[name] for name, value in key.parts.items() if parts.get(name) != value] if parts else []
    return Reason(f"đã thay đổi: {', '.join(names or ['dữ liệu, biểu mẫu hoặc công cụ'])}")


def _damage(path: Path, expected: str) -> Reason | None:
    if not path.is_file():
        return Reason(f"mất tệp {path.name}", True)
    return Reason(f"tệp {path.name} bị sửa hoặc hỏng", True) if digest(path.read_bytes()) != expected else None


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
