"""Any facts -> the explanation agrees with the decision table: branches, what is missing to the next level, levels still possible."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import CANDIDATE, MET, NOT_MET, OPEN, Assessment, QuotaResult, World
from pipeline.model.explanation import DECISION
from pipeline.model.province import HumanDecision
from pipeline.model.regulation import Regulation
from pipeline.rating.branches import branches
from pipeline.rating.gap import DEFECTS, Way, gap, ways
from pipeline.rating.levels import possible_bands, row_for
from pipeline.rating.possible import possible_levels
from pipeline.rating.year import settle_year
from tests.rating.build import rate, regulation
from tests.rating.cases import Ways, law

GAP_FILLERS = {"n2", "n3"}  # their other ways give a level that no branch of the article words
CALM = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
FACT = st.sampled_from(["co", "khong", "chua_ro"])
SCORE = st.sampled_from(["60", "69.99", "70", "80", "84.99", "85", "90", "94.99", "95", "99"])
LEVEL = st.sampled_from(["xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh"])
CASE = st.fixed_dictionaries(
    {
        "doi_tuong": st.sampled_from(["thanh_vien", "don_vi_truc_thuoc", "tap_the"]),
        "hinh_thuc": st.sampled_from(["khien_trach", "canh_cao"]),
        "tu_phat_hien": FACT,
        "khac_phuc_xong": FACT,
    }
)
FINDING = FACT.map(lambda v: {"co_khong": v, "van_ban": "Kết luận số 1"} if v == "co" else {"co_khong": v})
TARGETS = st.sampled_from(
    [
        {"giao": "20", "hoan_thanh": "20", "chu_yeu": "4", "chu_yeu_dat": "4", "bat_kha_khang": "khong"},
        {"giao": "20", "hoan_thanh": "9", "chu_yeu": "2", "chu_yeu_dat": "2", "bat_kha_khang": "khong"},
        {"giao": "20", "hoan_thanh": "15", "chu_yeu": "4", "chu_yeu_dat": "3", "bat_kha_khang": "chua_ro"},
    ]
)


def mostly(good: Any, other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Good order more often than not, so that the upper levels are met too."""
    return st.one_of(st.just(good), st.just(good), other)


FACTS = st.fixed_dictionaries(
    {
        "tong_diem": SCORE,
        "dieu_kien": st.fixed_dictionaries(
            {
                "doan_ket_tieu_bieu": mostly({"dat": "co"}, FACT.map(lambda v: {"dat": v})),
                "goi_y_kiem_diem": mostly({"co_khong": "khong"}, FACT.map(lambda v: {"co_khong": v})),
            }
        ),
        "khuyet_diem": st.fixed_dictionaries({"suy_thoai": mostly({"co_khong": "khong"}, FINDING), "chi_tieu": TARGETS}),
        "ky_luat": mostly([], st.lists(CASE, max_size=2)),
        "thanh_vien": mostly(["tot", "tot"], st.lists(LEVEL, min_size=2, max_size=3)),
    }
)


def rated(facts: dict[str, Any]) -> Assessment:
    """The unit alone in its year, so that a candidate is outside the quota (a sixth of one)."""
    found = rate(facts)
    settle_year(regulation(), {found.code: found}, {}, None)
    return found


READ_ANOTHER_WAY = st.sampled_from(
    [(), *(((n, way),) for n in ("n1", "n2", "n3", "n4", "n5", "n6", "n30") for way in regulation().computable(n))]
)


CAPPED = {
    "tong_diem": "85",
    "dieu_kien": {"doan_ket_tieu_bieu": {"dat": "co"}, "goi_y_kiem_diem": {"co_khong": "khong"}},
    "khuyet_diem": {
        "suy_thoai": {"co_khong": "khong"},
        "chi_tieu": {"giao": "20", "hoan_thanh": "20", "chu_yeu": "4", "chu_yeu_dat": "4", "bat_kha_khang": "khong"},
    },
    "ky_luat": [],
    "thanh_vien": ["xuat_sac", "khong_hoan_thanh"],
}


@given(FACTS, READ_ANOTHER_WAY)
@example(CAPPED, (("n5", "c"),))
@CALM
def test_the_branches_met_are_those_of_the_level_reached(facts: dict[str, Any], ways: Ways) -> None:
    """While a level is open no branch is met. Under other readings: one that fills a gap has no branch, n4 c prefers the higher of two."""
    read = law(ways)
    found = rate(facts, read)
    quota, _ = settle_year(read, {found.code: found}, {}, None)
    assert found.levels
    met = {b.level for b in branches(read, found, quota) if b.result == MET}
    if found.candidate:
        assert met == {read.quota.chosen, *([found.level] if found.level else [])}
    elif found.level and ways and not met:
        assert ways[0][0] in GAP_FILLERS and ways[0][0] in found.levels.readings
    elif ways == (("n4", "c"),):
        assert {min(met, key=read.rank, default=None)} == {found.level}
    else:
        assert met == ({found.level} if found.level else set())


@given(FACTS)
@CALM
def test_a_branch_sums_up_its_findings(facts: dict[str, Any]) -> None:
    for branch in branches(regulation(), rate(facts)):
        results = {f.result for f in branch.findings if f.counts}
        assert branch.result == (NOT_MET if NOT_MET in results else OPEN if OPEN in results else MET)
        assert all(f.value and f.text and f.citation for f in branch.findings)


