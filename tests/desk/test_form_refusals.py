"""What a form may not bring: each fault is told with its cell and what to write, all at once, and the file stays as it was."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.desk import importing
from pipeline.desk.form_book import Form, Identity, form_of
from pipeline.desk.form_writer import write_form
from pipeline.desk.importing import prepare_import
from pipeline.problems import DataError
from tests.desk.form_files import CREATED, Desk, desk, form_bytes, year
from tests.support import law

ROW, REASON = ("cham_diem", "A.1.2"), ("cham_diem", "A.1.2", "ly_do")
SCORED = {REASON: "Lý do"}


@pytest.fixture(autouse=True)
def _law_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LawBook", law)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk(tmp_path_factory.mktemp("bieu"), 25)


def refusal(found: Desk) -> list[str]:
    """The lines, without the folder; nothing is written."""
    before = found.file.read_bytes()
    with pytest.raises(DataError) as error:
        found.take()
    assert found.file.read_bytes() == before
    folder = f"{found.form.parent.as_posix()}/"
    return [str(p).replace(folder, "") for p in error.value.problems]


CELLS: list[tuple[dict[Any, Any], list[str]]] = [
    (
        {(*ROW, "ty_le"): (95,)},
        ["bieu.xlsx:Chấm điểm!F7: lỗi: tỷ lệ 9500% lớn hơn 100% — vượt kế hoạch cũng chỉ ghi 100%; 95 phần trăm thì gõ 95%"],
    ),
    (
        {(*ROW, "ty_le"): (0.95123,), **SCORED},
        ["bieu.xlsx:Chấm điểm!F7: lỗi: số 95,123 có quá hai chữ số thập phân — làm tròn đến hai chữ số thập phân rồi gõ lại"],
    ),
    ({(*ROW, "ty_le"): ("95",)}, ["bieu.xlsx:Chấm điểm!F7: lỗi: tỷ lệ «95» thiếu dấu % — viết 95%"]),
    (
        {(*ROW, "cach"): "diem", (*ROW, "ty_le"): "", (*ROW, "diem"): (5.499999999,)},
        ["bieu.xlsx:Chấm điểm!G7: lỗi: số 5,499999999 có quá hai chữ số thập phân — làm tròn đến hai chữ số thập phân rồi gõ lại"],
    ),
    (
        {(*ROW, "cach"): "diem", (*ROW, "ty_le"): "", (*ROW, "diem"): (5.5,), **SCORED},
        [
            "bieu.xlsx:Chấm điểm!G7: lỗi: hàng A.1.2 chấm 5,5 điểm, quá điểm tối đa 5 (Phụ lục, mục A, tiêu chí 1, gạch đầu dòng 2) — viết số không quá 5"
        ],
    ),
    (
        {(*ROW, "cach"): "diem"},
        ["bieu.xlsx:Chấm điểm!F7: lỗi: hàng A.1.2 chọn cách chấm «Điểm» mà ô này còn ghi 100% — xóa ô này, hoặc chọn lại cách chấm"],
    ),
    (
        {(*ROW, "cach"): (None,), (*ROW, "diem"): (4,)},
        ["bieu.xlsx:Chấm điểm!E7: lỗi: hàng A.1.2 chưa chọn cách chấm mà ghi nhiều cách — chọn một cách, xóa ô của cách khác"],
    ),
    (
        {(*ROW, "cach"): ("Ước lượng",)},
        [
            "bieu.xlsx:Chấm điểm!E7: lỗi: giá trị «Ước lượng» không có trong danh sách chọn — chọn một trong: Tỷ lệ; Điểm; Kế hoạch/kết quả; Không áp dụng"
        ],
    ),
    (
        {(*ROW, "cach"): "ke_hoach", (*ROW, "ty_le"): "", (*ROW, "ke_hoach"): (0,), (*ROW, "thuc_hien"): (3,)},
        ["bieu.xlsx:Chấm điểm!H7: lỗi: kế hoạch bằng 0 thì không tính được tỷ lệ — ghi ty_le: ...% kèm ly_do"],
    ),
    (
        {("thanh_vien", "0", "ho_ten"): ("=A4",)},
        ["bieu.xlsx:Thành viên!A3: lỗi: ô có công thức — chép ô, dán lại dạng giá trị (Dán đặc biệt, Giá trị)"],
    ),
    ({("hoi_nghi", "ngay"): (45271,)}, ["bieu.xlsx:Hội nghị!B3: lỗi: ô này không nhận số 45271 — gõ ngày/tháng/năm, ví dụ 05/01/2024"]),
    (
        {("hoi_nghi", "ngay"): ("32/12/2023",)},
        ["bieu.xlsx:Hội nghị!B3: lỗi: không có ngày «32/12/2023» — viết ngày/tháng/năm, ví dụ 05/01/2024"],
    ),
    (
        {("hoi_nghi", "dia_diem"): (dt.datetime(2023, 4, 3),)},
        [
            "bieu.xlsx:Hội nghị!B6: lỗi: Excel đã đổi nội dung của ô thành ngày, giờ (2023-04-03 00:00:00)"
            " — đặt lại định dạng ô là Văn bản (Text) rồi gõ lại"
        ],
    ),
    ({("hoi_nghi", "co_mat"): (True,)}, ["bieu.xlsx:Hội nghị!B11: lỗi: ô có giá trị «True» của Excel — xóa ô và gõ lại"]),
    (
        {("hoi_nghi", "co_mat"): ("11 người",)},
        ["bieu.xlsx:Hội nghị!B11: lỗi: «11 người» không phải là số đếm — viết số nguyên không âm, ví dụ 12"],
    ),
    ({("hoi_nghi", "dia_diem"): ("Phòng\u200b họp",)}, ["bieu.xlsx:Hội nghị!B6: lỗi: ký tự ẩn (U+200B) — xóa chỗ này và gõ lại"]),
    (
        {("hoi_nghi", "dia_diem"): ("Ph?ng h?p t?ng 3",)},
        ["bieu.xlsx:Hội nghị!B6: lỗi: chữ có dấu đã bị thay bằng dấu hỏi — xóa chỗ này và gõ lại"],
    ),
    ({("ky_luat", "?"): "co"}, ["bieu.xlsx:Kỷ luật!B2: lỗi: chọn «Có» mà phía dưới chưa ghi mục nào — ghi từng mục, hoặc chọn «Không có»"]),
    (
        {("hoi_nghi", "vang", "?"): "khong"},
        ["bieu.xlsx:Hội nghị!B21: lỗi: chọn «Không có» mà phía dưới ghi 1 mục — chọn «Có», hoặc xóa các mục đó"],
    ),
    (
        {("thanh_vien", "1", "dung_dau"): "co"},
        ["bieu.xlsx:Thành viên!C4: lỗi: có hai người đứng đầu (người thứ nhất ở ô Thành viên!C3) — chỉ để dung_dau: co ở một người"],
    ),
    (
        {("khuyet_diem", "chi_tieu", "hoan_thanh"): (26,), ("khuyet_diem", "chi_tieu", "giao"): (25,), ("hoi_nghi", "gio"): ("tám giờ",)},
        ['bieu.xlsx:Hội nghị!B4: lỗi: giờ «tám giờ» viết không đúng — viết giờ:phút, ví dụ "08:00"'],
    ),
]


@pytest.mark.parametrize(("values", "lines"), CELLS, ids=[str(number) for number in range(len(CELLS))])
def test_cells(values: dict[Any, Any], lines: list[str], found: Desk) -> None:
    """Exactly these lines."""
    found.fill(values)
    assert refusal(found) == lines


def test_all_at_once(found: Desk) -> None:
    """Every cell that cannot be read, in the order of the pages."""
    found.fill({("tu_nhan",): ("giỏi",), (*ROW, "ty_le"): (95,), ("hoi_nghi", "gio"): ("25:00",)})
    assert [line.split(":")[1] for line in refusal(found)] == ["Chấm điểm!F7", "Thành viên!B14", "Hội nghị!B4"]


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def added(data: bytes, name: str, content: bytes = b"x") -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a workbook": (lambda: b"PK nothing", "không phải tệp Excel (.xlsx)"),
    "macro": (lambda: added(form_bytes(25), "xl/vbaProject.bin"), "tệp có macro (xl/vbaProject.bin)"),
    "links": (lambda: added(form_bytes(25), "xl/externalLinks/externalLink1.xml"), "tệp có liên kết tới tệp khác"),
    "bomb": (lambda: added(form_bytes(25), "xl/media/a.bin", bytes(60_000_000)), "tệp nén bất thường"),
    "entities": (lambda: added(form_bytes(25), "xl/a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "tệp có khai báo XML lạ (xl/a.xml)"),
    "another workbook": (lambda: edited(form_bytes(25), lambda b: b.remove(b["khoa"])), "không phải biểu nhập liệu do chương trình lập"),
    "a page less": (lambda: edited(form_bytes(25), lambda b: b.remove(b["Hội nghị"])), "biểu thiếu trang «Hội nghị»"),
    "map changed": (lambda: edited(form_bytes(25), lambda b: b["khoa"].cell(9, 6, "khác")), "phần ẩn của biểu đã bị sửa"),
    "other version": (
        lambda: edited(form_bytes(25), lambda b: b["khoa"].cell(1, 2, "0")),
        "biểu thuộc phiên bản 0, chương trình đọc phiên bản 1",
    ),
    "row inserted": (lambda: edited(form_bytes(25), lambda b: b["Chấm điểm"].insert_rows(7)), "ô này phải là «A.1.2» nhưng đang là «»"),
    "columns changed over": (
        lambda: edited(form_bytes(25), lambda b: b["Chấm điểm"].cell(3, 6, "Điểm")),
        "ô này phải là «Tỷ lệ (%)» nhưng đang là «Điểm»",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, found: Desk) -> None:
    """What is no form of ours, or no longer one, is said to be so."""
    make, what = FILES[name]
    found.form.write_bytes(make())
    lines = refusal(found)
    assert what in lines[0] and lines[0].startswith("bieu.xlsx")


def of_identity(change: dict[str, Any]) -> Form:
    files = year().units["so-noi-vu"]
    assert files.submission.value is not None
    made = form_of(year().regulation, files.unit, 2023, files.submission.value)
    return Form(Identity(**{**made.identity.__dict__, **change}), made.sheets, made.texts)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"unit": "so-khong-co"}, "không có đơn vị «so-khong-co»"),
        ({"year": 2022}, "chưa có dữ liệu năm 2022"),
        ({"regulation": "100-QD"}, "biểu theo quy định 100-QD, năm 2023 áp dụng 453-QD-TU-2022"),
    ],
)
def test_forms_of_something_else(change: dict[str, Any], what: str, found: Desk) -> None:
    """Another unit, year or regulation."""
    found.form.write_bytes(write_form(of_identity(change), year().regulation, CREATED))
    assert what in refusal(found)[0]


def test_options_against_the_form(found: Desk) -> None:
    """--year and --unit must be the form's own."""
    found.form.write_bytes(form_bytes(25))
    for year_, unit, what in (
        (2024, "", "biểu của năm 2023, không phải năm 2024"),
        (None, "26", "biểu của Sở Nội vụ (số 25), không phải của «26»"),
    ):
        with pytest.raises(DataError, match="bieu.xlsx") as error:
            prepare_import(found.form, found.places, year_, unit)
        assert what in str(error.value)
    assert prepare_import(found.form, found.places, 2023, "so-noi-vu").changes == ()


