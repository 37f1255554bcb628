"""Blank values: each has its line while they are few, a group nobody has begun has one."""

from __future__ import annotations

from pipeline.problems import Place
from pipeline.reading.blanks import Blank, Keys, told


def lines(*paths: Keys) -> list[str]:
    return [f"{p.place.line}: {p.what}" for p in told(Blank(path, Place("tep", i, 1)) for i, path in enumerate(paths, 1))]


def test_few_have_their_own_lines() -> None:
    """Two blanks of different groups: two lines, each at its place; two of one group: one line."""
    assert lines(("cham_diem", "B.1", "ly_do"), ("cham_diem", "B.4")) == ["1: «ly_do» còn để trống", "2: «B.4» còn để trống"]
    assert lines(("hoi_nghi", "ngay"), ("hoi_nghi", "gio")) == ["1: «hoi_nghi» còn 2 mục để trống: ngay, gio"]


def test_a_part_in_one_line() -> None:
    """Three groups of one part become one line that names what is blank from there on; list positions count from one."""
    people = [("thanh_vien", i, "xep_loai") for i in range(3)]
    assert lines(*people) == ["1: «thanh_vien» còn 3 mục để trống: thứ 1.xep_loai, thứ 2.xep_loai, thứ 3.xep_loai"]
    assert lines(*people[:2]) == ["1: «xep_loai» còn để trống", "2: «xep_loai» còn để trống"]


def test_keys_of_the_file_itself() -> None:
    """They stand together wherever they are, beside the parts between them."""
    assert lines(("ky_luat",), ("thanh_vien", 0, "xep_loai"), ("tu_nhan",)) == [
        "1: còn 2 mục để trống: ky_luat, tu_nhan",
        "2: «xep_loai» còn để trống",
    ]


def test_not_every_name_of_many() -> None:
    """Twelve are named, the others counted."""
    found = lines(*(("cham_diem", f"B.{i}") for i in range(1, 15)))
    assert (
        len(found) == 1 and found[0].startswith("1: «cham_diem» còn 14 mục để trống: B.1, ") and found[0].endswith("B.12 … và 2 mục khác")
    )
