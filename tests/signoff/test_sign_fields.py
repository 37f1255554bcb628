"""Fields to sign: placed exactly between the marks, refused where something is in the way, numbered, locked, kept through a bundle."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.forms.signing_marks import FROM, TO
from pipeline.model.files import DocumentPlan, DossierPlan, Signature
from pipeline.problems import OutputError
from pipeline.signoff.blanks import SignatureField, place
from pipeline.signoff.bundle import Part, bundle, combine
from pipeline.signoff.finished import normalise
from pipeline.signoff.front import front_pages, stamps
from pipeline.signoff.sign_fields import add_fields, fields_of, is_signed, signed_file
from pipeline.signoff.signing_sheet import as_csv, signing_rows
from tests.signoff.small_pdf import DECLARED, archival, draw

SECRETARY = Signature("thu_ky", "Trần Thị B", "Thư ký hội nghị", 1, "KY_01_d1_thu_ky")
CHAIR = Signature("chu_tri", "Nguyễn Văn A", "Chủ trì hội nghị", 2, "KY_02_d1_chu_tri")


def marked(path: Path, marks: dict[str, tuple[int, float, float]], pages: int = 2) -> Path:
    """A PDF with LibreOffice's named places: name -> page from 0, x, y."""
    with pikepdf.open(io.BytesIO(draw([f"trang {n}" for n in range(1, pages + 1)]))) as pdf:
        pdf.Root.Dests = Dictionary(
            {f"/{name.replace('_', '5F')}": Array([pdf.pages[page].obj, Name.XYZ, x, y, 0]) for name, (page, x, y) in marks.items()}
        )
        pdf.save(path)
    return archival(path, path.read_bytes())


def block(blank: str, x: float, top: float = 500, bottom: float = 410, page: int = 1) -> dict[str, tuple[int, float, float]]:
    return {FROM + blank: (page, x, top), TO + blank: (page, x - 20, bottom)}


def test_a_field_stands_between_its_marks(tmp_path: Path) -> None:
    """Centred where the blank is, a little below the post and above the name, as wide as the standard says (60 mm)."""
    path = marked(tmp_path / "a.pdf", block("thu_ky", 200) | block("chu_tri", 440))
    one, two = place(path, [SECRETARY, CHAIR], 60)
    assert (one.name, one.page, one.signer) == ("KY_01_d1_thu_ky", 1, "Trần Thị B, Thư ký hội nghị")
    left, bottom, right, top = one.box
    assert (round(right - left, 1), round((left + right) / 2, 1)) == (170.1, 200.0) and (bottom, top) == (412, 498)
    assert round((two.box[0] + two.box[2]) / 2, 1) == 440.0


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({}, "không thấy chỗ ký «thu_ky»"),
        ({FROM + "thu_ky": (1, 200, 500)}, "không thấy chỗ ký «thu_ky»"),
        ({FROM + "thu_ky": (0, 200, 80), TO + "thu_ky": (1, 200, 780)}, "không nằm trọn trên một trang"),
        (block("thu_ky", 200, 500, 499), "không nằm trọn trên một trang"),
        (block("thu_ky", 560), "ra ngoài trang 2"),
        (block("thu_ky", 120, 720, 690), "đè lên chữ «trang 2»"),
    ],
)
def test_a_place_that_is_not_blank_is_refused(tmp_path: Path, marks: dict[str, tuple[int, float, float]], said: str) -> None:
    with pytest.raises(OutputError, match=said) as caught:
        place(marked(tmp_path / "a.pdf", marks), [SECRETARY], 60)
    assert str(caught.value).startswith("a.pdf: ")


def test_nobody_signs_no_field(tmp_path: Path) -> None:
    """A draft's documents are not even looked into."""
    assert place(tmp_path / "khong-co.pdf", [], 60) == ()


def test_fields_are_empty_locked_and_in_order() -> None:
    """Each locks itself when signed; the last of all forbids any later change; none is signed yet."""
    with pikepdf.open(io.BytesIO(draw(["một", "hai"]))) as pdf:
        boxes = [SignatureField("KY_02_b", 0, (100, 100, 200, 150), "B"), SignatureField("KY_01_a", 1, (100, 300, 200, 350), "A")]
        add_fields(pdf, boxes)
        first, last = pdf.Root.AcroForm.Fields
        assert [str(f.T) for f in (first, last)] == ["KY_01_a", "KY_02_b"] == [f.name for f in fields_of(pdf)]
        assert [str(f.Lock.Fields[0]) for f in (first, last)] == ["KY_01_a", "KY_02_b"]
        assert "/P" not in first.Lock and last.Lock.P == 1
        assert first.F == 132 and first.AP.N.Subtype == Name.Form and str(first.TU) == "A"
        assert first.P.objgen == pdf.pages[1].obj.objgen and not is_signed(pdf)


