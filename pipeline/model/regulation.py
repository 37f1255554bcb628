"""A regulation as data: criteria, scoring rules, decision table, quota, procedure, readings; each value with its citation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from pipeline.model.values import Count, Date, Shape, YesNo, choice


class Cited(Shape):
    """Anything that stands in an article; `reading` names the entry of cach_hieu.yaml that settles its doubts."""

    citation: str = Field(alias="can_cu")
    reading: str | None = Field(None, alias="cach_hieu")


# --- criteria -------------------------------------------------------------------------------------------------------

class Dash(Shape):
    code: str = Field(alias="ma")
    points: Count = Field(alias="diem")
    text: str = Field(alias="noi_dung")


class Criterion(Cited):
    code: str = Field(alias="ma")
    points: Count = Field(alias="diem")
    text: str = Field(alias="noi_dung")
    dashes: list[Dash] = Field(default_factory=list, alias="gach_dau_dong")

    @property
    def rows(self) -> list[Dash]:
        """The rows that are scored: the dashes, or the criterion itself where it has none."""
        return self.dashes or [Dash(ma=self.code, diem=str(self.points), noi_dung=self.text)]

    def citation_of(self, row: str) -> str:
        return self.citation if row == self.code else f"{self.citation}, gạch đầu dòng {row.rsplit('.', 1)[1]}"


class Section(Cited):
    """A, one of B.I to B.XVII, or C."""

    code: str = Field(alias="ma")
    title: str = Field(alias="tieu_de")
    total: Count = Field(alias="tong_diem")
    criteria: list[Criterion] = Field(alias="tieu_chi")

    @property
    def part(self) -> str:
        return self.code.split(".")[0]


# --- scoring --------------------------------------------------------------------------------------------------------

class Total(Cited):
    points: Count = Field(alias="diem")


class Rounding(Cited):
    digits: Count = Field(alias="so_chu_so")


class Cap(Cited):
    percent: Count = Field(alias="tran")


class WholeRow(Cited):
    confirm: YesNo = Field(alias="can_xac_nhan")


class NotApplicable(Cited):
    method: choice("ty_le_thuan", "chia_deu") = Field(alias="phan_bo")  # type: ignore[valid-type]
    whole_row: WholeRow = Field(alias="ca_hang_b")


class Transfer(Cited):
    source: str = Field(alias="tieu_chi")
    target: str = Field(alias="chuyen_sang")


class OneContent(Cited):
    criteria: list[str] = Field(alias="tieu_chi")


class FirstOfC(Cited):
    criterion: str = Field(alias="tieu_chi")
    confirm: YesNo = Field(alias="can_xac_nhan")


class SuggestionRow(Cited):
    code: str = Field(alias="ma")


class ScoringRules(Shape):
    total: Total = Field(alias="tong_diem")
    rounding: Rounding = Field(alias="lam_tron")
    cap: Cap = Field(alias="vuot_ke_hoach")
    reason: Cited = Field(alias="neu_ly_do")
    not_applicable: NotApplicable = Field(alias="khong_ap_dung")
    transfers: list[Transfer] = Field(alias="chuyen_diem")
    one_content: OneContent = Field(alias="mot_noi_dung")
    first_of_c: FirstOfC = Field(alias="tieu_chi_c1")
    suggestion_row: SuggestionRow = Field(alias="hang_goi_y")
    evidence_part: str = Field(alias="hang_co_bang_chung")


# --- rating ---------------------------------------------------------------------------------------------------------

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


# --- procedure, documents, readings ---------------------------------------------------------------------------------

class Body(Cited):
    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    when: choice("truoc_tham_dinh", "cung_trinh") = Field(alias="luc_hoi")  # type: ignore[valid-type]


class DraftDeadline(Cited):
    days_before: Count = Field(alias="truoc_ngay")


class FileDeadline(Cited):
    before: str = Field(alias="truoc")


class Deadlines(Shape):
    draft: DraftDeadline = Field(alias="gui_du_thao")
    file: FileDeadline = Field(alias="nop_ho_so")


class HeadRange(Cited):
    first: Count = Field(alias="tu")
    last: Count = Field(alias="den")


class Procedure(Shape):
    bodies: list[Body] = Field(alias="chu_the")
    appraisal: Cited = Field(alias="tham_dinh")
    decision: Cited = Field(alias="quyet_dinh")
    deadlines: Deadlines = Field(alias="thoi_han")
    head_responsibility: HeadRange = Field(alias="trach_nhiem_dung_dau")

    def body(self, code: str) -> Body:
        return next(b for b in self.bodies if b.code == code)


class DossierDocument(Cited):
    form: str = Field(alias="bieu_mau")
    text: str = Field(alias="noi_dung")


class DossierRule(Shape):
    documents: list[DossierDocument] = Field(alias="tai_lieu")


class Reading(Shape):
    code: str = Field(alias="ma")
    issue: str = Field(alias="van_de")
    citation: str = Field(alias="can_cu")
    options: dict[str, str] = Field(alias="cac_cach")
    chosen: str = Field(alias="chon")
    why: str = Field(alias="ly_do")
    outcome: choice("tu_quyet", "xac_nhan", "nguoi_quyet", "chan") = Field(alias="xu_ly")  # type: ignore[valid-type]
    scope: str = Field(alias="pham_vi")


class Readings(Shape):
    readings: list[Reading] = Field(alias="cach_hieu")


class Erratum(Shape):
    code: str = Field(alias="ma")
    where: str = Field(alias="noi")
    source: str = Field(alias="nguon")
    corrected: str = Field(alias="sua")
    confidence: str = Field(alias="do_chac")
    why: str = Field(alias="ly_do")
    applied: YesNo = Field(alias="ap_dung")


class Errata(Shape):
    errata: list[Erratum] = Field(alias="dinh_chinh")


class Heading(Shape):
    """quy_dinh.yaml"""

    symbol: str = Field(alias="so_ky_hieu")
    date: Date = Field(alias="ngay")
    issuer: str = Field(alias="co_quan")
    title: str = Field(alias="ten")
    levels: list[LevelName] = Field(alias="muc_xep_loai")
    groups: list[Group] = Field(alias="nhom")
    head_rule: Requirement = Field(alias="nguoi_dung_dau")


class Regulation(Shape):
    """The whole of one regulation's folder."""

    folder: str
    heading: Heading
    sections: dict[str, Section]
    scoring: ScoringRules
    rating: RatingRules
    quota: QuotaRule
    procedure: Procedure
    dossier: DossierRule
    readings: dict[str, Reading]

    def parts(self, section: str) -> list[Section]:
        """What a unit of `section` (B.XII) is scored by: A, its own part of B, C."""
        return [self.sections["A"], self.sections[section], self.sections["C"]]

    def rows(self, section: str) -> Iterator[tuple[Section, Criterion, Dash]]:
        for part in self.parts(section):
            for criterion in part.criteria:
                for row in criterion.rows:
                    yield part, criterion, row

    def level_name(self, code: str) -> str:
        return next(level.name for level in self.heading.levels if level.code == code)

    def rank(self, level: str) -> int:
        """0 for the highest level."""
        return [v.code for v in self.heading.levels].index(level)
