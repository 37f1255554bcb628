"""The lint of PDF/A-2b: good files pass, each damage is told by exactly its rule, nothing makes it raise."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from pipeline.bundling import BoundPart, BundleOrder, bind
from pipeline.signoff import finished
from pipeline.signoff.bundle import Part, combine
from pipeline.signoff.pdfa.intent import PROFILE, profile
from pipeline.signoff.pdfa.lint import lint, told
from pipeline.signoff.pdfa.rules import RULES, Finding
from tests.signoff.pdfa_damage import BYTES, DAMAGES, Damage, composite, damaged, field, plain
from tests.signoff.small_pdf import DECLARED, archival, draw
from tests.signoff.test_bundle import make, plan


def document(folder: Path, pages: int = 2) -> Path:
    path = archival(folder / "tai-lieu.pdf", draw([f"Sở Nội vụ, trang {i}" for i in range(pages)], outline=True))
    finished.normalise(path, DECLARED, "Báo cáo & <kết quả>", "Sở Nội vụ")
    return path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return document(tmp_path_factory.mktemp("tot")).read_bytes()


def rules(data: bytes) -> set[str]:
    return {finding.rule for finding in lint(data)}


def test_a_document_passes(good: bytes) -> None:
    assert lint(good) == []


def test_a_bundle_and_a_year_pass(tmp_path: Path) -> None:
    """Also one over the other; the colour profile is there once."""
    path = make(tmp_path, {"Báo cáo": 2, "Biên bản": 3})
    assert lint(path) == []
    combine(tmp_path / "toan-tap.pdf", [Part("Sở Nội vụ", path), Part("Sở Y tế", path)], DECLARED, "Toàn tập", "Ban Tổ chức")
    assert lint(tmp_path / "toan-tap.pdf") == []
    with pikepdf.open(tmp_path / "toan-tap.pdf") as pdf:
        intents = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == Name.GTS_PDFA1]
        assert len(intents) == 1 and intents[0].DestOutputProfile.read_bytes() == profile()


def test_sound_additions_pass(good: bytes) -> None:
    """An empty field for a signature, a whole composite font."""
    assert lint(damaged(good, field)) == []
    assert lint(damaged(good, lambda p: composite(p, CIDToGIDMap=Name.Identity))) == []


@pytest.mark.parametrize(("rule", "damage"), DAMAGES, ids=[f"{i}-{rule}" for i, (rule, _) in enumerate(DAMAGES)])
def test_each_damage_breaks_its_rule(good: bytes, rule: str, damage: Damage) -> None:
    """That one and no other."""
    assert rules(damaged(good, damage)) == {rule}


@pytest.mark.parametrize(("rule", "damage"), BYTES, ids=[f"{i}-{rule}" for i, (rule, _) in enumerate(BYTES)])
def test_each_damage_of_bytes_breaks_its_rule(good: bytes, rule: str, damage: object) -> None:
    whole = plain(good)
    changed = damage(whole)  # type: ignore[operator]
    assert lint(whole) == [] and changed != whole
    assert rules(changed) == {rule}


def test_locked_files(good: bytes) -> None:
    """With an owner's password they open, with a user's they do not."""
    for user in ("", "mat-khau"):
        made = io.BytesIO()
        with pikepdf.open(io.BytesIO(good)) as pdf:
            pdf.save(made, encryption=pikepdf.Encryption(owner="chu", user=user))
        assert rules(made.getvalue()) == {"ma-hoa"}


def test_a_wrong_length_of_a_stream_is_told(good: bytes) -> None:
    """A reader that mends it would not notice."""
    whole = plain(good)
    length = re.search(rb"/Length (\d+)", whole)
    assert length
    wrong = whole[: length.start(1)] + str(int(length[1]) - 1).encode().rjust(len(length[1]), b"0") + whole[length.end(1) :]
    assert rules(wrong) == {"do-dai-luong"}


def test_every_rule_has_a_damage() -> None:
    """The number of rules that the program names is the number of rules it can tell."""
    assert {rule for rule, _ in DAMAGES} | {rule for rule, _ in BYTES} | {"ma-hoa"} == set(RULES)


def test_a_finding_names_page_and_clause(good: bytes) -> None:
    """Through whatever the page uses; a fault of the whole says so."""
    (found,) = lint(damaged(good, lambda p: p.pages[1].contents_add(b"\n0 0 0 1 k\n")))
    assert str(found) == "trang 2: dùng màu CMYK, ngoài hồ sơ màu sRGB (ISO 19005-2, 6.2.4.3)"
    assert told([found] * 5).endswith("(và 2 chỗ khác)")
    assert str(Finding("ngon-ngu", "cả tệp")) == "cả tệp: không ghi ngôn ngữ vi-VN (quy tắc của chương trình)"


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert [f.rule for f in lint(tmp_path / "khong-co.pdf")] == ["mo-tep"]


@given(data=st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_findings(data: bytes) -> None:
    assert lint(data) != []


@given(changes=st.lists(st.tuples(st.floats(0, 0.999999), st.integers(0, 255)), min_size=1, max_size=8), cut=st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_changed_bytes_never_raise(good: bytes, changes: list[tuple[float, int]], cut: bool) -> None:
    """Anywhere in the file, in its plain form where nearly every byte counts."""
    data = bytearray(plain(good))
    for place, value in changes:
        data[int(place * len(data))] = value
    assert isinstance(lint(bytes(data[: len(data) // 2] if cut else data)), list)


KEYS = st.sampled_from("Type Subtype Font Annots Contents Resources MediaBox AP F S A BM ExtGState K Filter Widths FontDescriptor".split())
SCALARS = st.one_of(st.integers(-(2**40), 2**40), st.booleans(), st.text(max_size=5), st.sampled_from(["/Page", "/Font", "/Image", "/A"]))
VALUES = st.recursive(SCALARS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3), max_leaves=5)


def as_object(value: object) -> object:
    """Lists, dictionaries and names written as PDF has them."""
    if isinstance(value, list):
        return Array([as_object(v) for v in value])
    if isinstance(value, dict):
        return Dictionary({f"/{k}": as_object(v) for k, v in value.items()})
    return Name(value) if isinstance(value, str) and value[1:].isalpha() and value[0] == "/" else value


@given(spots=st.lists(st.tuples(st.integers(0, 60), KEYS, VALUES), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_malformed_objects_never_raise(good: bytes, spots: list[tuple[int, str, object]]) -> None:
    """Entries of the wrong kind anywhere."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        holders = [o for o in pdf.objects if isinstance(o, (Dictionary, pikepdf.Stream))]
        for number, key, value in spots:
            holders[number % len(holders)][f"/{key}"] = as_object(value)

    try:
        data = damaged(good, spoil)
    except (pikepdf.PikepdfError, RuntimeError, ValueError, TypeError):
        return  # pikepdf itself would not write it
    assert isinstance(lint(data), list)


