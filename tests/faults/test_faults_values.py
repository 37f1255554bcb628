"""Faults 1 to 4, 13 to 15 and 19: values that YAML, Word or a template engine would read as something else. Read from the finished files."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from pathlib import Path

import pikepdf
import pytest
from openpyxl import load_workbook

from pipeline.places import PROVINCE
from tests.end_to_end.reading import docx_text, outline, pdf_pages, squeezed
from tests.faults.bad_input import LONG, LONG_NAME, MARKUP, NAME, OTHER, TAGS, SmallYear
from tests.support import UNIT

pytest_plugins = ("tests.faults.odd_year",)

FILE = f"data/2023/don_vi/{UNIT}.yaml"
ALONE = ("--unit", "25")
REPORT, SHEET, MINUTES = "2-bao-cao-tong-ket", "4-bieu-tu-cham-diem", "5-bien-ban-hoi-nghi"


@functools.cache
def printed(year: SmallYear, stem: str, folder: str = UNIT) -> tuple[str, str]:
    """What Word and PDF say, without white space: a line may end anywhere. Read once: nobody changes the published year."""
    path = year.out / folder / stem
    return tuple(squeezed(text) for text in (docx_text(path.with_suffix(".docx")), "".join(pdf_pages(path.with_suffix(".pdf")))))  # type: ignore[return-value]


def stands(year: SmallYear, stem: str, *wanted: str) -> None:
    for text in printed(year, stem):
        for words in wanted:
            assert squeezed(words) in text, words


def test_case_01_decimal_comma_and_point(published: SmallYear) -> None:
    """`2,75` and `2.75` are the same exact number in results, Word and PDF."""
    rows = json.loads((published.out / "ket_qua.json").read_text("utf-8"))["don_vi"][0]["tu_cham"]["hang"]
    assert rows["A.2.1"]["diem"] == rows["A.2.3"]["diem"] == "2.75"
    assert all(text.count("32,75") == 2 for text in printed(published, SHEET))  # maximum 3, points 2,75


@pytest.mark.parametrize("written", ["1.234", "1,234"])
def test_case_01_thousand_or_decimal(odd: SmallYear, written: str) -> None:
    """Three digits after the mark: 2, and both ways to write what was meant."""
    odd.edit("diem: 2,75", f"diem: {written}")
    assert odd.refused(2, *ALONE) == [f"{FILE}:8:11: lỗi: số «{written}» không rõ là hàng nghìn hay số thập phân — viết 1234 hoặc 1,23"]


def test_case_02_words_that_yaml_takes_for_yes_and_no(published: SmallYear, odd: SmallYear) -> None:
    """`no`, `NO`, `on` are text where text is due; where yes or no is due: 2, told to write co or khong."""
    stands(published, REPORT, "2. Kết quả thực hiện nhiệm vụ trọng tâm no Các chỉ tiêu")
    stands(published, MINUTES, "Địa điểm: on.", "Trần Văn B NO")
    odd.edit("    dat: khong", "    dat: no")
    odd.edit("    bat_kha_khang: khong", "    bat_kha_khang: on")
    (one, _), (two, _) = odd.place("dat: no"), odd.place("bat_kha_khang: on")
    assert odd.refused(2, *ALONE) == [
        f"{FILE}:{one}:10: lỗi: giá trị «no» không có ở đây — có phải ý bạn là «khong»? viết một trong: co, khong, chua_ro",
        f"{FILE}:{two}:20: lỗi: giá trị «on» không có ở đây — viết một trong: co, khong, chua_ro",
    ]


def test_case_03_leading_zeros(published: SmallYear) -> None:
    """A document's number `08`, a telephone number, `010`: every zero arrives in Word and PDF."""
    stands(published, REPORT, "Số: 08/BC-SNV", "010 việc, 1_000 lượt, 1E+400")
    stands(published, SHEET, "0912345678")


def test_case_04_time_of_day(published: SmallYear, odd: SmallYear) -> None:
    """`12:30` is half past twelve, not 750 minutes; 750 is no time: 2."""
    stands(published, MINUTES, "12 giờ 30 phút, ngày 15 tháng 12 năm 2023", "14 giờ 05 phút")
    odd.edit("gio: 12:30", "gio: 750")
    number, column = odd.place("750")
    assert odd.refused(2, *ALONE) == [f'{FILE}:{number}:{column}: lỗi: giờ «750» viết không đúng — viết giờ:phút, ví dụ "08:00"']


