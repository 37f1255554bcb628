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
    """A part common to all (A, C), or one unit's own (one of B.I to B.XVII)."""

    code: str = Field(alias="ma")
    title: str = Field(alias="tieu_de")
    total: Count = Field(alias="tong_diem")
    criteria: list[Criterion] = Field(alias="tieu_chi")

    @property
    def part(self) -> str:
        return self.code.split(".")[0]

    @property
    def rows(self) -> list[Dash]:
        return [row for criterion in self.criteria for row in criterion.rows]


# --- scoring ---------------------------------------------------------------------------------------------------------

CARRY, LOSE, GRANT, REFUSE = "cong_don", "mat_diem", "tron_diem", "chan"  # what becomes of the points of contents that do not apply


class Total(Cited):
    points: Count = Field(alias="diem")


class Part(Cited):
    """One of the parts every sheet consists of; an `own` part differs from unit to unit."""

    code: str = Field(alias="ma")
    own: YesNo = Field("khong", alias="rieng")
    heading: str = Field(alias="de_muc")


class Rounding(Cited):
    digits: Count = Field(alias="so_chu_so")
    what: choice("diem_hang", "ty_le") = Field(alias="cach")  # type: ignore[valid-type]


class Comparison(Cited):
    """Which totals must lead to the same level: the printed, the exact, the equal split."""

    totals: list[choice("in", "chinh_xac", "chia_deu")] = Field(alias="tong")  # type: ignore[valid-type]


class Cap(Cited):
    limit: str = Field(alias="tran")

    @property
    def percent(self) -> int | None:
        """None = results above the plan are not capped."""
        return int(self.limit) if self.limit.isdigit() else None


class SubordinateShare(Cited):
    """How shares of subordinate collectives and individuals make one share; `nguoi_cham`: whoever scores writes it."""

    method: choice("nguoi_cham", "gop_chung", "trung_binh", "thap_hon") = Field(alias="cach")  # type: ignore[valid-type]


class ReasonRule(Cited):
    each: YesNo = Field(alias="rieng_tung_ben")


class Handling(Cited):
    fate: choice(CARRY, LOSE, GRANT, REFUSE) = Field(alias="cach")  # type: ignore[valid-type]


class WholeCriterion(Handling):
    parts: list[str] = Field(alias="muc")


class NotApplicable(Handling):
    method: choice("ty_le_thuan", "chia_deu") = Field(alias="phan_bo")  # type: ignore[valid-type]
    whole_criterion: WholeCriterion = Field(alias="ca_tieu_chi")
    whole_row: Handling = Field(alias="ca_hang_b")


class Transfer(Cited):
    source: str = Field(alias="tieu_chi")
    rows: list[str] = Field(alias="hang")
    target: str = Field(alias="chuyen_sang")
    split_reading: str | None = Field(None, alias="cach_hieu_chia")


class OneContent(Handling):
    criteria: list[str] = Field(alias="tieu_chi")


class FirstOfC(Handling):
    criterion: str = Field(alias="tieu_chi")


class SuggestionRow(Cited):
    code: str = Field(alias="ma")


class CarriedForward(Cited):
    """Which rows score how last year's points were remedied: all weaknesses named, or what one row of last year was scored for."""

    weaknesses: list[str] = Field(alias="han_che")
    follows: dict[str, str] = Field(alias="noi_tiep")


class ScoringRules(Shape):
    total: Total = Field(alias="tong_diem")
    parts: list[Part] = Field(alias="cac_muc")
    rounding: Rounding = Field(alias="lam_tron")
    comparison: Comparison = Field(alias="doi_chieu")
    cap: Cap = Field(alias="vuot_ke_hoach")
    subordinates: SubordinateShare = Field(alias="xep_loai_cap_duoi")
    reason: ReasonRule = Field(alias="neu_ly_do")
    not_applicable: NotApplicable = Field(alias="khong_ap_dung")
    transfers: list[Transfer] = Field(alias="chuyen_diem")
    one_content: OneContent = Field(alias="mot_noi_dung")
    first_of_c: FirstOfC = Field(alias="tieu_chi_c1")
    suggestion_row: SuggestionRow = Field(alias="hang_goi_y")
    carried: CarriedForward = Field(alias="nam_truoc")
