"""A row of the scoring table as a scorer writes it, in a unit's own file or in the appraisal."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from pipeline.model.values import Count, Percent, Points, Shape, Text, choice


class Subordinates(Shape):
    """How many subordinate collectives and individuals are rated well, out of how many (rows on results of rating)."""

    collectives_good: Count = Field(alias="tap_the_dat")
    collectives: Count = Field(alias="tap_the")
    individuals_good: Count = Field(alias="ca_nhan_dat")
    individuals: Count = Field(alias="ca_nhan")


class RowEntry(Shape):
    """One row of the scoring table: a share, points, plan and result, or not applicable."""

    share: Percent = Field(None, alias="ty_le")
    points: Points = Field(None, alias="diem")
    planned: Points = Field(None, alias="ke_hoach")
    achieved: Points = Field(None, alias="thuc_hien")
    not_applicable: Text = Field(None, alias="khong_ap_dung")
    reason: Text = Field(None, alias="ly_do")
    evidence: Text = Field(None, alias="minh_chung")
    subordinates: Subordinates | None = Field(None, alias="xep_loai_cap_duoi")
    ground: choice("goi_y", "phe_binh") = Field(None, alias="can_cu")  # type: ignore[valid-type]


def _row(value: Any) -> Any:
    """`A.1.1: 100%` is short for `A.1.1: {ty_le: 100%}`; a blank row is still to be filled in."""
    return {"ty_le": value} if isinstance(value, str) else {} if value is None else value


Rows = dict[str, Annotated[RowEntry, BeforeValidator(_row)]]
