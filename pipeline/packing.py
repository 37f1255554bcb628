"""What the last build recorded -> which published documents the parcel for the Standing Committee holds, and whether one made earlier still holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.bundling import BUNDLE
from pipeline.forms.catalogue import Forms, ParcelFolder, read_forms
from pipeline.freshness import DossierRecord
from pipeline.keys import Tools, digest, document_key
from pipeline.model.files import PackedDocument
from pipeline.places import PROVINCE, Places
from pipeline.planning import PlannedYear, plan_listing

BOUND = f"4-{BUNDLE}"  # the province's bundle in the parcel
UNITS = "don_vi"


@dataclass(frozen=True)
class ParcelRecord:
    """A parcel as last made: its file below the year's folder, its hash, keys of its files and of its list of contents, whether a draft."""

    file: str
    sha256: str
    files_key: str
    listing_key: str
    draft: bool

    @classmethod
    def from_json(cls, entry: object) -> ParcelRecord | None:
        """None for what is none of ours."""
        try:
            return cls(**entry) if isinstance(entry, dict) else None
        except TypeError:
            return None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def contents(forms: Forms, records: Mapping[str, DossierRecord]) -> tuple[PackedDocument, ...]:
    """Folder by folder as the list of forms says, dossiers in the order of the register, documents in that of their dossier."""
    return tuple(
        PackedDocument(
            dossier,
            stem,
            folder.folder,
            folder.heading,
            dossier if folder.scope == UNITS else stem.split("/")[-1],
            document.pages,
            document.docx,
            document.pdf,
        )
        for folder in forms.parcel
        for dossier, record in sorted(records.items())
        if (dossier != PROVINCE) == (folder.scope == UNITS)
        for stem, document in record.documents.items()
        if stem.split("/")[0] in _codes(forms, folder)
    )


def _codes(forms: Forms, folder: ParcelFolder) -> list[str]:
    return [folder.form] if folder.form else [form.code for form in forms.of(folder.scope)]


def files_key(documents: Sequence[PackedDocument], bundle: str) -> str:
    """Changes with any file of the parcel but the list of contents."""
    return digest(json.dumps([bundle, *([d.folder, d.name, d.docx, d.pdf] for d in documents)]).encode())


def keep_or_discard(
    places: Places, entry: object, records: Mapping[str, DossierRecord], year: PlannedYear | None, tools: Tools
) -> ParcelRecord | None:
    """The parcel of the manifest's entry, if it is what would be made now; anything else is taken away. `year` None: one unit was built."""
    known = ParcelRecord.from_json(entry)
    if known and PROVINCE in records and _holds(places, known, records, year, tools):
        discard(places, but=known.draft)
        return known
    discard(places)
    return None


def _holds(places: Places, known: ParcelRecord, records: Mapping[str, DossierRecord], year: PlannedYear | None, tools: Tools) -> bool:
    path, province = places.parcel(known.draft), records[PROVINCE]
    documents = contents(read_forms(places.templates), records)
    if known.files_key != files_key(documents, province.bundle) or not path.is_file() or digest(path.read_bytes()) != known.sha256:
        return False
    if year is None:
        return True
    listing = plan_listing(year, documents, (BOUND, province.pages), known.draft, places.templates)
    return listing is not None and known.listing_key == document_key(listing.document, tools).whole


def discard(places: Places, but: bool | None = None) -> None:
    """Takes both kinds of parcel away, draft and not; `but`: that one stays."""
    for draft in (False, True):
        if draft is not but:
            places.parcel(draft).unlink(missing_ok=True)
