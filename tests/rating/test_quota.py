"""The quota of 20% -> against its definition, against every way of settling the open units, and with people's decisions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.assessment import CANDIDATE, Assessment, QuotaResult
from pipeline.model.province import HumanDecision
from pipeline.rating.quota import Entrant, settle, within
from pipeline.rating.year import Refusal, settle_year
from tests.rating.build import rate, regulation

APART, TOGETHER = "khong_gom_xuat_sac", "gom_xuat_sac"
HTT, HTNV = "tot", "hoan_thanh"
SCORES = [95, 96, 97]
RULE = regulation().quota
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def keeps(basis: str, excellent: int, n: int) -> bool:
    """5·E ≤ T: T the units rated HTT, without or with the excellent ones (reading n7)."""
    return 5 * excellent <= (n if basis == TOGETHER else n - excellent)


@pytest.mark.parametrize("basis", [APART, TOGETHER])
@pytest.mark.parametrize("n", range(1, 61))
def test_limit_is_the_greatest_number_that_keeps_the_rule(n: int, basis: str) -> None:
    assert RULE.limit(basis, n) == max(e for e in range(n + 1) if keeps(basis, e, n))


def test_a_limit_without_the_excellent_ones_also_keeps_the_other_reading() -> None:
    assert [n for n in range(61) if not within(RULE, TOGETHER, RULE.limit(APART, n), n - RULE.limit(APART, n))] == []


def outcome(basis: str, scores: dict[str, int], others: int) -> dict[str, str]:
    """Steps 1 to 5 of the procedure when everything is settled: candidates' scores, number of the other units rated HTT."""
    n = len(scores) + others
    places = max(e for e in range(n + 1) if keeps(basis, e, n))
    result = {}
    for code, score in scores.items():
        above, tied = sum(s > score for s in scores.values()), sum(s == score for s in scores.values())
        result[code] = "XS" if above + tied <= places else "HTT" if above >= places else "waits"
    return result


def ways(entrants: list[Entrant], basis: str | None) -> list[dict[str, str]]:
    """The outcome of every way to settle levels, unknown scores and the basis; an unknown score may lie above or between all others."""
    options = []
    for e in entrants:
        scores: list[float] = [float(e.total)] if e.total is not None else [94, 95, 95.5, 96, 96.5, 97, 98]
        if e.best is not None:
            scores = [s for s in scores if s <= e.best]
        options.append([(e.code, level, score) for level in e.levels for score in (scores if level == CANDIDATE else scores[:1])])
    found = []
    for settled, chosen in product(product(*options), [basis] if basis else [APART, TOGETHER]):
        candidates = {code: score for code, level, score in settled if level == CANDIDATE}
        found.append(outcome(chosen, candidates, sum(level == HTT for _, level, _ in settled)))  # type: ignore[arg-type]
    return found


SETS = [{CANDIDATE}, {CANDIDATE, HTT}, {CANDIDATE, HTT, HTNV}, {CANDIDATE, HTNV}, {HTT, HTNV}, {HTNV}]


@st.composite
def fields(draw: st.DrawFn) -> tuple[list[Entrant], str | None]:
    """Up to five candidates or open units, any number of sure HTT units, any basis."""
    entrants = []
    for i in range(draw(st.integers(1, 5))):
        levels = frozenset(draw(st.sampled_from([{CANDIDATE}, *SETS])))
        total = draw(st.sampled_from(SCORES))
        known = draw(st.sampled_from(["score", "score", "score", "range", "none"]))
        entrants.append(Entrant(f"u{i}", levels, Decimal(total) if known == "score" else None, None if known == "none" else Decimal(total)))
    sure = [Entrant(f"t{i}", frozenset({HTT}), Decimal(90), Decimal(90)) for i in range(draw(st.integers(0, 14)))]
    return entrants + sure, draw(st.sampled_from([APART, TOGETHER, None]))


