"""What a unit's documents say against its file: one changed figure, name, level or date is told with document, page and both values."""

from __future__ import annotations

import pytest

from pipeline.signoff.finished import texts
from tests.audit.cases import Case
from tests.audit.small import edit_word

SHEET, MINUTES, REPORT, REVIEW, PROMISE, SUMMARY = (
    "4-bieu-tu-cham-diem",
    "5-bien-ban-hoi-nghi",
    "3-bao-cao-kiem-diem-tap-the",
    "1-bao-cao-chi-dao-kiem-diem",
    "6-dang-ky-xep-loai-nam-sau",
    "2-bao-cao-tong-ket",
)

WORD_FAULTS = [
    (SHEET, "89,60 điểm", "98,60 điểm", "«Tổng điểm tự chấm: ... điểm» ghi «98,60», dữ liệu là «89,60»"),
    (REPORT, "89,60 điểm", "89,06 điểm", "«Căn cứ kết quả tự chấm điểm đạt ... điểm» ghi «89,06», dữ liệu là «89,60»"),
    (REPORT, "mục C: 9,90", "mục C: 9,09", "«mục C: ... điểm» ghi «9,09», dữ liệu là «9,90»"),
    (MINUTES, "triệu tập 14", "triệu tập 15", "«Thành phần tham dự: triệu tập ... người» ghi «15», dữ liệu là «14»"),
    (MINUTES, "thu về: 03", "thu về: 02", "«thu về: ... phiếu» ghi «02», dữ liệu là «03»"),
    (MINUTES, "đồng chí Đào Quang D", "đồng chí Đào Quang Đ", "«Chủ trì: đồng chí ...» ghi «Đ», dữ liệu là «Đào Quang D»"),
    (MINUTES, "phút, ngày 12 tháng 12", "phút, ngày 13 tháng 12", "«phút, ....» ghi «ngày 13 tháng 12 năm 2023», dữ liệu là «12/12/2023»"),
    (REVIEW, "Số: 202/BC", "Số: 220/BC", "«Số: .../BC-BDT» ghi «220», dữ liệu là «202»"),
    (PROMISE, "Số: 409/BDT", "Số: 408/BDT", "«Số: .../BDT-VP» ghi «408», dữ liệu là «409»"),
    (SUMMARY, "(92%)", "(93%)", "«chỉ tiêu, nhiệm vụ (...), trong đó đạt» ghi «93%», dữ liệu là «92%»"),
    (REVIEW, "77,27%", "77,72%", "ghi «77,72%», dữ liệu là «77,27%»"),
    (MINUTES, ">100%<", ">10%<", "ghi «10%», dữ liệu là «100%»"),
    (SHEET, "phẩy sáu điểm", "phẩy chín điểm", "ghi «Tám mươi chín phẩy chín điểm», dữ liệu là «Tám mươi chín phẩy sáu điểm»"),
    (SHEET, "TRƯỞNG BAN", "PHÓ VĂN PHÒNG", "không thấy «TRƯỞNG BAN Đào Quang D»"),
    (MINUTES, "bắt đầu: 08 giờ", "bắt đầu: 09 giờ", "«Thời gian bắt đầu: ... phút» ghi «09 giờ 00», dữ liệu là «08 giờ 00»"),
    (MINUTES, "kết thúc vào 11 giờ", "kết thúc vào 12 giờ", "«Hội nghị kết thúc vào ... phút» ghi «12 giờ 30», dữ liệu là «11 giờ 30»"),
    (MINUTES, "vắng 01", "vắng 02", "«người; vắng ... người» ghi «02», dữ liệu là «01»"),
    (
        MINUTES,
        "Lương Ngọc M",
        "Lương Ngọc N",
        "không đọc được «Lương Ngọc M (đi công tác tại xã Vân Sơn, huyện Sơn Động về giải quyết hỗ trợ sau mưa lũ)»",
    ),
    (
        MINUTES,
        "Phòng họp tầng 4",
        "Phòng họp tầng 5",
        "dữ liệu là «Phòng họp tầng 4, trụ sở liên cơ quan, nơi làm việc của Ban Dân tộc tỉnh»",
    ),
    (
        REVIEW,
        "Ngô Quang H",
        "Ngô Quang K",
        "hàng «2 | Ngô Quang K | Phó Trưởng ban, Phó Bí thư Chi bộ» ghi «Ngô Quang K», dữ liệu là «Ngô Quang H»",
    ),
    (
        PROMISE,
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành xuất sắc nhiệm vụ",
        "«Mức đăng ký năm 2024: ...» ghi «Hoàn thành xuất sắc nhiệm vụ», dữ liệu là «Hoàn thành tốt nhiệm vụ»",
    ),
]


@pytest.mark.parametrize(("stem", "old", "new", "said"), WORD_FAULTS)
def test_a_changed_word_file(unit: Case, stem: str, old: str, new: str, said: str) -> None:
    edit_word(unit.word(stem), old, new)
    assert any(line.startswith(f"{stem}.docx") and line.endswith(said) for line in unit.found_in(stem)), unit.found()


def test_a_changed_page_is_named(unit: Case) -> None:
    """The pages are read, not trusted: the Word file beside them is right."""
    unit.redraw(SHEET, "Tổng điểm tự chấm: 89,60", "Tổng điểm tự chấm: 98,60")
    page = next(number for number, text in enumerate(texts(unit.pdf(SHEET)), 1) if "98,60" in text)
    said = "«Tổng điểm tự chấm: ... điểm» ghi «98,60», dữ liệu là «89,60»"
    assert page > 1 and f"{SHEET}.pdf, trang {page}: {said}" in unit.found_in(f"{SHEET}.pdf")
    assert unit.found_in(f"{SHEET}.docx") == []


def test_a_row_missing_from_the_page(unit: Case) -> None:
    unit.redraw(REVIEW, "3 Lý Đức X Phó Trưởng ban Hoàn thành tốt nhiệm vụ", "3 Lý Đức X Phó Trưởng ban Hoàn thành nhiệm vụ")
    said = "không có hàng «3 | Lý Đức X | Phó Trưởng ban | Hoàn thành tốt nhiệm vụ» như trong tệp Word"
    assert [line.split(": ", 1)[1] for line in unit.found_in(f"{REVIEW}.pdf")] == [said]


def test_a_form_that_lost_a_fact(unit: Case) -> None:
    """The table of facts lists it for that form: its absence is a finding too."""
    edit_word(unit.word(PROMISE), "Mức đăng ký năm 2024: ", "Mức đăng ký: ")
    assert unit.found_in(PROMISE)[0].endswith("không đọc được «Mức đăng ký năm 2024: ...» với dữ kiện «Hoàn thành tốt nhiệm vụ»")


def test_another_units_letterhead(unit: Case) -> None:
    edit_word(unit.word(REPORT), "BAN DÂN TỘC", "BAN PHÁP CHẾ", count=9)
    assert f"{REPORT}.docx: không thấy «BAN DÂN TỘC»" in unit.found_in(REPORT)


def test_a_tick_at_another_level(unit: Case) -> None:
    edit_word(unit.word(REPORT), ">x<", "><", count=9)
    assert any("dữ liệu là «x»" in line for line in unit.found_in(f"{REPORT}.docx"))
