"""Which documents a parcel holds, in which folder, under which name; and when one made earlier is taken away."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from pipeline.forms.catalogue import read_forms
from pipeline.freshness import DocumentRecord, DossierRecord
from pipeline.keys import Machine, Tools, digest
from pipeline.model.province import PAPERS, SHEETS
from pipeline.packing import ParcelRecord, contents, discard, files_key, keep_or_discard
from pipeline.places import PROVINCE, TEMPLATES, Places
from pipeline.rendering.fields_parcel import copies_key

TOOLS = Tools(Machine("LibreOffice 7", "phông", "mã", {}), "2023-12-29", TEMPLATES)
FORMS = read_forms(TEMPLATES)


def dossier(*stems: str) -> DossierRecord:
    return DossierRecord("k", "b" * 64, 9, 3, False, {stem: DocumentRecord("k", f"{stem}.docx", f"{stem}.pdf", 5, 2) for stem in stems})


RECORDS = {
    "43-ban-dan-toc": dossier("1-bao-cao-chi-dao-kiem-diem", "4-bieu-tu-cham-diem"),
    PROVINCE: dossier("1-to-trinh", "4-quyet-dinh", "7-bieu-tham-dinh/09-tinh-doan", "7-bieu-tham-dinh/43-ban-dan-toc"),
    "09-tinh-doan": dossier("4-bieu-tu-cham-diem", "5-bien-ban-hoi-nghi"),
}


def test_province_first_then_sheets_by_unit() -> None:
    """Of a unit's dossier the scoring sheet alone."""
    assert [(d.dossier, d.stem, f"{d.folder}/{d.name}") for d in contents(FORMS, RECORDS)] == [
        ("tinh", "1-to-trinh", "1-tai-lieu-trinh/1-to-trinh"),
        ("tinh", "4-quyet-dinh", "1-tai-lieu-trinh/4-quyet-dinh"),
        ("tinh", "7-bieu-tham-dinh/09-tinh-doan", "2-bieu-tham-dinh/09-tinh-doan"),
        ("tinh", "7-bieu-tham-dinh/43-ban-dan-toc", "2-bieu-tham-dinh/43-ban-dan-toc"),
        ("09-tinh-doan", "4-bieu-tu-cham-diem", "3-bieu-tu-cham-diem/09-tinh-doan"),
        ("43-ban-dan-toc", "4-bieu-tu-cham-diem", "3-bieu-tu-cham-diem/43-ban-dan-toc"),
    ]


def test_a_name_is_there_once_and_windows_opens_it() -> None:
    """Plain ASCII, short, no device name, also for the longest code a register may hold."""
    unit = f"56-{'a' * 41}"
    names = [f"{d.folder}/{d.name}.docx" for d in contents(FORMS, {unit: dossier("4-bieu-tu-cham-diem"), PROVINCE: RECORDS[PROVINCE]})]
    assert len(set(names)) == len(names) and all(name.isascii() and len(name) <= 80 for name in names)
    assert not any(set('<>:"\\|?*') & set(name) for name in names)


def test_copies_may_be_said_of_every_document_of_a_parcel() -> None:
    """The keys a clerk may write under so_ban_trinh (those of papers to consulted bodies come from the regulation)."""
    codes = [f.code for folder in FORMS.parcel for f in FORMS.of(folder.scope) if folder.form in (None, f.code) and not f.body]
    assert {copies_key(code) for code in codes} == {*PAPERS, *SHEETS}
    assert copies_key("7-bieu-tham-dinh/25-so-noi-vu") == "bieu_tham_dinh"
    assert all(copies_key(f.code) == f.number_key for f in FORMS.of("tinh") if f.body)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places(tmp_path / "data", tmp_path / "build", 2023)
    (found.out / PROVINCE).mkdir(parents=True)
    for draft in (False, True):
        found.parcel(draft).write_bytes(b"zip")
    return found


def made(draft: bool = False) -> ParcelRecord:
    key = files_key(contents(FORMS, RECORDS), RECORDS[PROVINCE].bundle)
    return ParcelRecord("tinh/goi.zip", digest(b"zip"), key, "danh-muc", draft)


@pytest.mark.parametrize("draft", [False, True])
def test_a_parcel_stays_while_its_files_do(places: Places, draft: bool) -> None:
    """Of a draft and a ready one only what the manifest knows."""
    assert keep_or_discard(places, made(draft).to_json(), RECORDS, None, TOOLS) == made(draft)
    assert places.parcel(draft).is_file() and not places.parcel(not draft).is_file()


def test_a_parcel_goes_with_any_of_its_files(places: Places) -> None:
    """A unit's scoring sheet, the bundle; not what is in no parcel."""
    changed = DocumentRecord("k", "khac", "khac", 5, 2)
    other = {**RECORDS["09-tinh-doan"].documents, "5-bien-ban-hoi-nghi": changed}
    records = {**RECORDS, "09-tinh-doan": dataclasses.replace(RECORDS["09-tinh-doan"], documents=other)}
    assert keep_or_discard(places, made().to_json(), records, None, TOOLS) == made()
    records["09-tinh-doan"] = dataclasses.replace(records["09-tinh-doan"], documents={**other, "4-bieu-tu-cham-diem": changed})
    assert keep_or_discard(places, made().to_json(), records, None, TOOLS) is None
    assert not places.parcel(False).exists()
    assert files_key(contents(FORMS, RECORDS), "x") != made().files_key


@pytest.mark.parametrize("entry", [None, 3, {}, {"file": "tinh/goi.zip"}, {**made().to_json(), "sha256": "khac"}])
def test_a_parcel_the_manifest_does_not_know_goes(places: Places, entry: object) -> None:
    """Another's file under our name, a damaged entry: nothing outdated is carried along."""
    assert keep_or_discard(places, entry, RECORDS, None, TOOLS) is None
    assert not places.parcel(False).exists() and not places.parcel(True).exists()


def test_without_the_provinces_dossier_there_is_no_parcel(places: Places) -> None:
    assert keep_or_discard(places, made().to_json(), {}, None, TOOLS) is None
    discard(places)