@given(fields())
@settings(CALM, max_examples=400)
def test_agrees_with_every_way_of_settling(field: tuple[list[Entrant], str | None]) -> None:
    """Chosen = XS in every way. Outside = HTT in every way, but for the one case the rule itself leaves out (see below)."""
    entrants, basis = field
    found = settle(RULE, entrants, basis)
    worlds = ways(entrants, basis)
    always = {c: {w[c] for w in worlds} for c in found.candidates}

    assert set(found.chosen) == {c for c in found.candidates if always[c] == {"XS"} and ranked(entrants, c)}
    assert all(always[c] == {"HTT"} for c in found.outside)
    assert set(found.chosen) | set(found.outside) | set(found.waiting) == set(found.candidates)
    if not any(stubborn(e) for e in entrants):
        assert set(found.outside) == {c for c in found.candidates if always[c] == {"HTT"} and ranked(entrants, c)}


def ranked(entrants: list[Entrant], code: str) -> bool:
    """A candidate whose total is not known yet always waits."""
    return next(e for e in entrants if e.code == code).total is not None


def stubborn(e: Entrant) -> bool:
    """Counted in the largest N only by being a candidate; the rule's best case counts it and leaves it out of the ranking: more cautious."""
    return CANDIDATE in e.levels and HTT not in e.levels and (e.levels != {CANDIDATE} or e.total is None)


@given(fields(), st.integers(0, 4))
@settings(CALM, max_examples=150)
def test_a_higher_total_never_gives_a_candidate_a_lower_place(field: tuple[list[Entrant], str | None], pick: int) -> None:
    """Outside, waiting, chosen: it may push others down, for the quota compares; never itself."""
    entrants, basis = field
    i = pick % len(entrants)
    if entrants[i].total is None or CANDIDATE not in entrants[i].levels:
        return
    raised = [replace(e, total=e.total + 1, best=e.total + 1) if n == i and e.total else e for n, e in enumerate(entrants)]

    assert place(settle(RULE, raised, basis), entrants[i].code) >= place(settle(RULE, entrants, basis), entrants[i].code)


def place(found: QuotaResult, code: str) -> int:
    return next((n for n, group in enumerate((found.outside, found.waiting, found.chosen), 1) if code in group), 0)


@given(fields(), st.randoms(use_true_random=False))
@settings(CALM, max_examples=60)
def test_order_of_units_changes_nothing(field: tuple[list[Entrant], str | None], random: object) -> None:
    entrants, basis = field
    mixed = list(entrants)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert settle(RULE, mixed, basis) == settle(RULE, entrants, basis)


def year(
    scores: list[str], decided: dict[int, str], basis: str | None = APART, unclear: frozenset[int] | set[int] = frozenset()
) -> tuple[list[Assessment], list[Refusal]]:
    """Units with the given totals (`unclear`: innovation not known yet) and people's decisions -> after the quota, decisions refused."""
    innovation = {"dieu_kien": {"doi_moi_sang_tao": {"dat": "chua_ro"}}}
    facts = [{"tong_diem": score} | (innovation if i in unclear else {}) for i, score in enumerate(scores)]
    found = {f"u{i}": rate(stated) for i, stated in enumerate(facts)}
    for code, a in found.items():
        a.code = code
    decisions = {f"u{i}": HumanDecision(don_vi=f"u{i}", muc=level, nguoi_quyet="Trần Thị B") for i, level in decided.items()}
    _, refused = settle_year(regulation(), found, decisions, basis)
    return list(found.values()), refused


TIE = ["97", "97", "90", "90", "90", "90"]  # six units, one place, two at the same score


def test_a_tie_waits_for_a_person() -> None:
    units, refused = year(TIE, {})

    assert ([(a.state, a.level) for a in units[:2]], refused) == ([("cho_nguoi_quyet", None)] * 2, [])


def test_a_person_settles_a_tie() -> None:
    units, refused = year(TIE, {0: "tot", 1: "xuat_sac"})

    assert ([(a.state, a.level, a.decided_by) for a in units[:2]], refused) == (
        [("de_xuat", "tot", "Trần Thị B"), ("de_xuat", "xuat_sac", "Trần Thị B")],
        [],
    )


def test_once_the_place_is_given_the_rest_of_the_tie_is_outside() -> None:
    units, refused = year(TIE, {1: "xuat_sac"})

    assert ([(a.state, a.level, a.possible) for a in units[:2]], refused) == (
        [("de_xuat", "tot", ["tot"]), ("de_xuat", "xuat_sac", ["xuat_sac"])],
        [],
    )


