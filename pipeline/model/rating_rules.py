"""Rating as a regulation states it: levels, bands, conditions, defects, decision table, quota; each with its citation."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from pipeline.model.criteria import Cited
from pipeline.model.values import Count, Shape, YesNo, YesNoOpen, choice

LEFT_OUT = "khong_co"  # what a switch gives where a way of reading has no such thing


class LevelName(Cited):
    """`short` heads a narrow column."""

    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    short: str = Field(alias="ten_ngan")


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


class SuggestionCondition(Requirement):
    """Whether mere criticism bars the highest level as a suggestion for review does."""

    criticism_too: YesNo = Field("khong", alias="phe_binh_cung_tinh")


class FindingRule(Requirement):
    """A defect found by a competent body; `needs_document`: without it the fact is open."""

    needs_document: YesNo = Field(alias="can_van_ban")


class TargetsRule(Requirement):
    """Too few of all targets done: what recognised force majeure makes of it, and what no target at all means."""

    force_majeure: YesNoOpen = Field(alias="bat_kha_khang")
    none_assigned: YesNoOpen = Field(alias="khong_giao")
    none_assigned_reading: str | None = Field(None, alias="khong_giao_cach_hieu")


class KeyTargetsRule(Requirement):
    """Key targets not at 100%: whether missing some is a defect, and whether both limbs are needed."""

    some_missed: YesNoOpen = Field(alias="mot_phan")
    joined: choice("hoac", "va") = Field(alias="noi_voi_ve_truoc")  # type: ignore[valid-type]


class OpenSubject(Shape):
    """Cases of which the text does not say whether they count: open, counted or not counted."""

    first: Count = Field(None, alias="tu")
    last: Count = Field(None, alias="den")
    whom: list[str] = Field(default_factory=list, alias="doi_tuong")
    handling: choice("chua_ro", "tinh", "khong_tinh") = Field(alias="xu_ly")  # type: ignore[valid-type]
    reading: str | None = Field(None, alias="cach_hieu")


class Exception_(Shape):
    """When a case is excepted: discovered by the unit itself and remedied, or one of the two."""

    needs: choice("ca_hai", "mot_trong_hai") = Field(alias="can")  # type: ignore[valid-type]
    reading: str | None = Field(None, alias="cach_hieu")


class ExceptionReach(Shape):
    """Whether an excepted case counts as none for the highest level and for the defects too."""

    everywhere: YesNo = Field(alias="ap_dung")
    reading: str | None = Field(None, alias="cach_hieu")


class DisciplineRule(Requirement):
    exception: Exception_ = Field(alias="ngoai_le")
    reach: ExceptionReach = Field(alias="ngoai_le_moi_muc")
    open_subjects: OpenSubject = Field(alias="doi_tuong_chua_ro")
    open_units: OpenSubject = Field(alias="don_vi_chua_ro")
    other_year: OpenSubject = Field(alias="nam_vi_pham_khac")


class DefectRules(Shape):
    disunity: FindingRule = Field(alias="mat_doan_ket")
    degeneration: FindingRule = Field(alias="suy_thoai")
    targets: TargetsRule = Field(alias="chi_tieu")
    key_targets: KeyTargetsRule = Field(alias="chi_tieu_chu_yeu")
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


class Ground(Shape):
    """One condition of a branch, by the code of its finding (with a shorter text of its own).

    `contrary`: asks for the opposite of what is found. Where the clause is unclear, a reading is named: one `noted` does not count,
    one `unclear` leaves the branch open when it fails. `khong_co`: the ground does not exist under the way of reading chosen; so may
    a branch's level.
    """

    finding: str = Field(alias="xet")
    citation: str | None = Field(None, alias="can_cu")
    text: str | None = Field(None, alias="noi_dung")
    parts: list[str] = Field(default_factory=list, alias="gom")
    contrary: YesNo = Field("khong", alias="nguoc_lai")
    noted: str | None = Field(None, alias="chi_neu")
    unclear: str | None = Field(None, alias="chua_ro")


class Words(Shape):
    """How settled facts are said in an explanation."""

    in_band: str = Field(alias="thuoc_khoang")
    defect: dict[str, str] = Field(alias="khuyet_diem")
    discipline: dict[str, str] = Field(alias="ky_luat")
    failed_member: dict[str, str] = Field(alias="thanh_vien")
    conditions: dict[str, str] = Field(alias="dieu_kien")


class Branch(Cited):
    """One way to reach a level as the article words it, for the explanation; the table decides."""

    level: str = Field(alias="muc")
    name: str = Field(alias="ten")
    bands: list[str] = Field(alias="diem")
    grounds: list[Ground] = Field(alias="dieu_kien")

    @property
    def in_force(self) -> list[Ground]:
        return [ground for ground in self.grounds if ground.finding != LEFT_OUT]


class RatedTotal(Cited):
    source: choice("tu_cham", "tham_dinh") = Field(alias="lay")  # type: ignore[valid-type]


class MemberLevels(Cited):
    source: choice("moi_nhat", "da_quyet_dinh") = Field(alias="lay")  # type: ignore[valid-type]


class RatingRules(Shape):
    bands: list[Band] = Field(alias="khoang_diem")
    rated_total: RatedTotal = Field(alias="diem_xep_loai")
    member_levels: MemberLevels = Field(alias="muc_thanh_vien")
    conditions: list[SuggestionCondition] = Field(alias="dieu_kien")
    discipline: DisciplineRule = Field(alias="ky_luat")
    failed_member: Requirement = Field(alias="thanh_vien_khong_hoan_thanh")
    defects: DefectRules = Field(alias="khuyet_diem")
    branches: list[Branch] = Field(alias="nhanh")
    words: Words = Field(alias="tu_ngu")
    table: list[TableRow] = Field(alias="bang")

    @property
    def branches_in_force(self) -> list[Branch]:
        return [branch for branch in self.branches if branch.level != LEFT_OUT]

    def condition(self, code: str) -> SuggestionCondition:
        return next(c for c in self.conditions if c.code == code)


class QuotaBasis(Shape):
    """`way`: of the quota's `basis_reading`, the way of reading that leads to this basis."""

    code: str = Field(alias="ma")
    way: str | None = Field(None, alias="cach")
    name: str = Field(alias="ten")
    includes_excellent: YesNo = Field(alias="gom_xuat_sac")


