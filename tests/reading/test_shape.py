"""A located tree against a model: unknown, missing, blank and mistyped values, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from pipeline.model.values import Count, Shape, Text
from pipeline.problems import Place
from pipeline.reading.shape import Loaded, load

LIST = "xuống dòng, mỗi mục bắt đầu bằng dấu gạch ngang «- »"


class Person(Shape):
    name: Text = Field(alias="ho_ten")
    age: Count = Field(None, alias="tuoi")


class Group(Shape):
    title: Text = Field(alias="ten")
    people: list[Person] | None = Field(None, alias="nguoi")
    notes: list[Text] | None = Field(None, alias="ghi_chu")


def loaded(folder: Path, text: str) -> Loaded[Group]:
    path = folder / "tep.yaml"
    path.write_text(text, "utf-8")
    return load(path, "tep", Group)


def test_good_file(tmp_path: Path) -> None:
    """The model's object, and the place of every value in it."""
    found = loaded(tmp_path, "ten: Nhóm\nnguoi:\n  - ho_ten: A\n    tuoi: 30\n")
    assert found.problems == []
    assert found.value and found.value.people and found.value.people[0].age == 30
    assert found.place("nguoi", 0, "tuoi") == Place("tep", 4, 11)
    assert found.place("nguoi", 0, "khong_co") == found.place("nguoi", 0) == Place("tep", 3, 5)


def test_blank_is_owed_not_wrong(tmp_path: Path) -> None:
    """An empty value keeps the file usable; a blank list item is left out."""
    found = loaded(tmp_path, 'ten:\nghi_chu:\n  - x\n  -\n  - ""\n')
    assert found.value is not None and found.value.title is None and found.value.notes == ["x"]
    assert [str(p) for p in found.problems] == [
        "tep:1:5: thiếu: «ten» còn để trống — điền giá trị",
        "tep:4:4: thiếu: «ghi_chu» còn 2 mục để trống: thứ 2, thứ 3 — điền giá trị",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tenn: x\nten: y\n", "1:1: lỗi: không có mục «tenn» ở đây — có phải ý bạn là «ten»?"),
        ("ten: x\nzzz: y\n", "2:1: lỗi: không có mục «zzz» ở đây — bỏ mục này, hoặc dùng một trong: ten, nguoi, ghi_chu"),
        ("ten: x\nnguoi:\n  - ho_ten: A\n    tuoii: 3\n", "4:5: lỗi: không có mục «tuoii» ở đây — có phải ý bạn là «tuoi»?"),
        ("ghi_chu: []\n", "1:1: lỗi: thiếu mục «ten» — thêm dòng «ten:» và điền giá trị"),
        ("ten: x\nnguoi:\n  - tuoi: 3\n", "3:5: lỗi: thiếu mục «ho_ten» — thêm dòng «ho_ten:» và điền giá trị"),
        ("ten: x\nnguoi: A\n", f"2:8: lỗi: «nguoi» phải là danh sách — {LIST}"),
        ("ten: x\nghi_chu: abc\n", f"2:10: lỗi: «ghi_chu» phải là danh sách — {LIST}"),
        ("ten: x\nnguoi:\n  - A\n", "3:5: lỗi: «nguoi» phải gồm các mục con — xuống dòng, viết từng mục con «tên: giá trị»"),
        ("ten: [x, y]\n", "1:6: lỗi: chỗ này cần một giá trị, không phải danh sách hay nhóm mục — viết một giá trị sau dấu hai chấm"),
        (
            "ten: x\nghi_chu:\n  - Kết luận: đạt\n",
            '3:5: lỗi: giá trị trong danh sách «ghi_chu» có dấu hai chấm — đặt cả giá trị trong dấu nháy kép "..."',
        ),
        ("ten: x\nnguoi:\n  - ho_ten: A\n    tuoi: ba\n", "4:11: lỗi: «ba» không phải là số đếm — viết số nguyên không âm, ví dụ 12"),
        ("- x\n", "1:1: lỗi: tệp phải gồm các mục «tên: giá trị» — chép lại từ tệp mẫu rồi điền"),
        ("x\n", "1:1: lỗi: tệp phải gồm các mục «tên: giá trị» — chép lại từ tệp mẫu rồi điền"),
    ],
)
def test_wrong_shape(text: str, line: str, tmp_path: Path) -> None:
    """The file is refused with one line per fault."""
    found = loaded(tmp_path, text)
    assert found.value is None
    assert [str(p) for p in found.problems] == [f"tep:{line}"]


def test_all_faults_at_once(tmp_path: Path) -> None:
    """One run shows a clerk everything."""
    found = loaded(tmp_path, "ten: [a]\nnguoi:\n  - tuoi: x\nzzz: 1\n")
    assert [p.place.line for p in found.problems] == [1, 3, 3, 4]
