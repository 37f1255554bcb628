"""An independent reading of Quy định 453-QĐ/TU: plain dictionaries in, scores, levels and quota out.

Written from the explanation of the regulation and the contract of the files alone, without looking at the program's rating code, so that a slip in one
shows as a difference from the other (test_random_years.py). Nothing is imported from `pipeline`.

`compute(register, criteria, files)`: `register` is the list in don_vi.yaml; `criteria` {"A": ..., "B.I": ..., "C": ...} as in tieu_chi/*.yaml;
`files` {"nam": 2023, "don_vi": {ma: ...}, "tham_dinh": {ma: ...}, "tinh": {...}, "quyet_dinh": {...}} in the contract's YAML shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.oracle.oracle_facts import appraised_facts, marks, worlds
from tests.oracle.oracle_quota import IN, OUT, Quota, Standing, settle
from tests.oracle.oracle_scores import Sheet, score, shown
from tests.oracle.oracle_table import CANDIDATE, HTT, LEVELS, XS, Facts, bands, levels, lookup

PROPOSED, WAITING, INCOMPLETE = "de_xuat", "cho_nguoi_quyet", "chua_du_du_lieu"


@dataclass(frozen=True)
class Rating:
    """What the table gives over the three totals and all ways to settle the facts."""

    levels: frozenset[str]
    candidate: bool
    literal: frozenset[str]
    results: frozenset[str]


def rate(sheet: Sheet, found: set[Facts]) -> Rating:
    """Reading 17: union over the bands of the three totals; a candidate only if it is one in all of them."""
    in_bands = {s for low, high in (sheet.printed_range, sheet.exact_range, sheet.equal_range) for s in bands(low, high)}
    results = {result for s in in_bands for facts in found for result in lookup(s, facts)[1]}
    literal = levels({result for s in in_bands for result in lookup(s, marks(found))[1]})
    assert levels(results) <= literal, (in_bands, found, results, literal)  # settling a fact never adds a level the unclear row lacks
    return Rating(levels(results), results == {CANDIDATE}, literal, frozenset(results))


def owed(unit: dict[str, Any], sheet: Sheet, appraisal: dict[str, Any]) -> list[str]:
    """Points that need a named person's tick and have none (CONFIRM): readings 8 and 12, Đ5.2(2) for opinions."""
    ticked = {c["diem"] for c in appraisal.get("xac_nhan") or []}
    idle = {code for code, row in sheet.rows.items() if row.maximum is None}
    missing = [code for code in sorted(idle) if code.startswith("B.") and not ticked & {code, "n8"}]
    missing += [code for code in sorted(idle) if code.startswith("C.1") and not ticked & {code, "n12"}]
    given = appraisal.get("y_kien") or {}
    for body in unit["chu_the"]:
        # contract, Outputs: Thường trực Tỉnh ủy is asked together with the proposal, its opinion does not stop the appraisal
        if body != "thuong_truc_tinh_uy" and not (given.get(body) or {}).get("muc") and f"y_kien.{body}" not in ticked:
            missing.append(f"y_kien.{body}")
    return missing


def owed_years(facts: dict[str, Any], sheet: Sheet, number: int, year: int, rating: Rating) -> list[str]:
    """contract: a blank holds the unit up where its level depends on it; here the year of an act that nobody wrote."""
    found, listed = [], facts["ky_luat"]
    for i, case in enumerate(listed):
        for act in (year, year - 1) if not case.get("nam_vi_pham") else ():
            filled = facts | {"ky_luat": [*listed[:i], case | {"nam_vi_pham": str(act)}, *listed[i + 1 :]]}
            if rate(sheet, worlds(filled, number, year)).results != rating.results:
                found.append(f"ky_luat.{i}.nam_vi_pham")
    return found


@dataclass
class Result:
    """One unit, before and after the quota."""

    code: str
    own: Sheet
    own_rating: Rating
    appraised: Sheet | None
    rating: Rating | None
    incomplete: list[str]
    decision: str | None

    def standing(self) -> Standing:
        """As the quota sees the unit: reading 16 for units without an appraised total."""
        if self.appraised is None or self.appraised.total is None or self.rating is None:
            return Standing(self.code, None, frozenset(LEVELS))
        if self.decision and not self.incomplete:
            return Standing(self.code, self.appraised.total, frozenset({self.decision}))
        return Standing(self.code, self.appraised.total, self.rating.levels, self.rating.candidate and not self.incomplete)


