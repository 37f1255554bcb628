"""Cases an official can read (tests/law_cases) -> what the program gives for their facts, in the words of the case.

A case: `ten`, `can_cu`, `quy_tac` (numbers of quy_tac.yaml), `ve_cach_hieu` (readings at stake), `dong` (row of the decision
table), `doi_cach_hieu` (readings taken another way), the facts, and `ky_vong`, which states only what the case is about.
What its facts are called says what kind it is: `du_kien` one unit or a quota, `giai_trinh` units whose explanation is read,
`tep` whole files, `danh_sach` the register, ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.model.assessment import CANDIDATE, Assessment
from pipeline.model.province import HumanDecision
from pipeline.model.regulation import Regulation
from pipeline.rating.quota import Entrant, settle
from pipeline.rating.year import settle_year
from tests.rating.build import number, rate, read, units
from tests.rating.file_cases import file_seen
from tests.rating.told_year import Ways, law, words_of, year_of
from tests.rating.table_cases import c_table_seen, quota_table_seen, register_seen, section_seen

Case = dict[str, Any]
CASES = Path(__file__).parents[1] / "law_cases"
RULES = "quy_tac"
EVERYTHING = [CANDIDATE, "tot", "hoan_thanh", "khong_hoan_thanh"]
NAMED_BY_QUOTA = ("duoc_chon", "cho_quyet", "ngoai_han_muc")
UNORDERED = {"dong_bang", "phai_neu_ly_do", "bao", *NAMED_BY_QUOTA}


@cache
def rules() -> list[Case]:
    """The operative rules, numbered as the reasoned regulation numbers them."""
    return list(read(CASES / f"{RULES}.yaml"))


@cache
def all_cases() -> dict[str, list[Case]]:
    """File -> its cases."""
    return {path.stem: read(path) for path in sorted(CASES.glob("*.yaml")) if path.stem != RULES}


def every_case() -> Iterator[tuple[str, Case]]:
    """(file and position, case)."""
    for stem, cases in all_cases().items():
        yield from ((f"{stem}-{i}", case) for i, case in enumerate(cases, 1))


def ways_of(case: Case) -> Ways:
    return tuple(sorted(case.get("doi_cach_hieu", {}).items()))


def wanted(case: Case) -> dict[str, Any]:
    """What the case expects; a quota case that names nobody expects nobody."""
    of_quota = {"ung_vien", "cac_don_vi"} & case.get("du_kien", {}).keys()
    return _normal({**(dict.fromkeys(NAMED_BY_QUOTA) if of_quota else {}), **case["ky_vong"]})


def seen(case: Case, ways: Ways) -> dict[str, Any]:
    """What the program gives under `ways`, for the keys the case expects."""
    expected = wanted(case)
    found = _kind(case)(case, law(ways), ways, expected)
    return _normal({key: found[key] for key in expected})


def _kind(case: Case) -> Callable[[Case, Regulation, Ways, dict[str, Any]], dict[str, Any]]:
    facts = case.get("du_kien", {})
    if "du_kien" in case:
        return _quota_seen if "ung_vien" in facts else _year_seen if "cac_don_vi" in facts else _unit_seen
    kinds = {
        "giai_trinh": lambda c, _, ways, expected: _told_seen(c["giai_trinh"], ways, expected),
        "tep": lambda c, _, ways, expected: file_seen(c["tep"], ways, expected),
        "danh_sach": lambda c, regulation, *_: register_seen(c["danh_sach"], regulation),
        "bieu": lambda c, regulation, *_: section_seen(c["bieu"], regulation),
        "bang_han_muc": lambda _, regulation, __, expected: quota_table_seen(expected, regulation),
        "bang_muc_c": lambda _, regulation, __, expected: c_table_seen(expected, regulation),
    }
    return next(kind for key, kind in kinds.items() if key in case)


def _normal(values: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(value or []) if key in UNORDERED else value for key, value in values.items()}


def point(value: Decimal | None, applies: bool = True) -> str:
    return "khong_ap_dung" if not applies else "khong_tinh_duoc" if value is None else f"{value:.2f}".replace(".", ",")


# --- one unit --------------------------------------------------------------------------------------------------------


def _unit_seen(case: Case, regulation: Regulation, _: Ways, expected: dict[str, Any]) -> dict[str, Any]:
    """Readings, data owed and warnings are looked for, not listed in full."""
    found = rate(case["du_kien"], regulation)
    used, missing, own = found.readings, list(found.missing), found.self_levels
    settle_year(regulation, {found.code: found}, {}, None)
    return {
        **_sheet_seen(found, expected),
        "muc_co_the": list(found.levels.levels) if found.levels else None,
        "dong_bang": {row[:3] for row in found.levels.rows} if found.levels else None,
        "tu_nhan_theo_diem": list(own.levels) if own else None,
        "cach_hieu": [code for code in expected.get("cach_hieu") or [] if code in used],
        "con_thieu": _among(expected.get("con_thieu"), missing) if missing else None,
        "canh_bao": _among(expected.get("canh_bao"), found.warnings) if found.warnings else None,
        "trang_thai": found.state,
        "muc": found.level,
        "co_the": found.possible,
    }


def _sheet_seen(found: Assessment, expected: dict[str, Any]) -> dict[str, Any]:
    own, sheet = found.self_sheet, found.sheet
    if sheet is None or own is None:
        return {"tong": None, "tong_tu_cham": point(own.total) if own else None}
    return {
        "tong": point(found.total),
        "tong_tu_cham": point(own.total),
        "tong_tham_dinh": point(sheet.total),
        "diem": {code: point(sheet.rows[code].points) for code in expected.get("diem", {})},
        "diem_tu_cham": {code: point(own.rows[code].points) for code in expected.get("diem_tu_cham", {})},
        "diem_toi_da": {
            code: point(sheet.rows[code].maximum.printed, sheet.rows[code].applies) for code in expected.get("diem_toi_da", {})
        },
        "phai_neu_ly_do": {row.code for row in sheet.rows.values() if row.cut},
    }


def _among(looked_for: list[str] | None, lines: list[str]) -> list[str]:
    return [words for words in looked_for or [] if any(words in line for line in lines)]


# --- several units ---------------------------------------------------------------------------------------------------


def _quota_seen(case: Case, regulation: Regulation, _: Ways, __: dict[str, Any]) -> dict[str, Any]:
    """`ung_vien`: totals of sure candidates; `so_don_vi_tot`: how many sure HTT units; `con_mo`: units still open."""
    facts = case["du_kien"]
    entrants = [_entrant(name, unit.get("co_the", EVERYTHING), unit.get("diem")) for name, unit in facts.get("con_mo", {}).items()]
    entrants += [_entrant(name, [CANDIDATE], total) for name, total in facts["ung_vien"].items()]
    entrants += [_entrant(f"tốt {i}", ["tot"], "90") for i in range(int(facts["so_don_vi_tot"]))]
    found = settle(regulation.quota, entrants, facts.get("co_so"))
    return {
        "N": [str(found.n_min), str(found.n_max)],
        "gioi_han": [str(found.limit_min), str(found.limit_max)],
        "duoc_chon": found.chosen,
        "cho_quyet": found.waiting,
        "ngoai_han_muc": found.outside,
    }


def _entrant(name: str, levels: list[str], total: str | None) -> Entrant:
    known = number(total) if total else None
    return Entrant(name, frozenset(levels), known, known)


def numbers(text: str) -> list[int]:
    """ "1-8, 10" -> [1, ..., 8, 10]."""
    pairs = [part.split("-") for part in text.replace(" ", "").split(",")]
    return [i for pair in pairs for i in range(int(pair[0]), int(pair[-1]) + 1)]


def _year_seen(case: Case, regulation: Regulation, _: Ways, expected: dict[str, Any]) -> dict[str, Any]:
    """`cac_don_vi`: numbers of the list ("25-33") -> facts of each; `quyet_dinh`: what people decided."""
    facts = case["du_kien"]
    stated = {i: {**own, "don_vi": i} for span, own in facts["cac_don_vi"].items() for i in numbers(span)}
    found = {units()[i].code: rate(own, regulation) for i, own in stated.items()}
    decided = {
        units()[int(i)].code: HumanDecision(don_vi=units()[int(i)].code, muc=level, nguoi_quyet="Trần Thị B")
        for i, level in facts.get("quyet_dinh", {}).items()
    }
    groups = {unit.code: unit.group for unit in units().values()}
    quota, refused = settle_year(regulation, found, decided, facts.get("co_so"), groups)
    by_number = {str(unit.number): found[unit.code] for unit in units().values() if unit.code in found}
    name = {unit.code: str(unit.number) for unit in units().values()}
    return {
        "N": [str(quota.n_min), str(quota.n_max)],
        "gioi_han": [str(quota.limit_min), str(quota.limit_max)],
        "duoc_chon": [name[code] for code in quota.chosen],
        "cho_quyet": [name[code] for code in quota.waiting],
        "ngoai_han_muc": [name[code] for code in quota.outside],
        "muc": {i: by_number[i].level for i in expected.get("muc", {})},
        "co_the": {i: by_number[i].possible for i in expected.get("co_the", {})},
        "trang_thai": {i: by_number[i].state for i in expected.get("trang_thai", {})},
        "tu_choi": _among(expected.get("tu_choi"), [r.why for r in refused]) if refused else None,
    }


def _told_seen(facts: dict[str, Any], ways: Ways, expected: dict[str, Any]) -> dict[str, Any]:
    """`co_cau`, `khong_co_cau`: number -> words that `explain` prints of the unit, or must not print."""
    stated = {i: own for span, own in facts["cac_don_vi"].items() for i in numbers(span)}
    text = words_of(year_of(stated, facts.get("quyet_dinh"), facts.get("co_so"), ways))
    kept = {str(i): told for i, told in text.items()}
    return {
        "co_cau": {i: _among(words, kept[i].split("\n")) for i, words in expected.get("co_cau", {}).items()},
        "khong_co_cau": {i: [w for w in words if w not in kept[i]] for i, words in expected.get("khong_co_cau", {}).items()},
    }
