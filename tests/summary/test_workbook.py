"""tong-hop.xlsx: every cell is what ket_qua.json and the clerks' files say, formulas give what is stored beside them, print and panes are set up."""

from __future__ import annotations

import datetime as dt
import functools
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from pipeline.__main__ import main
from pipeline.assessing import YearResult
from pipeline.audit.summary_file import Against, summary_findings
from pipeline.explaining import explain_year, results
from pipeline.places import PROJECT, Places
from pipeline.rendering.province_view import province_view
from pipeline.summary.book import put
from pipeline.summary.workbook import workbook
from tests.end_to_end.province import small_data
from tests.support import assess

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE, QUOTA, COUNTS = "Tổng hợp", "Hạn mức", "Mức theo nhóm"
HEADS = 5
FORMULA = re.compile(
    r"""=COUNTIFS\(Nhom,\$A(?P<group>\d+),(?P<column>\w+),(?P<level>[A-Z])\$(?P<head>\d+)\)
      | =COUNTIF\((?P<one>\w+),(?:"(?P<word>[^"]+)"|\$A(?P<at>\d+))\)
      | =(?P<whole>[A-Z]\d+)-SUM\((?P<known>[A-Z]\d+:[A-Z]\d+)\)
      | =SUM\((?P<sum>[A-Z]\d+:[A-Z]\d+)\)
      | =ROUND\((?P<part>[A-Z]\d+)/(?P<of>\$[A-Z]\$\d+)\*100,2\)
      | =IF\(OR\((?P<own>[A-Z]+\d+)="",(?P<appraised>[A-Z]+\d+)=""\),"",ROUND\((?P=appraised)-(?P=own),2\)\)""",
    re.VERBOSE,
)


class Made:
    """A workbook, the results it shows, both ways of reading it."""

    def __init__(self, result: YearResult, draft: bool = False) -> None:
        explanations = explain_year(result)
        self.view = province_view(result.files, result.assessments, result.quota, explanations)
        self.told = results(result, explanations)
        self.data = workbook(self.view, draft)
        self.against = Against(self.told, result.files.register, result.files.regulation, draft)
        self.formulas = load_workbook(io.BytesIO(self.data))
        self.values = load_workbook(io.BytesIO(self.data), data_only=True)

    def findings(self, data: bytes | None = None) -> list[str]:
        return [str(finding) for finding in summary_findings(data or self.data, "tinh/tong-hop.xlsx", self.against)]

    def row(self, number: int) -> dict[str, Any]:
        """Head -> value of one unit; of heads that several groups have, the first."""
        sheet = self.values[TABLE]
        found: dict[str, Any] = {}
        for cell in next(r for r in sheet.iter_rows(min_row=HEADS + 1) if r[0].value == number):
            found.setdefault(str(sheet.cell(HEADS, cell.column).value), cell.value)
        return found


@functools.cache
def sample() -> Made:
    """The sample year."""
    return Made(assess(Places(PROJECT / "data", PROJECT / "build", 2023)))


def small(tmp_path: Path, change: Callable[[Path], None], draft: bool = False) -> Made:
    """Three units, after a change of their files."""
    small_data(tmp_path / "data")
    change(tmp_path / "data")
    return Made(assess(Places(tmp_path / "data", tmp_path / "build", 2023)), draft)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r}: {text.count(old)}"
    path.write_text(text.replace(old, new), "utf-8")


def cells(data: bytes, sheet: int) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        root = etree.fromstring(packed.read(f"xl/worksheets/sheet{sheet}.xml"))
    return {str(cell.get("r")): cell for cell in root.iter(f"{MAIN}c")}


