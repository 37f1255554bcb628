"""A document without number and date in the data is legal: the văn thư writes both by hand, and the audit asks for neither."""

from __future__ import annotations

import re
from pathlib import Path

from tests.audit.cases import PROVINCE, UNIT
from tests.audit.small import Year, lines_of
from tests.end_to_end.province import Province, lower_head
from tests.support import UNIT as ALONE
from tests.support import write_year

ENTRIES = re.compile(r"(?m)^so_ngay_van_ban:\n(?:(?: .*)?\n)+")
BLANK = "Bắc Giang, ngày      tháng      năm"


def no_numbers(province: Province) -> None:
    lower_head(province)
    for path in (province.file("don_vi", 43), province.data / "2023" / "tinh.yaml"):
        text, count = ENTRIES.subn("", path.read_text("utf-8"))
        assert count == 1
        path.write_text(text, "utf-8")


def dates(folder: Path) -> dict[str, str]:
    """Of each Word file, the place and date below its letterhead."""
    found = {path.stem: [text for text, _ in lines_of(path.read_bytes()) if "Bắc Giang, ngày" in text] for path in folder.glob("*.docx")}
    return {stem: texts[0] for stem, texts in found.items() if texts}


def test_no_document_has_its_number_yet(tmp_path: Path) -> None:
    """Reports stay blank; the scoring sheet, which has no number, keeps the day of the conference."""
    year = Year(tmp_path, no_numbers)
    staged = year.finish(year.plans[UNIT])
    printed = dates(staged)
    assert BLANK in printed["1-bao-cao-chi-dao-kiem-diem"] and BLANK in printed["5-bien-ban-hoi-nghi"]
    assert "ngày 12 tháng 12 năm 2023" in printed["4-bieu-tu-cham-diem"]
    assert year.findings(year.plans[UNIT], staged) == []
    assert year.findings(year.plans[PROVINCE], year.finish(year.plans[PROVINCE])) == []


def valid(data: Path) -> None:
    write_year(data)


def test_the_valid_year_of_one_unit(tmp_path: Path) -> None:
    year = Year(tmp_path, lambda _: None, valid)
    for folder in (ALONE, PROVINCE):
        assert year.findings(year.plans[folder], year.finish(year.plans[folder])) == []