def test_conflicts(tmp_path: Path) -> None:
    """Changed in the form and, otherwise, in the file since: nothing is taken over; changed alike or elsewhere is no conflict."""
    found = desk(tmp_path, 25)
    text = found.file.read_text("utf-8")
    found.file.write_text(
        text.replace("  A.1.2: 100%", '  A.1.2:\n    ty_le: 90%\n    ly_do: "Cũ"').replace("trieu_tap: 12", "trieu_tap: 13"), "utf-8"
    )
    found.fill({(*ROW, "ty_le"): "80%", REASON: "Mới", ("hoi_nghi", "trieu_tap"): "13", ("hoi_nghi", "dia_diem"): "Phòng họp mới"})
    assert refusal(found) == [
        f"bieu.xlsx:Chấm điểm!E7: lỗi: biểu và tệp {found.file.as_posix().replace(found.form.parent.as_posix() + '/', '')} đều đã sửa mục này khác nhau"
        " kể từ khi lập biểu: cham_diem.A.1.2: {ty_le: «90%»; ly_do: «Cũ»} → {ty_le: «80%»; ly_do: «Mới»}"
        " — thống nhất một giá trị ở cả biểu và tệp rồi nhập lại"
    ]
    found.fill({("hoi_nghi", "trieu_tap"): "13", ("hoi_nghi", "dia_diem"): "Phòng họp mới"})
    assert found.take().changes == ("hoi_nghi.dia_diem: «Phòng họp tầng 3, trụ sở Sở Nội vụ, thành phố Bắc Giang» → «Phòng họp mới»",)
    found.write()
    assert '    ly_do: "Cũ"' in found.file.read_text("utf-8")


