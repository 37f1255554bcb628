"""Scoring as a regulation states it: sections, criteria and dashes with points, rounding, transfers; each with its citation."""

from __future__ import annotations

from pydantic import Field

from pipeline.model.values import Count, Shape, YesNo, choice


class Cited(Shape):
    """Anything that stands in an article; `reading` names the entry of cach_hieu.yaml that settles its doubts."""

    citation: str = Field(alias="can_cu")
    reading: str | None = Field(None, alias="cach_hieu")


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


# --- scoring-


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
