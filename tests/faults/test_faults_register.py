"""Faults 21 and 22: names that lead elsewhere, and files that are not where, or not what, the register says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.places import PROVINCE
from tests.end_to_end.reading import pdf_pages
from tests.faults.bad_input import NAME, OTHER, SmallYear, everything
from tests.support import UNIT

pytest_plugins = ("tests.faults.odd_year",)

FILE = f"data/2023/don_vi/{UNIT}.yaml"
SLUG = "chỉ dùng chữ thường không dấu, số và dấu gạch ngang, 2 đến 41 ký tự"


def test_case_21_codes_that_are_no_names(odd: SmallYear, tmp_path: Path) -> None:
    """Climbing, absolute, names of devices, capitals (so no two codes differ by case alone): 2 at the code; nothing is written anywhere."""
    before, written = everything(tmp_path), "so-noi-vu"
    for code in ("a/b", "..", "/tmp/x", "CON", "con", "nul", "Ban-Dan-Toc", "so-noi-vu.", "sở-nội-vụ", "a" * 42, "../x"):
        odd.edit(f"ma: {written}\n", f"ma: {code}\n", odd.register)
        written = code
        assert odd.refused(2, command="check") == [f"data/don_vi.yaml:11:9: lỗi: mã «{code}» không dùng được làm tên tệp — {SLUG}"]
    assert odd.refused(2) == [f"data/don_vi.yaml:11:9: lỗi: mã «../x» không dùng được làm tên tệp — {SLUG}"]
    odd.edit("ma: ../x\n", "ma: so-noi-vu\n", odd.register)
    assert everything(tmp_path) == before and not Path("/tmp/x").exists()


def test_case_21_one_code_twice(odd: SmallYear) -> None:
    """2 at the second one, naming the first."""
    odd.edit("ma: so-noi-vu", "ma: ban-dan-toc", odd.register)
    assert odd.refused(2) == [
        "data/don_vi.yaml:22:9: lỗi: «ma» trùng với đơn vị thứ 1 trong danh sách — mỗi đơn vị một số, một mã, một tên"
    ]


def test_case_21_a_unit_asked_for(odd: SmallYear) -> None:
    """What is typed after --unit is only ever compared with the register: 2."""
    for typed in ("../x", "/etc/passwd", "25/../../x", "CON"):
        (line,) = odd.refused(2, "--unit", typed, command="check")
        assert line.startswith(f"UNIT: lỗi: không có đơn vị «{typed}»")
    assert odd.refused(2, "--unit", "../x") == ["UNIT: lỗi: không có đơn vị «../x» — viết số từ 1 đến 2 hoặc mã đơn vị trong don_vi.yaml"]


@pytest.mark.parametrize("whole", [True, False], ids=["tới một tệp thật", "tới chỗ không có"])
def test_case_21_linked_file(odd: SmallYear, tmp_path: Path, whole: bool) -> None:
    """A unit's file that is a link: 2, not followed; what it leads to stays as it is."""
    elsewhere = tmp_path / "noi-khac.yaml"
    odd.unit.rename(elsewhere)
    if not whole:
        elsewhere.unlink()
    odd.unit.symlink_to(elsewhere)
    assert odd.refused(2, "--unit", "25") == [f"{FILE}: lỗi: tệp là một liên kết — chép tệp thật vào đây"]
    assert elsewhere.exists() is whole and odd.unit.is_symlink()


STRAY = "lỗi: tên tệp không khớp đơn vị nào trong danh sách — xóa hoặc đổi tên theo danh sách đơn vị"


def test_case_22_unlisted_file(odd: SmallYear) -> None:
    """A file of no unit beside those that are listed: 2, named."""
    shutil.copy(odd.unit, odd.unit.with_name("26-so-tu-phap.yaml"))
    assert odd.refused(2, command="check") == [f"data/2023/don_vi/26-so-tu-phap.yaml: {STRAY}"]


def test_case_22_one_unit_missing(odd: SmallYear) -> None:
    """One file of two is not under its name: 2, the missing one and the unlisted one named. As contract.md says, the province's bundle becomes a draft that
    leaves the unit out and names it on the cover, the ready bundle stays beside; the unit's own dossier and the other unit's keep every byte."""
    odd.unit.rename(odd.unit.with_name("Sở Nội vụ (bản sao).yaml"))
    before = {folder: odd.hashes(folder) for folder in (UNIT, OTHER)}
    ready = odd.hashes(PROVINCE)["ho-so.pdf"]

    told = odd.run()

    assert (told.code, told.lines[:2]) == (
        2,
        [
            f"{FILE}: lỗi: chưa có tệp của đơn vị số 25 ({NAME}) — tạo tệp này theo mẫu của đơn vị",
            f"data/2023/don_vi/Sở Nội vụ (bản sao).yaml: {STRAY}",
        ],
    )
    assert {folder: odd.hashes(folder) for folder in (UNIT, OTHER)} == before
    assert "Hồ sơ cũ       25-so-noi-vu" in told.out and "Dự thảo        1: tinh" in told.out
    pages = [" ".join(page.split()) for page in pdf_pages(odd.out / PROVINCE / "ho-so.pdf")]
    assert all("DỰ THẢO" in page for page in pages) and NAME in pages[0]
    assert odd.hashes(PROVINCE)["truoc/ho-so.pdf"] == ready
    found = json.loads((odd.out / "ket_qua.json").read_text("utf-8"))["don_vi"]
    assert [(unit["ma"], "loi" in unit, "tu_cham" in unit) for unit in found] == [("so-noi-vu", True, False), ("ban-dan-toc", False, True)]
