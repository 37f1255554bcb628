"""The scoring table row by row: criterion, maximum, points; sums by hand; the council's column blank in a unit's own sheet."""

from __future__ import annotations

import pytest
from docx import Document

from tests.audit.cases import Case
from tests.audit.small import edit_word

SHEET = "4-bieu-tu-cham-diem"
APPRAISED = "7-bieu-tham-dinh/43-ban-dan-toc"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2,45", "2,54", "điểm tự chấm của A.2.1 ghi «2,54», dữ liệu là «2,45»"),
        ("2,45", "2,54", "điểm tự chấm cộng lại ghi «8,35», cộng các hàng được 8,44"),
        (">8,35<", ">8,53<", "điểm tự chấm cộng lại ghi «8,53», cộng các hàng được 8,35"),
        (">89,60<", ">98,60<", "điểm tự chấm cộng lại ghi «98,60», cộng các hàng được 89,60"),
        (
            "Thực hiện tốt quan hệ phối hợp",
            "Thực hiện quan hệ phối hợp",
            "tiêu chí ghi khác Quy định: phải là «Thực hiện tốt quan hệ phối hợp",
        ),
        (">3<", ">4<", "điểm chuẩn của A.2.1 ghi «4», dữ liệu là «3,00»"),
    ],
)
def test_a_changed_row(unit: Case, old: str, new: str, said: str) -> None:
    edit_word(unit.word(SHEET), old, new)
    assert any(said in line for line in unit.found_in(f"{SHEET}.docx")), unit.found()


def test_points_of_the_council_in_a_units_own_sheet(unit: Case) -> None:
    """The column is there, and blank."""
    document = Document(str(unit.word(SHEET)))
    row = next(row for table in document.tables for row in table.rows if row.cells[-1].text == "" and row.cells[0].text == "-")
    row.cells[4].text = "4,35"
    document.save(str(unit.word(SHEET)))
    assert any("cột điểm thẩm định ghi «4,35», phải để trống" in line for line in unit.found_in(f"{SHEET}.docx"))


def test_a_lost_row(unit: Case) -> None:
    """The page lacks a row that the Word file has."""
    unit.redraw(SHEET, "- Thực hiện tốt quan hệ phối hợp", "- Phối hợp")
    assert any("không có hàng «- | Thực hiện tốt quan hệ phối hợp" in line for line in unit.found_in(f"{SHEET}.pdf"))


def test_both_scores_of_the_councils_sheet(province: Case) -> None:
    edit_word(province.word(APPRAISED), "4,35", "4,53")
    found = province.found_in(f"{APPRAISED}.docx")
    assert any("điểm thẩm định của A.1.1 ghi «4,53», dữ liệu là «4,35»" in line for line in found)
    assert any("điểm thẩm định cộng lại ghi «9,35», cộng các hàng được 9,53" in line for line in found)
