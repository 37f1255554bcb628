"""A year that has only begun goes through every command: drafts that say what is missing, no error, nothing told for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.province import Province, small_data
from tests.end_to_end.reading import docx_text, squeezed

YEAR = ("--year", "2024")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province's year 2024, begun, checked, scored, explained and built; -> its build folder."""
    folder = tmp_path_factory.mktemp("nam-moi-bat-dau")
    small_data(folder / "data")
    province = Province(folder / "data", folder / "build")
    for command, *more in (("new-year",), ("check",), ("score",), ("explain", "--unit", "43"), ("build",)):
        done = province.run(command, *YEAR, *more)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert ": lỗi:" not in done.stderr and "cảnh báo: trình bày" not in done.stdout
    return folder / "build" / "2024"


def test_every_dossier_is_a_draft(begun: Path) -> None:
    """Three units and the province, with the year in one file; each document is marked as a draft."""
    folders = sorted(p.name for p in begun.iterdir() if p.is_dir())
    assert folders == ["09-tinh-doan", "10-ban-can-su-dang-ubnd", "43-ban-dan-toc", "tinh"]
    documents = sorted(begun.rglob("*.docx"))
    assert len(documents) >= 30 and all("DỰ THẢO" in docx_text(path) for path in documents)
    assert (begun / "tinh" / "toan-tap.pdf").stat().st_size > 100_000


def test_blanks_are_not_told_as_none(begun: Path) -> None:
    """Nobody has said yet whether anyone spoke, was disciplined, has evidence, or what the council thinks."""
    minutes = squeezed(docx_text(begun / "43-ban-dan-toc" / "5-bien-ban-hoi-nghi.docx"))
    assert "Khôngcóýkiếnkhác" not in minutes and "bịxửlýkỷluật" not in minutes
    sheet = [squeezed(line) for line in docx_text(begun / "43-ban-dan-toc" / "4-bieu-tu-cham-diem.docx").split("\n")]
    assert "Tổngđiểmtựchấm:điểm()." in sheet and "Khôngcó" not in sheet
    appraised = [squeezed(line) for line in docx_text(next((begun / "tinh" / "7-bieu-tham-dinh").glob("43-*.docx"))).split("\n")]
    assert "Nhậnxét,kiếnnghịcủaHộiđồngthẩmđịnh:" in appraised and "Khôngcó." not in appraised


def test_open_levels_are_listed(begun: Path) -> None:
    """Proposal and decision list the collectives whose level is not clear under a heading of their own."""
    for name in ("1-to-trinh", "4-quyet-dinh"):
        assert "Chưarõmức(03tậpthể)" in squeezed(docx_text(begun / "tinh" / f"{name}.docx"))
