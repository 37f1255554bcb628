"""Opinions, appraisal, recorded levels -> the steps of Điều 5 that are done, what is still owed and why the province is a draft."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline import assessing
from pipeline.explaining import explain_year
from pipeline.model.procedure import Steps
from pipeline.model.province import Decisions
from pipeline.places import Places
from pipeline.planning import province_missing
from pipeline.rating.assess import assess, late_opinions
from pipeline.rating.procedure import steps
from pipeline.rating.year import settle_year
from pipeline.rendering.province_view import province_view
from pipeline.rendering.told import told
from tests.end_to_end.province import Province, small_data
from tests.rating.build import appraisal, regulation, submission, units

PARTY_UNIT = 13  # asks Thường trực Tỉnh ủy, together with the proposal
OPINION = re.compile(r"  thuong_truc_tinh_uy:\n(    .*\n)+")


def done(facts: dict[str, Any], official: str | None = "tot") -> tuple[list[str], str, Steps]:
    """Steps done, the last one reached, all of it; `official`: the level the Standing Committee recorded."""
    law, unit = regulation(), units()[int(facts.get("don_vi", 25))]
    own, council = submission(law, unit, facts), appraisal(law, unit, facts)
    a = assess(law, unit, own, council)
    settle_year(law, {a.code: a}, {}, None)
    a.official = official
    found = steps(law, unit, own, council, a, Decisions(ngay="30/12/2023"))
    return [s.code for s in found.steps if s.done], found.reached, found


def test_a_late_opinion_holds_up_the_decision_only() -> None:
    """Consulted and decided are not done, the appraisal is."""
    codes, reached, found = done({"don_vi": PARTY_UNIT, "tong_diem": "90", "thieu_y_kien": ["thuong_truc_tinh_uy"]})

    assert (codes, reached, found.appraised) == (["tu_danh_gia", "tham_dinh"], "tham_dinh", True)


def test_with_every_opinion_all_is_done() -> None:
    assert done({"don_vi": PARTY_UNIT, "tong_diem": "90"})[:2] == (["tu_danh_gia", "xin_y_kien", "tham_dinh", "quyet_dinh"], "quyet_dinh")


@pytest.mark.parametrize(
    "facts",
    [
        {"tong_diem": "90", "khuyet_diem": {"suy_thoai": {"co_khong": "chua_ro"}}},  # a person's decision is awaited
        {"tong_diem": "90", "thieu_y_kien": ["hoi_dong_tdkt"]},  # an opinion the appraisal waits for
        {"tong_diem": "90", "cham_diem": {"A.1.1": None}},  # a row without points
    ],
)
def test_nothing_is_decided_before_there_is_a_proposal(facts: dict[str, Any]) -> None:
    """An official level recorded too early stands beside it and decides nothing."""
    assert "quyet_dinh" not in done(facts)[0]


def test_the_owed_opinion_is_named_with_its_article() -> None:
    law, unit = regulation(), units()[PARTY_UNIT]
    facts = {"don_vi": PARTY_UNIT, "thieu_y_kien": ["thuong_truc_tinh_uy"]}
    (claim,) = late_opinions(law, unit, appraisal(law, unit, facts))

    assert claim.path == ("y_kien", "thuong_truc_tinh_uy")
    assert claim.what == (
        "chưa có ý kiến của Thường trực Tỉnh ủy, xin cùng lúc với trình; thiếu thì chưa trình được (Điều 5 khoản 2 điểm (1) gạch đầu dòng 1)"
    )


def test_check_explain_and_cover_say_the_same(tmp_path: Path) -> None:
    """One line in `check`, the province a draft because of it, and no sentence of `explain` against another."""
    small_data(tmp_path / "data")
    province = Province(tmp_path / "data", tmp_path / "build")
    path = province.file("tham_dinh", 10)
    path.write_text(OPINION.sub("", path.read_text("utf-8"), count=1), "utf-8")
    result = assessing.check(Places(province.data, province.build, 2023))
    view = province_view(result.files, result.assessments, result.quota, explain_year(result))
    lines = "\n".join(told(view, next(v for v in view.units if v.unit.number == 10)))

    owed = [str(p) for p in result.files.problems if "Thường trực Tỉnh ủy" in p.what]
    assert len(owed) == 1 and owed[0].endswith("— ghi ý kiến vào y_kien, hoặc xác nhận ở xac_nhan")
    assert sum("Thường trực Tỉnh ủy" in line for line in province_missing(result)) == 1
    assert result.assessments["ban-can-su-dang-ubnd"].level
    assert "lấy ý kiến chưa xong" in lines and "thẩm định đã xong" in lines and "quyết định chưa xong" in lines
    assert "Thường trực Tỉnh ủy còn thiếu ý kiến (xin cùng lúc với trình, không giữ việc thẩm định)" in lines
