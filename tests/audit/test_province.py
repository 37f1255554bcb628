"""The province's papers against ket_qua.json: points, levels, ranks and counts agree in all of them."""

from __future__ import annotations

import pytest

from tests.audit.cases import Case
from tests.audit.small import edit_word

FAULTS = [
    ("1-to-trinh", "88,95", "89,95", "«Tập thể lãnh đạo Ban Dân tộc tỉnh» ghi 89,95 điểm, dữ liệu là 88,95 điểm"),
    (
        "1-to-trinh",
        "Hoàn thành tốt nhiệm vụ (03 tập thể)",
        "Hoàn thành tốt nhiệm vụ (02 tập thể)",
        "«II- Hoàn thành tốt nhiệm vụ (02 tập thể)»: bên dưới có 03 tập thể",
    ),
    ("2-bao-cao-tong-hop", "88,95", "88,96", "hàng «43 | Tập thể lãnh đạo Ban Dân tộc tỉnh | 89,60» ghi «88,96», dữ liệu là «88,95»"),
    (
        "2-bao-cao-tong-hop",
        "03 tập thể hoàn thành tốt",
        "02 tập thể hoàn thành tốt",
        "«... tập thể hoàn thành tốt nhiệm vụ» ghi «02», dữ liệu là «03»",
    ),
    ("2-bao-cao-tong-hop", "01 tập thể có điểm", "02 tập thể có điểm", "ghi «02», dữ liệu là «01»"),
    ("3-bien-ban-tham-dinh", "88,95", "89,60", "ghi «89,60», dữ liệu là «88,95»"),
    ("4-quyet-dinh", "88,95", "89,60", "«Tập thể lãnh đạo Ban Dân tộc tỉnh» ghi 89,60 điểm, dữ liệu là 88,95 điểm"),
    (
        "4-quyet-dinh",
        "03 tập thể hoàn thành tốt",
        "04 tập thể hoàn thành tốt",
        "«... tập thể hoàn thành tốt nhiệm vụ» ghi «04», dữ liệu là «03»",
    ),
    ("5-cong-van-xin-y-kien-hoi-dong-tdkt", "89,60", "88,95", "ghi «88,95», dữ liệu là «89,60»"),
    ("6-phieu-giai-trinh", "88,95", "88,59", "«Tập thể lãnh đạo Ban Dân tộc tỉnh» ghi «88,59», dữ liệu là «88,95»"),
    (
        "7-bieu-tham-dinh/43-ban-dan-toc",
        "88,95 điểm",
        "89,95 điểm",
        "«điểm; tổng điểm thẩm định: ... điểm» ghi «89,95», dữ liệu là «88,95»",
    ),
]


@pytest.mark.parametrize(("stem", "old", "new", "said"), FAULTS)
def test_a_changed_paper(province: Case, stem: str, old: str, new: str, said: str) -> None:
    edit_word(province.word(stem), old, new)
    assert any(said in line for line in province.found_in(f"{stem}.docx")), province.found()


def test_a_collective_at_another_level(province: Case) -> None:
    """Names of two levels' rows changed places in the annex: both are told."""
    edit_word(province.word("4-quyet-dinh"), "Ban Dân tộc tỉnh", "Ban Pháp chế")
    found = province.found_in("4-quyet-dinh.docx")
    assert any("«Tập thể lãnh đạo Ban Dân tộc tỉnh» không đứng ở mức «Hoàn thành tốt nhiệm vụ» như trong dữ liệu" in line for line in found)
    assert any("«Tập thể lãnh đạo Ban Pháp chế» không ở mức «Hoàn thành tốt nhiệm vụ» trong dữ liệu" in line for line in found)


def test_a_page_of_the_annex(province: Case) -> None:
    province.redraw("4-quyet-dinh", "88,95", "98,95")
    assert any(
        "không có hàng «3 | Tập thể lãnh đạo Ban Dân tộc tỉnh | 88,95» như trong tệp Word" in x
        for x in province.found_in("4-quyet-dinh.pdf")
    )
