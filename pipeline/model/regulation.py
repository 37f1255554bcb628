"""A regulation as data: criteria, rating rules, procedure, dossier, readings; each value with its citation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import Field

from pipeline.model.assessment import APPRAISED, DECIDED, OWN
from pipeline.model.criteria import Cited, Criterion, Dash, Part, ScoringRules, Section
from pipeline.model.rating_rules import Group, LevelName, QuotaRule, RatingRules, Requirement
from pipeline.model.values import Count, Date, Shape, YesNo, choice

NONE = "khong"  # no way of reading chosen: a person decides


class Body(Cited):
    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    when: choice("truoc_tham_dinh", "cung_trinh") = Field(alias="luc_hoi")  # type: ignore[valid-type]

    @property
    def number_key(self) -> str:
        """Under which the paper that asks it has its number and date: a letter, or a proposal handed in with the year's."""
        return f"{'cong_van' if self.when == 'truoc_tham_dinh' else 'to_trinh'}_xin_y_kien_{self.code}"


class DraftDeadline(Cited):
    days_before: Count = Field(alias="truoc_ngay")
    days: choice("lich", "lam_viec") = Field(alias="tinh_ngay")  # type: ignore[valid-type]


class FileDeadline(Cited):
    """`before` is day/month of the year assessed; whether that day itself is still in time."""

    before: str = Field(alias="truoc")
    inclusive: YesNo = Field(alias="tinh_ca_ngay_cuoi")

    def last_day(self, year: int) -> dt.date:
        day, month = (int(part) for part in self.before.split("/"))
        return dt.date(year, month, day) - dt.timedelta(days=0 if self.inclusive == "co" else 1)


class Deadlines(Shape):
    draft: DraftDeadline = Field(alias="gui_du_thao")
    file: FileDeadline = Field(alias="nop_ho_so")


class HeadRange(Cited):
    first: Count = Field(alias="tu")
    last: Count = Field(alias="den")


class DoubleRole(Shape):
    number: Count = Field(alias="stt")
    role: str = Field(alias="vai_tro")


class DoubleRoles(Cited):
    """Units that judge and are judged; `note` is said of one with {vai_tro}, `summary` leads in the list of all."""

    units: list[DoubleRole] = Field(alias="don_vi")
    council: str = Field(alias="hoi_dong")
    note: str = Field(alias="ghi_chu")
    summary: str = Field(alias="ghi_chu_chung")


class Procedure(Shape):
    bodies: list[Body] = Field(alias="chu_the")
    self_assessment: Cited = Field(alias="tu_danh_gia")
    consultation: Cited = Field(alias="xin_y_kien")
    appraisal: Cited = Field(alias="tham_dinh")
    decision: Cited = Field(alias="quyet_dinh")
    deadlines: Deadlines = Field(alias="thoi_han")
    head_responsibility: HeadRange = Field(alias="trach_nhiem_dung_dau")
    double_roles: DoubleRoles = Field(alias="trung_vai")

    def body(self, code: str) -> Body:
        return next(b for b in self.bodies if b.code == code)


class DossierDocument(Cited):
    form: str = Field(alias="bieu_mau")
    text: str = Field(alias="noi_dung")

    @property
    def number_key(self) -> str:
        """Under which it has its number and date: `bao_cao_tong_ket` for `2-bao-cao-tong-ket`."""
        return self.form.partition("-")[2].replace("-", "_")


class PlaceOfFinding(Shape):
    """In which document and item a reader finds a fact: the unit's, the appraisal's or the decision where they say otherwise."""

    finding: str = Field(alias="xet")
    own: str = Field(alias="don_vi")
    appraised: str = Field(alias="tham_dinh")
    decided: str | None = Field(None, alias="quyet_dinh")


class DossierRule(Shape):
    documents: list[DossierDocument] = Field(alias="tai_lieu")
    places: list[PlaceOfFinding] = Field(alias="noi_ghi")

    def place(self, finding: str, printed: Iterable[str]) -> str:
        """`printed`: whose documents show it."""
        found = next(p for p in self.places if p.finding == finding)
        by = {OWN: found.own, APPRAISED: found.appraised, DECIDED: found.decided or found.appraised}
        return "; ".join(dict.fromkeys(by[whose] for whose in printed))


class Reading(Shape):
    """An unclear clause: the ways to read it, the one chosen (`khong` = none), why, and who settles it."""

    code: str = Field(alias="ma")
    issue: str = Field(alias="van_de")
    citation: str = Field(alias="can_cu")
    ways: dict[str, str] = Field(alias="cac_cach")
    chosen: str = Field(alias="chon")
    set_elsewhere: str | None = Field(None, alias="noi_thiet_lap")
    why: str = Field(alias="ly_do")
    outcome: choice("tu_quyet", "xac_nhan", "nguoi_quyet", "chan") = Field(alias="xu_ly")  # type: ignore[valid-type]
    scope: str = Field(alias="pham_vi")


@dataclass(frozen=True)
class Switch:
    """A value that hangs on a reading: where it stands and the ways of reading it is given for."""

    reading: str
    path: str
    ways: tuple[str, ...]


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
    subjects_article: str = Field(alias="dieu_doi_tuong")
    levels_article: str = Field(alias="dieu_xep_loai")
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
    switches: tuple[Switch, ...] = ()

    def parts(self, section: str) -> list[Section]:
        """What a unit of `section` (B.XII) is scored by, in order: the common parts (A, C) and its own (B)."""
        return [self.sections[section if part.own == "co" else part.code] for part in self.scoring.parts]

    def part_rule(self, section: Section) -> Part:
        return next(part for part in self.scoring.parts if part.code == section.part)

    def computable(self, reading: str) -> tuple[str, ...]:
        """The ways of reading that every switch of it gives a value for."""
        offered = [set(s.ways) for s in self.switches if s.reading == reading]
        return tuple(sorted(set.intersection(*offered))) if offered else ()

    def applied(self, reading: str, basis: str | None) -> str | None:
        """The way of reading that is in force; None while no one has chosen. `basis`: the quota's as used, however it was chosen."""
        if reading == self.quota.basis_reading:
            return next((b.way for b in self.quota.bases if b.code == basis), None)
        chosen = self.readings[reading].chosen
        return chosen if chosen in self.readings[reading].ways else None

    def needs_confirmation(self, reading: str | None) -> bool:
        return reading is not None and self.readings[reading].outcome == "xac_nhan"

    def rows(self, section: str) -> Iterator[tuple[Section, Criterion, Dash]]:
        for part in self.parts(section):
            for criterion in part.criteria:
                for row in criterion.rows:
                    yield part, criterion, row

    def level_name(self, code: str) -> str:
        return next(level.name for level in self.heading.levels if level.code == code)

    def level_short(self, code: str) -> str:
        return next(level.short for level in self.heading.levels if level.code == code)

    def rank(self, level: str) -> int:
        """0 for the highest level."""
        return [v.code for v in self.heading.levels].index(level)
