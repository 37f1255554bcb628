"""No line is broken inside a number with its word: every habit by example, runs, whole files, and that nothing else ever changes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.rendering.binding import BOUND, RULES, SPACE, WIDE_RULES, bind, bind_part
from tests.rendering.tiny import filled, template

BOUND_EXAMPLES = [  # ~ = must be bound, every other space must stay
    "theo quy định tại điểm~c khoản~5 Điều~6",
    "Điều~6 khoản~1 gạch đầu dòng~4",
    "các tiêu chí tại mục~B, Mục~I.2 và Phần~II của Chương~IV, Phụ~lục~I và PHỤ~LỤC~2",
    "tiêu chí~7 của nhóm~1, sửa lần~2; xem Biểu~đồ~1",
    "Bắc Giang, ngày~05 tháng~02 năm~2024",
    "NĂM~2023",
    "ngày~08/3/2018 đồng chí Trưởng ban ký",
    "Quyết~định số~15/QĐ-SNV và công~văn số~07-CV/BTCTU",
    "Số:~05/BC-SNV",
    "Số~01-QĐ/TU",
    f"Số:~{BOUND * 6}/BC-SNV",
    f"kèm theo Quyết~định số~{BOUND * 6}-QĐ/TU",
    "đạt 96,50~điểm, từ 08~giờ~30~phút đến 11~giờ",
    "12~phiếu trên 05/07~phiếu, 1.234~người",
    "Hoàn thành xuất sắc nhiệm vụ (09~tập~thể)",
    "năm~2023 tập thể lãnh đạo",
    "03~đồng~chí trong 11~thành~viên",
    "Quý~I/2024 làm 28,6~km đường, quý~3 thêm 12~ha",
    "Thường trực Tỉnh~ủy, Bí thư Đảng~ủy, phong cách Hồ~Chí~Minh",
    "bồi dưỡng đối~tượng~2; đồng~chí Nguyễn~Thị~Ơ và đồng~chí Đỗ~E dự",
]
CELL_EXAMPLES = [  # in a table only the space beside the number
    "Điều~6 khoản~1 gạch đầu dòng~2",
    "Thông báo số~214/TB-UBND ngày~28/7/2023",
    "05/05~tập thể; Phụ lục~I",
]
UNTOUCHED_EXAMPLES = [
    "CHÁNH VĂN PHÒNG TỈNH ỦY",
    "điểm tự chấm của từng tập thể",
    "mục tiêu, khoản thu, năm nay, số lượng, điều kiện",
    "A.1.1 điểm",
    "05/02/2024 đồng chí",
    "mục Bảo vệ môi trường",
    "báo cáo số liệu",
]


def plain(text: str) -> str:
    return text.replace(BOUND, SPACE)


@pytest.mark.parametrize("text", BOUND_EXAMPLES)
def test_what_belongs_together_is_bound(text: str) -> None:
    """Exactly at the marked places."""
    typed = text.replace("~", SPACE)
    assert bind([typed]) == [text.replace("~", BOUND)]


@pytest.mark.parametrize("text", CELL_EXAMPLES)
def test_a_narrow_cell_keeps_only_the_number_with_its_word(text: str) -> None:
    """Long unbreakable stretches would be cut anywhere, or leave holes."""
    assert bind([text.replace("~", SPACE)], cell=True) == [text.replace("~", BOUND)]


def test_a_heading_has_no_single_word_on_its_last_line() -> None:
    text = "47. Ban QLDA công trình dân dụng và công nghiệp tỉnh"
    assert bind([text], heading=True) == [f"47. Ban QLDA công trình dân dụng và công nghiệp{BOUND}tỉnh"]
    assert bind(["IV. KẾT LUẬN"], heading=True) == [f"IV. KẾT{BOUND}LUẬN"]
    assert bind(["HẠN MỨC"], heading=True) == [f"HẠN{BOUND}MỨC"]


@pytest.mark.parametrize("text", UNTOUCHED_EXAMPLES)
def test_other_words_stay_free(text: str) -> None:
    assert bind([text]) == [text]


def test_every_rule_has_an_example() -> None:
    """A rule that no example needs is a rule nobody has seen at work."""
    typed = [plain(text.replace("~", SPACE)) for text in BOUND_EXAMPLES]
    unused = [rule for rule in RULES + WIDE_RULES if not any(re.search(rule.replace("~", " "), text, re.IGNORECASE) for text in typed)]
    assert unused == []


def test_number_and_word_of_different_runs() -> None:
    """A field's value is a run of its own."""
    assert bind(["tháng ", "02", " năm", " ", "2024 đạt 96", ",50 ", "điểm"]) == [
        f"tháng{BOUND}",
        "02",
        " năm",
        BOUND,
        "2024 đạt 96",
        f",50{BOUND}",
        "điểm",
    ]


WORDS = st.sampled_from(
    ["Điều", "khoản", "điểm", "a", "năm", "2024", "05", "số", "giờ", "tập", "thể", "Quyết", "định", "6", " ", BOUND, "(", "."]
)


@given(st.lists(st.lists(WORDS | st.text(max_size=3), max_size=6).map(" ".join), max_size=6))
def test_only_spaces_change_and_twice_is_once(texts: list[str]) -> None:
    """Whatever the texts: same number, lengths and letters; spaces that were bound stay bound."""
    once = bind(texts)
    assert [plain(text) for text in once] == [plain(text) for text in texts]
    assert all(new == old or (old, new) == (SPACE, BOUND) for a, b in zip(texts, once) for old, new in zip(a, b))
    assert bind(once) == once


@given(st.lists(WORDS, max_size=12).map(" ".join), st.data())
def test_where_runs_are_cut_does_not_matter(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)])]
    assert "".join(bind(pieces)) == bind([text])[0]


def spoiled(document: Any) -> None:
    """A field whose code looks like words to bind, and a paragraph that goes on after a line break."""
    run = document.add_paragraph("ngày ").add_run()
    code = OxmlElement("w:instrText")
    code.text = "PAGE Điều 6"
    run._r.append(code)
    document.add_paragraph().add_run("năm").add_break()


def test_a_rendered_file_is_bound_in_body_and_header() -> None:
    """Also where the number comes from a field of the form; codes of Word's own fields are left alone."""
    data = filled(template("Điều {{ so }} của Quy định", header="năm {{ so }}", change=spoiled), {"so": "6"})
    document = Document(io.BytesIO(data))
    assert document.paragraphs[0].text == f"Điều{BOUND}6 của Quy định"
    assert document.sections[0].header.paragraphs[0].text == f"năm{BOUND}6"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "PAGE Điều 6" in archive.read("word/document.xml").decode("utf-8")


def test_binding_a_part_twice_changes_nothing_more() -> None:
    part = Document(io.BytesIO(template("Điều 6", "một", change=spoiled))).element
    bind_part(part)
    once = etree.tostring(part)
    assert f"Điều{BOUND}6".encode("ascii", "xmlcharrefreplace") in once
    bind_part(part)
    assert etree.tostring(part) == once
