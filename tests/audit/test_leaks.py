"""Nothing of the appraisal and nothing of another unit in a unit's dossier, wherever it hides; what its own file says may stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pikepdf
import pytest
import yaml

from pipeline.audit.foreign import needles_of
from pipeline.audit.leaks import Secrets, leak_findings
from pipeline.audit.needles import Needles
from pipeline.audit.passages import Passage
from pipeline.model.unit import Unit
from pipeline.places import PROJECT
from tests.audit.cases import Case
from tests.audit.small import change_pdf, edit_word, over

REPORT, SHEET = "2-bao-cao-tong-ket", "4-bieu-tu-cham-diem"
SENTENCE = (
    "Ban Thường vụ Tỉnh đoàn năm 2023 phát huy tinh thần xung kích, sáng tạo của tuổi trẻ, bám sát chỉ đạo của Tỉnh ủy và Trung ương Đoàn;"
)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("Vũ Thị T", "có tên người của đơn vị khác: «Vũ Thị T»"),
        ("số 12/BC-TĐTN", "có ký hiệu của đơn vị khác: «TĐTN»"),
        (SENTENCE, "có câu trong tệp của đơn vị khác: «Ban Thường vụ Tỉnh đoàn năm 2023 phát huy tinh thần xung kích"),
        ("đề nghị Ban chủ động tham mưu điều chuyển vốn sự nghiệp ngay từ quý I/2024", "có câu trong tệp thẩm định: «đề nghị Ban chủ động"),
        (
            "Hội đồng nhận thấy quy chế làm việc sửa đổi chậm ba tháng so với yêu cầu của cấp trên",
            "có câu trong tệp thẩm định: «Hội đồng nhận thấy",
        ),
        ("điểm sau khi xem lại là 88,95", "có điểm thẩm định «88,95»"),
        ("Thống nhất với lý do của đơn vị", "có nội dung thẩm định, quyết định: «Thống nhất với lý do của đơn vị»"),
    ],
)
def test_in_a_narrative(unit: Case, planted: str, said: str) -> None:
    edit_word(unit.word(REPORT), "I. ĐẶC ĐIỂM TÌNH HÌNH", f"I. ĐẶC ĐIỂM TÌNH HÌNH. {planted}.")
    assert any(f"{REPORT}.docx: {said}" in line for line in unit.found_in(REPORT)), unit.found()


def test_on_a_page_of_the_pdf(unit: Case) -> None:
    """The page is named."""
    unit.redraw(REPORT, "III. TỒN TẠI, HẠN CHẾ", "III. TỒN TẠI, HẠN CHẾ. Đồng chí Vũ Thị T.")
    said = "có tên người của đơn vị khác: «Vũ Thị T»"
    in_outline, on_page = unit.found_in(f"{REPORT}.pdf")[:2]
    assert in_outline == f"{REPORT}.pdf: {said}" and on_page == f"{REPORT}.pdf, trang 2: {said}"


def test_in_a_header(unit: Case) -> None:
    edit_word(unit.word(REPORT), "</w:hdr>", "<w:p><w:r><w:t>Vũ Thị T</w:t></w:r></w:p></w:hdr>", "word/header1.xml")
    assert f"{REPORT}.docx: có tên người của đơn vị khác: «Vũ Thị T»" in unit.found_in(REPORT)


def test_in_word_properties(unit: Case) -> None:
    edit_word(unit.word(SHEET), "<cp:keywords></cp:keywords>", "<cp:keywords>88,95</cp:keywords>", "docProps/core.xml")
    assert f"{SHEET}.docx: có điểm thẩm định «88,95»" in unit.found_in(SHEET)


@pytest.mark.parametrize("words", ["Kết quả 88,95 điểm", "Tệp của Vũ Thị T", "Mức chính thức"])
def test_in_pdf_metadata(unit: Case, words: str) -> None:
    change_pdf(unit.pdf(SHEET), lambda pdf: pdf.docinfo.__setitem__("/Subject", pikepdf.String(words)))
    said = {"88": "có điểm thẩm định «88,95»", "Vũ": "«Vũ Thị T»", "Mức": "«Mức chính thức»"}
    assert any(said[next(k for k in said if k in words)] in line for line in unit.found_in(f"{SHEET}.pdf"))


def test_in_the_outline_of_the_bundle(unit: Case) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root[1].title = "Báo cáo của Vũ Thị T"

    change_pdf(unit.bundle, rename)
    assert "ho-so.pdf: có tên người của đơn vị khác: «Vũ Thị T»" in unit.found_in("ho-so.pdf")


def test_on_the_cover(unit: Case) -> None:
    over(unit.bundle, 1, "Vũ Thị T")
    assert any("ho-so.pdf, trang 1: có tên người của đơn vị khác: «Vũ Thị T»" in line for line in unit.found())


@pytest.mark.parametrize("name", ["Sở Tài chính", "SỞ TÀI CHÍNH", "Tập thể lãnh đạo Sở Tài chính"])
def test_the_name_of_any_other_unit(name: str) -> None:
    """As names are written in text and in letterheads; "sở tài chính" of anywhere is no name, and a longer name is another's."""
    units = yaml.load((PROJECT / "data" / "don_vi.yaml").read_text("utf-8"), yaml.BaseLoader)["don_vi"]
    needles = needles_of(((Unit.model_validate(u), None, None) for u in units), None)
    secrets = Secrets("ban-dan-toc", needles, frozenset(), frozenset(), (), "")
    found = list(leak_findings([Passage("a.pdf", ("một", f"theo {name}, các sở tài chính"), 1)], secrets))
    assert f"a.pdf, trang 2: có tên đơn vị khác: «{name}»" in map(str, found)
    assert list(leak_findings([Passage("a.pdf", (f"theo {name}",), 1)], replace(secrets, unit="so-tai-chinh"))) == []
    allowed = needles.sequences_in([f"Ban phối hợp với {name}"])
    assert list(leak_findings([Passage("a.pdf", (f"theo {name}",), 1)], replace(secrets, allowed=allowed))) == []


def test_percentages_and_dates_are_no_points() -> None:
    secrets = Secrets("a", Needles(), frozenset(), frozenset({Decimal("7.5"), Decimal("88.95")}), (), "")
    texts = ("tăng 7,5% và 7,5 %", "88,95", "188,95", "88,955", "7,5/10", "88.95")
    assert [str(f) for f in leak_findings([Passage("a.pdf", texts, 1)], secrets)] == [
        "a.pdf, trang 2: có điểm thẩm định «88,95»",
        "a.pdf, trang 6: có điểm thẩm định «88.95»",
    ]


def test_in_a_file_name(unit: Case) -> None:
    (unit.staged / "SỞ TĐTN.txt").write_text("")
    found = unit.found()
    assert any("có ký hiệu của đơn vị khác: «TĐTN»" in line for line in found) and any("tệp không thuộc hồ sơ" in line for line in found)


def test_what_the_own_file_says_may_stand(unit: Case) -> None:
    """A narrative of its own mentions another agency (Ban Tổ chức Tỉnh ủy is in the forms, the others in its file)."""
    own = unit.year.result.files.units["ban-dan-toc"].submission.value
    assert own is not None and own.report is not None and "Sở Nội vụ" not in str(own.model_dump())
    edit_word(unit.word(REPORT), "I. ĐẶC ĐIỂM TÌNH HÌNH", "I. ĐẶC ĐIỂM TÌNH HÌNH theo Ban Tổ chức Tỉnh ủy, Đào Quang D, 86,25 điểm")
    assert unit.found_in(REPORT) == []
