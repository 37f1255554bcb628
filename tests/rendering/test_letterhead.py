"""Heading, recipients, numbers and posts of the 56 units: as lines of a letterhead, measured with the real font."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import ImageFont

from pipeline.fonts import FACES, font_file
from pipeline.forms.catalogue import Form, Profile, read_forms, read_profiles
from pipeline.model.unit import Register, Unit
from pipeline.reading.shape import load
from pipeline.rendering.vietnamese import NBSP
from pipeline.rendering.letterhead import Issuer, _post, main_post, number_line, shared_fields, unit_issuer

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates_docx"
TWIPS_PER_MM = 1440 / 25.4
THROUGH = "(qua Ban Tổ chức Tỉnh ủy)".replace(" ", NBSP)
FREE = 3.0  # mm that keep the two halves of the heading apart


@cache
def units() -> tuple[Unit, ...]:
    register = load(ROOT / "data/don_vi.yaml", "data/don_vi.yaml", Register).value
    assert register and len(register.units) == 56
    return tuple(register.units)


def profile(unit: Unit) -> Profile:
    return read_profiles(TEMPLATES).of(unit.format, dt.date(2023, 12, 15))


def form(code: str) -> Form:
    return next(f for f in read_forms(TEMPLATES).of("don_vi") if f.code == code)


def unit(number: int) -> Unit:
    return units()[number - 1]


def printed(unit: Unit, code: str) -> dict[str, object]:
    return shared_fields(form(code), profile(unit), unit_issuer(unit), None, "Bắc Giang", 2023, form(code).recipients, False)


def width(text: str, points: float, bold: bool) -> float:
    font = ImageFont.truetype(str(font_file(FACES["Dam" if bold else "Thuong"])), 1000, layout_engine=ImageFont.Layout.BASIC)
    return float(font.getlength(text)) / 1000 * points * 25.4 / 72


@cache
def heading(code: str) -> tuple[float, float, dict[str, float], str]:
    """Widths of the two cells, sizes by style, the first line of the right cell."""
    document = Document(str(TEMPLATES / f"the_thuc/{code}.docx"))
    left, right = (int(c.get(qn("w:w"))) / TWIPS_PER_MM for c in document.tables[0]._tbl.tblGrid)
    sizes = {s.style_id: s.font.size.pt for s in document.styles if s.style_id in ("CoQuanChuQuan", "CoQuanBanHanh", "QuocHieu")}
    return left, right, sizes, document.tables[0].rows[0].cells[1].paragraphs[0].text


@pytest.mark.parametrize("unit", units(), ids=lambda u: u.code)
def test_no_line_of_a_heading_wraps_or_crowds_the_other_half(unit: Unit) -> None:
    left, right, sizes, opposite = heading(profile(unit).code)
    issuer = unit_issuer(unit)
    room = min(left, left + right - width(opposite, sizes["QuocHieu"], True) - 2 * FREE)
    for style, lines in (("CoQuanChuQuan", issuer.superior_lines), ("CoQuanBanHanh", issuer.name_lines)):
        for line in lines:
            assert width(line, sizes[style], style == "CoQuanBanHanh") < room, line


@pytest.mark.parametrize("unit", units(), ids=lambda u: u.code)
def test_a_heading_says_the_whole_name_and_no_abbreviation(unit: Unit) -> None:
    issuer = unit_issuer(unit)
    assert issuer.name.replace(" ", "") and "/" not in issuer.name and "QLDA" not in issuer.name
    assert not any(line.endswith(" VÀ") for line in (*issuer.superior_lines, *issuer.name_lines))


def test_whoever_is_addressed_is_named_once() -> None:
    assert printed(unit(25), "1-bao-cao-chi-dao-kiem-diem")["noi_nhan"] == ["Như trên;", "Lưu: VT, VP."]
    assert printed(unit(25), "3-bao-cao-kiem-diem-tap-the")["noi_nhan"] == [
        f"Ban Thường vụ Tỉnh ủy {THROUGH};",
        "Lưu: VT, VP.",
    ]
    assert printed(unit(14), "1-bao-cao-chi-dao-kiem-diem")["noi_nhan"] == [
        f"Ban Thường vụ Tỉnh ủy {THROUGH},",
        "Lưu Văn phòng.",
    ]
    assert printed(unit(14), "6-dang-ky-xep-loai-nam-sau")["noi_nhan"] == ["Như trên,", "Lưu Văn phòng."]


def test_the_drafting_unit_is_the_units_own() -> None:
    letter = form("6-dang-ky-xep-loai-nam-sau")
    assert number_line(letter, profile(unit(25)), unit_issuer(unit(25)), None).endswith("/SNV-VP")
    assert number_line(letter, profile(unit(21)), unit_issuer(unit(21)), None).endswith("/VP-HC")
    assert printed(unit(41), "2-bao-cao-tong-ket")["noi_nhan"] == ["Như trên;", "Lưu: VT, HCTC."]


@pytest.mark.parametrize(
    "post, body, said",
    [
        ("Bí thư Tỉnh đoàn", "BAN THƯỜNG VỤ TỈNH ĐOÀN", "BÍ THƯ"),
        ("Bí thư Ban cán sự đảng", "BAN CÁN SỰ ĐẢNG", "BÍ THƯ"),
        ("Phó Bí thư Đảng đoàn", "ĐẢNG ĐOÀN", "PHÓ BÍ THƯ"),
        ("Trưởng ban", "BAN PHÁP CHẾ", "TRƯỞNG BAN"),
        ("Trưởng ban chỉ đạo", "TẬP THỂ LÃNH ĐẠO", "TRƯỞNG BAN CHỈ ĐẠO"),
        ("Chánh Văn phòng Tỉnh ủy", "", "CHÁNH VĂN PHÒNG TỈNH ỦY"),
        ("Phó Giám đốc, Phụ trách Sở", "", "PHÓ GIÁM ĐỐC, PHỤ TRÁCH SỞ"),
    ],
)
def test_a_post_does_not_repeat_the_body_and_is_not_cut(post: str, body: str, said: str) -> None:
    assert _post(post, body).upper() == said


def test_a_member_signs_with_the_first_of_several_posts() -> None:
    assert main_post("Giám đốc, Bí thư Đảng ủy") == "Giám đốc"
    assert Issuer((), ("SỞ", "NỘI VỤ"), "SNV", "Sở").name == "SỞ NỘI VỤ"
