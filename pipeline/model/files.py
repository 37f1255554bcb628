"""What is to be made and what was made: documents, dossiers, bundles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Signature:
    """Someone signs a document: which blank of the standard's signature block, who, as what; `order` in the dossier from 1, name of the PDF field."""

    blank: str  # nguoi_ky, thu_ky, chu_tri: the marks KY_TU_..., KY_DEN_... in the_thuc/*.docx
    name: str
    post: str
    order: int = 0
    field: str = ""

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.name, self.post) if part)


@dataclass(frozen=True)
class DocumentPlan:
    """One document: where it goes, which form and standard fill it, its fields, text its PDF must contain, who signs it (nobody a draft)."""

    stem: str  # file name without ending, below the dossier's folder
    form: str  # file in templates_docx/bieu_mau/
    profile: str
    name: str  # as in the bundle's index
    title: str
    author: str
    fields: Mapping[str, Any]
    expect: tuple[str, ...]
    number: str = ""  # its own number and date, for the index
    signers: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class DossierPlan:
    """A folder of documents with its bundle; `missing` not empty = a draft that says what is missing."""

    folder: str
    code: str
    title: str
    owner: str
    lines: tuple[tuple[str, str], ...]  # label and value on the cover
    documents: tuple[DocumentPlan, ...]
    missing: tuple[str, ...] = ()
    illustrative: bool = False
    signing_sheet: bool = False  # a page of the bundle lists who signs what

    @property
    def draft(self) -> bool:
        return bool(self.missing)


@dataclass(frozen=True)
class PackedDocument:
    """A published document that belongs into the parcel for the Standing Committee, and where: folder and name there, without ending."""

    dossier: str
    stem: str
    folder: str
    heading: str  # of the folder, in the list of contents
    name: str
    pages: int
    docx: str  # SHA-256 as recorded
    pdf: str


@dataclass
class BuiltDossier:
    """A dossier on disk: pages per document in order, bundle pages, whether it was made now or kept."""

    plan: DossierPlan
    pages: dict[str, int] = field(default_factory=dict)
    bundle_pages: int = 0
    rebuilt: tuple[str, ...] = ()
