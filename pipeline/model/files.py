"""What is to be made and what was made: documents, dossiers, bundles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DocumentPlan:
    """One document: where it goes, which form and standard fill it, its fields, and text its PDF must contain."""

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

    @property
    def draft(self) -> bool:
        return bool(self.missing)


@dataclass
class BuiltDossier:
    """A dossier on disk: pages per document in order, bundle pages, whether it was made now or kept."""

    plan: DossierPlan
    pages: dict[str, int] = field(default_factory=dict)
    bundle_pages: int = 0
    rebuilt: tuple[str, ...] = ()