def test_a_draft_has_no_form() -> None:
    with pikepdf.open(io.BytesIO(draw(["một"]))) as pdf:
        add_fields(pdf, [])
        assert "/AcroForm" not in pdf.Root


def dossier(signatures: tuple[Signature, ...]) -> DossierPlan:
    documents = tuple(
        DocumentPlan(stem, "mau.docx", "nha_nuoc", name, name, "", {}, (), signatures=signed)
        for stem, name, signed in (("d1", "Biên bản", signatures), ("d2", "Báo cáo", ()))
    )
    return DossierPlan("25-so", "25-2023", "HỒ SƠ", "Sở Nội vụ", (), documents, signing_sheet=True)


def test_fields_come_along_into_the_bundle_and_not_into_the_whole_year(tmp_path: Path) -> None:
    """Same names and boxes, on the page where the document now stands; the sheet says page and order."""
    path = marked(tmp_path / "d1.pdf", block("thu_ky", 200) | block("chu_tri", 440))
    normalise(path, DECLARED, "Biên bản", "Sở", place(path, [SECRETARY, CHAIR], 60))
    with pikepdf.open(path) as pdf:
        own = fields_of(pdf)
        assert "/Dests" not in pdf.Root and [f.page for f in own] == [1, 1]
    parts = [Part("Biên bản", path), Part("Báo cáo", archival(tmp_path / "d2.pdf", draw(["báo cáo"])))]
    plan = dossier((SECRETARY, CHAIR))
    front = front_pages(plan, [2, 1], "", [{f.name: f.page + 1 for f in own}, {}])
    assert [(row.order, row.page, row.bundle_page, row.file) for row in front.signing] == [
        (1, 2, 5, "25-so/d1.pdf"),
        (2, 2, 5, "25-so/d1.pdf"),
    ]
    assert [(link.page, link.target) for link in front.links] == [(1, 4), (1, 6), (2, 5), (2, 5)]
    bundle(tmp_path / "b.pdf", front, parts, stamps("25-2023", 6, draft=False), DECLARED, "Hồ sơ", "Sở")
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert [(f.name, f.page, f.box, f.signer) for f in fields_of(pdf)] == [(f.name, 4, f.box, f.signer) for f in own]
        assert pdf.Root.OpenAction[0].objgen == pdf.pages[1].obj.objgen
    combine(tmp_path / "t.pdf", [Part("Sở", tmp_path / "b.pdf", "HS 25")], DECLARED, "Toàn tập", "Ban")
    with pikepdf.open(tmp_path / "t.pdf") as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any(a.Subtype == "/Widget" for page in pdf.pages for a in page.obj.get("/Annots", Array()))


def test_a_signed_file_is_known(tmp_path: Path) -> None:
    """A value in a field, also deep in a tree of fields; damaged or missing files are none."""
    path = archival(tmp_path / "a.pdf", draw(["một"]))
    assert not signed_file(path) and not signed_file(tmp_path / "khong-co.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        kid = pdf.make_indirect(Dictionary(FT=Name.Sig, T=pikepdf.String("b"), V=Dictionary(Type=Name.Sig)))
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(T=pikepdf.String("a"), Kids=Array([kid])))]))
        pdf.save(path)
    assert signed_file(path)
    path.write_bytes(b"%PDF-1.7 hong")
    assert not signed_file(path)


def test_the_sheet_opens_in_a_spreadsheet() -> None:
    """Marked as UTF-8, semicolons, nothing that a spreadsheet would compute."""
    odd = Signature("thu_ky", "=1+1", "Thư ký; ghi chép", 1, "KY_01_d1_thu_ky")
    text = as_csv(signing_rows(dossier((odd,)), [3, 5], [{"KY_01_d1_thu_ky": 2}, {}])).decode("utf-8")
    assert text.startswith("\ufeffHồ sơ;Lượt ký;Người ký;")
    assert text.splitlines()[1] == '25-2023;1;\'=1+1;"Thư ký; ghi chép";Biên bản;25-so/d1.pdf;2;4;KY_01_d1_thu_ky'
