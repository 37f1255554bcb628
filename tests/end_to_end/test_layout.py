"""The layout checker: passes on every document of the small province, finds each of many deliberate damages, one per rule."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pipeline.forms.standards import read_standards
from pipeline.places import TEMPLATES
from pipeline.signoff import layout_docx, layout_pdf
from pipeline.signoff.finished import squeeze
from pipeline.signoff.layout import check_layout
from pipeline.signoff.page_breaks import Lonely, with_breaks
from pipeline.signoff.pages import PICTURE, PdfPage, read_pages
from pipeline.signoff.word import read
from tests.end_to_end.province import Province

STATE, PARTY, YOUTH, PROVINCE = "43-ban-dan-toc", "10-ban-can-su-dang-ubnd", "09-tinh-doan", "tinh"
STANDARD = {STATE: "nha_nuoc", PARTY: "dang", YOUTH: "doan", PROVINCE: "dang"}
REPORT, SHEET, MINUTES, LETTER = "3-bao-cao-kiem-diem-tap-the", "4-bieu-tu-cham-diem", "5-bien-ban-hoi-nghi", "6-dang-ky-xep-loai-nam-sau"
SYNTHESIS = "2-bao-cao-tong-hop"
PAGES = dict[str, bytes]  # parts of a .docx


def test_every_document_follows_its_standard(built: Province) -> None:
    """Real LibreOffice, all three standards, the province's papers."""
    found = {}
    for path in sorted(built.out.rglob("*.docx")):
        folder = path.relative_to(built.out).parts[0]
        layout = check_layout(path, path.with_suffix(".pdf"), read_standards(TEMPLATES)[STANDARD[folder]])
        found[path.relative_to(built.out).as_posix()] = layout.fault
    assert len(found) > 25
    assert {name: fault for name, fault in found.items() if fault} == {}


def test_a_document_that_does_not_follow_stops_its_dossier(built: Province, tmp_path: Path) -> None:
    """The message names the document, what it is and what it must be; exit code 4, nothing published."""
    templates = tmp_path / "mau"
    shutil.copytree(TEMPLATES, templates)
    figures = templates / "quy_cach.yaml"
    figures.write_text(figures.read_text("utf-8").replace("le_phai: [15, 20]", "le_phai: [18, 20]"), encoding="utf-8")

    done = Province(built.data, tmp_path / "build").run("build", "--unit", "43", "--templates", str(templates))

    assert done.returncode == 4
    assert f"lỗi: {STATE}/{REPORT}: không đúng thể thức: phần 1: lề phải 15.0 mm, phải từ 18 đến 20 mm" in done.stderr
    assert not (tmp_path / "build" / "2023" / STATE).exists()


def test_a_break_goes_before_the_heading_meant(built: Province) -> None:
    """And the file still follows its standard."""
    data = (built.out / STATE / f"{REPORT}.docx").read_bytes()
    heading = next(p for p in read(data).paragraphs if p.style == "DeMuc1")

    broken = with_breaks(data, [Lonely(squeeze(heading.text), 0, 1, heading.text)])

    with zipfile.ZipFile(io.BytesIO(broken)) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    assert body.count("<w:pageBreakBefore/>") == 1
    following = re.sub(r"<[^>]+>", "", body[body.index("<w:pageBreakBefore/>") :]).replace("\u00a0", " ")
    assert heading.text in following[:200]
    assert layout_docx.findings(read(broken), read_standards(TEMPLATES)["nha_nuoc"]) == []


# --- Word --------------------------------------------------------------------------------------------------------------


def swap(old: str, new: str, part: str = "word/document.xml", count: int = 1) -> Callable[[PAGES], None]:
    """`old` is a pattern; it must be there."""

    def change(parts: PAGES) -> None:
        text = parts[part].decode("utf-8")
        changed, done = re.subn(old, new, text, count=count, flags=re.DOTALL)
        assert done, f"{old} is not in {part}"
        parts[part] = changed.encode("utf-8")

    return change


def style(name: str, old: str, new: str) -> Callable[[PAGES], None]:
    """Within the definition of one style."""
    return swap(rf'(w:styleId="{name}">(?:(?!</w:style>).)*?){old}', rf"\g<1>{new}", "word/styles.xml")


