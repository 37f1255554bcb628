"""A unit's file -> what its documents print: maxima that add up, notes in the table's own words, lists, people, conditions, the cover."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.files import DossierPlan
from pipeline.planning import plan_units
from pipeline.rendering.fields_sheet import named
from pipeline.rendering.vietnamese import NBSP, items, ordinal
from tests.support import VALID, assess, write_year

TEMPLATES = Path(__file__).parents[2] / "templates_docx"


def dossier(tmp_path: Path, *changes: tuple[str, str], append: str = "") -> DossierPlan:
    """The valid unit's plan after the changes."""
    text = (VALID / "don_vi.yaml").read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    result = assess(write_year(tmp_path / "data", don_vi=text + append), "25")
    (plan,) = plan_units(result, TEMPLATES)
    return plan


def fields(plan: DossierPlan, number: int) -> Any:
    return plan.documents[number - 1].fields


def maximum(row: dict[str, Any]) -> Decimal:
    return Decimal(row["toi_da"].split(" (")[0].replace(",", "."))


@pytest.mark.parametrize("kind", ["tieu_chi", "hang"])
def test_printed_maxima_add_up_though_a_criterion_does_not_apply(tmp_path: Path, kind: str) -> None:
    """C.2 does not apply: its points stand beside C.1's, and every changed number has the standard one in brackets."""
    rows = fields(dossier(tmp_path), 4)["hang"]
    start = next(n for n, row in enumerate(rows) if row["ten"].startswith("C. "))
    part = [row for row in rows[start:] if row["loai"] == kind]
    assert sum(maximum(row) for row in part) == 10
    if kind == "tieu_chi":
        assert [row["toi_da"] for row in part] == ["7 (4)", "0 (3)", "3"]
    else:
        assert [row["toi_da"] for row in part] == ["3,5 (2)", "3,5 (2)", "0 (1)", "0 (2)", "1", "2"]


def test_no_sum_stands_without_the_row_above_it(tmp_path: Path) -> None:
    rows = fields(dossier(tmp_path), 4)["hang"]
    above = [rows[n - 1] for n, row in enumerate(rows) if row["loai"] == "tong"]
    assert len(above) == 4 and all(row["giu"] for row in above)
    assert sum(1 for row in rows if row["giu"]) == 4 and not rows[-1]["giu"]


def test_the_note_names_rows_as_the_table_does(tmp_path: Path) -> None:
    (note,) = fields(dossier(tmp_path), 4)["ghi_chu_bang"]
    assert "điểm chuẩn của nội dung thứ nhất, thứ hai, tiêu chí 1, mục C đã được cộng dồn điểm của nội dung không áp dụng (" in note
    assert note.endswith("); số trong ngoặc là điểm chuẩn của Quy định.")
    assert "C.1.1" not in note and note.count("Phụ lục, mục C") == 1


def test_without_moved_points_there_is_no_note(tmp_path: Path) -> None:
    plan = dossier(
        tmp_path,
        ('  C.2.1:\n    khong_ap_dung: "Không bị gợi ý kiểm điểm"', "  C.2.1:\n    ty_le: 100%\n    can_cu: phe_binh"),
        ('  C.2.2:\n    khong_ap_dung: "Năm trước không bị gợi ý kiểm điểm"', "  C.2.2: 100%"),
    )
    assert fields(plan, 4)["ghi_chu_bang"] == []


def test_conditions_say_dat_only_where_counts_leave_no_doubt(tmp_path: Path) -> None:
    rows = fields(dossier(tmp_path), 4)["dieu_kien"]
    assert [row["gia_tri"] for row in rows[-2:]] == ["Đạt (09/10)", "Đạt (01/01)"]
    assert [row["minh_chung"] for row in rows] == ["Quyết định số 1", "Quyết định số 2", *[""] * 6]  # "Không có" beside "Đạt" reads wrongly
    below = fields(dossier(tmp_path, ("hoan_thanh: 9\n", "hoan_thanh: 4\n"), ("chu_yeu_dat: 1", "chu_yeu_dat: 0")), 4)["dieu_kien"]
    assert [row["gia_tri"] for row in below[-2:]] == ["04/10", "00/01"]


