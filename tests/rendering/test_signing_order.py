"""Signing order: by the form's turn, then by document; field names of one width, none the beginning of another; nobody signs a draft."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.forms.catalogue import read_forms
from pipeline.model.files import DocumentPlan, Signature
from pipeline.places import TEMPLATES
from pipeline.rendering.signing_order import in_signing_order

FORMS = read_forms(TEMPLATES)
MINUTES = (Signature("thu_ky", "B", "Thư ký"), Signature("chu_tri", "A", "Chủ trì"))
HEAD = (Signature("nguoi_ky", "A", "Giám đốc"),)


def document(stem: str, signatures: tuple[Signature, ...]) -> DocumentPlan:
    return DocumentPlan(stem, "x.docx", "dang", stem, stem, "", {}, (), signatures=signatures)


def order(documents: tuple[DocumentPlan, ...]) -> list[str]:
    return [s.field for s in sorted((s for d in documents for s in d.signatures), key=lambda s: s.order)]


def test_a_unit_signs_its_minutes_first() -> None:
    """Secretary before chair, the registration for next year last."""
    stems = [form.code for form in FORMS.of("don_vi")]
    made = in_signing_order([document(s, MINUTES if s.startswith("5-") else HEAD) for s in stems], FORMS, draft=False)
    assert order(made) == [
        "KY_01_5_bien_ban_hoi_nghi_thu_ky",
        "KY_02_5_bien_ban_hoi_nghi_chu_tri",
        "KY_03_4_bieu_tu_cham_diem_nguoi_ky",
        "KY_04_3_bao_cao_kiem_diem_tap_the_nguoi_ky",
        "KY_05_2_bao_cao_tong_ket_nguoi_ky",
        "KY_06_1_bao_cao_chi_dao_kiem_diem_nguoi_ky",
        "KY_07_6_dang_ky_xep_loai_nam_sau_nguoi_ky",
    ]
    assert [d.stem for d in made] == stems


def test_two_signers_of_many_sheets_take_turns_once() -> None:
    documents = [document(f"7-bieu-tham-dinh/{n:02d}-x", MINUTES) for n in range(1, 4)]
    names = order(in_signing_order(documents, FORMS, draft=False))
    assert [n.removesuffix("_thu_ky").removesuffix("_chu_tri")[-4:] for n in names] == ["01_x", "02_x", "03_x"] * 2
    assert [n.endswith("_thu_ky") for n in names] == [True] * 3 + [False] * 3


def test_the_decision_is_signed_last_of_the_province() -> None:
    stems = [form.code for form in FORMS.of("tinh")] + [f"7-bieu-tham-dinh/{n:02d}-x" for n in range(1, 57)]
    made = in_signing_order([document(s, MINUTES if s[0] in "37" else HEAD) for s in stems], FORMS, draft=False)
    names = order(made)
    assert len(names) == 8 + 2 + 112 and names[-1].startswith("KY_122_4_quyet_dinh") and all(len(n.split("_")[1]) == 3 for n in names)


@given(st.integers(1, 130), st.randoms(use_true_random=False))
def test_no_name_is_the_beginning_of_another(count: int, random: object) -> None:
    """A lock on one field must not take another along."""
    documents = [document(f"7-bieu-tham-dinh/{n}", MINUTES) for n in range(count)]
    random.shuffle(documents)  # type: ignore[attr-defined]
    names = order(in_signing_order(documents, FORMS, draft=False))
    assert len(set(names)) == len(names) == 2 * count
    assert not any(a != b and b.startswith(a) for a, b in zip(sorted(names), sorted(names)[1:]))
    assert not any("." in name for name in names)


def test_a_draft_is_signed_by_nobody() -> None:
    (made,) = in_signing_order([document("4-quyet-dinh", HEAD)], FORMS, draft=True)
    assert made.signatures == ()