def text(old: str, new: str) -> Callable[[PAGES], None]:
    return swap(re.escape(old), new)


DAMAGED_WORD = [
    ("khổ giấy", STATE, REPORT, swap(r'<w:pgSz w:w="\d+" w:h="\d+"', '<w:pgSz w:w="12240" w:h="15840"'), "khổ giấy 216 x 279 mm"),
    ("trang ngang", STATE, REPORT, swap(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', r'<w:pgSz w:w="\2" w:h="\1"'), "trang ngang ngoài phụ lục"),
    ("lề trái", STATE, REPORT, swap(r'w:left="1701"', 'w:left="1134"'), "lề trái 20.0 mm, phải từ 30 đến 35 mm"),
    ("lề phải của Đảng", PARTY, REPORT, swap(r'w:right="850"', 'w:right="1134"'), "lề phải 20.0 mm, phải từ 15 đến 15 mm"),
    ("trang đầu có số", STATE, REPORT, swap(r"<w:titlePg/>", ""), "trang đầu không được đánh số"),
    ("phông", STATE, REPORT, style("ThanBai", "Times New Roman", "Arial"), "phông Arial, phải là Times New Roman"),
    ("cỡ chữ nội dung", PARTY, REPORT, style("ThanBai", '<w:sz w:val="28"/>', '<w:sz w:val="26"/>'), "cỡ chữ 13, phải từ 14 đến 15"),
    (
        "cỡ chữ một từ",
        STATE,
        REPORT,
        swap(r'(<w:pStyle w:val="ThanBai"/>.*?<w:r>)', r'\1<w:rPr><w:sz w:val="20"/></w:rPr>'),
        "cỡ chữ 10, phải",
    ),
    ("quốc hiệu", STATE, REPORT, text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA"), "Quốc hiệu"),
    ("tiêu ngữ không đậm", STATE, REPORT, style("TieuNgu", "<w:b/>", ""), "Tiêu ngữ «Độc lập - Tự do - Hạnh phúc»: phải là chữ đậm"),
    ("tiêu đề Đảng", PARTY, REPORT, text("ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG CỘNG SẢN"), "Tiêu đề «ĐẢNG CỘNG SẢN»: không đúng mẫu"),
    (
        "tiêu đề Đoàn",
        YOUTH,
        REPORT,
        text("ĐOÀN TNCS HỒ CHÍ MINH", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        "Tiêu đề «ĐẢNG CỘNG SẢN VIỆT NAM»: không đúng mẫu",
    ),
    ("dấu sao", PARTY, REPORT, swap(r"<w:t>\*</w:t>", "<w:t></w:t>"), "dưới tên cơ quan ban hành phải là «*»"),
    ("số kiểu Nhà nước", PARTY, REPORT, swap("(>Số[ \u00a0])([^<]*)", r">Số: \2"), "Số, ký hiệu"),
    ("số kiểu Đảng", STATE, REPORT, swap(">Số:[ \u00a0]", ">Số "), "Số, ký hiệu"),
    ("ngày không nghiêng", STATE, REPORT, style("DiaDanhNgay", "<w:i/>", ""), "Địa danh, ngày tháng"),
    ("năm gạch", PARTY, REPORT, text("<w:t>-----</w:t>", "<w:t>---</w:t>"), "dưới trích yếu phải là «-----»"),
    ("V/v của Đảng", PARTY, LETTER, swap(r'(<w:pStyle w:val="TrichYeuCongVan"/>.*?<w:t[^>]*>)', r"\1V/v "), "Trích yếu công văn «V/v"),
    ("V/v của Nhà nước", STATE, LETTER, swap(r">V/v ", ">"), "Trích yếu công văn"),
    ("căn cứ nghiêng", PROVINCE, "4-quyet-dinh", style("CanCu", "<w:rPr>", "<w:rPr><w:i/>"), "không được là chữ nghiêng"),
    ("căn cứ cuối", PROVINCE, "4-quyet-dinh", swap("Tỉnh.ủy,</w:t>", "Tỉnh ủy;</w:t>"), "Căn cứ"),
    ("T/M của Nhà nước", STATE, REPORT, swap(r">TM\. ", ">T/M "), "Quyền hạn ký «T/M"),
    ("TM. của Đảng", PARTY, REPORT, swap(r">T/M ", ">TM. "), "Thể thức đề ký «TM."),
    ("chức vụ đậm", PARTY, REPORT, style("ChucVu", "<w:rPr>", "<w:rPr><w:b/>"), "Chức vụ người ký"),
    ("nơi nhận", STATE, REPORT, style("NoiNhanNhan", "<w:i/>", ""), "Chữ “Nơi nhận” «Nơi nhận:»: phải là chữ nghiêng"),
    ("nơi nhận gạch chân", PARTY, REPORT, style("NoiNhanNhan", '<w:u w:val="single"/>', ""), "phải là chữ gạch chân"),
    ("dòng lưu", STATE, REPORT, swap(r"Lưu: VT[^<]*", "Lưu Văn phòng."), "Danh sách nơi nhận"),
    ("kết thúc", STATE, REPORT, swap(r"\./\.</w:t>", ".</w:t>", count=0), "phải kết thúc bằng «./.»"),
    ("giãn dòng Đảng", PARTY, REPORT, style("ThanBai", 'w:lineRule="exact"', 'w:lineRule="auto"'), "giãn dòng phải chính xác"),
    ("khoảng cách đoạn", STATE, REPORT, style("ThanBai", 'w:after="120"', 'w:after="0"'), "khoảng cách giữa các đoạn"),
    ("thụt dòng", STATE, REPORT, style("ThanBai", 'w:firstLine="720"', 'w:firstLine="0"'), "thụt dòng đầu 0.0 mm"),
    ("căn đều", STATE, REPORT, style("ThanBai", '<w:jc w:val="both"/>', '<w:jc w:val="left"/>'), "phải căn đều hai bên"),
    ("kiểu lạ", STATE, REPORT, swap(r'<w:pStyle w:val="ThanBai"/>', ""), "không theo kiểu chữ nào"),
    ("hàng đầu của bảng", STATE, SHEET, swap(r"<w:tblHeader/>", "", count=0), "hàng đầu không lặp lại ở trang sau"),
    ("hàng bị ngắt", STATE, SHEET, swap(r"<w:cantSplit/>", "", count=0), "có hàng bị ngắt giữa hai trang"),
    ("biểu đồ bị cắt", PROVINCE, SYNTHESIS, style("BieuDo", 'w:lineRule="auto"', 'w:lineRule="exact"'), "hình bị cắt"),
    ("biểu đồ sai kiểu", PROVINCE, SYNTHESIS, text('"BieuDo"', '"SauBang"'), "phải đứng riêng trong một đoạn kiểu «BieuDo»"),
    ("biểu đồ không tên", PROVINCE, SYNTHESIS, swap("Biểu[ \u00a0]đồ[ \u00a0]1", "Hình 1"), "thiếu tên biểu đồ ở ngay trên"),
    ("hình không có lời", PROVINCE, SYNTHESIS, swap(r'(<wp:docPr[^>]*) descr="[^"]*"', r"\1"), "thiếu chữ thay thế cho hình"),
    ("ô không có đoạn", STATE, SHEET, swap(r"</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"), "tệp Word sai cấu trúc"),
]


@pytest.mark.parametrize(("folder", "stem", "damage", "expected"), [d[1:] for d in DAMAGED_WORD], ids=[d[0] for d in DAMAGED_WORD])
def test_damage_to_a_word_file_is_found(built: Province, folder: str, stem: str, damage: Callable[[PAGES], None], expected: str) -> None:
    with zipfile.ZipFile(built.out / folder / f"{stem}.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    damage(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    found = layout_docx.findings(read(buffer.getvalue()), read_standards(TEMPLATES)[STANDARD[folder]])

    assert [finding for finding in found if expected in finding], found


# --- PDF ---------------------------------------------------------------------------------------------------------------


@cache
def pages_of(path: Path) -> tuple[PdfPage, ...]:
    return tuple(read_pages(path))


def moved(pages: list[PdfPage], number: int, words: str, **by: float) -> list[PdfPage]:
    """The pieces that contain `words` on one page, moved by millimetres."""
    page = pages[number]
    assert any(words in p.text for p in page.pieces), words
    pieces = tuple(
        replace(p, **{side: getattr(p, side) + distance for side, distance in by.items()}) if words in p.text else p for p in page.pieces
    )
    return [replace(page, pieces=pieces) if n == number else p for n, p in enumerate(pages)]


def without(pages: list[PdfPage], number: int, words: str) -> list[PdfPage]:
    page = pages[number]
    kept = tuple(p for p in page.pieces if p.text != words)
    assert len(kept) < len(page.pieces)
    return [replace(page, pieces=kept) if n == number else p for n, p in enumerate(pages)]


def cut_after(pages: list[PdfPage], words: str) -> list[PdfPage]:
    """The page that holds `words` ends with them; what followed goes to the next page."""
    number = next(n for n, page in enumerate(pages) if any(words in p.text for p in page.pieces))
    edge = max(p.bottom for p in pages[number].pieces if words in p.text)
    page = replace(pages[number], pieces=tuple(p for p in pages[number].pieces if p.bottom <= edge))
    rest = replace(pages[number], pieces=tuple(p for p in pages[number].pieces if p.bottom > edge))
    return [*pages[:number], page, rest, *pages[number + 1 :]]


def last(pages: list[PdfPage]) -> int:
    return len(pages) - 1


def picture_page(pages: list[PdfPage]) -> int:
    return next(n for n, page in enumerate(pages) if any(p.text == PICTURE for p in page.pieces))


DAMAGED_PDF = [
    ("thiếu số trang", STATE, REPORT, lambda p, _: without(p, 1, "2"), "trang 2 không có số trang ở đầu trang"),
    ("số trang lệch", STATE, REPORT, lambda p, _: moved(p, 1, "2", left=60, right=60), "số trang không ở giữa"),
    (
        "số ở trang đầu",
        STATE,
        REPORT,
        lambda p, _: [replace(p[0], pieces=(replace(p[1].pieces[0], text="1"), *p[0].pieces)), *p[1:]],
        "trang 1 có số trang",
    ),
    ("chữ ra ngoài lề", STATE, REPORT, lambda p, _: moved(p, 0, "BÁO CÁO", right=120), "trang 1: chữ ra ngoài lề"),
    ("biểu đồ ra ngoài lề", PROVINCE, SYNTHESIS, lambda p, _: moved(p, picture_page(p), PICTURE, right=20), "biểu đồ ra ngoài lề"),
    ("đề mục cuối trang", STATE, REPORT, lambda p, _: cut_after(p, "II. "), "đứng một mình ở cuối trang"),
    ("nơi nhận cuối trang", STATE, REPORT, lambda p, _: cut_after(p, "Nơi nhận:"), "«Nơi nhận» đứng một mình ở cuối trang"),
    ("chỗ ký hẹp", STATE, REPORT, lambda p, name: moved(p, last(p), name, top=-8, bottom=-8), "chỗ ký cao"),
    ("tên sang trang", STATE, REPORT, lambda p, name: without(p, last(p), name), "không thấy họ tên ngay dưới chức vụ"),
    (
        "hàng đầu của bảng",
        STATE,
        SHEET,
        lambda p, _: [p[0], replace(p[1], text=p[1].text.replace("Tiêuchí", "")), *p[2:]],
        "bảng không có hàng đầu",
    ),
]


@pytest.mark.parametrize(("folder", "stem", "damage", "expected"), [d[1:] for d in DAMAGED_PDF], ids=[d[0] for d in DAMAGED_PDF])
def test_damage_to_the_pages_is_found(
    built: Province,
    monkeypatch: pytest.MonkeyPatch,
    folder: str,
    stem: str,
    damage: Callable[[list[PdfPage], str], list[PdfPage]],
    expected: str,
) -> None:
    path = built.out / folder / f"{stem}.docx"
    document, standard = read(path.read_bytes()), read_standards(TEMPLATES)[STANDARD[folder]]
    name = layout_pdf.signatures(document)[0].name
    pages = list(pages_of(path.with_suffix(".pdf")))

    found = layout_pdf.findings(damage(pages, name), document, standard)

    assert [finding for finding in found if expected in finding], found