class QuotaRule(Shape):
    text: str = Field(alias="noi_dung")
    citation: str = Field(alias="can_cu")
    percent: Count = Field(alias="ty_le")
    chosen: str = Field(alias="muc_dat")
    other: str = Field(alias="muc_con_lai")
    outside: list[str] = Field(alias="ngoai_han_muc")
    default_basis: str = Field(alias="co_so_mac_dinh")
    tie: choice("cho_quyet", "khong_lay") = Field(alias="dong_diem")  # type: ignore[valid-type]
    open_units: choice("theo_khoang", "cho_du", "phan_da_ro") = Field(alias="don_vi_chua_ro")  # type: ignore[valid-type]
    scope: choice("toan_bo", "tung_nhom") = Field(alias="pham_vi")  # type: ignore[valid-type]
    bases: list[QuotaBasis] = Field(alias="co_so")
    readings: list[str] = Field(alias="cach_hieu")
    basis_reading: str | None = Field(None, alias="co_so_cach_hieu")
    tie_reading: str | None = Field(None, alias="dong_diem_cach_hieu")
    outside_citation: str | None = Field(None, alias="ngoai_han_muc_can_cu")
    needs_own_claim: YesNo = Field(alias="can_tu_nhan")
    own_claim_reading: str | None = Field(None, alias="can_tu_nhan_cach_hieu")
    outside_reading: str | None = Field(None, alias="ngoai_han_muc_cach_hieu")

    def basis(self, chosen: str | None) -> str | None:
        """The basis the province chose, else the regulation's own where its reading has one; None = both are open."""
        known = [b.code for b in self.bases]
        return chosen if chosen in known else self.default_basis if self.default_basis in known else None

    def limit(self, basis: str, n: int) -> int:
        """Greatest E with E <= 20% of T when n units are HTT or better: T counts the E themselves or not, by `basis`."""
        percent = self.percent or 0
        includes = next(b for b in self.bases if b.code == basis).includes_excellent == "co"
        return n * percent // 100 if includes else n * percent // (100 + percent)
