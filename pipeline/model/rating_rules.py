"""Rating as a regulation states it: levels, bands, conditions, defects, decision table, quota; each with its citation."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from pipeline.model.criteria import Cited
from pipeline.model.values import Count, Shape, YesNo


class LevelName(Cited):
    code: str = Field(alias="ma")
    name: str = Field(alias="ten")


class Group(Cited):
    number: Count = Field(alias="so")
    name: str = Field(alias="ten")


class Band(Cited):
    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    low: Count = Field(alias="tu")
    high: Count = Field(None, alias="den")

    def holds(self, total: Decimal) -> bool:
        assert self.low is not None
        return total >= self.low and (self.high is None or total < self.high)


class Requirement(Cited):
    """A condition of the highest level, or the absence of a defect."""

    code: str = Field("", alias="ma")
    text: str = Field(alias="noi_dung")
    least_level: str | None = Field(None, alias="muc_toi_thieu")
    below: Count = Field(None, alias="duoi")
    penalties: list[str] = Field(default_factory=list, alias="hinh_thuc")


class OpenSubject(Shape):
    first: Count = Field(None, alias="tu")
    last: Count = Field(None, alias="den")
    whom: list[str] = Field(default_factory=list, alias="doi_tuong")
    reading: str = Field(alias="cach_hieu")


class DisciplineRule(Requirement):
    open_subjects: OpenSubject = Field(alias="doi_tuong_chua_ro")
    open_units: OpenSubject = Field(alias="don_vi_chua_ro")
    other_year: OpenSubject = Field(alias="nam_vi_pham_khac")


class DefectRules(Shape):
    disunity: Requirement = Field(alias="mat_doan_ket")
    degeneration: Requirement = Field(alias="suy_thoai")
    targets: Requirement = Field(alias="chi_tieu")
    key_targets: Requirement = Field(alias="chi_tieu_chu_yeu")
    collective: Requirement = Field(alias="ky_luat_tap_the")
    member: Requirement = Field(alias="ky_luat_thanh_vien")


class TableRow(Shape):
    """One row of the decision table for settled facts; an absent column means any value."""

    code: str = Field(alias="ma")
    bands: list[str] = Field(alias="diem")
    defect: list[str] = Field(default_factory=list, alias="khuyet_diem")
    discipline: list[str] = Field(default_factory=list, alias="ky_luat")
    failed_member: list[str] = Field(default_factory=list, alias="thanh_vien")
    conditions: list[str] = Field(default_factory=list, alias="dieu_kien")
    result: list[str] = Field(alias="ket_qua")
    citation: str = Field(alias="can_cu")
    readings: list[str] = Field(alias="cach_hieu")


class RatingRules(Shape):
    bands: list[Band] = Field(alias="khoang_diem")
    conditions: list[Requirement] = Field(alias="dieu_kien")
    discipline: DisciplineRule = Field(alias="ky_luat")
    failed_member: Requirement = Field(alias="thanh_vien_khong_hoan_thanh")
    defects: DefectRules = Field(alias="khuyet_diem")
    table: list[TableRow] = Field(alias="bang")

    def condition(self, code: str) -> Requirement:
        return next(c for c in self.conditions if c.code == code)


class QuotaBasis(Shape):
    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    includes_excellent: YesNo = Field(alias="gom_xuat_sac")


class QuotaRule(Shape):
    text: str = Field(alias="noi_dung")
    citation: str = Field(alias="can_cu")
    percent: Count = Field(alias="ty_le")
    chosen: str = Field(alias="muc_dat")
    other: str = Field(alias="muc_con_lai")
    bases: list[QuotaBasis] = Field(alias="co_so")
    readings: list[str] = Field(alias="cach_hieu")
    needs_own_claim: YesNo = Field(alias="can_tu_nhan")
    own_claim_reading: str = Field(alias="can_tu_nhan_cach_hieu")

    def limit(self, basis: str, n: int) -> int:
        """Greatest E with E <= 20% of T when n units are HTT or better: T counts the E themselves or not, by `basis`."""
        percent = self.percent or 0
        includes = next(b for b in self.bases if b.code == basis).includes_excellent == "co"
        return n * percent // 100 if includes else n * percent // (100 + percent)
