"""Assessments and quota -> the object written as ket_qua.json (contract.md, outputs); numbers are text with two decimals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.model.assessment import CANDIDATE, Assessment, Evidence, QuotaResult, ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit


def result(
    regulation: Regulation, year: int, units: list[Unit], assessments: Mapping[str, Assessment], quota: QuotaResult
) -> dict[str, Any]:
    entries = [_unit(regulation, u, assessments[u.code]) for u in units]
    return {"nam": year, "quy_dinh": regulation.heading.symbol, "don_vi": entries, "han_muc": _quota(quota)}


def _unit(regulation: Regulation, unit: Unit, a: Assessment) -> dict[str, Any]:
    entry: dict[str, Any] = {"stt": unit.number, "ma": unit.code, "ten": unit.name, "phu_luc": unit.section}
    if a.errors:
        entry["loi"] = a.errors
    else:
        entry["tu_cham"] = sheet(a.self_sheet)
    entry["tham_dinh"] = sheet(a.sheet)
    if a.self_levels:
        found = [regulation.quota.chosen if c == CANDIDATE else c for c in a.self_levels.levels]
        entry["tu_nhan_theo_diem"] = {"muc": found[0] if len(found) == 1 else None, "co_the": found}
    entry["xep_loai"] = {
        "trang_thai": a.state,
        "muc": a.level,
        "co_the": a.possible,
        "ung_vien_xuat_sac": a.candidate,
        "chinh_thuc": a.official,
        "nguoi_quyet": a.decided_by,
        "can_cu": [_evidence(e) for e in a.evidence],
        "bang_quyet_dinh": list(a.levels.rows) if a.levels else [],
        "cach_hieu": list(a.readings),
        "con_thieu": a.missing,
        "han_muc": a.quota_note or None,
        "canh_bao": [*a.conflicts, *a.warnings],
    }
    return entry


def _evidence(e: Evidence) -> dict[str, Any]:
    return {"dieu": e.citation, "noi_dung": e.text, "gia_tri": e.value, "ket_qua": e.result}


def two(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:.2f}"


def sheet(found: ScoreSheet | None) -> dict[str, Any] | None:
    if found is None:
        return None
    rows: dict[str, Any] = {}
    for row in found.rows.values():
        rows[row.code] = {"toi_da": two(row.maximum.printed), "diem": two(row.points)} if row.applies else {"khong_ap_dung": True}
    return {"hang": rows, **{part: two(points) for part, points in found.parts.items()}, "tong": two(found.total)}


def _quota(quota: QuotaResult) -> dict[str, Any]:
    return {
        "N": quota.n,
        "N_min": quota.n_min,
        "N_max": quota.n_max,
        "co_so": quota.basis,
        "toi_da": quota.limit,
        "toi_da_min": quota.limit_min,
        "toi_da_max": quota.limit_max,
        "duoc_chon": list(quota.chosen),
        "cho_quyet": list(quota.waiting),
    }
