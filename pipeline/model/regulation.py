"""A regulation as data: criteria, rating rules, procedure, dossier, readings; each value with its citation."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from pipeline.model.criteria import Cited, Criterion, Dash, ScoringRules, Section
from pipeline.model.rating_rules import Group, LevelName, QuotaRule, RatingRules, Requirement
from pipeline.model.values import Count, Date, Shape, YesNo, choice


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
