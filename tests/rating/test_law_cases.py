"""Cases an official can read (tests/law_cases/*.yaml) -> the program gives the totals, levels and rows they expect."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.assessment import CANDIDATE, Assessment
from pipeline.rating.quota import Entrant, settle
from pipeline.rating.year import settle_year
from tests.rating.build import number, rate, read, regulation

CASES = Path(__file__).parents[1] / "law_cases"
QUOTA = "han_muc"
EVERYTHING = [CANDIDATE, "tot", "hoan_thanh", "khong_hoan_thanh"]


def cases(*, quota: bool) -> list[Any]:
    files = [path for path in sorted(CASES.glob("*.yaml")) if (path.stem == QUOTA) == quota]
    return [pytest.param(case, id=f"{path.stem}-{i}") for path in files for i, case in enumerate(read(path), 1)]


def point(value: Decimal | None, applies: bool = True) -> str:
    return "khong_ap_dung" if not applies else "khong_tinh_duoc" if value is None else f"{value:.2f}".replace(".", ",")


@pytest.mark.parametrize("case", cases(quota=False))
def test_case(case: dict[str, Any]) -> None:
    """`ky_vong` states only what the case is about."""
    expected = case["ky_vong"]
    found = rate(case["du_kien"])

    assert {key: value for key, value in seen(found, expected).items() if key in expected} == {
        key: sorted(value) if key in ("dong_bang", "phai_neu_ly_do") else value for key, value in expected.items()
    }


def seen(found: Assessment, expected: dict[str, Any]) -> dict[str, Any]:
    """The assessment in the words of a case; readings and missing data are looked for, not listed in full."""
    sheet, levels = found.sheet, found.levels
    assert sheet and levels
    used, missing = found.readings, list(found.missing)
    settle_year(regulation(), {found.code: found}, {}, None)
    return {
        "tong": point(sheet.total),
        "muc_co_the": list(levels.levels),
        "dong_bang": sorted({row[:3] for row in levels.rows}),
        "diem": {code: point(sheet.rows[code].points) for code in expected.get("diem", {})},
        "diem_toi_da": {
            code: point(sheet.rows[code].maximum.printed, sheet.rows[code].applies) for code in expected.get("diem_toi_da", {})
        },
        "phai_neu_ly_do": sorted(row.code for row in sheet.rows.values() if row.cut),
        "cach_hieu": [code for code in expected.get("cach_hieu") or [] if code in used],
        "con_thieu": [words for words in expected.get("con_thieu") or [] if any(words in m for m in missing)] if missing else None,
        "trang_thai": found.state,
        "muc": found.level,
        "co_the": found.possible,
    }


def test_own_claim_setting() -> None:
    """Reading n39 the other way round: who proposes less for itself is no candidate."""
    law = regulation()
    strict = law.model_copy(update={"quota": law.quota.model_copy(update={"needs_own_claim": "co"})})
    found = {claim: rate({"tu_nhan": claim}, strict).levels for claim in ("xuat_sac", "tot")}

    assert {claim: levels.levels for claim, levels in found.items() if levels} == {"xuat_sac": (CANDIDATE,), "tot": ("tot",)}


@pytest.mark.parametrize("case", cases(quota=True))
def test_quota_case(case: dict[str, Any]) -> None:
    facts, expected = case["du_kien"], case["ky_vong"]
    basis = facts.get("co_so")
    sure = [Entrant(name, frozenset({CANDIDATE}), number(total), number(total)) for name, total in facts["ung_vien"].items()]
    good = [Entrant(f"tốt {i}", frozenset({"tot"}), Decimal(90), Decimal(90)) for i in range(int(facts["so_don_vi_tot"]))]
    open_ = [
        Entrant(
            name,
            frozenset(unit.get("co_the", EVERYTHING)),
            number(unit["diem"]) if "diem" in unit else None,
            number(unit["diem"]) if "diem" in unit else None,
        )
        for name, unit in facts.get("con_mo", {}).items()
    ]

    found = settle(regulation().quota, [*open_, *sure, *good], basis)

    names = {"duoc_chon": found.chosen, "cho_quyet": found.waiting, "ngoai_han_muc": found.outside}
    assert {key: sorted(value) for key, value in names.items()} == {key: sorted(expected.get(key) or []) for key in names}
    assert [found.n_min, found.n_max] == [int(n) for n in expected["N"]]
    assert [found.limit_min, found.limit_max] == [int(n) for n in expected["gioi_han"]]
