"""The form as a file: the same bytes each time, locked but for the cells to fill in, complete, in a clerk's words; never written over."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
from pydantic import BaseModel

from pipeline.desk import forming, importing
from pipeline.desk.answers import ROWS
from pipeline.desk.form_layout import COUNCIL_ONLY, STATE
from pipeline.desk.form_scoring import NAME, WAY
from pipeline.desk.form_writer import write_form
from pipeline.desk.forming import make_form
from pipeline.desk.kinds import CHOICE, LONG, choices
from pipeline.model.submission import Submission
from pipeline.model.values import Written
from pipeline.problems import DataError
from tests.desk.form_files import CREATED, desk, form, form_bytes, year
from tests.support import law

NOT_ASKED = {("don_vi",), ("nam",), ("minh_hoa",)}  # whose form it is, and what only sample data say
YAML_WORDS = re.compile(r"\b(co|khong|chua_ro|[a-z]+_[a-z_]+|xuat_sac|tot|nháy|mục này|gạch ngang)\b|\[\]")


@pytest.fixture(autouse=True)
def _law_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LawBook", law)
    monkeypatch.setattr(forming, "LawBook", law)


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(form_bytes(25)))


def test_same_bytes() -> None:
    """No clock, no machine."""
    assert write_form(form(25), year().regulation, CREATED) == form_bytes(25)


def leaves(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every value a unit's file may have: its keys, * for what is listed or named."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        if (model, key) in COUNCIL_ONLY:
            continue
        if any(isinstance(m, Written) for m in info.metadata):
            yield (*path, key)
            continue
        inner = next((m for m in _models(info.annotation)), None)
        several = ("*",) if "list" in str(info.annotation) or "dict" in str(info.annotation) else ()
        yield from leaves(inner, (*path, key, *several)) if inner else [(*path, key, *several)]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def test_every_key_has_a_cell() -> None:
    """Whoever has the form needs nothing else."""
    asked = set()
    for path in form(25).texts:
        listed = [("*" if key.isdigit() or i == 1 and path[0] in (ROWS, "so_ngay_van_ban") else key) for i, key in enumerate(path)]
        asked.add(tuple(listed))
    unasked = {path for path in leaves(Submission) if path not in asked} - NOT_ASKED
    votes_of_people = {p for p in unasked if p[:3] == ("bao_cao", "chi_dao_kiem_diem", "ket_qua")}
    assert {p[3] for p in votes_of_people} == {"phat_ra", "thu_ve", "hop_le"}  # people are counted by level only
    assert unasked - votes_of_people == {(ROWS, "*", "khong_ap_dung")}  # asked as the way and the reason of the row
    assert {p for p in asked if p[-1] in (WAY, STATE)} == {
        (ROWS, "*", WAY),
        ("ky_luat", STATE),
        ("hoi_nghi", "vang", STATE),
        ("hoi_nghi", "y_kien", STATE),
        ("khuyet_diem", "chi_tieu", "danh_muc_chu_yeu", STATE),
    }


def test_hints_are_for_cells() -> None:
    """No codes, quotation marks or brackets of YAML in what is said beside a cell or in a drop-down; as long as Excel lets it be."""
    for sheet, cell in form(25).inputs:
        assert not YAML_WORDS.search(cell.about), cell.path
        assert len(cell.about) <= 255 and len(cell.title) <= 32 and len(sheet.name) <= 31
        if cell.kind.name == CHOICE:
            words = choices(cell.kind, year().regulation)
            assert len(",".join(words.values())) <= 255 and not any("," in word for word in words.values())


def test_locked_but_for_the_inputs(book: Any) -> None:
    """Protection is on everywhere; exactly the cells to fill in are open and tinted; formulas are not."""
    for sheet in form(25).sheets:
        page = book[sheet.name]
        assert page.protection.sheet and not page.protection.password
        inputs = {(cell.row + 1, cell.column + 1) for cell in sheet.inputs}
        open_cells = {(c.row, c.column) for row in page.iter_rows() for c in row if not c.protection.locked}
        assert open_cells == inputs
        assert all(page.cell(*at).fill.bgColor.rgb or page.cell(*at).fill.fgColor.rgb == "FFFFF9DB" for at in inputs)
        assert {(c.row - 1, c.column - 1) for row in page.iter_rows() for c in row if c.data_type == "f"} == {
            (f.row, f.column) for f in sheet.formulas
        }
    assert book["khoa"].sheet_state == "veryHidden"


def test_paper_and_letters(book: Any) -> None:
    """A4 across, as wide as the page, heads on every page; one face; long texts wrap; nothing typed into text turns into a date."""
    for sheet in form(25).sheets:
        page = book[sheet.name]
        assert (page.page_setup.orientation, page.page_setup.paperSize, page.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            9,
            True,
        )
        cells = [page.cell(c.row + 1, c.column + 1) for c in sheet.inputs]
        assert {cell.font.name for cell in cells} <= {"Times New Roman"}
        assert all(cell.alignment.wrap_text for cell in cells)
        for asked, cell in zip(sheet.inputs, cells):
            if asked.kind.name in (LONG, "dong", "ngay", "gio"):
                assert cell.number_format == "@"
    page = book[NAME]
    assert page.freeze_panes == "C4" and page.print_title_rows == "$3:$3"
    rules = {rule.type for rule in page.data_validations.dataValidation}
    assert {"list", "decimal", "whole"} <= rules


def test_a_filled_form_is_never_lost(tmp_path: Path) -> None:
    """Made again only while it says nothing new: untouched, or already taken over; --force is said in so many words."""
    found = desk(tmp_path, 25)
    made = make_form(found.places, "25")
    assert made.written and not make_form(found.places, "25").written
    text = found.file.read_text("utf-8")
    found.file.write_text(text.replace("trieu_tap: 12", "trieu_tap: 13"), "utf-8")
    assert make_form(found.places, "25").written  # the file has changed, nobody has filled in the form
    found.fill({("hoi_nghi", "dia_diem"): "Phòng họp mới"}, made.path.read_bytes())
    made.path.write_bytes(found.form.read_bytes())
    with pytest.raises(DataError, match="biểu này đã có người điền, chưa nhập vào tệp của đơn vị — nhập biểu trước"):
        make_form(found.places, "25")
    assert made.path.read_bytes() == found.form.read_bytes()
    found.write()
    assert make_form(found.places, "25").written  # what it said is in the file now
    made.path.write_bytes(b"ghi chu rieng")
    with pytest.raises(DataError, match="không phải biểu còn nguyên"):
        make_form(found.places, "25")
    assert make_form(found.places, "25", force=True).written


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """No form without the file's own values."""
    found = desk(tmp_path, 25)
    found.file.write_text(found.file.read_text("utf-8").replace("trieu_tap: 12", "trieu_tap: mười hai"), "utf-8")
    with pytest.raises(DataError, match="«mười hai» không phải là số đếm"):
        make_form(found.places, "25")


def test_a_text_too_long_for_a_cell(tmp_path: Path) -> None:
    """Cut off silently by Excel, so refused."""
    found = desk(tmp_path, 25)
    found.file.write_text(found.file.read_text("utf-8").replace("  dang_ky: |\n", "  dang_ky: |\n" + "    một đoạn dài\n" * 3000), "utf-8")
    with pytest.raises(DataError, match="mục bao_cao.dang_ky dài quá 32000 ký tự"):
        make_form(found.places, "25")
