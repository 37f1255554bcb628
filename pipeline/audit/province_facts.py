"""The province's year as in ket_qua.json, its units and papers -> what the provincial documents must say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.audit.unit_facts import level, scoring_table
from pipeline.model.appraisal import Appraisal
from pipeline.model.audit import Facts, OneOf, Row, ScoringTable, Value
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.model.values import Date

UNCLEAR = "Chưa rõ mức"


@dataclass(frozen=True)
class RatedUnit:
    """A unit with its entry in ket_qua.json; `total`: the one that is rated and ranked."""

    unit: Unit
    submission: Submission
    appraisal: Appraisal | None
    entry: Mapping[str, Any]
    total: Decimal | None

    def level(self, official: bool) -> str | None:
        rated = self.entry["xep_loai"]
        found: str | None = (rated["chinh_thuc"] if official else None) or rated["muc"]
        return found

    def points(self, sheet: str) -> Decimal | None:
        found = self.entry.get(sheet)
        return Decimal(found["tong"]) if found and found["tong"] is not None else None

    @property
    def candidate(self) -> bool:
        return bool(self.entry["xep_loai"]["ung_vien_xuat_sac"])


def province_facts(
    regulation: Regulation, province: ProvinceYear, decisions: Decisions | None, units: Sequence[RatedUnit], whole: int, own: str
) -> Facts:
    """`whole`: units of the register; what is not settled or not given is left out: the dossier is a draft."""
    council = province.council
    dates: dict[str, Date] = {f"ngay.{key}": n.date for key, n in (province.numbers or {}).items() if n}
    values: dict[str, Value | None] = {
        **dates,
        "ngay.quyet_dinh": decisions.date if decisions else None,
        "ngay_hoi_dong": council.date if council else None,
        "so_don_vi": whole,
        "so_ho_so": len(units),
        "so_tham_dinh": sum(step["xong"] for u in units for step in u.entry["quy_trinh"]["cac_buoc"] if step["buoc"] == "tham_dinh"),
        "so_thay_doi": sum(u.points("tham_dinh") not in (None, u.points("tu_cham")) for u in units),
        "ung_vien": sum(u.candidate for u in units),
    }
    found = {name: value for name, value in values.items() if value is not None}
    several = {f"so_muc_{name}": _counts(regulation, units, official) for name, official in (("de_xuat", False), ("chinh_thuc", True))}
    words = {"nam": str(province.year), "dia_danh": province.place or "", "so_don_vi": f"{whole:02d}"}
    return Facts(found, several, _rows(regulation, units), words, own)


def _counts(regulation: Regulation, units: Sequence[RatedUnit], official: bool) -> dict[str, Value]:
    """Level as said in a sentence -> how many."""
    levels = [u.level(official) for u in units]
    return {name.name[:1].lower() + name.name[1:]: levels.count(name.code) for name in regulation.heading.levels}


def _rows(regulation: Regulation, units: Sequence[RatedUnit]) -> dict[str, tuple[Row, ...]]:
    every = [(u, _unit(regulation, u)) for u in units]
    proposed = [u.level(False) for u in units]
    counted: list[Row] = [{"stt": i, "muc": v.name, "so": proposed.count(v.code)} for i, v in enumerate(regulation.heading.levels, 1)]
    asked = {f"hoi.{body.code}": tuple(row for u, row in every if body.code in u.unit.bodies) for body in regulation.procedure.bodies}
    return {
        "tap_the": tuple(row for _, row in every),
        "dem_de_xuat": tuple(counted),
        "nhom": tuple(_groups(regulation, units)),
        "ung_vien": tuple(_candidates(regulation, units)),
        "muc_de_xuat": tuple(_by_level(regulation, units, official=False)),
        "muc_chinh_thuc": tuple(_by_level(regulation, units, official=True)),
        **asked,
    }


def _unit(regulation: Regulation, u: RatedUnit) -> Row:
    """Columns whose value is not known yet are left out; a ballot not cast stands blank."""
    shorts = tuple(level.short for level in regulation.heading.levels)
    proposed, claimed = u.level(False), u.submission.proposed
    known: dict[str, Value | None] = {
        "stt": u.unit.number,
        "so": f"{u.unit.number:02d}",
        "ten": u.unit.collective,
        "tu_cham": u.points("tu_cham"),
        "tham_dinh": u.points("tham_dinh"),
        "diem": u.total,
        "tu_nhan": OneOf(regulation.level_short(claimed), shorts) if claimed else None,
        "de_xuat": OneOf(regulation.level_short(proposed), shorts) if proposed else None,
        "muc": level(regulation, proposed),
    }
    votes = u.appraisal.votes if u.appraisal else None
    ballots = [votes.by_level.get(name.code) if votes else None for name in regulation.heading.levels]
    return {key: value for key, value in known.items() if value is not None} | {f"phieu_{i}": v for i, v in enumerate(ballots, 1)}


def _groups(regulation: Regulation, units: Sequence[RatedUnit]) -> list[Row]:
    found: list[Row] = []
    for number, name in [*((g.number, g.name) for g in regulation.heading.groups), (None, "Tổng cộng")]:
        levels = [u.level(False) for u in units if number is None or u.unit.group == number]
        counts = {f"muc_{i}": levels.count(v.code) for i, v in enumerate(regulation.heading.levels, 1)}
        found.append({"so": number, "ten": name, **counts, "chua_ro": levels.count(None), "tong": len(levels)})
    return found


def _candidates(regulation: Regulation, units: Sequence[RatedUnit]) -> list[Row]:
    """Highest total first; those of one total share a place and stand in the order of the list."""
    ranked = sorted((u for u in units if u.candidate and u.total is not None), key=lambda u: (-(u.total or 0), u.unit.number))
    rows: list[Row] = []
    for u in ranked:
        place = 1 + sum((other.total or 0) > (u.total or 0) for other in ranked)
        rows.append({"thu": place, **{k: v for k, v in _unit(regulation, u).items() if k in ("ten", "diem", "de_xuat")}})
    return rows or [{"ten": "Không có"}]


def _by_level(regulation: Regulation, units: Sequence[RatedUnit], official: bool) -> list[Row]:
    names = {v.code: v.name for v in regulation.heading.levels} | {None: UNCLEAR}
    return [
        {"muc": name, "ten": u.unit.collective, "diem": u.total} for code, name in names.items() for u in units if u.level(official) == code
    ]


def sheet_facts(regulation: Regulation, u: RatedUnit, year: int, own: str) -> tuple[Facts, ScoringTable]:
    """Of the unit's sheet with both scores."""
    values: dict[str, Value | None] = {
        "tong_diem": u.points("tu_cham"),
        "tong_tham_dinh": u.points("tham_dinh"),
        "tu_nhan": level(regulation, u.submission.proposed),
        "de_xuat": level(regulation, u.level(False)),
    }
    table = scoring_table(regulation, u.unit, u.entry["tu_cham"], u.entry["tham_dinh"])
    return Facts({k: v for k, v in values.items() if v is not None}, words={"nam": str(year)}, own=own), table