def test_a_dropped_page_leaves_no_trace(tmp_path: Path) -> None:
    """Tags that led to an empty last page go with it; those of other pages stay."""
    path = archival(tmp_path / "a.pdf", draw(["Sở Nội vụ", "2"]))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        first, last = (page.obj for page in pdf.pages)
        marks = [Dictionary(Type=Name.MCR, Pg=last, MCID=0), Dictionary(Type=Name.MCR, Pg=first, MCID=1)]
        elements = [
            pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=at, K=kids))
            for at, kids in ((first, 0), (last, Array([0, 1])), (last, Array(marks)))
        ]
        tree = Dictionary(Nums=Array([0, Array([elements[0]]), 1, Array([elements[1]])]))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(elements), ParentTree=tree))
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        first.StructParents, last.StructParents = 0, 1
        pdf.save(path)
    finished.normalise(path, DECLARED, "Báo cáo", "Sở Nội vụ")
    assert finished.page_count(path) == 1 and lint(path) == []
    with pikepdf.open(path) as pdf:
        kept = pdf.Root.StructTreeRoot.K
        assert [e.get("/K", None) is not None for e in kept] == [True, False, True]
        assert [m.MCID for m in kept[2].K] == [1] and len(pdf.Root.StructTreeRoot.ParentTree.Nums) == 2


def test_a_finding_stops_publication(tmp_path: Path) -> None:
    """A bundle with a font that is not embedded stays in staging; the message names it, its page and the clause."""
    dossier = plan(["Báo cáo"])
    part = BoundPart(archival(tmp_path / "d1.pdf", draw(["chữ"], font="Helvetica")).read_bytes(), 1, {})
    fault = bind(BundleOrder(dossier, (part,), "", DECLARED)).fault
    assert fault and fault.exit_code == 4
    assert "25-so-noi-vu/ho-so.pdf: không giữ được PDF/A-2b: trang 3: phông chữ không được nhúng (ISO 19005-2, 6.2.11.4.1)" in fault.text


def test_the_profile_is_the_licensed_one() -> None:
    """Its hash stands in the licence beside it."""
    assert hashlib.sha256(profile()).hexdigest() in PROFILE.with_name("LICENSE.txt").read_text("utf-8")
