"""The regulation, the units and last year's tinh.yaml -> the text of a new year's tinh.yaml and quyet_dinh.yaml."""

from __future__ import annotations

from pipeline.desk.unit_file import templates
from pipeline.model.province import PAPERS, ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit


def province_file(year: int, regulation: Regulation, before: ProvinceYear | None) -> str:
    """Names and settings as last year, dates and numbers empty."""
    signers = before.signers if before else None
    return (
        templates()
        .get_template("tinh.yaml.j2")
        .render(
            year=year,
            before=before,
            regulation=regulation,
            bases=[basis.code for basis in regulation.quota.bases],
            signers={
                "ban_to_chuc": signers.organiser if signers else None,
                "ban_thuong_vu": signers.committee if signers else None,
            },
            council=before.council if before else None,
            papers=[*PAPERS, *(body.number_key for body in regulation.procedure.bodies)],
        )
    )


def decisions_file(year: int, units: list[Unit]) -> str:
    """Nothing decided yet: shapes to fill in, as comments."""
    return templates().get_template("quyet_dinh.yaml.j2").render(year=year, units=units)
