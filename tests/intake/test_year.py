"""The year's folder: which files are read, the register, and one unit alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.intake.register import read_register
from pipeline.intake.unit_names import find_unit
from pipeline.model.unit import Unit
from pipeline.places import PROJECT, Places
from pipeline.problems import DataError
from tests.support import FILES, YEAR, assess, book, write_year

LAW = "453-QD-TU-2022"


def units(folder: Path, *edits: tuple[str, str]) -> list[Unit]:
    """The project's register after `edits`."""
    text = (PROJECT / "data" / "don_vi.yaml").read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "don_vi.yaml"
    path.write_text(text, "utf-8")
    return read_register(path, "don_vi.yaml", book(LAW).regulation())


@pytest.mark.parametrize("typed", ["25", "so-noi-vu", "25-so-noi-vu"])
def test_unit_by_number_or_code(typed: str, tmp_path: Path) -> None:
    assert find_unit(units(tmp_path), typed).name == "Sở Nội vụ"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("so-noi-vuu", "có phải ý bạn là «so-noi-vu»?"),
        ("57", "viết số từ 1 đến 56 hoặc mã đơn vị trong don_vi.yaml"),
        ("../x", "viết số từ 1 đến 56 hoặc mã đơn vị trong don_vi.yaml"),
    ],
)
def test_unknown_unit(typed: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        find_unit(units(tmp_path), typed)
    assert str(caught.value) == f"UNIT: lỗi: không có đơn vị «{typed}» — {advice}"


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("ma: so-noi-vu", "ma: ../x"), "mã «../x» không dùng được làm tên tệp"),
        (("ma: so-noi-vu", "ma: a/b"), "mã «a/b» không dùng được làm tên tệp"),
        (("ma: so-noi-vu", "ma: con"), "mã «con» không dùng được làm tên tệp"),
        (("ma: so-noi-vu", "ma: So-Noi-Vu"), "mã «So-Noi-Vu» không dùng được làm tên tệp"),
        (("ma: so-noi-vu", "ma: dang-doan-hdnd"), "«ma» trùng với đơn vị thứ 1 trong danh sách"),
        (("stt: 25", "stt: 24"), "«stt» trùng với đơn vị thứ 24 trong danh sách"),
        (("phu_luc: B.XVII", "phu_luc: B.XVIII"), "Quy định không có mục B.XVIII"),
        (("nhom: 1", "nhom: 9"), "không có nhóm 9"),
        (("- hoi_dong_tdkt", "- hoi_dong"), "không có chủ thể «hoi_dong»"),
    ],
)
def test_broken_register(edit: tuple[str, str], what: str, tmp_path: Path) -> None:
    """Without a sound register nothing is read, and no path leads out of the folders."""
    with pytest.raises(DataError) as caught:
        units(tmp_path, edit)
    assert [p.what for p in caught.value.problems] == [what]


def test_year_without_data(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="chưa có dữ liệu năm 2024"):
        assess(Places(write_year(tmp_path / "data").data, tmp_path, 2024))


@pytest.mark.parametrize("kind", ["don_vi", "tham_dinh"])
def test_link_is_not_followed(kind: str, tmp_path: Path) -> None:
    """A file that is a link, also to nothing, is refused."""
    places = write_year(tmp_path / "data")
    path = places.year_data / FILES[kind]
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere.yaml")
    assert [p.what for p in assess(places).files.problems] == ["tệp là một liên kết"]


def test_one_unit_alone(tmp_path: Path) -> None:
    """With a unit named, files of others may be anything."""
    places = write_year(tmp_path / "data")
    (places.submissions / "99-la.yaml").write_text("x", "utf-8")
    assert assess(places, "25").files.problems == []
    assert len(assess(places).files.problems) == 1


def test_sample_year_has_no_problems() -> None:
    """Every bundle of the illustrative year is ready."""
    assert assess(Places(PROJECT / "data", PROJECT / "build", YEAR)).files.problems == []


def test_sample_unit_alone_has_no_problems() -> None:
    """The quota of the whole year cannot be held against one unit."""
    assert assess(Places(PROJECT / "data", PROJECT / "build", YEAR), "so-noi-vu").files.problems == []