def repacked(data: bytes, name: str, old: str, new: str) -> bytes:
    """The workbook with one thing changed in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            if part == name:
                assert text.decode().count(old) == 1, (old, text.decode().count(old))
                text = text.decode().replace(old, new).encode()
            target.writestr(part, text)
    return buffer.getvalue()


# --- the sample year ----------------------------------------------------------------------------------------------------


def test_every_unit_reads_as_the_results() -> None:
    """By the audit that each build runs."""
    made = sample()
    assert made.findings() == []
    assert [cell.value for cell in made.values[TABLE]["A"][HEADS:]] == list(range(1, 57))


def test_points_stand_in_the_file_digit_by_digit() -> None:
    """The text in the XML is that of ket_qua.json, not a binary number near it."""
    made, sheet = sample(), sample().values[TABLE]
    written = cells(made.data, 1)
    columns = {(i, str(sheet.cell(HEADS, i).value)) for i in range(4, 12)}
    for row, entry in enumerate(made.told["don_vi"], HEADS + 1):
        for scored, offset in (("tu_cham", 4), ("tham_dinh", 8)):
            said = [written[sheet.cell(row, offset + i).coordinate].findtext(f"{MAIN}v") for i in range(4)]
            assert said == [entry[scored][key] for key in ("A", "B", "C", "tong")]
    assert columns == {(4 + i + j, head) for j in (0, 4) for i, head in enumerate(("Mục A", "Mục B", "Mục C", "Tổng"))}


def test_every_possible_total_is_exact() -> None:
    """0,00 to 100,00: what is put into a cell is what stands there."""
    buffer, every = io.BytesIO(), [Decimal(i).scaleb(-2) for i in range(10_001)]
    file = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, look = file.add_worksheet(), file.add_format()
    for row, value in enumerate(every):
        put(sheet, row, 0, value, look)
    file.close()
    written = cells(buffer.getvalue(), 1)
    assert [written[f"A{row}"].findtext(f"{MAIN}v") for row in range(1, 10_002)] == [f"{value:.2f}" for value in every]


def test_a_unit_as_its_files_say() -> None:
    """Levels, conditions, opinions, votes, quota and real dates of Sở Nội vụ, from its two files."""
    row = sample().row(25)
    told = {
        "Tự nhận": "Xuất sắc",
        "Đề xuất": "Xuất sắc",
        "Chính thức": "Xuất sắc",
        "Kết quả": "Trong hạn mức",
        "Thứ hạng": 2,
        "Đủ điều kiện": "Có",
    }
    bodies = {"Thường trực Tỉnh ủy": "-", "Ban cán sự đảng Ủy ban nhân dân tỉnh": "Xuất sắc", "Hợp lệ": 13, "Tốt": 0}
    dates = {"Họp kiểm điểm": dt.datetime(2023, 12, 12), "Thẩm định": dt.datetime(2023, 12, 26), "Nhận hồ sơ": None}
    for head, value in {**told, **bodies, **dates, "Chênh lệch": -0.5, "Xử lý kỷ luật": "Không", "Tình trạng": "Đã rõ mức"}.items():
        assert (head, row[head]) == (head, value)
    condition = "Kết quả chấm điểm từ 95 điểm trở lên (gạch đầu dòng 5)"
    assert (row[condition], sample().row(1)[condition]) == ("Đạt", "Không đạt")


def test_what_stands_against_a_collective() -> None:
    """Discipline of the collective itself, of a member, of a subordinate unit; persons without their names; defects by their clause."""
    discipline = {n: sample().row(n)["Xử lý kỷ luật"] for n in (47, 33, 41)}
    assert discipline == {47: "Tập thể lãnh đạo: khiển trách", 33: "Thành viên lãnh đạo: cảnh cáo", 41: "Đơn vị trực thuộc: khiển trách"}
    defects = {n: sample().row(n)["Khuyết điểm (Điều 6 khoản 4)"] for n in (47, 41)}
    assert defects == {47: "Tập thể lãnh đạo không bị xử lý kỷ luật: 01 trường hợp (không đạt)", 41: "Không"}


def test_formulas_give_what_is_stored() -> None:
    """Each formula worked out here from the cells it names; no other kind of formula is used."""
    made, found = sample(), 0
    for sheet in made.formulas:
        for cell in (c for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=")):
            stored = made.values[sheet.title][cell.coordinate].value
            assert Decimal(str(stored)) == worked_out(made, sheet.title, cell.value), f"{sheet.title} {cell.coordinate}: {cell.value}"
            found += 1
    assert found == 56 + 3 + 2 * (5 * 6 + 2 * 6)


def worked_out(made: Made, title: str, formula: str) -> Decimal:
    sheet, m = made.values[title], FORMULA.fullmatch(formula)
    assert m, formula

    def number(where: str) -> Decimal:
        return Decimal(str(sheet[where.replace("$", "")].value))

    if m["group"]:
        wanted = sheet[f"A{m['group']}"].value, sheet[f"{m['level']}{m['head']}"].value
        return Decimal(sum(pair == wanted for pair in zip(named(made, "Nhom"), named(made, m["column"]))))
    if m["one"]:
        return Decimal(list(named(made, m["one"])).count(m["word"] or sheet[f"A{m['at']}"].value))
    if m["own"]:
        return number(m["appraised"]) - number(m["own"])
    if m["part"]:
        return (number(m["part"]) / number(m["of"]) * 100).quantize(Decimal("0.01"))
    total = sum((Decimal(str(c.value)) for row in sheet[m["known"] or m["sum"]] for c in row), Decimal(0))
    return number(m["whole"]) - total if m["whole"] else total


def named(made: Made, name: str) -> Iterator[Any]:
    """Cells of a defined name."""
    title, where = made.formulas.defined_names[name].attr_text.replace("'", "").split("!")
    left, top, right, bottom = range_boundaries(where)
    assert (left, top, bottom) == (right, HEADS + 1, HEADS + 56)
    return (row[0] for row in made.values[title].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True))


def test_set_up_for_screen_and_paper() -> None:
    """Filter over every column, frozen heads and names that are printed on each page, A3 and A4, one face, footer; nothing says draft."""
    table = sample().formulas[TABLE]
    last = table.cell(1, table.max_column).column_letter
    assert (table.auto_filter.ref, table.freeze_panes) == (f"A{HEADS}:{last}61", "C6")
    assert (table.print_title_rows, table.print_title_cols) == ("$4:$5", "$A:$B")
    assert [(s.page_setup.orientation, int(s.page_setup.paperSize)) for s in sample().formulas] == [
        ("landscape", 8),
        ("portrait", 9),
        ("landscape", 9),
    ]
    assert {c.font.name for s in sample().formulas for row in s.iter_rows() for c in row} == {"Times New Roman"}
    assert table.oddFooter.left.text == "Quy định số 453-QĐ/TU" and "DỰ THẢO" not in str(table["C1"].value)
    assert {table.cell(6, c).number_format for c in range(4, 12)} == {"0.00"}
    assert sample().formulas.properties.created == dt.datetime.combine(sample().view.declared, dt.time())


def test_same_view_same_bytes() -> None:
    """Also the second time in one process: the library writes into what it is given."""
    assert workbook(sample().view, False) == sample().data


# --- the audit sees damage ----------------------------------------------------------------------------------------------

LINES = [
    (
        "xl/worksheets/sheet1.xml",
        '<c r="K30" s="{}"><v>98.25</v></c>',
        "98.25",
        "98.26",
        "ô K30 (Sở Nội vụ, Điểm thẩm định - Tổng): «98.26», ket_qua.json: «98.25»",
    ),
    ("xl/worksheets/sheet1.xml", '<c r="C30" s="{}"><v>4</v></c>', "<v>4", "<v>3", "ô C30 (Sở Nội vụ, Nhóm): «3», ket_qua.json: «4»"),
    (
        "xl/worksheets/sheet2.xml",
        '<c r="C4" s="{}"><v>48</v></c>',
        "48",
        "47",
        "trang «Hạn mức», số tập thể làm cơ sở tính: «47», ket_qua.json: «48»",
    ),
]


@pytest.mark.parametrize(("part", "cell", "old", "new", "words"), LINES)
def test_one_wrong_cell_is_found(part: str, cell: str, old: str, new: str, words: str) -> None:
    """A digit, a group, a figure of the quota."""
    made = sample()
    with zipfile.ZipFile(io.BytesIO(made.data)) as packed:
        real = re.findall(re.escape(cell).replace(r"\{\}", r"\d+"), packed.read(part).decode())
    assert len(real) == 1
    changed = repacked(made.data, part, real[0], real[0].replace(old, new))
    assert f"tinh/tong-hop.xlsx: {words}" in made.findings(changed)


def test_words_faces_and_sheets_are_looked_at() -> None:
    """A level's word (in every cell that shares it), a count's result, another face, a sheet of another name, the word for drafts."""
    made = sample()
    wrong = made.findings(repacked(made.data, "xl/sharedStrings.xml", "<t>Hoàn thành</t>", "<t>Hoàn thiện</t>"))
    assert (
        "tinh/tong-hop.xlsx: ô N13 (Đảng đoàn Đoàn Luật sư tỉnh, Mức xếp loại - Đề xuất): «Hoàn thiện», ket_qua.json: «Hoàn thành»" in wrong
    )
    count = re.findall(
        r'<c r="D5"[^/]*<f>COUNTIFS.*?</c>', zipfile.ZipFile(io.BytesIO(made.data)).read("xl/worksheets/sheet3.xml").decode()
    )[0]
    wrong = made.findings(repacked(made.data, "xl/worksheets/sheet3.xml", count, count.replace("<v>9</v>", "<v>8</v>")))
    assert wrong == ["tinh/tong-hop.xlsx: trang «Mức theo nhóm», dòng 5: [1, 8, 1, 0, 0], tính lại theo ket_qua.json: [1, 9, 1, 0, 0]"]
    styles = '<b/><sz val="14"/><color theme="1"/><name val="Times New Roman"/>'
    wrong = made.findings(repacked(made.data, "xl/styles.xml", styles, styles.replace("Times New Roman", "Arial")))
    assert wrong == ["tinh/tong-hop.xlsx: có phông chữ Arial, chỉ dùng Times New Roman"]
    wrong = made.findings(repacked(made.data, "xl/workbook.xml", 'sheet name="Hạn mức"', 'sheet name="Quota"'))
    assert wrong == ["tinh/tong-hop.xlsx: có các trang tính Tổng hợp, Quota, Mức theo nhóm, phải có Tổng hợp, Hạn mức, Mức theo nhóm"]
    draft = made.findings(workbook(made.view, True))
    assert draft[0] == "tinh/tong-hop.xlsx: trang «Tổng hợp»: đầu trang thừa chữ DỰ THẢO"


# --- a year under way ---------------------------------------------------------------------------------------------------


def test_a_faulty_file_leaves_its_row_blank(tmp_path: Path) -> None:
    """Number, name and group of the unit, and why nothing else; counted as not clear; the workbook says that it is a draft."""
    made = small(tmp_path, lambda data: edit(data / "2023/don_vi/43-ban-dan-toc.yaml", "tu_nhan:", "tu_nhann:"), draft=True)
    assert made.findings() == []
    row = {head: value for head, value in made.row(43).items() if value is not None}
    assert row == {"STT": 43, "Cơ quan, đơn vị": "Ban Dân tộc tỉnh", "Nhóm": 4, "Tình trạng": "Tệp của đơn vị còn lỗi"}
    assert str(made.values[TABLE]["C1"].value).startswith("DỰ THẢO - BẢNG TỔNG HỢP")
    assert [made.values[COUNTS].cell(8, c).value for c in (1, 7, 8)] == [4, 1, 1]


def test_not_appraised_yet(tmp_path: Path) -> None:
    """Own points, no appraised ones and no difference; levels still possible in words, opinions owed."""
    made = small(tmp_path, lambda data: (data / "2023/tham_dinh/43-ban-dan-toc.yaml").unlink(), draft=True)
    assert made.findings() == []
    row = made.row(43)
    assert (row["Tổng"], row["Chênh lệch"], row["Thẩm định"], row["Hợp lệ"]) == (89.6, None, None, None)
    assert (row["Tình trạng"], row["Hội đồng Thi đua - Khen thưởng tỉnh"]) == ("Chưa đủ dữ liệu", "Chưa có")
    assert str(row["Đề xuất"]).startswith("Chưa đủ dữ liệu (")


def test_a_begun_year_tells_nothing_for_people(tmp_path: Path) -> None:
    """Files as `new-year` writes them: blank figures, and no "Không" where nobody has answered."""
    small_data(tmp_path / "data")
    assert main(["new-year", "--year", "2024", "--data", str(tmp_path / "data"), "--build", str(tmp_path / "build")]) == 0
    made = Made(assess(Places(tmp_path / "data", tmp_path / "build", 2024)), draft=True)
    assert made.findings() == []
    row = made.row(43)
    assert {head for head, value in row.items() if value == "Không"} == set()
    assert (row["Tự nhận"], row["Đủ điều kiện"], row["Xử lý kỷ luật"], row["Tổng"]) == ("Chưa có", "Chưa rõ", "Chưa ghi", None)
    assert row["Khuyết điểm (Điều 6 khoản 4)"] == "Chưa rõ"


def test_a_name_is_never_a_formula(tmp_path: Path) -> None:
    """Whatever a text begins with."""
    made = small(tmp_path, lambda data: edit(data / "don_vi.yaml", 'ten: "Ban Dân tộc tỉnh"', 'ten: "=1+1"'))
    cell = next(row[1] for row in made.formulas[TABLE].iter_rows(min_row=HEADS + 1) if row[0].value == 43)
    written = cells(made.data, 1)[cell.coordinate]
    assert (cell.value, written.get("t"), written.find(f"{MAIN}f")) == ("=1+1", "s", None)