def test_absent_people_stand_in_the_sentence_or_in_lines(tmp_path: Path) -> None:
    assert fields(dossier(tmp_path), 5)["hop"]["vang_ten"] == f": Phạm{NBSP}Văn{NBSP}D (Ốm)."
    more = "".join(f'    - ho_ten: Trần Thị {letter}\n      ly_do: "Ốm"\n' for letter in "GHI")
    four = fields(dossier(tmp_path, ('      ly_do: "Ốm"\n', f'      ly_do: "Ốm"\n{more}'), ("trieu_tap: 3", "trieu_tap: 6")), 5)["hop"]
    assert four["vang_ten"] == ":"
    assert [line.replace(NBSP, " ") for line in four["vang"]] == [
        "Phạm Văn D (Ốm);",
        "Trần Thị G (Ốm);",
        "Trần Thị H (Ốm);",
        "Trần Thị I (Ốm).",
    ]


def test_the_chair_has_the_post_of_the_member(tmp_path: Path) -> None:
    plan = dossier(tmp_path)
    member = fields(plan, 1)["thanh_vien"][0]
    assert fields(plan, 5)["hop"]["chu_tri"] == f"{member['ho_ten']}, {member['chuc_vu']}"


def test_nothing_to_list_is_left_to_the_form_to_say(tmp_path: Path) -> None:
    valid = (VALID / "don_vi.yaml").read_text("utf-8")
    cases = valid[valid.index("\nky_luat:") : valid.index("\nthanh_vien:")]
    plan = dossier(tmp_path, (cases, "\nky_luat: []\n"))
    assert fields(plan, 5)["ky_luat"] == [] and fields(plan, 5)["hop"]["y_kien"] == []


def test_the_cover_says_in_ordinary_letters_who_signs(tmp_path: Path) -> None:
    plan = dossier(tmp_path)
    signers = [document.signers.replace(NBSP, " ") for document in plan.documents]
    assert signers[0] == "Giám đốc Nguyễn Thị A"
    assert signers[2] == "TM. TẬP THỂ LÃNH ĐẠO, Giám đốc Nguyễn Thị A"
    assert signers[4] == "thư ký Lê Văn C; chủ trì Nguyễn Thị A"
    deputy = '\nnguoi_ky:\n  ho_ten: Trần Văn B\n  chuc_vu: "Phó Giám đốc, Bí thư Chi bộ"\n  quyen_han: "KT. Giám đốc"\n'
    signed = dossier(tmp_path, append=deputy)
    assert signed.documents[0].signers.replace(NBSP, " ") == "KT. GIÁM ĐỐC, Phó Giám đốc, Bí thư Chi bộ Trần Văn B"
    assert fields(signed, 1)["ky"]["chuc_vu"] == "PHÓ GIÁM ĐỐC, BÍ THƯ CHI BỘ"


def test_a_sheet_without_number_has_the_date_of_the_conference(tmp_path: Path) -> None:
    plan = dossier(tmp_path)
    assert plan.documents[3].number == "ngày\u00a015/12/2023"


def test_a_list_ends_its_lines_and_itself() -> None:
    assert items(["a", "b.", "c;"]) == ["a;", "b;", "c."]
    assert items([]) == []
    assert [ordinal(n) for n in (1, 2, 3, 4, 5, 10)] == ["thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ mười"]


def test_criteria_without_contents_are_named_in_one_row() -> None:
    assert named(["B.1", "B.2", "B.9"]) == "tiêu chí 1, 2, 9, mục B"
    assert named(["A.2.1", "C.1.1", "C.1.2"]) == "nội dung thứ nhất, tiêu chí 2, mục A; nội dung thứ nhất, thứ hai, tiêu chí 1, mục C"
