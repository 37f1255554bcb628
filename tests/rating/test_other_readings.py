"""What unclear clauses would give read otherwise: the same wherever it is told, never beyond a maximum, over the basis really used."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.assessing import YearResult
from pipeline.explaining import explain_year
from pipeline.model.assessment import INCOMPLETE
from tests.rating.build import regulation
from tests.rating.test_explanation import FACTS, LEVEL
from tests.rating.told_year import words_of, year_of

CALM = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], phases=(Phase.explicit, Phase.reuse, Phase.generate)
)  # a year is too slow to make a failing one smaller
WAYS = [(), *(((code, way),) for code in regulation().readings for way in regulation().computable(code))]
BLANK = st.sampled_from(
    [{"diem": None}, {"khong_ap_dung": "Không có"}, {"ty_le": "90%"}, {"diem": "1"}, {"ke_hoach": "3", "thuc_hien": "2"}]
)
ROWS = st.dictionaries(st.sampled_from(["A.1.1", "A.1.2", "B.1", "B.7", "C.1.1", "C.1.2", "C.2.1", "C.2.2", "C.3.1"]), BLANK, max_size=4)


@st.composite
def years(draw: st.DrawFn) -> YearResult:
    """A unit with blanks beside three in good order, one way of reading changed, perhaps a person's decision."""
    facts = draw(FACTS)
    for key in draw(st.sets(st.sampled_from(["dieu_kien", "khuyet_diem", "thanh_vien"]), max_size=1)):
        facts = {**facts, key: [] if key == "thanh_vien" else None}
    facts = {**facts, "cham_diem": draw(ROWS), "tham_dinh": {"cham_diem": draw(ROWS)}}
    stated = {25: facts, 26: {"tong_diem": "96"}, 13: {"tong_diem": "90"}, 5: {"tong_diem": "99"}}
    level = draw(st.none() | LEVEL)
    decided = [{"don_vi": "so-noi-vu", "muc": level, "nguoi_quyet": "Trần Thị B"}] if level else []
    return year_of(stated, decided, draw(st.sampled_from([None, "khong_gom_xuat_sac", "gom_xuat_sac"])), draw(st.sampled_from(WAYS)))


@given(years())
@CALM
def test_any_year_can_be_explained(year: YearResult) -> None:
    """Blank rows, blank facts, any single way of reading, any decision: the explanation is made, whole, with no total above the maximum."""
    for text in words_of(year).values():
        assert "None" not in text and "còn thiếu: ." not in text and "thì ." not in text
    for code, explanation in explain_year(year).items():
        a = year.assessments[code]
        if a.total is not None and a.levels and len(a.levels.levels) > 1:
            assert explanation.doubt and (explanation.doubt.facts or explanation.doubt.readings or explanation.doubt.bands)
        assert all(not other.total or Decimal(other.total) <= 100 for other in explanation.readings)
        assert all(other.total == "" and other.state == INCOMPLETE for other in explanation.readings if other.scored_again)


BLANK_ROW = {25: {"tong_diem": "96", "tham_dinh": {"cham_diem": {"A.1.2": {"diem": None}}}}}


def test_other_readings_are_told_while_the_total_is_blank() -> None:
    """The council left a row blank; the self score has a total (n16 a)."""
    text = words_of(year_of(BLANK_ROW))[25]
    assert (
        "Cách hiểu n16: theo cách đang áp dụng «điểm thẩm định» chưa tính được tổng điểm; nếu hiểu «điểm tự chấm» thì điểm là 96,00" in text
    )
