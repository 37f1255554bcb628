"""What the appraisal council's clerk writes about a unit: data/<year>/tham_dinh/NN-ma.yaml; facts may restate the unit's."""

from __future__ import annotations

from pydantic import Field

from pipeline.model.rows import Rows
from pipeline.model.submission import Condition, DisciplineCase, Finding, Suggestion, Targets, Votes
from pipeline.model.values import Count, Date, Level, LongText, Shape, Text, YesNo


class Opinion(Shape):
    level: Level = Field(alias="muc")
    text: Text = Field(None, alias="y_kien")


class HeadResponsibility(Shape):
    level: Level = Field(alias="muc")
    document: Text = Field(None, alias="van_ban")


class RestatedConditions(Shape):
    exemplary: Condition | None = Field(None, alias="doan_ket_tieu_bieu")
    innovative: Condition | None = Field(None, alias="doi_moi_sang_tao")
    reforming: Condition | None = Field(None, alias="cai_cach_hanh_chinh")
    suggestion: Suggestion | None = Field(None, alias="goi_y_kiem_diem")


class RestatedDefects(Shape):
    disunity: Finding | None = Field(None, alias="mat_doan_ket")
    degeneration: Finding | None = Field(None, alias="suy_thoai")
    targets: Targets | None = Field(None, alias="chi_tieu")


class RestatedMember(Shape):
    name: Text = Field(alias="ho_ten")
    level: Level = Field(alias="xep_loai")
    post: Text = Field(None, alias="chuc_vu")
    head: YesNo = Field(None, alias="dung_dau")
    reason: Text = Field(None, alias="ly_do")


class Confirmation(Shape):
    point: Text = Field(alias="diem")
    who: Text = Field(alias="nguoi")
    note: Text = Field(None, alias="ghi_chu")

    @property
    def counts(self) -> bool:
        """A named person confirms with a note; a tick without either confirms nothing."""
        return bool(self.who and self.note)


class Appraisal(Shape):
    """data/<year>/tham_dinh/NN-ma.yaml"""

    unit: Text = Field(alias="don_vi")
    year: Count = Field(alias="nam")
    date: Date = Field(None, alias="ngay")
    received: Date = Field(None, alias="nhan_ho_so")
    rows: Rows | None = Field(None, alias="cham_diem")
    conditions: RestatedConditions | None = Field(None, alias="dieu_kien")
    defects: RestatedDefects | None = Field(None, alias="khuyet_diem")
    discipline: list[DisciplineCase] | None = Field(None, alias="ky_luat")
    members: list[RestatedMember] | None = Field(None, alias="thanh_vien")
    opinions: dict[str, Opinion] | None = Field(None, alias="y_kien")
    head_responsibility: HeadResponsibility | None = Field(None, alias="trach_nhiem_dung_dau")
    votes: Votes | None = Field(None, alias="phieu")
    confirmations: list[Confirmation] | None = Field(None, alias="xac_nhan")
    remarks: LongText = Field(None, alias="kien_nghi")

    def opinion(self, body: str) -> Opinion | None:
        """What the consulted body said; None while its opinion is owed."""
        return (self.opinions or {}).get(body)

    @property
    def confirmed(self) -> set[str | None]:
        """Points that a named person has confirmed."""
        return {c.point for c in self.confirmations or () if c.counts}
