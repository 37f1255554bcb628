"""What an office user does with a form in Word: change a sentence, spoil a tag, look at one document before building all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.places import TEMPLATES
from tests.end_to_end.province import Province
from tests.end_to_end.reading import docx_text, pdf_pages, squeezed
from tests.forms.test_check import REPORT, SHEET, rewritten

STEM = "2-bao-cao-tong-ket"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES, tmp_path / "mau")
    return tmp_path / "mau"


def test_a_sentence_changed_in_word_shows_in_every_unit(built: Province, tmp_path: Path, forms: Path) -> None:
    """In all three standards, Word and PDF; documents of other forms are kept as they were."""
    mine = built.copy(tmp_path)
    rewritten(REPORT, "Các chỉ tiêu chủ yếu năm", "Những chỉ tiêu chủ yếu trong năm")(forms)

    done = mine.run("build", "--templates", str(forms))

    assert done.returncode == 0, done.stderr
    for folder in ("09-tinh-doan", "10-ban-can-su-dang-ubnd", "43-ban-dan-toc"):
        assert "Những chỉ tiêu chủ yếu trong năm" in docx_text(mine.out / folder / f"{STEM}.docx").replace("\u00a0", " ")
        assert "Nhữngchỉtiêuchủyếutrongnăm2023" in squeezed("".join(pdf_pages(mine.out / folder / f"{STEM}.pdf")))
        changed = {n for n, data in mine.snapshot(folder).items() if data != built.snapshot(folder)[n]}
        assert changed == {f"{STEM}.docx", f"{STEM}.pdf", "ho-so.pdf"}


def test_a_spoiled_form_stops_the_build_before_any_document(built: Province, tmp_path: Path, forms: Path) -> None:
    """Exit code 3, the line, no document made, the published dossiers as they were."""
    mine = built.copy(tmp_path)
    rewritten(SHEET, "{{ h.tham_dinh }}", "{{ h.tham_dnh }}")(forms)
    before = mine.snapshot(".")

    done = mine.run("build", "--templates", str(forms))

    assert done.returncode == 3
    assert "bảng 1, hàng 6, cột 5: lỗi: chương trình không có trường «h.tham_dnh»" in done.stderr
    assert "Traceback" not in done.stderr
    assert mine.snapshot(".") == before


def test_a_preview_is_one_document_with_its_pages(built: Province, tmp_path: Path) -> None:
    """Word, PDF and a picture of each page, in a folder of its own; what is published stays as it was."""
    mine = built.copy(tmp_path)
    before = {name: mine.snapshot(name) for name in ("43-ban-dan-toc", "tinh")}

    done = mine.run("preview", "--unit", "43", "--form", "4")

    assert done.returncode == 0, done.stderr
    folder = mine.out / "xem-truoc" / "43-ban-dan-toc"
    stem = "4-bieu-tu-cham-diem"
    pages = len(pdf_pages(folder / f"{stem}.pdf"))
    wanted = [f"{stem}.docx", f"{stem}.pdf", *(f"{stem}-tr{n:02d}.png" for n in range(1, pages + 1))]
    assert done.stdout.split() == [(folder / name).as_posix() for name in wanted]
    assert all((folder / name).stat().st_size for name in wanted)
    assert {name: mine.snapshot(name) for name in before} == before
    assert (folder / f"{stem}.docx").read_bytes() == before["43-ban-dan-toc"][f"{stem}.docx"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--unit", "43"], "lỗi: lệnh preview cần --form"),
        (
            ["--unit", "43", "--form", "bieu-tu-chm-diem"],
            "FORM: lỗi: hồ sơ này không có biểu mẫu «bieu-tu-chm-diem» — có phải ý bạn là «4-bieu-tu-cham-diem»?",
        ),
        (["--unit", "99", "--form", "4"], "UNIT: lỗi: không có đơn vị «99»"),
    ],
)
def test_a_preview_that_cannot_be_made_says_what_to_write(built: Province, tmp_path: Path, arguments: list[str], line: str) -> None:
    done = Province(built.data, tmp_path / "build").run("preview", *arguments)
    assert done.returncode == 2
    assert line in done.stderr
