"""File to form to file, every row: nothing changed changes nothing, every cell changed is read back exactly, comments and untouched lines stay."""

from __future__ import annotations

import codecs
import datetime as dt
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pipeline.desk import importing
from pipeline.desk.answers import KeyPath
from pipeline.desk.form_book import form_of, texts_of
from pipeline.desk.form_writer import write_form
from pipeline.desk.splicing import comments
from pipeline.desk.last_year import LastYear
from pipeline.desk.unit_file import unit_file
from pipeline.model.submission import Submission
from pipeline.reading.shape import load
from tests.desk.everything import changed
from tests.desk.form_files import CREATED, Desk, desk, form, year
from tests.support import law

NUMBERS = [u.unit.number for u in year().units.values()]


@pytest.fixture(autouse=True)
def _law_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LawBook", law)


def unchanged(found: Desk) -> bool:
    taken = found.take()
    return taken.changes == () and taken.file.data == found.file.read_bytes()


@pytest.mark.parametrize("number", NUMBERS)
def test_every_cell(number: int, tmp_path: Path) -> None:
    """The form of each unit: taken back as it is, then with every value another one."""
    found = desk(tmp_path, number)
    assert unchanged(found)
    before = found.file.read_text("utf-8")
    new = changed(form(number))
    found.fill(new)
    found.write()
    after = found.file.read_text("utf-8")
    assert texts_of(form(number), found.submission()) == {**form(number).texts, **new}
    assert comments(after) == comments(before)


@pytest.mark.parametrize("number", [9, 10, 25, 43, 46])
def test_a_year_only_begun(number: int, tmp_path: Path) -> None:
    """A clerk who never opens the YAML: the file of a new year, filled in by its form alone, says all that the sample file says."""
    found = desk(tmp_path, number)
    complete = found.submission()
    unit = next(u.unit for u in year().units.values() if u.unit.number == number)
    found.file.write_text(unit_file(unit, year().regulation, 2023, LastYear(2022)), "utf-8")
    begun = load(found.file, "tep", Submission).value
    assert begun is not None
    made = form_of(year().regulation, unit, 2023, begun)
    data = write_form(made, year().regulation, CREATED)
    found.form.write_bytes(data)
    assert unchanged(found)
    wanted = texts_of(made, complete)
    found.fill({path: text for path, text in wanted.items() if text != made.texts[path]}, data)
    before = found.file.read_text("utf-8")
    found.write()
    assert texts_of(form(number), found.submission()) == form(number).texts
    assert comments(found.file.read_text("utf-8")) == comments(before)
    assert unchanged(found)


ENCODED = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "no end of line": lambda text: text.rstrip("\n").encode(),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
}


@pytest.mark.parametrize("kind", ENCODED)
def test_untouched_lines_stay_byte_for_byte(kind: str, tmp_path: Path) -> None:
    """Marks, line ends and spelling of the file are its own business."""
    found = desk(tmp_path, 25)
    found.file.write_bytes(ENCODED[kind](found.file.read_text("utf-8")))
    before = found.file.read_bytes()
    assert unchanged(found)
    found.fill({("dang_ky_nam_sau",): "tot"})
    found.write()
    code = "utf-16-le" if kind == "utf-16" else "utf-8"
    old, new = (f"dang_ky_nam_sau: {level}".encode(code) for level in ("xuat_sac", "tot"))
    assert before.count(old) == 1
    assert found.file.read_bytes() == before.replace(old, new)
    assert (found.places.blank_forms / f"{found.file.stem}-truoc-khi-nhap.yaml").read_bytes() == before


def test_a_new_last_line(tmp_path: Path) -> None:
    """The file need not end with a line break, and what is added has the file's own line ends."""
    found = desk(tmp_path, 25)
    found.file.write_bytes(found.file.read_text("utf-8").rstrip("\n").replace("\n", "\r\n").encode())
    before = found.file.read_bytes()
    found.fill({("noi_nhan", "0"): "Như Điều 3"})
    found.write()
    assert found.file.read_bytes() == before + '\r\n\r\nnoi_nhan:\r\n  - "Như Điều 3"'.encode()


SPELLED: list[tuple[KeyPath, Any, str]] = [
    (("cham_diem", "A.1.1", "ty_le"), 0.57, "57%"),
    (("cham_diem", "A.1.1", "ty_le"), "92,5 %", "92,5%"),
    (("cham_diem", "B.4", "diem"), 5.1, "5,1"),
    (("cham_diem", "B.4", "diem"), "5.25", "5,25"),
    (("cham_diem", "B.1", "thuc_hien"), 30.0, "30"),
    (("hoi_nghi", "gui_du_thao"), dt.datetime(2023, 12, 7), "07/12/2023"),
    (("hoi_nghi", "gui_du_thao"), "7/12/2023", "07/12/2023"),
    (("hoi_nghi", "gio"), dt.time(7, 30), "07:30"),
    (("hoi_nghi", "gio"), "7h30", "07:30"),
    (("hoi_nghi", "dia_diem"), unicodedata.normalize("NFD", " Phòng\u00a0họp  số\r\n 2 "), "Phòng họp số 2"),
    (("hoi_nghi", "phieu", "tot"), "0", "0"),
    (("so_ngay_van_ban", "bao_cao_tong_ket", "so"), 536, "536"),
    (("dang_ky_nam_sau",), " hoàn thành TỐT nhiệm vụ", "tot"),
    (("dang_ky_nam_sau",), "tot", "tot"),
    (("bao_cao", "dang_ky"), "\n một_x000D_\n\n- hai\u00a0ba \r\n", "một\n\n- hai ba\n"),
]


@pytest.mark.parametrize(
    ("path", "typed", "said", "old_macintosh"),
    [(*case, False) for case in SPELLED] + [(*case, True) for case in SPELLED if isinstance(case[1], dt.datetime)],
)
def test_spelled_otherwise(path: KeyPath, typed: Any, said: str, old_macintosh: bool, tmp_path: Path) -> None:
    """What programs and people make of a value comes to the one text files have; days may be counted from 1904."""
    found = desk(tmp_path, 25)
    found.fill({path: (typed,)}, old_macintosh=old_macintosh)
    taken = found.take()
    found.write()
    assert texts_of(form(25), found.submission())[path] == said
    assert len(taken.changes) <= 1