def test_case_13_markup_is_text(published: SmallYear) -> None:
    """`A & B < C > "D"`, entities and ends of elements: as written in body and table of Word and PDF, and in the council's sheet with both scores."""
    stands(published, REPORT, MARKUP)
    stands(published, SHEET, MARKUP)
    stands(published, MINUTES, NAME)
    for text in printed(published, f"7-bieu-tham-dinh/{UNIT}", PROVINCE):
        assert squeezed(MARKUP) in text


def test_case_13_name_in_titles_and_outlines(published: SmallYear) -> None:
    """The unit's name in properties, covers, outline of the year, workbook, results, the page for a browser: nowhere escaped once too often or too rarely."""
    folder = published.out / UNIT
    title = f"Báo cáo tổng kết công tác lãnh đạo, chỉ đạo thực hiện nhiệm vụ năm 2023 - {NAME}"
    with pikepdf.open(folder / f"{REPORT}.pdf") as pdf:
        assert str(pdf.docinfo.Title) == pdf.open_metadata()["dc:title"] == title
    assert NAME in pdf_pages(folder / "ho-so.pdf")[0]
    assert any(
        re.sub(r"\s", " ", line).startswith(f"25. {NAME}") or NAME in re.sub(r"\s", " ", line)
        for line in outline(published.out / PROVINCE / "toan-tap.pdf")
    )
    cells = [
        c for sheet in load_workbook(published.out / PROVINCE / "tong-hop.xlsx") for row in sheet.iter_rows(values_only=True) for c in row
    ]
    assert NAME in cells
    assert json.loads((published.out / "ket_qua.json").read_text("utf-8"))["don_vi"][0]["ten"] == NAME
    page = (published.out / "index.html").read_text("utf-8")
    assert "R&D" not in page and "R&amp;D" in page and "&amp;amp;" not in page and "< 5 >" not in page
    for path in sorted(published.out.rglob("*.docx")):
        assert not re.search(r"R&amp;D|&amp;amp;|&quot;", docx_text(path)), path


def test_case_14_tags_in_data_are_text(published: SmallYear) -> None:
    """`{{ x }}`, `{% raw %}`, `{# y #}`, `{_{ z }_}` in body and table: printed unchanged, nothing carried out."""
    stands(published, REPORT, TAGS)
    stands(published, SHEET, TAGS)


def test_long_values_come_out_whole(published: SmallYear) -> None:
    """3,000 words in one paragraph, a name of 200 characters: every word in its order, Word and PDF."""
    words, pages = docx_text(published.out / UNIT / f"{REPORT}.docx"), pdf_pages(published.out / UNIT / f"{REPORT}.pdf")
    assert LONG in words
    assert [word for word in "".join(pages).split() if word.startswith("từ") and word[2:].isdigit()] == LONG.split()
    for text in printed(published, MINUTES, OTHER):
        assert squeezed(LONG_NAME) in text.replace("\xad", "")


def test_case_15_paragraphs(published: SmallYear) -> None:
    """After `|` every line is a paragraph of its own, blank lines only separate (contract.md, "How values are read")."""
    lines = docx_text(published.out / UNIT / f"{REPORT}.docx").replace("\xa0", " ").split("\n")
    first = lines.index(MARKUP)
    assert lines[first : first + 4] == [MARKUP, TAGS, "Dòng thứ ba của cùng một mục", "010 việc, 1_000 lượt, 1E+400"]