def test_a_person_cannot_choose_more_than_the_limit() -> None:
    units, refused = year(TIE, {0: "xuat_sac", 1: "xuat_sac"})

    assert [(a.state, a.level) for a in units[:2]] == [("cho_nguoi_quyet", None)] * 2
    assert [(r.unit, "vượt quá giới hạn 01" in r.why) for r in refused] == [("u0", True), ("u1", True)]


BETWEEN = [
    *(f"{99 - i * 0.25}" for i in range(12)),
    *["90"] * 48,
]  # base not chosen, N = 60: ten places under one reading, twelve under the other


def test_a_lower_total_is_not_picked_over_a_higher_one_decided_outside() -> None:
    """Điều 6 khoản 1 đoạn cuối: from the highest total down; the higher one's decision stands."""
    units, refused = year(BETWEEN, {10: "tot", 11: "xuat_sac"}, None)

    assert [(a.level, a.state, a.decided_by) for a in units[10:12]] == [("tot", "de_xuat", "Trần Thị B"), (None, "cho_nguoi_quyet", None)]
    assert [(r.unit, r.other, "từ điểm cao xuống thấp" in r.why) for r in refused] == [("u11", "u10", True)]


@pytest.mark.parametrize("decided", [{11: "xuat_sac"}, {10: "xuat_sac", 11: "xuat_sac"}, {10: "xuat_sac", 11: "tot"}, {11: "tot"}])
def test_decisions_that_keep_the_order_are_taken(decided: dict[int, str]) -> None:
    """Also while the higher one still waits: it may yet be picked too."""
    units, refused = year(BETWEEN, decided, None)

    assert ({i: units[i].level for i in decided}, refused) == (decided, [])


def test_ties_are_chosen_freely() -> None:
    units, refused = year([*BETWEEN[:10], BETWEEN[10], *BETWEEN[10:11], *BETWEEN[12:]], {10: "tot", 11: "xuat_sac"}, None)

    assert ([a.level for a in units[10:12]], refused) == (["tot", "xuat_sac"], [])


def test_the_last_place_is_not_given_over_the_head_of_one_who_waits() -> None:
    """Two open units may come first, so the three candidates wait for two places; picking the lower two would put the highest outside."""
    units, refused = year(["98", "97", "97", "99", "99", *["90"] * 9], {1: "xuat_sac", 2: "xuat_sac"}, APART, unclear={3, 4})

    assert [(a.level, a.state) for a in units[:3]] == [(None, "cho_nguoi_quyet")] * 3
    assert [(r.unit, r.other) for r in refused] == [("u1", "u0"), ("u2", "u0")]


@pytest.mark.parametrize(
    ("scores", "unit", "level"),
    [(["98", "97", "90", "90", "90", "90"], 1, "xuat_sac"), (["98", "97", "90", "90", "90", "90"], 0, "tot"), (["90"], 0, "xuat_sac")],
)
def test_a_decision_that_does_not_fit_is_refused(scores: list[str], unit: int, level: str) -> None:
    """Outside the limit, surely within it, or not open at all."""
    _, refused = year(scores, {unit: level})

    assert [r.unit for r in refused] == [f"u{unit}"]


def test_the_quota_says_what_people_settled() -> None:
    """The two tied at the limit are decided one in, one out: nobody waits any more."""
    found = {f"u{i}": rate({"tong_diem": score}) for i, score in enumerate(TIE)}
    for code, a in found.items():
        a.code = code
    decisions = {
        code: HumanDecision(don_vi=code, muc=level, nguoi_quyet="Trần Thị B") for code, level in (("u0", "tot"), ("u1", "xuat_sac"))
    }

    quota, _ = settle_year(regulation(), found, decisions, APART)

    assert (quota.chosen, quota.waiting, quota.outside) == (("u1",), (), ("u0",))


def test_those_of_one_total_stand_in_the_order_of_the_register() -> None:
    """As the synthesis report is read back; never by their codes."""
    found = {code: rate({"tong_diem": "97"}) for code in ("so-y-te", "ban-dan-toc", "so-noi-vu")}
    for code, a in found.items():
        a.code = code
    quota, _ = settle_year(regulation(), found, {}, APART)
    assert quota.candidates == ("so-y-te", "ban-dan-toc", "so-noi-vu")
