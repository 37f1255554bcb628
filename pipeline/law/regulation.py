"""A folder under data/quy_dinh/ -> Regulation, refused when a file is broken or its points do not add up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from pipeline.law.choices import Choices
from pipeline.model.criteria import ScoringRules, Section
from pipeline.model.rating_rules import QuotaRule, RatingRules
from pipeline.model.regulation import NONE, DossierRule, Heading, Procedure, Reading, Readings, Regulation
from pipeline.problems import DataError, Kind, Place, Problem, errors
from pipeline.reading.shape import fit, load
from pipeline.reading.text import read_text
from pipeline.reading.tree import read_tree

Model = TypeVar("Model", bound=BaseModel)


def read_regulation(folder: Path, shown: str, switched: Mapping[str, str] | None = None) -> Regulation:
    """`shown` is the folder's name in messages; `switched`: readings to take another way than the folder chooses.

    Raises DataError with every problem of every file.
    """
    problems: list[Problem] = []
    readings = _readings(folder, shown, switched or {}, problems)
    choices = Choices(readings, {code: reading.chosen for code, reading in readings.items()})

    def one(name: str, model: type[Model]) -> Model | None:
        return _under(choices, folder / name, f"{shown}/{name}", name, model, problems)

    sections = [one(f"tieu_chi/{p.name}", Section) for p in sorted((folder / "tieu_chi").glob("*.yaml"))]
    parts = (
        one("quy_dinh.yaml", Heading),
        one("cham_diem.yaml", ScoringRules),
        one("xep_loai.yaml", RatingRules),
        one("han_muc.yaml", QuotaRule),
        one("quy_trinh.yaml", Procedure),
        one("ho_so.yaml", DossierRule),
    )
    problems += choices.problems
    if problems:
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
        readings=readings,
        switches=tuple(choices.switches),
    )


def _readings(folder: Path, shown: str, switched: Mapping[str, str], problems: list[Problem]) -> dict[str, Reading]:
    """cach_hieu.yaml by code, each with the way chosen, or with the one it is switched to."""
    loaded = load(folder / "cach_hieu.yaml", f"{shown}/cach_hieu.yaml", Readings)
    problems += errors(loaded.problems)
    found: dict[str, Reading] = {}
    for i, reading in enumerate(loaded.value.readings if loaded.value else ()):
        if reading.chosen not in (NONE, *reading.ways):
            place = loaded.place("cach_hieu", i, "chon")
            offered = ", ".join((*reading.ways, NONE))
            problems.append(
                Problem(place, Kind.ERROR, f"cách hiểu {reading.code} không có cách «{reading.chosen}»", f"viết một trong: {offered}")
            )
        found[reading.code] = reading.model_copy(update={"chosen": switched.get(reading.code, reading.chosen)})
    return found


def _under(choices: Choices, path: Path, shown: str, name: str, model: type[Model], problems: list[Problem]) -> Model | None:
    """One file as the chosen readings make it."""
    text, found = read_text(path, shown)
    tree, more = read_tree(text, shown) if text is not None else (None, [])
    problems += errors([*found, *more])
    if tree is None:
        return None
    value, wrong = fit(choices.settle(tree, name), model, shown)
    if not choices.problems:  # a switch that cannot be settled leaves a hole that is no fault of its own
        problems += errors(wrong)
    return value


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
