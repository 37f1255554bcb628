"""The manifest: a statement about exactly the published files; what it records comes back; a unit's build speaks of its own files only."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pipeline.freshness import DocumentRecord, DossierRecord, read_records
from pipeline.places import Places
from pipeline.recording import PREDICATE, STATEMENT, input_digests, record, recorded
from pipeline.signoff.signing_sheet import SigningRow
from tests.support import write_year

HASH = "ab" * 32


def places(tmp_path: Path) -> Places:
    found = Places(tmp_path / "data", tmp_path / "build", 2023)
    found.out.mkdir(parents=True)
    return found


def test_what_is_recorded_comes_back(tmp_path: Path) -> None:
    where = places(tmp_path)
    dossier = DossierRecord(key="k", bundle=HASH, size=7, pages=3, draft=False, documents={"1-a": DocumentRecord("k", HASH, HASH, 5, 2)})
    record(where, {"nam": 2023, "toan_tap": {"sha256": HASH}, "tong_hop": {"sha256": HASH}}, {"25-so": dossier})
    statement = json.loads(where.manifest.read_text("utf-8"))
    assert (statement["_type"], statement["predicateType"]) == (STATEMENT, PREDICATE)
    names = {s["name"]: s["digest"]["sha256"] for s in statement["subject"]}
    assert set(names) == {
        "25-so/1-a.docx",
        "25-so/1-a.pdf",
        "25-so/ho-so.pdf",
        "tinh/toan-tap.pdf",
        "tinh/tong-hop.xlsx",
        "danh-sach-ky.csv",
    }
    assert names["danh-sach-ky.csv"] == hashlib.sha256(where.signing.read_bytes()).hexdigest()
    assert dict(reversed(line.split("  ")) for line in where.sums.read_text("utf-8").splitlines()) == names
    assert read_records(recorded(where)) == {"25-so": dossier}


def test_more_than_99_units_are_known_and_signed_in_their_order(tmp_path: Path) -> None:
    """Numbers of three digits are numbers; the signing list goes by them, the province last."""
    where = places(tmp_path)
    names = ["tinh", "100-so-y-te", "11-so", "99-ban", "560-hoi"]
    dossiers = {n: DossierRecord(key="k", signing=[SigningRow(n, 1, "A", "", "1-a", "1-a.pdf", 1, 1, "f")]) for n in names}
    record(where, {"nam": 2023}, dossiers)
    assert read_records(recorded(where)) == dossiers
    listed = [line.split(";")[0].strip('"\ufeff') for line in where.signing.read_text("utf-8").splitlines()[1:]]
    assert [name for name in listed if name] == ["11-so", "99-ban", "100-so-y-te", "560-hoi", "tinh"]


def test_another_kind_of_manifest_counts_as_none(tmp_path: Path) -> None:
    where = places(tmp_path)
    for text in (
        "",
        "[]",
        '{"ho_so": {}}',
        '{"predicateType": "x", "predicate": {}}',
        f'{{"predicateType": "{PREDICATE}", "predicate": 3}}',
    ):
        where.manifest.write_text(text, "utf-8")
        assert recorded(where) == {}


def test_inputs_are_named_alike_wherever_they_lie(tmp_path: Path) -> None:
    """No path of the machine; what a build did not go by (other units, a file with errors) stays as it was recorded, what is withdrawn goes."""
    one, two = write_year(tmp_path / "a"), write_year(tmp_path / "khac" / "b")
    before = input_digests(one, {"25-so-noi-vu"}, (), {})
    assert before == input_digests(two, {"25-so-noi-vu"}, (), {"data/2023/don_vi/99-da-rut.yaml": HASH})
    assert {"data/don_vi.yaml", "data/2023/tinh.yaml", "data/2023/don_vi/25-so-noi-vu.yaml", "templates_docx/bieu_mau.yaml"} < set(before)
    assert any(name.startswith("data/quy_dinh/") for name in before)
    (one.submissions / "26-so-khac.yaml").write_text("don_vi: khac\n", "utf-8")
    known = {**before, "data/2023/don_vi/26-so-khac.yaml": HASH}
    assert input_digests(one, {"25-so-noi-vu"}, {"26-so-khac"}, known) == known
    assert input_digests(one, {"25-so-noi-vu"}, {"26-so-khac"}, {}) == before
    (one.submissions / "25-so-noi-vu.yaml").write_text("hỏng", "utf-8")
    assert input_digests(one, (), {"25-so-noi-vu", "26-so-khac"}, known) == known


def test_records_edited_by_hand_count_as_none(tmp_path: Path) -> None:
    """Whatever is not a record of ours: everything is then made again, and nobody sees a trace."""
    where = places(tmp_path)
    for dossiers in ("3", "[]", '{"25": 3}', '{"25": {"documents": 1}}', '{"25": {"signing": [{"x": 1}]}}', '{"25": {"size": "nhiều"}}'):
        where.manifest.write_text(f'{{"predicateType": "{PREDICATE}", "predicate": {{"ho_so": {dossiers}}}}}', "utf-8")
        assert read_records(recorded(where)) == {}
