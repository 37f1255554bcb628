"""What the province's offices write: the year's settings and what people decided."""

from __future__ import annotations

from dataclasses import dataclass

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from pipeline.model.submission import Absentee, DocumentNumber, Signer
from pipeline.model.values import ONE_FOR_ALL, Clock, Copies, Count, Date, Level, LongText, Shape, Text, choice

PAPERS = {  # numbered papers of every year, besides those to consulted bodies
    "to_trinh": "Tờ trình",
    "bao_cao_tong_hop": "Báo cáo tổng hợp",
    "bien_ban_tham_dinh": "Biên bản thẩm định",
}
SHEETS = {  # what else the parcel for the Standing Committee holds
    "quyet_dinh": "Quyết định",
    "phieu_giai_trinh": "Phiếu giải trình",
    "bieu_tham_dinh": "Biểu thẩm định",
    "bieu_tu_cham_diem": "Biểu tự chấm điểm",
}
ALL = ""  # key of the number of copies that is the same for every document


def _per_document(value: Any) -> Any:
    """One number stands for every document."""
    return {ALL: value} if isinstance(value, str) else value


class QuotaSetting(Shape):
    basis: Text = Field(None, alias="co_so")


class Campaign(Shape):
    """Dates of the year's campaign (Điều 5)."""

    opinions_asked: Date = Field(None, alias="xin_y_kien")
    opinions_due: Date = Field(None, alias="han_y_kien")
    submitted: Date = Field(None, alias="trinh")


class CouncilMember(Shape):
    name: Text = Field(alias="ho_ten")
    post: Text = Field(alias="chuc_vu")
    role: choice("chu_tich", "pho_chu_tich", "uy_vien", "thu_ky") = Field("uy_vien", alias="vai_tro")  # type: ignore[valid-type]


class Council(Shape):
    """Hội đồng thẩm định (Điều 10 khoản 3 gạch đầu dòng 1) and its meeting."""

    decision: Text = Field(None, alias="quyet_dinh_thanh_lap")
    members: list[CouncilMember] | None = Field(None, alias="thanh_vien")
    date: Date = Field(None, alias="ngay_hop")
    time: Clock = Field(None, alias="gio")
    end_time: Clock = Field(None, alias="gio_ket_thuc")
    place: Text = Field(None, alias="dia_diem")
    absent: list[Absentee] | None = Field(None, alias="vang")
    remarks: LongText = Field(None, alias="nhan_xet")


class Signers(Shape):
    organiser: Signer | None = Field(None, alias="ban_to_chuc")
    committee: Signer | None = Field(None, alias="ban_thuong_vu")


class ProvinceYear(Shape):
    """data/<year>/tinh.yaml"""

    year: Count = Field(alias="nam")
    regulation: Text = Field(alias="quy_dinh")
    declared: Date = Field(alias="ngay_lap")
    place: Text = Field("Bắc Giang", alias="dia_danh")
    quota: QuotaSetting | None = Field(None, alias="han_muc")
    campaign: Campaign | None = Field(None, alias="thoi_gian")
    grounds: list[Text] | None = Field(None, alias="can_cu")
    signers: Signers | None = Field(None, alias="nguoi_ky")
    council: Council | None = Field(None, alias="hoi_dong_tham_dinh")
    numbers: dict[str, DocumentNumber | None] | None = Field(None, alias="so_ngay_van_ban")
    secrecy: Text = Field(None, alias="do_mat")
    copies: Annotated[dict[str, Copies] | None, BeforeValidator(_per_document), ONE_FOR_ALL] = Field(None, alias="so_ban_trinh")
    illustrative: choice("co", "khong") = Field("khong", alias="minh_hoa")  # type: ignore[valid-type]

    def copies_of(self, key: str) -> int | None:
        """How many copies of a document go to the Standing Committee; None = nobody has said."""
        given = self.copies or {}
        return given.get(key, given.get(ALL))


class HumanDecision(Shape):
    """Settles a case the regulation leaves open, or a tie at the quota."""

    unit: Text = Field(alias="don_vi")
    level: Level = Field(alias="muc")
    who: Text = Field(alias="nguoi_quyet")
    date: Date = Field(None, alias="ngay")
    reason: Text = Field(None, alias="ly_do")


class OfficialLevel(Shape):
    """The Standing Committee's level, recorded beside the proposal."""

    unit: Text = Field(alias="don_vi")
    level: Level = Field(alias="muc")
    reason: Text = Field(None, alias="ly_do")


class DecidedMember(Shape):
    unit: Text = Field(alias="don_vi")
    name: Text = Field(alias="ho_ten")
    level: Level = Field(alias="xep_loai")
    reason: Text = Field(None, alias="ly_do")


@dataclass(frozen=True)
class DecidedLevel:
    """A member's level as decided, and which entry of the decisions says so."""

    level: str
    position: int


class Decisions(Shape):
    """data/<year>/quyet_dinh.yaml"""

    number: Text = Field(None, alias="so")
    date: Date = Field(None, alias="ngay")
    open_cases: list[HumanDecision] | None = Field(None, alias="y_kien")
    official: list[OfficialLevel] | None = Field(None, alias="chinh_thuc")
    members: list[DecidedMember] | None = Field(None, alias="thanh_vien")
