"""The year in one file: two levels of outline, each bundle at its pages and under its labels, nothing to sign, fonts kept once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.audit.whole_year import whole_year_findings
from pipeline.signoff.bundle import Part, combine
from tests.audit.cases import PROVINCE, UNIT
from tests.audit.small import DECLARED, Year, change_pdf, over

NAME = "tinh/toan-tap.pdf"


class Whole:
    def __init__(self, year: Year, finished: dict[str, Path], path: Path) -> None:
        plans = [year.plans[PROVINCE], year.plans[UNIT]]
        self.bundles = [(p.owner, f"HS {p.code}", finished[p.folder] / "ho-so.pdf") for p in plans]
        self.path, self.titles = path, [p.owner for p in plans]
        combine(path, [Part(title, bundle, label) for title, label, bundle in self.bundles], DECLARED, "Toàn tập", "Ban Tổ chức Tỉnh ủy")

    def found(self) -> list[str]:
        return [str(f) for f in whole_year_findings(self.path, NAME, self.bundles)]


@pytest.fixture
def whole(year: Year, finished: dict[str, Path], tmp_path: Path) -> Whole:
    return Whole(year, finished, tmp_path / "toan-tap.pdf")


def test_as_it_is_made(whole: Whole) -> None:
    assert whole.found() == []


def deeper_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].children[1].children.append(pikepdf.OutlineItem("I.", 0, "Fit"))


def flat_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].children.clear()


def one_title_less(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[1]


def to_sign(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("KY_01"), P=pdf.pages[0].obj, Rect=Array([0, 0, 9, 9])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def fonts_again(pdf: pikepdf.Pdf) -> None:
    font = next(o for o in pdf.objects if isinstance(o, Dictionary) and "/FontFile2" in o)
    copy = pdf.make_stream(font.FontFile2.read_raw_bytes())
    copy.stream_dict = Dictionary(font.FontFile2.stream_dict)
    copy.write(font.FontFile2.read_raw_bytes(), filter=font.FontFile2.get("/Filter"))
    pdf.Root.Extra = pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontFile2=copy))


def plain_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def a_page_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (deeper_outline, "không đúng tên, chỗ hoặc các tài liệu bên dưới"),
        (flat_outline, f"{NAME}, trang 1: dấu trang"),
        (one_title_less, f"{NAME}: có 1 dấu trang ngoài cùng, phải có 2"),
        (to_sign, f"{NAME}: tệp để đọc không được có ô ký (KY_01)"),
        (fonts_again, f"{NAME}: phông chữ bị nhúng lặp lại 1 lần"),
        (plain_labels, f"{NAME}, trang 1: nhãn trang là «1», phải là «HS TINH-2023 tr. 1»"),
        (a_page_less, "trang, các gói cộng lại"),
    ],
)
def test_a_changed_file(whole: Whole, change: Callable[[pikepdf.Pdf], None], said: str) -> None:
    change_pdf(whole.path, change)
    assert any(said in line for line in whole.found()), whole.found()


def test_a_bundle_that_is_not_the_published_one(whole: Whole) -> None:
    over(whole.path, 1, "khác")
    assert f"{NAME}, trang 1: trang không giống trang 1 của gói «{whole.titles[0]}»" in whole.found()
