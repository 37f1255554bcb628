"""Forms spoiled one way at a time -> the exact line an office user reads, before any document is made; the real forms have none."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.forms.check import check_templates, require_usable
from pipeline.places import TEMPLATES
from pipeline.problems import FormsError

SHEET = "bieu_mau/bieu-tu-cham-diem.docx"
REPORT = "bieu_mau/bao-cao-tong-ket.docx"
LETTER = "bieu_mau/cong-van-xin-y-kien.docx"
STATE = "the_thuc/nha_nuoc.docx"
Change = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES, tmp_path / "mau")
    return tmp_path / "mau"


def rewritten(file: str, old: str, new: str, count: int = 1) -> Change:
    """In the text of one paragraph, as a user would type it in Word."""

    def change(folder: Path) -> None:
        document = Document(str(folder / file))
        left = count
        for paragraph in document.element.body.iter(qn("w:p")):
            runs = list(paragraph.iter(qn("w:t")))
            text = "".join(t.text or "" for t in runs)
            if old in text and left:
                left -= 1
                runs[0].text = text.replace(old, new)
                for other in runs[1:]:
                    other.text = ""
        assert left == 0, f"{old!r} is not in {file}"
        document.save(str(folder / file))

    return change


def part(file: str, name: str, content: str | bytes, old: str = "") -> Change:
    """A part of the zip added, or `old` in it replaced."""

    def change(folder: Path) -> None:
        with zipfile.ZipFile(folder / file) as archive:
            parts = {n: archive.read(n) for n in archive.namelist()}
        data = content.encode() if isinstance(content, str) else content
        if old:
            assert old.encode() in parts[name]
            data = parts[name].replace(old.encode(), data, 1)
        with zipfile.ZipFile(folder / file, "w") as archive:
            for n, value in {**parts, name: data}.items():
                archive.writestr(n, value)

    return change


def written(file: str, data: bytes) -> Change:
    return lambda folder: (folder / file).write_bytes(data) and None


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return buffer.getvalue()


def crowd() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_000):
            archive.writestr(f"word/{number}.xml", b"")
    return buffer.getvalue()


def climbing() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
        archive.writestr("../../tmp/x", b"")
    return buffer.getvalue()


BODY = "word/document.xml"
PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="ThanBai"/></w:pPr>{}</w:p><w:sectPr'
FIELD = '<w:r><w:instrText xml:space="preserve"> DA</w:instrText></w:r><w:r><w:instrText>TE </w:instrText></w:r>'
LINK = '<Relationship Id="rId99" Type="http://x/image" Target="http://127.0.0.1/x.png" TargetMode="External"/></Relationships>'
OUT = "bỏ khỏi tệp rồi lưu lại"

ZOO: list[tuple[str, Change, str]] = [
    (
        "trường viết sai trong bảng",
        rewritten(SHEET, "{{ h.tham_dinh }}", "{{ h.tham_dnh }}"),
        "bieu_mau/bieu-tu-cham-diem.docx, bảng 1, hàng 6, cột 5: lỗi: chương trình không có trường «h.tham_dnh» — có phải ý bạn là {{ h.tham_dinh }}?",
    ),
    (
        "trường viết sai trong đoạn",
        rewritten(REPORT, "{{ tap_the_thuong }}", "{{ tap_the_thong }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 9: lỗi: chương trình không có trường «tap_the_thong» — có phải ý bạn là {{ tap_the_thuong }}?",
    ),
    (
        "trường lạ",
        rewritten(REPORT, "{{ nam }}", "{{ nam }} {{ xyz }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 4: lỗi: chương trình không có trường «xyz» — xem các trường dùng được trong templates_docx/truong.yaml",
    ),
    (
        "kết quả thẩm định trong công văn xin ý kiến",
        rewritten(LETTER, "{{ han_y_kien }}", "{{ han_y_kien }} {{ so_tham_dinh }}"),
        "bieu_mau/cong-van-xin-y-kien.docx, đoạn 4: lỗi: chương trình không có trường «so_tham_dinh» — xem các trường dùng được trong templates_docx/truong.yaml",
    ),
    (
        "bỏ mất trường",
        rewritten(SHEET, "{{ tu_cham.tong }} điểm", "... điểm"),
        "bieu_mau/bieu-tu-cham-diem.docx: lỗi: thiếu trường «tu_cham.tong» (tổng điểm tự chấm) — thêm lại thẻ này; nếu chủ ý bỏ, xóa dòng ấy trong phai_co của biểu mẫu",
    ),
    (
        "bài viết trong dòng",
        rewritten(REPORT, "{{p ton_tai }}", "{{ ton_tai }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 24: lỗi: trường «ton_tai» viết không đúng loại thẻ — viết {{p ton_tai }}",
    ),
    (
        "dòng chữ viết như bài viết",
        rewritten(SHEET, "{{ k.minh_chung }}", "{{p k.minh_chung }}"),
        "bieu_mau/bieu-tu-cham-diem.docx, bảng 3, hàng 3, cột 4: lỗi: trường «k.minh_chung» viết không đúng loại thẻ — viết {{ k.minh_chung }}",
    ),
    (
        "thẻ chưa đóng",
        rewritten(REPORT, "{{ nam }}", "{{ nam }"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 4: lỗi: thẻ mở hoặc đóng dở dang trong «{{ tap_the }} báo cáo tổng kết công tác lãnh đạo, chỉ đạo th» — "
        "viết đủ {{ ... }} hoặc {% ... %} trong một đoạn",
    ),
    (
        "vòng lặp chưa đóng",
        rewritten(REPORT, "{%p endfor %}", ""),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 16: lỗi: thẻ {%p for c in chi_tieu.danh_muc %} chưa có thẻ đóng — thêm {%p endfor %}",
    ),
    (
        "đóng mà không mở",
        rewritten(REPORT, "{%p for c in chi_tieu.danh_muc %}", ""),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 18: lỗi: thẻ {%p endfor %} không có thẻ mở — thêm thẻ for ở trước, hoặc bỏ",
    ),
    (
        "vòng lặp qua hàng thiếu tr",
        rewritten(SHEET, "{%tr for k in dieu_kien %}", "{%p for k in dieu_kien %}"),
        "bieu_mau/bieu-tu-cham-diem.docx, bảng 3, hàng 4, cột 1: lỗi: thẻ {%tr endfor %} không đóng đúng chỗ thẻ {%p for k in dieu_kien %} đã mở "
        "(bảng 3, hàng 2, cột 1) — {% mở và đóng trong một đoạn; {%p trong cùng một ô hoặc cùng ngoài bảng; {%tr ở hai hàng của cùng một bảng",
    ),
    (
        "thừa dấu cách",
        rewritten(SHEET, "{%tr for k in", "{% tr for k in"),
        "bieu_mau/bieu-tu-cham-diem.docx, bảng 3, hàng 2, cột 1: lỗi: thừa dấu cách trong «{% tr for k in dieu_kien %}» — viết liền {%tr",
    ),
    (
        "thẻ chung đoạn với chữ",
        rewritten(REPORT, "{{p ton_tai }}", "Tồn tại: {{p ton_tai }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 24: lỗi: thẻ {{p ton_tai }} đứng chung với chữ khác — để thẻ này riêng một đoạn",
    ),
    (
        "tr ngoài bảng",
        rewritten(REPORT, "{%p endfor %}", "{%tr endfor %}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 18: lỗi: thẻ {%tr endfor %} ở ngoài bảng — dùng {%p thay cho {%tr",
    ),
    (
        "tính toán trong thẻ",
        rewritten(REPORT, "{{ nam }}", "{{ nam|upper }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 4: lỗi: thẻ {{ nam|upper }} dùng cách viết không được phép trong biểu mẫu — "
        "chỉ dùng {{ trường }}, {{p trường }}, {%p for %}, {%tr for %}, {%p if %}, {%tr if %}",
    ),
    (
        "gọi hàm của hệ thống",
        rewritten(REPORT, "{{ nam }}", "{{ lipsum.__globals__['os'].popen('id').read() }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 4: lỗi: thẻ {{ lipsum.__globals__['os'].popen('id').read() }} dùng cách viết không được phép trong biểu mẫu — "
        "chỉ dùng {{ trường }}, {{p trường }}, {%p for %}, {%tr for %}, {%p if %}, {%tr if %}",
    ),
    (
        "thẻ viết sai",
        rewritten(REPORT, "{{ nam }}", "{{ nam nam }}"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 4: lỗi: thẻ viết sai: {{ nam nam }} — "
        "chỉ dùng {{ trường }}, {{p trường }}, {%p for %}, {%tr for %}, {%p if %}, {%tr if %}",
    ),
    (
        "mất khối chữ ký",
        rewritten(REPORT, "[[khoi: chu_ky]]", ""),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: thiếu dòng [[khoi: chu_ky]] — thêm lại dòng này vào đúng chỗ của khối",
    ),
    (
        "khối lạ",
        rewritten(REPORT, "[[khoi: kinh_gui]]", "[[khoi: kinh_gu]]"),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 3: lỗi: khối «kinh_gu» không dùng trong biểu mẫu này — dùng một trong: dau_van_ban, ten_van_ban, kinh_gui, chu_ky",
    ),
    (
        "khối của thể thức mất trường",
        rewritten(STATE, "{{ ky.ho_ten }}", "Nguyễn Văn A"),
        "the_thuc/nha_nuoc.docx, khối chu_ky: lỗi: thiếu trường «ky.ho_ten» (họ tên người ký) — thêm lại thẻ này; nếu chủ ý bỏ, xóa dòng ấy trong phai_co của biểu mẫu",
    ),
    (
        "thiếu tệp",
        lambda folder: (folder / REPORT).unlink(),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: không mở được tệp Word — đặt lại tệp này vào thư mục biểu mẫu",
    ),
    (
        "không phải Word",
        written(REPORT, b"van ban thuong"),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: không phải tệp Word (.docx) — mở bằng Word rồi lưu lại thành .docx",
    ),
    (
        "bom nén",
        written(REPORT, bomb()),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp nén bất thường (1 phần, 60.000.000 byte khi mở) — mở bằng Word rồi lưu lại thành .docx",
    ),
    (
        "quá nhiều phần",
        written(REPORT, crowd()),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp nén bất thường (10.000 phần, 0 byte khi mở) — mở bằng Word rồi lưu lại thành .docx",
    ),
    (
        "đường dẫn trèo ra ngoài",
        written(REPORT, climbing()),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp nén chứa đường dẫn không hợp lệ (../../tmp/x) — mở bằng Word rồi lưu lại thành .docx",
    ),
    (
        "macro",
        part(REPORT, "word/vbaProject.bin", b"x"),
        f"bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word có macro (word/vbaProject.bin) — {OUT}",
    ),
    (
        "ghi chú của người soát",
        part(REPORT, "word/comments.xml", "<x/>"),
        f"bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word có ghi chú của người soát (word/comments.xml) — {OUT}",
    ),
    (
        "theo dõi thay đổi",
        part(REPORT, BODY, PARAGRAPH.format('<w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins>'), "<w:sectPr"),
        f"bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word có theo dõi thay đổi (w:ins) — {OUT}",
    ),
    (
        "trường ngày tự động, tên bị cắt đôi",
        part(REPORT, BODY, PARAGRAPH.format(FIELD), "<w:sectPr"),
        f"bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word có trường tự động DATE — {OUT}",
    ),
    (
        "liên kết ra ngoài",
        part(REPORT, "word/_rels/document.xml.rels", LINK, "</Relationships>"),
        f"bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word có liên kết ra ngoài (http://127.0.0.1/x.png) — {OUT}",
    ),
    (
        "thẻ trong thuộc tính",
        part(REPORT, "docProps/core.xml", "<cp:keywords>{{ nam }}</cp:keywords>", "<cp:keywords/>"),
        f"bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word có thẻ {{{{ ... }}}} trong thuộc tính của tệp (docProps/core.xml) — {OUT}",
    ),
    (
        "XML hỏng",
        part(REPORT, BODY, "<w:p>", "<w:sectPr"),
        "bieu_mau/bao-cao-tong-ket.docx: lỗi: tệp Word bị hỏng",
    ),
    (
        "kiểu chữ lạ",
        part(REPORT, BODY, 'w:val="Heading1"', 'w:val="DeMuc1"'),
        "bieu_mau/bao-cao-tong-ket.docx, đoạn 5: lỗi: kiểu chữ «Heading1» không có trong templates_docx/the_thuc/nha_nuoc.docx — chọn một kiểu chữ có sẵn của thể thức",
    ),
]


def test_the_real_forms_have_no_problem() -> None:
    assert [str(p) for p in check_templates(TEMPLATES)] == []


@pytest.mark.parametrize(("change", "line"), [z[1:] for z in ZOO], ids=[z[0] for z in ZOO])
def test_each_slip_has_its_line(folder: Path, change: Change, line: str) -> None:
    change(folder)
    found = [str(problem) for problem in check_templates(folder)]
    assert any(text.startswith(f"templates_docx/{line}") for text in found), found
    assert len(found) <= 4


def test_every_form_is_checked_before_anything_stops(folder: Path) -> None:
    """Two forms spoiled: both lines, each once."""
    rewritten(REPORT, "{{ nam_sau }}", "{{ nam_toi }}")(folder)
    rewritten(LETTER, "{{ han_y_kien }}", "{{ han_y_kin }}")(folder)
    with pytest.raises(FormsError) as caught:
        require_usable(folder)
    files = [p.place.file.split(",")[0] for p in caught.value.problems]
    assert sorted(set(files)) == ["templates_docx/bieu_mau/bao-cao-tong-ket.docx", "templates_docx/bieu_mau/cong-van-xin-y-kien.docx"]


def test_a_slip_of_the_contract_itself_is_named(folder: Path) -> None:
    """With line and column, like any file a person writes."""
    file = folder / "bieu_mau" / "to-trinh.yaml"
    file.write_text(file.read_text("utf-8").replace("phai_co:", "phai_c:"), "utf-8")
    with pytest.raises(FormsError, match=r"templates_docx/bieu_mau/to-trinh.yaml:\d+:\d+: lỗi: .*phai_c.*phai_co"):
        check_templates(folder)
