"""Assessments and quota -> the object written as ket_qua.json (contract.md, outputs); numbers are text with two decimals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.model.assessment import DECIDED, MET, Assessment, Evidence, QuotaResult, ScoreSheet, Written
from pipeline.model.explanation import Decision, Doubt, Explanation, Finding, Gap, OtherReading
from pipeline.model.procedure import Steps
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit
from pipeline.rating.levels import by_self_score


def result(
    regulation: Regulation,
    year: int,
    units: list[Unit],
    assessments: Mapping[str, Assessment],
    quota: QuotaResult,
    explanations: Mapping[str, Explanation],
) -> dict[str, Any]:
    entries = [_unit(regulation, u, assessments[u.code], explanations[u.code]) for u in units]
    owed = {body.code: [u.code for u in units if body.code in explanations[u.code].steps.owed] for body in regulation.procedure.bodies}
    return {
        "nam": year,
        "quy_dinh": regulation.heading.symbol,
        "don_vi": entries,
        "han_muc": _quota(quota),
        "y_kien_con_thieu": owed,
        "cach_hieu": {code: r.chosen for code, r in regulation.readings.items()},
    }


def _unit(regulation: Regulation, unit: Unit, a: Assessment, explanation: Explanation) -> dict[str, Any]:
    entry: dict[str, Any] = {"stt": unit.number, "ma": unit.code, "ten": unit.name, "phu_luc": unit.section}
    if a.errors:
        entry["loi"] = a.errors
    else:
        entry["tu_cham"] = sheet(a.self_sheet)
    entry["tham_dinh"] = sheet(a.sheet)
    if found := by_self_score(regulation, a):
        entry["tu_nhan_theo_diem"] = {"muc": found[0] if len(found) == 1 else None, "co_the": found}
    entry["quy_trinh"] = _steps(explanation.steps)
    entry["xep_loai"] = {
        "trang_thai": a.state,
        "muc": a.level,
        "co_the": a.possible,
        "ung_vien_xuat_sac": a.candidate,
        "chinh_thuc": a.official,
        "nguoi_quyet": a.decided_by,
        "can_cu": [_evidence(regulation, unit, e) for e in a.evidence],
        "bang_quyet_dinh": list(a.levels.rows) if a.levels else [],
        "cach_hieu": list(a.readings),
        "con_thieu": a.missing,
        "canh_bao": [*a.conflicts, *a.warnings],
        "giai_thich": _explanation(unit, explanation),
    }
    return entry


def _evidence(regulation: Regulation, unit: Unit, e: Evidence) -> dict[str, Any]:
    where = regulation.dossier.place(e.code, e.printed)
    return {
        "dieu": e.citation,
        "noi_dung": e.text,
        "gia_tri": e.value,
        "ket_qua": e.result,
        "noi": where,
        **_files(unit, e.written),
    }


def _files(unit: Unit, written: tuple[Written, ...]) -> dict[str, Any]:
    """Where the clerks wrote it, by file and key (lines move whenever a comment is added); `cung_o`: further places."""
    found = [
        {"tep": "quyet_dinh.yaml" if w.file == DECIDED else f"{w.file}/{unit.folder}.yaml", "khoa": ".".join(map(str, w.path))}
        for w in written
    ]
    return {**found[0], **({"cung_o": found[1:]} if found[1:] else {})} if found else {}


def _explanation(unit: Unit, found: Explanation) -> dict[str, Any]:
    return {
        "nhanh": [
            {"muc": b.level, "ten": b.name, "dieu": b.citation, "ket_qua": b.result, "dieu_kien": [_finding(unit, f) for f in b.findings]}
            for b in found.branches
        ],
        "co_the": [{"muc": p.level, "khi": list(p.when), "dieu": list(p.citations), "cach_hieu": list(p.readings)} for p in found.possible],
        "vi_sao_chua_ro": _doubt(found.doubt),
        "quyet_dinh": _decision(found.decision),
        "muc_cao_hon": _gap(found.gap),
        "thu_hang": found.rank,
        "han_muc": found.quota or None,
        "cach_hieu_khac": [_other_reading(r) for r in found.readings],
    }


def _gap(found: Gap | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"muc": found.level, "con_thieu": list(found.lacking), **({"hoac": list(found.other)} if found.other else {})}


def _doubt(found: Doubt | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"du_kien": list(found.facts), "cach_hieu": list(found.readings), "khoang_diem": list(found.bands), "han_muc": list(found.quota)}


def _decision(found: Decision | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"muc": found.level, "nguoi_quyet": found.who, "ngay": found.date.isoformat() if found.date else None, "ly_do": found.reason}


def _other_reading(r: OtherReading) -> dict[str, Any]:
    again = {"cham_lai": {row.code: "tham_dinh" if row.appraised else "don_vi" for row in r.scored_again}} if r.scored_again else {}
    return {"ma": r.reading, "cach": r.way, "tong": r.total or None, "co_the": list(r.levels), **again}


def _finding(unit: Unit, f: Finding) -> dict[str, Any]:
    parts = {"gom": [_finding(unit, part) for part in f.parts]} if f.parts else {}
    where = {"noi": f.where} if f.where else {}
    noted = {"xem_cach_hieu": f.reading} if f.reading and f.result != MET else {}
    base = {"dieu": f.citation, "noi_dung": f.text, "gia_tri": f.value, "ket_qua": f.result}
    return {**base, **where, **_files(unit, f.written), **noted, **parts}


def _steps(steps: Steps) -> dict[str, Any]:
    return {
        "buoc": steps.reached or None,
        "cac_buoc": [
            {"buoc": s.code, "xong": s.done, "ngay": s.date.isoformat() if s.date else None, "dieu": s.citation} for s in steps.steps
        ],
        "y_kien": {o.body: o.state for o in steps.opinions},
    }


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
        "theo_co_so": {basis: {"toi_da_min": low, "toi_da_max": high} for basis, (low, high) in quota.limits.items()},
    }
