"""What a build read and made -> manifest.json (an in-toto statement), SHA256SUMS, danh-sach-ky.csv; and back: what the last build recorded.

The statement's subjects are the published files with their SHA-256, its predicate is what the next build and `verify` go by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from pipeline.freshness import DossierRecord
from pipeline.keys import digest
from pipeline.places import PROVINCE, WORKBOOK, Places
from pipeline.publishing import read_json, write_file, write_json
from pipeline.signoff.signing_sheet import as_csv

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:ho-so-xep-loai:lap-ho-so:v1"


class WholeYear(BaseModel):
    """The year in one file as it was bound."""

    key: str
    sha256: str
    pages: int


class MadeFile(BaseModel):
    """A file known by its bytes alone."""

    sha256: str


ANY: TypeAdapter[Any] = TypeAdapter(Any)
SHAPES: dict[str, TypeAdapter[Any]] = {
    "ho_so": TypeAdapter(dict[str, Any]),
    "dau_vao": TypeAdapter(dict[str, str]),
    "toan_tap": TypeAdapter(WholeYear),
    "tong_hop": TypeAdapter(MadeFile),
    "pdfa": TypeAdapter(dict[str, Any]),
}


def recorded(places: Places) -> dict[str, Any]:
    """What the last build wrote down; {} when there is nothing usable."""
    manifest = read_json(places.manifest)
    predicate = manifest.get("predicate") if manifest.get("predicateType") == PREDICATE else None
    return {key: value for key, value in predicate.items() if _shaped(key, value)} if isinstance(predicate, dict) else {}


def _shaped(key: str, value: object) -> bool:
    """An entry edited by hand into something else counts as none."""
    try:
        SHAPES.get(key, ANY).validate_python(value)
    except ValidationError:
        return False
    return True


def record(places: Places, predicate: Mapping[str, Any], records: Mapping[str, DossierRecord]) -> None:
    """`predicate` without its dossiers, which are `records`. The manifest last: it vouches for the others."""
    signing = as_csv([row for _, record in sorted(records.items()) for row in record.signing])
    write_file(places.signing, signing)
    subjects = dict(_subjects(places, predicate, records))
    write_file(places.sums, "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(subjects.items())).encode())
    statement = {
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": sha256}} for name, sha256 in sorted(subjects.items())],
        "predicateType": PREDICATE,
        "predicate": {**predicate, "ho_so": {name: record.to_json() for name, record in sorted(records.items())}},
    }
    write_json(places.manifest, statement)


def _subjects(places: Places, predicate: Mapping[str, Any], records: Mapping[str, DossierRecord]) -> Iterator[tuple[str, str]]:
    """Name below the year's folder and SHA-256 of every published file."""
    for folder, dossier in records.items():
        for stem, document in dossier.documents.items():
            yield f"{folder}/{stem}.docx", document.docx
            yield f"{folder}/{stem}.pdf", document.pdf
        yield f"{folder}/ho-so.pdf", dossier.bundle
    if whole := predicate.get("toan_tap"):
        yield "tinh/toan-tap.pdf", whole["sha256"]
    if workbook := predicate.get("tong_hop"):
        yield f"{PROVINCE}/{WORKBOOK}", workbook["sha256"]
    if parcel := predicate.get("goi_trinh"):
        yield parcel["file"], parcel["sha256"]
    for path in (places.results, places.signing):
        if path.is_file():
            yield path.name, digest(path.read_bytes())


def input_digests(places: Places, only: str | None, before: Mapping[str, str]) -> dict[str, str]:
    """Every file of data and templates that this build went by -> its SHA-256; `only`: a unit's folder, the other units' files stay as recorded."""
    data = [places.register, places.province, places.decisions]
    data += [*places.data.glob("quy_dinh/*/**/*.yaml"), *places.submissions.glob("*.yaml"), *places.appraisals.glob("*.yaml")]
    forms = [path for path in places.templates.rglob("*") if path.suffix in (".docx", ".yaml")]
    names = {path: f"data/{path.relative_to(places.data).as_posix()}" for path in data if path.is_file()}
    names |= {path: f"templates_docx/{path.relative_to(places.templates).as_posix()}" for path in forms}
    if only:
        names = {path: name for path, name in names.items() if not _of_a_unit(places, path) or path.stem == only}
    found = {name: digest(path.read_bytes()) for path, name in names.items()}
    return dict(sorted({**(before if only else {}), **found}.items()))


def _of_a_unit(places: Places, path: Path) -> bool:
    return path.parent in (places.submissions, places.appraisals)
