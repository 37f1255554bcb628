"""The bundle is built as planned: pages, cover, index, links, outline, labels, stamps, fields to sign."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.audit.cases import Case
from tests.audit.small import change_pdf, over

NAMES = "Báo cáo tình hình và kết quả chỉ đạo, thực hiện kiểm điểm"


def link(pdf: pikepdf.Pdf, number: int) -> pikepdf.Object:
    return [a for page in pdf.pages for a in page.obj.get("/Annots", Array()) if a.Subtype == Name.Link][number]


def one_page_off(pdf: pikepdf.Pdf) -> None:
    link(pdf, 0).Dest = Array([pdf.pages[3].obj, Name.Fit])


def moved_link(pdf: pikepdf.Pdf) -> None:
    link(pdf, 0).Rect, link(pdf, 1).Rect = Array(link(pdf, 1).Rect), Array(link(pdf, 0).Rect)


def lost_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Annots[0]


def link_out(pdf: pikepdf.Pdf) -> None:
    del link(pdf, 0)["/Dest"]
    link(pdf, 0).A = Dictionary(S=Name.URI, URI=String("https://vi-du.vn"))


def outline_off(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[2] = pikepdf.OutlineItem(outline.root[2].title, 3, "Fit")


def outline_without_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].children.clear()


def heading_off(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        heading = outline.root[1].children[-1]
        outline.root[1].children[-1] = pikepdf.OutlineItem(heading.title, 2, "Fit")


def other_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[1].St = 2


def opens_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))


def same_name_twice(pdf: pikepdf.Pdf) -> None:
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("de_muc"), place, String("de_muc"), place])))


def lost_field(pdf: pikepdf.Pdf) -> None:
    gone = pdf.Root.AcroForm.Fields[0]
    gone.P.Annots = Array([a for a in gone.P.Annots if a.objgen != gone.objgen])
    del pdf.Root.AcroForm.Fields[0]


def strange_field(pdf: pikepdf.Pdf) -> None:
    extra = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("KY_99"), P=pdf.pages[0].obj, Rect=Array([0, 0, 9, 9])))
    pdf.Root.AcroForm.Fields.append(extra)


def field_on_another_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].P = pdf.pages[2].obj


def other_signer(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].TU = String("Ai đó")


def fields_in_another_order(pdf: pikepdf.Pdf) -> None:
    fields = pdf.Root.AcroForm.Fields
    pdf.Root.AcroForm.Fields = Array([fields[1], fields[0], *list(fields)[2:]])


FAULTS: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (one_page_off, f"ho-so.pdf, trang 2: liên kết của «{NAMES}» dẫn tới trang 4, phải là trang 3"),
    (moved_link, "ho-so.pdf, trang 2: liên kết thứ 1 của mục lục nằm trên «2 Báo cáo tổng kết"),
    (lost_link, "ho-so.pdf, trang 2: mục lục và danh sách ký có 5 liên kết, phải có 6"),
    (link_out, "ho-so.pdf: có liên kết hoặc lệnh ra ngoài tệp (URI https://vi-du.vn)"),
    (outline_off, "không đúng tên hoặc không ở đầu tài liệu"),
    (outline_without_headings, f"ho-so.pdf: dấu trang dưới «{NAMES}» không đủ các đề mục của tài liệu"),
    (heading_off, "ho-so.pdf, trang 3: dấu trang «V. ĐỀ XUẤT, KIẾN NGHỊ» không dẫn tới đề mục"),
    (other_labels, "ho-so.pdf, trang 1: nhãn trang là «2», phải là «1»"),
    (opens_elsewhere, "ho-so.pdf, trang 1: gói không mở ra ở mục lục"),
    (script, "ho-so.pdf: có liên kết hoặc lệnh ra ngoài tệp (JavaScript)"),
    (same_name_twice, "ho-so.pdf: đích «de_muc» được đặt tên hai lần"),
    (lost_field, "ho-so.pdf: không có ô ký KY_01_5_bien_ban_hoi_nghi_thu_ky"),
    (strange_field, "ho-so.pdf, trang 1: có ô ký KY_99 ngoài danh sách ký"),
    (field_on_another_page, "ho-so.pdf, trang 3: ô ký KY_01_5_bien_ban_hoi_nghi_thu_ky phải ở trang"),
    (other_signer, "ghi «Ai đó», phải là «Đặng Thanh B"),
    (fields_in_another_order, "ho-so.pdf: ô ký không theo thứ tự ký: KY_02_"),
]


@pytest.mark.parametrize(("change", "said"), FAULTS, ids=[change.__name__ for change, _ in FAULTS])
def test_a_changed_bundle(unit: Case, change: Callable[[pikepdf.Pdf], None], said: str) -> None:
    change_pdf(unit.bundle, change)
    assert any(said in line for line in unit.found_in("ho-so.pdf")), unit.found()


def test_pages_in_another_order(unit: Case) -> None:
    def swap(pdf: pikepdf.Pdf) -> None:
        pdf.pages.insert(2, pdf.pages[3])
        del pdf.pages[4]

    change_pdf(unit.bundle, swap)
    assert any("ho-so.pdf, trang 3: trang không giống trang 1 của «1-bao-cao-chi-dao-kiem-diem.pdf»" in line for line in unit.found())


def test_a_lost_page(unit: Case) -> None:
    change_pdf(unit.bundle, lambda pdf: pdf.pages.__delitem__(-1))
    assert any("trang, ít hơn bìa, mục lục và 6 tài liệu cộng lại" in line for line in unit.found_in("ho-so.pdf"))


def test_a_page_too_many(unit: Case) -> None:
    """The index no longer counts right."""
    change_pdf(unit.bundle, lambda pdf: pdf.pages.append(pdf.pages[-1]))
    found = unit.found_in("ho-so.pdf")
    assert any("dấu chân trang ghi" in line for line in found) and any("mục lục không có dòng" in line for line in found)


def test_a_missing_stamp(unit: Case) -> None:
    """The stamp is an object of its own on each page."""

    def bare(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[4].obj.Resources.XObject["/DauTrang5"]

    change_pdf(unit.bundle, bare)
    total = len(pikepdf.open(unit.bundle).pages)
    assert f"ho-so.pdf, trang 5: dấu chân trang ghi «», phải là «HS 43-2023 · tr. 5/{total}»" in unit.found_in("ho-so.pdf")


def test_something_written_over_the_stamp(unit: Case) -> None:
    over(unit.bundle, 4, "bản nháp", (300, 25))
    assert any("trang 4: dấu chân trang ghi" in line and "bản nháp" in line for line in unit.found_in("ho-so.pdf"))


def test_a_ready_dossier_that_says_draft(unit: Case) -> None:
    over(unit.bundle, 2, "DỰ THẢO", (400, 810))
    assert "ho-so.pdf, trang 2: bìa hoặc mục lục có chữ DỰ THẢO" in unit.found_in("ho-so.pdf")


def test_a_cover_of_another_unit(unit: Case, province: Case) -> None:
    """The province's bundle in the unit's place."""
    unit.bundle.write_bytes(province.bundle.read_bytes())
    assert unit.found()


def test_a_draft(year_draft: Case) -> None:
    """It passes as it is; taken for ready, every page tells."""
    assert year_draft.found() == []


def test_a_draft_without_its_mark(year_draft: Case) -> None:
    year_draft.redraw("2-bao-cao-tong-ket", "I. ĐẶC ĐIỂM TÌNH HÌNH", "I. ĐẶC ĐIỂM TÌNH HÌNH")
    found = year_draft.found_in("2-bao-cao-tong-ket.pdf")
    assert "2-bao-cao-tong-ket.pdf, trang 1: hồ sơ còn dự thảo nhưng trang không ghi DỰ THẢO" in found
