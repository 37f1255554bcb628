"""A small year whose dossiers are finished once; tests that plant a fault work on a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.cases import PROVINCE, UNIT, Case
from tests.audit.small import Year, copied
from tests.end_to_end.province import Province, lower_head


COUNCIL = """
cham_diem:
  A.1.1:
    diem: 4,35
    ly_do: "Hội đồng nhận thấy quy chế làm việc sửa đổi chậm ba tháng so với yêu cầu của cấp trên"
"""


def council_differs(province: Province) -> None:
    """The council gives Ban Dân tộc 0,65 points less than it gives itself."""
    lower_head(province)
    path = province.file("tham_dinh", 43)
    path.write_text(path.read_text("utf-8") + COUNCIL, "utf-8")


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return Year(tmp_path_factory.mktemp("nam"), council_differs)


@pytest.fixture(scope="session")
def finished(year: Year) -> dict[str, Path]:
    """A unit's dossier and the province's."""
    return {folder: year.finish(year.plans[folder]) for folder in (UNIT, PROVINCE)}


def level_owed(province: Province) -> None:
    """The level registered for next year is not written yet: the dossier is a draft."""
    lower_head(province)
    province.edit("don_vi", 43, "dang_ky_nam_sau: tot", "dang_ky_nam_sau:")


@pytest.fixture(scope="session")
def draft_year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return Year(tmp_path_factory.mktemp("du-thao"), level_owed)


@pytest.fixture
def year_draft(draft_year: Year, tmp_path: Path) -> Case:
    plan = draft_year.plans[UNIT]
    assert plan.draft
    return Case(draft_year, plan, copied(draft_year.finish(plan), tmp_path))


@pytest.fixture
def unit(year: Year, finished: dict[str, Path], tmp_path: Path) -> Case:
    return Case(year, year.plans[UNIT], copied(finished[UNIT], tmp_path))


@pytest.fixture
def province(year: Year, finished: dict[str, Path], tmp_path: Path) -> Case:
    return Case(year, year.plans[PROVINCE], copied(finished[PROVINCE], tmp_path))