def examine(unit: dict[str, Any], criteria: dict[str, Any], files: dict[str, Any]) -> Result:
    """One unit: both sheets, its facts, the levels the table allows."""
    code, number, year = unit["ma"], int(unit["stt"]), int(files["nam"])
    own_file, appraisal = files["don_vi"][code], files["tham_dinh"].get(code)
    own = score(criteria, unit["phu_luc"], own_file["cham_diem"])
    own_rating = rate(own, worlds(own_file, number, year))
    decisions = files.get("quyet_dinh") or {}
    decision = next((d["muc"] for d in decisions.get("y_kien") or [] if d["don_vi"] == code), None)
    if appraisal is None:
        return Result(code, own, own_rating, None, None, ["tham_dinh"], decision)
    sheet = score(criteria, unit["phu_luc"], own_file["cham_diem"] | (appraisal.get("cham_diem") or {}))  # reading 16: appraised decides
    decided = {m["ho_ten"]: m["xep_loai"] for m in decisions.get("thanh_vien") or [] if m["don_vi"] == code}
    facts = appraised_facts(own_file, appraisal, decided)
    rating = rate(sheet, worlds(facts, number, year))
    incomplete = [*sheet.blank, *owed(unit, sheet, appraisal), *owed_years(facts, sheet, number, year, rating)]
    return Result(code, own, own_rating, sheet, rating, incomplete, decision)


def _level(result: Result, outcome: str | None) -> tuple[str, str | None, frozenset[str]]:
    """State, proposed level, levels still possible: contract, ket_qua.json."""
    if result.incomplete:
        return INCOMPLETE, None, result.rating.levels if result.rating else frozenset(LEVELS)
    assert result.rating is not None
    if result.decision:
        return PROPOSED, result.decision, frozenset({result.decision})
    if result.rating.candidate:
        if outcome in (IN, OUT):
            level = XS if outcome == IN else HTT  # reading 1: outside the quota is HTT
            return PROPOSED, level, frozenset({level})
        return WAITING, None, frozenset({XS, HTT})
    if len(result.rating.levels) == 1:
        return PROPOSED, next(iter(result.rating.levels)), result.rating.levels
    return WAITING, None, result.rating.levels


def _self(result: Result) -> dict[str, Any]:
    """contract: the decision table on the self score and the unit's own facts, before the quota: there a candidate (R17) is XS."""
    possible = frozenset(XS if level == CANDIDATE else level for level in result.own_rating.results)
    return {"muc": next(iter(possible)) if len(possible) == 1 else None, "co_the": possible}


def _quota(
    quota: Quota, basis: str | None, proposed: dict[str, str | None], states: dict[str, str], candidates: set[str]
) -> dict[str, Any]:
    """The quota object of ket_qua.json; figures are null unless range and base leave one value."""
    limit = quota.limit_min if quota.limit_min == quota.limit_max else None
    return {
        "N": quota.n_min if quota.n_min == quota.n_max else None,
        "N_min": quota.n_min,
        "N_max": quota.n_max,
        "co_so": basis,
        "toi_da": limit,
        "toi_da_min": quota.limit_min,
        "toi_da_max": quota.limit_max,
        "duoc_chon": {code for code, level in proposed.items() if level == XS},
        "cho_quyet": {code for code in candidates if states[code] == WAITING},
    }


def compute(register: list[dict[str, Any]], criteria: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    """A whole year -> {"don_vi": {ma: ...}, "han_muc": {...}}."""
    basis = ((files.get("tinh") or {}).get("han_muc") or {}).get("co_so")
    results = {unit["ma"]: examine(unit, criteria, files) for unit in register}
    quota = settle([r.standing() for r in results.values()], basis)
    units: dict[str, Any] = {}
    for code, r in results.items():
        state, level, possible = _level(r, quota.outcome.get(code))
        units[code] = {
            "tu_cham": shown(r.own),
            "tham_dinh": shown(r.appraised) if r.appraised else None,
            "tu_nhan_theo_diem": _self(r),
            "truoc_han_muc": {"co_the": r.rating.levels, "theo_bang": r.rating.literal, "ket_qua": r.rating.results} if r.rating else None,
            "xep_loai": {"trang_thai": state, "muc": level, "co_the": possible, "ung_vien_xuat_sac": bool(r.rating and r.rating.candidate)},
            "con_thieu": r.incomplete,
        }
    proposed = {code: unit["xep_loai"]["muc"] for code, unit in units.items()}
    states = {code: unit["xep_loai"]["trang_thai"] for code, unit in units.items()}
    return {"don_vi": units, "han_muc": _quota(quota, basis, proposed, states, set(quota.outcome))}