def test_a_file_changed_meanwhile(tmp_path: Path) -> None:
    """Between showing the differences and writing, somebody saved the file."""
    found = desk(tmp_path, 25)
    found.fill({("dang_ky_nam_sau",): "tot"})
    taken = found.take()
    found.file.write_text(found.file.read_text("utf-8") + "# thêm\n", "utf-8")
    assert not taken.file.write(taken.kept)
    assert found.file.read_text("utf-8").endswith("# thêm\n") and not taken.kept.exists()


def test_old_faults_do_not_stop(tmp_path: Path) -> None:
    """A file with an error takes a form that does not add another; what is left is told."""
    found = desk(tmp_path, 25)
    found.file.write_text(found.file.read_text("utf-8").replace("co_mat: 11", "co_mat: 13"), "utf-8")
    found.fill({("dang_ky_nam_sau",): "tot"})
    before = [str(p) for p in found.take().after]
    assert any("lỗi" in line for line in before)
    found.write()
    assert "dang_ky_nam_sau: tot" in found.file.read_text("utf-8")


def test_spoilt_files(found: Desk) -> None:
    """Whatever happens to the bytes or to the XML within: a message of ours, or a form that reads as before."""
    luck = random.Random(25)
    for number in range(40):
        found.form.write_bytes(spoilt(form_bytes(25), luck, inside=number % 2 == 1))
        try:
            found.take()
        except DataError as error:
            assert all(str(p).startswith(found.form.as_posix()) for p in error.problems)


def spoilt(data: bytes, luck: random.Random, inside: bool) -> bytes:
    """A few bytes changed, in the file or in one of its parts."""
    if not inside:
        return hurt(data, luck)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        chosen = luck.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, hurt(content, luck) if name == chosen else content)
    return buffer.getvalue()


def hurt(data: bytes, luck: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(luck.randrange(1, 6)):
        found[luck.randrange(len(found))] = luck.randrange(256)
    return bytes(found[: luck.randrange(len(found))] if luck.random() < 0.1 else found)