def test_case_15_no_layout_from_data(odd: SmallYear) -> None:
    r"""`\a` and `\f`, which the engine takes for a paragraph and a page break, and values that would lose their paragraphs: 2 at each line."""
    lost = "giá trị kéo dài nhiều dòng sẽ bị nối thành một dòng, mất các đoạn văn — viết dấu | sau dấu hai chấm rồi xuống dòng, lùi vào hai dấu cách"
    slips = {
        "viec_moi_sang_tao": ('"a\\ab"', "ký tự không in được (U+0007) — xóa ký tự này và gõ lại"),
        "linh_vuc_noi_troi": ('"a\\fb"', "ký tự không in được (U+000C) — xóa ký tự này và gõ lại"),
        "ton_tai": ('"a\n    b"', lost),
        "dac_diem_tinh_hinh": ("a\n    b", lost),
        "uu_diem": (">\n    a\n    b", "dùng dấu > làm mất các đoạn văn — thay dấu > bằng dấu |"),
    }
    for key, (value, _) in slips.items():
        odd.edit(
            f'  {key}: "Nội dung"' if key != "uu_diem" else "  uu_diem: |\n    Tập thể đã:\n",
            f"  {key}: {value}" + "\n" * (key == "uu_diem"),
        )
    places = {key: odd.place(f"  {key}: ")[0] for key in slips}
    slips = dict(sorted(slips.items(), key=lambda slip: places[slip[0]]))
    assert odd.refused(2, *ALONE) == [f"{FILE}:{places[key]}:{len(key) + 5}: lỗi: {what}" for key, (_, what) in slips.items()]


def test_case_19_impossible_numbers(odd: SmallYear) -> None:
    """Above the maximum, NaN, infinite, negative, sums that differ from their parts: 2, every one at once, nothing rendered."""
    no_number = "không phải là số — viết số không âm, ví dụ 9,5"
    slips = [
        ("    diem: 2,75", "    diem: .nan", f"«.nan» {no_number}"),
        ("    diem: 2.75", "    diem: .inf", f"«.inf» {no_number}"),
        ("    thuc_hien: 33", "    thuc_hien: -1", f"«-1» {no_number}"),
    ]
    for old, new, _ in slips:
        odd.edit(old, new)
    told = odd.refused(2, *ALONE)
    assert told == [f"{FILE}:{odd.place(new)[0]}:{new.index(': ') + 3}: lỗi: {what}" for _, new, what in slips]


def test_case_19_above_the_maximum(odd: SmallYear) -> None:
    """More points than the row has, each in its own way of writing: 2, with the place in the regulation, nothing rendered."""
    odd.edit("    diem: 2,75", "    diem: 9,5")
    odd.edit("    diem: 2.75", "    diem: 3.01")
    most = "quá điểm tối đa 3 (Phụ lục, mục A, tiêu chí 2, gạch đầu dòng {}) — viết số không quá 3"
    assert odd.refused(2, *ALONE) == [
        f"{FILE}:8:11: lỗi: hàng A.2.1 chấm 9,5 điểm, {most.format(1)}",
        f"{FILE}:{odd.place('diem: 3.01')[0]}:11: lỗi: hàng A.2.3 chấm 3,01 điểm, {most.format(3)}",
    ]


def test_case_19_sums(odd: SmallYear) -> None:
    """Numbers that contradict each other: 2, every one at once, nothing rendered."""
    slips = [
        ("    hoan_thanh: 9", "    hoan_thanh: 11", "hoàn thành 11 chỉ tiêu mà chỉ được giao 10 (dòng {giao}) — sửa giao hoặc hoan_thanh"),
        ("    chu_yeu_dat: 1", "    chu_yeu_dat: 3", "đạt 3 chỉ tiêu chủ yếu mà chỉ có 1 (dòng {chu_yeu}) — sửa chu_yeu hoặc chu_yeu_dat"),
        (
            "    tot: 2\n",
            "    tot: 3\n",
            "tổng số phiếu các mức là 3, khác số phiếu hợp lệ 2 (dòng {hop_le}) — sửa số phiếu các mức hoặc hop_le",
        ),
        (
            "      tot: 4\n",
            "      tot: 5\n",
            "tổng số cá nhân ở các mức là 6, khác so_ca_nhan 5 (dòng {so_ca_nhan}) — sửa số cá nhân của các mức hoặc so_ca_nhan",
        ),
    ]
    for old, new, _ in slips:
        odd.edit(old, new)
    lines = {key: odd.place(f"  {key}: ")[0] for key in ("giao", "chu_yeu", "hop_le", "so_ca_nhan")}
    told = odd.refused(2, *ALONE)
    assert [line.split(": lỗi: ")[1] for line in told] == [what.format(**lines) for _, _, what in slips]
    assert all(re.fullmatch(rf"{FILE}:\d+:\d+: lỗi: .*", line) for line in told)
    assert unicodedata.is_normalized("NFC", "".join(told)) and Path(FILE).name in told[0]
