"""A folder under data/quy_dinh/ -> Regulation, refused when a file is broken or its points do not add up."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from pipeline.model.criteria import ScoringRules, Section
from pipeline.model.rating_rules import QuotaRule, RatingRules
from pipeline.model.regulation import DossierRule, Heading, Procedure, Readings, Regulation
from pipeline.problems import DataError, Kind, Place, Problem, errors
from pipeline.reading.shape import load

Model = TypeVar("Model", bound=BaseModel)


def read_regulation(folder: Path, shown: str) -> Regulation:
    """`shown` is the folder's name in messages. Raises DataError with every problem of every file."""
    problems: list[Problem] = []

    def one(name: str, model: type[Model]) -> Model | None:
        loaded = load(folder / name, f"{shown}/{name}", model)
        problems.extend(errors(loaded.problems))
        return loaded.value

    sections = [one(f"tieu_chi/{p.name}", Section) for p in sorted((folder / "tieu_chi").glob("*.yaml"))]
    readings = one("cach_hieu.yaml", Readings)
    parts = (
        one("quy_dinh.yaml", Heading),
        one("cham_diem.yaml", ScoringRules),
        one("xep_loai.yaml", RatingRules),
        one("han_muc.yaml", QuotaRule),
        one("quy_trinh.yaml", Procedure),
        one("ho_so.yaml", DossierRule),
    )
    if problems or readings is None:
        raise DataError(problems)
    heading, scoring, rating, quota, procedure, dossier = parts
    found = {s.code: s for s in sections if s}
    problems += [p for s in found.values() for p in _sums(s, f"{shown}/tieu_chi/{s.code}.yaml")]
    if problems:
        raise DataError(problems)
    return Regulation(
        folder=folder.name,
        heading=heading,
        sections=found,
        scoring=scoring,
        rating=rating,
        quota=quota,
        procedure=procedure,
        dossier=dossier,
        readings={r.code: r for r in readings.readings},
    )


def _sums(section: Section, shown: str) -> list[Problem]:
    """A section's criteria must add up to its total, a criterion's dashes to the criterion."""
    found = []
    if sum(c.points or 0 for c in section.criteria) != section.total:
        found.append(
            Problem(Place(shown), Kind.ERROR, f"tổng điểm các tiêu chí của mục {section.code} không bằng {section.total}", "sửa điểm chuẩn")
        )
    for criterion in section.criteria:
        if sum(r.points or 0 for r in criterion.rows) != criterion.points:
            found.append(
                Problem(
                    Place(shown),
                    Kind.ERROR,
                    f"tổng điểm các gạch đầu dòng của {criterion.code} không bằng {criterion.points}",
                    "sửa điểm chuẩn",
                )
            )
    return found