def settled(facts: dict[str, Any], read: Regulation, level: str | None = None) -> tuple[Assessment, QuotaResult]:
    """The unit among ten in good order, as candidates of lower scores or rated below; `level`: what a person decides about it."""
    found = rate(facts, read)
    others = {f"u{i}": replace(rate({"tong_diem": "90"}, read), code=f"u{i}") for i in range(10)}
    decision = HumanDecision(don_vi=found.code, muc=level, nguoi_quyet="Trần Thị B", ngay="27/12/2023", ly_do="Đã xem xét")
    quota, _ = settle_year(read, {found.code: found, **others}, {found.code: decision} if level else {}, "khong_gom_xuat_sac")
    return found, quota


@given(FACTS, READ_ANOTHER_WAY)
@CALM
def test_every_level_still_possible_has_its_facts_and_articles(facts: dict[str, Any], ways: Ways) -> None:
    """The one a candidate falls to through the quota among them, alone in its year or among others."""
    alone = rate(facts, law(ways))
    quota, _ = settle_year(law(ways), {alone.code: alone}, {}, None)
    for found, its in ((alone, quota), settled(facts, law(ways))):
        listed = possible_levels(law(ways), found, its)
        assert [p.level for p in listed] == ([] if found.level else found.possible)
        assert all(p.citations for p in listed)
        assert all(p.when or p.readings for p in listed) or len(listed) == 1


@given(FACTS, st.integers(0, 3), READ_ANOTHER_WAY)
@CALM
def test_the_tree_agrees_with_what_a_person_decided(facts: dict[str, Any], pick: int, ways: Ways) -> None:
    """Every level a person may choose: its branch carries the decision, no other level is met, nothing is left open."""
    read = law(ways)
    before, quota = settled(facts, read)
    if before.level:
        return
    level = before.possible[pick % len(before.possible)]
    after, quota = settled(facts, read, level)
    assert (after.level, after.decided_by) in ((level, "Trần Thị B"), (None, None))
    if after.level is None:
        return
    found = branches(read, after, quota)
    assert OPEN not in {b.result for b in found}
    assert {b.level for b in found if b.result == MET} == {level}
    carrying = {(b.level, f.result) for b in found for f in b.findings if f.code == DECISION}
    assert (level, MET) in carrying and {result for of, result in carrying if of != level} <= {NOT_MET}


def changed(found: Assessment, way: Way, leave_out: str = "") -> tuple[str, World]:
    """The unit's band and facts with what the way asks for, one thing left out."""
    assert found.rated and found.facts
    met = {e.code for e in found.evidence if e.result == MET} | set(way.changes) - {leave_out}
    defect = "khong" if met >= set(DEFECTS) else "co"
    kind = "khong" if "khong_ky_luat" in met else "duoc_tru" if "ky_luat" in met else "khac"
    failed = "khong" if "thanh_vien_khong_hoan_thanh" in met or "thanh_vien" in way.changes else "co"
    named = {c.code for c in regulation().rating.conditions} - {"diem"}
    conditions = "co" if met >= named and kind == "khong" and failed == "khong" else "khong"
    band = way.band.code if way.band and leave_out != "diem" else possible_bands(regulation(), found.rated)[0].code
    return band, World(defect, kind, failed, conditions)


@given(FACTS)
@CALM
def test_with_what_is_missing_the_next_level_is_reached(facts: dict[str, Any]) -> None:
    """Each way up leads to the next higher level, the nearest is told first, and nothing it asks for can be left out."""
    found = rated(facts)
    rules = regulation()
    if not found.level or not rules.rank(found.level) or found.candidate:
        return
    quota = settle_year(rules, {found.code: found}, {}, None)[0]
    higher = rules.heading.levels[rules.rank(found.level) - 1].code
    wanted = [[CANDIDATE]] if higher == rules.quota.chosen else [[higher], [CANDIDATE]]
    told, up = gap(rules, found, quota), ways(rules, found, quota, higher)
    assert told and told.level == higher and told.lacking
    assert set(up[0].lacking) <= set(told.lacking) and bool(told.other) == (min(way.points for way in up) < up[0].points)
    for way in up:
        band, world = changed(found, way)
        assert row_for(rules, band, world).result in wanted
    for code in (*up[0].changes, *(["diem"] if up[0].band else [])):
        band, world = changed(found, up[0], code)
        assert row_for(rules, band, world).result not in wanted


def settle_one(facts: dict[str, Any], pick: int, value: str) -> dict[str, Any]:
    """One of the open facts made clear (the `pick`-th, counted round)."""
    spots: list[tuple[Any, ...]] = []
    for group in ("dieu_kien", "khuyet_diem"):
        spots += [(group, k, f) for k, v in facts[group].items() for f in v if v[f] == "chua_ro"]
    spots += [("ky_luat", i, f) for i, case in enumerate(facts["ky_luat"]) for f in case if case[f] == "chua_ro"]
    if not spots:
        return facts
    group, key, field = spots[pick % len(spots)]
    holder = facts[group]
    inner = {**holder[key], field: value} | ({"van_ban": "Kết luận số 1"} if group != "dieu_kien" else {})
    changed = [inner if i == key else c for i, c in enumerate(holder)] if isinstance(holder, list) else {**holder, key: inner}
    return {**facts, group: changed}


@given(FACTS, st.integers(0, 9), st.sampled_from(["co", "khong"]))
@CALM
def test_settling_an_open_fact_gives_a_level_listed_as_possible(facts: dict[str, Any], pick: int, value: str) -> None:
    before, after = rate(facts).levels, rate(settle_one(facts, pick, value)).levels
    assert before and after
    assert set(after.levels) <= set(before.levels)
