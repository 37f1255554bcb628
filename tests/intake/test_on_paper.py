"""What would look wrong on a unit's documents is said before they are made."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.intake.on_paper import LONGEST_REASON
from pipeline.places import PROJECT
from tests.support import VALID, assess, write_year

SIGNER = '\nnguoi_ky:\n  ho_ten: Trần Văn B\n  chuc_vu: "Phó Bí thư"\n  quyen_han: "{authority}"\n'


def found(tmp_path: Path, text: str, **entry: str) -> list[str]:
    """Problems of the valid unit, its register entry changed."""
    places = write_year(tmp_path / "data", don_vi=text)
    path = places.register
    (unit,) = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["don_vi"]
    path.write_text(yaml.safe_dump({"don_vi": [{**unit, **entry}]}, allow_unicode=True), "utf-8")
    return [str(p) for p in assess(places, "25").files.units["so-noi-vu"].submission.problems]


@pytest.mark.parametrize(
    "authority, entry, wrong",
    [
        ("K/T BÍ THƯ", {"the_thuc": "dang", "thay_mat": "ĐẢNG ĐOÀN"}, True),
        ("KT. Bí thư", {"the_thuc": "doan", "thay_mat": "BAN THƯỜNG VỤ"}, True),
        ("T/L BAN THƯỜNG VỤ", {"the_thuc": "dang", "thay_mat": "ĐẢNG ĐOÀN"}, False),
        ("K/T TRƯỞNG BAN", {"the_thuc": "dang"}, False),
        ("KT. CHỦ TỊCH", {"the_thuc": "nha_nuoc", "thay_mat": "BAN THƯỜNG VỤ"}, False),
    ],
)
def test_a_deputy_signs_for_a_party_body_without_kt(tmp_path: Path, authority: str, entry: dict[str, str], wrong: bool) -> None:
    lines = found(tmp_path, (VALID / "don_vi.yaml").read_text("utf-8") + SIGNER.format(authority=authority), **entry)
    assert [f"không ghi «{authority}» — xóa dòng quyen_han" in line and ": lỗi: " in line for line in lines] == [True] * wrong


@pytest.mark.parametrize("words", [LONGEST_REASON, LONGEST_REASON + 1])
def test_a_reason_that_fills_a_page_is_a_warning(tmp_path: Path, words: int) -> None:
    text = (VALID / "don_vi.yaml").read_text("utf-8").replace('ly_do: "Chậm một tháng"', f'ly_do: "{" ".join(["chậm"] * words)}"')
    lines = found(tmp_path, text)
    assert [f"cảnh báo: lý do dài {words} từ" in line for line in lines] == [True] * (words > LONGEST_REASON)


def test_the_sample_year_has_neither() -> None:
    assert not any("quyen_han" in path.read_text("utf-8") for path in (PROJECT / "data/2023/don_vi").glob("*.yaml"))
