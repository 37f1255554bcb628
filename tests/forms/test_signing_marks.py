"""Marks that say where to sign: all three standards have them; each way of losing one while editing is told with the cell."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.forms.catalogue import read_profiles
from pipeline.forms.lines import Line, read_lines
from pipeline.forms.signing_marks import mark_faults
from pipeline.places import TEMPLATES

CELL = (2, 1, 2)
GOOD = [
    Line("ChucVu", "{{ ky.chuc_vu }}", "bảng 2, hàng 1, cột 2", CELL),
    Line("ChoKy", "", "bảng 2, hàng 1, cột 2", CELL, marks=("KY_TU_nguoi_ky",)),
    Line("ChoKy", "", "bảng 2, hàng 1, cột 2", CELL),
    Line("HoTen", "{{ ky.ho_ten }}", "bảng 2, hàng 1, cột 2", CELL, marks=("KY_DEN_nguoi_ky",)),
]


@pytest.mark.parametrize("profile", [p.code for p in read_profiles(TEMPLATES).profiles])
def test_every_standard_says_where_to_sign(profile: str) -> None:
    lines = read_lines((TEMPLATES / "the_thuc" / f"{profile}.docx").read_bytes())
    assert list(mark_faults(lines)) == []
    found = [mark for line in lines for mark in line.marks]
    assert len([m for m in found if m.startswith("KY_TU_")]) == len([m for m in found if m.startswith("KY_DEN_")]) == 5


@pytest.mark.parametrize(
    ("line", "marks", "said"),
    [
        (1, (), "dòng trống đầu tiên để ký không có đúng một dấu trang KY_TU_…"),
        (1, ("KY_TU_a", "KY_TU_b"), "dòng trống đầu tiên để ký không có đúng một dấu trang KY_TU_…"),
        (3, (), "dòng họ tên người ký không có đúng một dấu trang KY_DEN_…"),
        (3, ("KY_DEN_thu_ky",), "hai dấu trang của một chỗ ký khác nhau: KY_TU_nguoi_ky, KY_DEN_thu_ky"),
        (0, ("KY_TU_nguoi_ky",), "dấu trang KY_TU_nguoi_ky đứng sai dòng"),
    ],
)
def test_a_lost_mark_is_told(line: int, marks: tuple[str, ...], said: str) -> None:
    lines = [dataclasses.replace(item, marks=marks) if i == line else item for i, item in enumerate(GOOD)]
    assert [(where, what) for where, what, _ in mark_faults(lines)] == [("bảng 2, hàng 1, cột 2", said)]


def test_a_cell_without_a_blank_needs_no_mark() -> None:
    assert list(mark_faults([Line("NoiNhan", "Nơi nhận:", "bảng 2, hàng 1, cột 1", (2, 1, 1))])) == []
