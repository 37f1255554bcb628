"""A folder under data/quy_dinh/ -> the Regulation it states, as it chooses to read unclear clauses or read another way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from pipeline.law.choices import Choices
from pipeline.law.coherence import incoherent
from pipeline.model.criteria import ScoringRules, Section
from pipeline.model.rating_rules import QuotaRule, RatingRules
from pipeline.model.regulation import NONE, DossierRule, Heading, Procedure, Reading, Readings, Regulation, Switch
from pipeline.problems import DataError, Kind, Place, Problem, errors
from pipeline.reading.shape import fit, load
from pipeline.reading.text import read_text
from pipeline.reading.tree import Node, read_tree

Model = TypeVar("Model", bound=BaseModel)
FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "heading": ("quy_dinh.yaml", Heading),
    "scoring": ("cham_diem.yaml", ScoringRules),
    "rating": ("xep_loai.yaml", RatingRules),
    "quota": ("han_muc.yaml", QuotaRule),
    "procedure": ("quy_trinh.yaml", Procedure),
    "dossier": ("ho_so.yaml", DossierRule),
}


def read_regulation(folder: Path, shown: str) -> Regulation:
    """The regulation as its folder chooses to read it. Raises DataError with every problem of every file."""
    return LawBook(folder, shown).regulation()


class LawBook:
    """A regulation's folder, read from disk once; `regulation` settles its switches. `shown` is its name in messages."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder, self.shown = folder, shown
        self.problems: list[Problem] = []
        self.readings = self._readings()
        self.trees = {name: self._tree(name) for name in [*(f for f, _ in FILES.values()), *self._criteria()]}
        self.fitted: dict[tuple[str, tuple[tuple[str, str], ...]], Any] = {}

    def _criteria(self) -> list[str]:
        return [f"tieu_chi/{p.name}" for p in sorted((self.folder / "tieu_chi").glob("*.yaml"))]

    def _tree(self, name: str) -> Node | None:
        text, found = read_text(self.folder / name, f"{self.shown}/{name}")
        tree, more = read_tree(text, f"{self.shown}/{name}") if text is not None else (None, [])
        self.problems += errors([*found, *more])
        return tree

    def _readings(self) -> dict[str, Reading]:
        """cach_hieu.yaml by code; what is chosen must be one of the ways."""
        loaded = load(self.folder / "cach_hieu.yaml", f"{self.shown}/cach_hieu.yaml", Readings)
        self.problems += errors(loaded.problems)
        listed = loaded.value.readings if loaded.value else []
        for i, reading in enumerate(listed):
            offered = (*reading.ways, NONE)
            if reading.chosen not in offered:
                what = f"cách hiểu {reading.code} không có cách «{reading.chosen}»"
                place = loaded.place("cach_hieu", i, "chon")
                self.problems.append(Problem(place, Kind.ERROR, what, f"viết một trong: {', '.join(offered)}"))
        return {reading.code: reading for reading in listed}

    def regulation(self, switched: Mapping[str, str] | None = None) -> Regulation:
        """`switched`: readings to take another way than the folder chooses. Raises DataError with every problem."""
        chosen = {code: (switched or {}).get(code, reading.chosen) for code, reading in self.readings.items()}
        problems, switches = list(self.problems), list[Switch]()
        parts = {key: self._file(name, model, chosen, problems, switches) for key, (name, model) in FILES.items()}
        sections = [self._file(name, Section, chosen, problems, switches) for name in self._criteria()]
        if not problems:
            problems = [p for s in sections if s for p in _sums(s, f"{self.shown}/tieu_chi/{s.code}.yaml")]
        if problems:
            raise DataError(problems)
        readings = {code: r.model_copy(update={"chosen": chosen[code]}) for code, r in self.readings.items()}
        values: dict[str, Any] = {
            **parts,
            "sections": {s.code: s for s in sections if s},
            "readings": readings,
            "switches": tuple(switches),
        }
        found = Regulation(folder=self.folder.name, **values)
        if problems := incoherent(found, self.shown):
            raise DataError(problems)
        return found

    def _file(
        self, name: str, model: type[Model], chosen: Mapping[str, str], problems: list[Problem], switches: list[Switch]
    ) -> Model | None:
        """One file under the chosen readings; fitted once for each choice it hangs on."""
        tree = self.trees[name]
        if tree is None:
            return None
        choices = Choices(self.readings, chosen)
        settled = choices.settle(tree, name)
        switches += choices.switches
        key = (name, tuple((s.reading, chosen[s.reading]) for s in choices.switches))
        if key not in self.fitted:
            value, wrong = fit(settled, model, f"{self.shown}/{name}")
            problems += choices.problems or errors(wrong)  # a switch that cannot be settled leaves a hole that is no fault of its own
            self.fitted[key] = value
        found: Model | None = self.fitted[key]
        return found


def _sums(section: Section, shown: str) -> list[Problem]:
    """A section's criteria must add up to its total, a criterion's dashes to the criterion."""
    found = []
    if sum(c.points or 0 for c in section.criteria) != section.total:
        what = f"tổng điểm các tiêu chí của mục {section.code} không bằng {section.total}"
        found.append(Problem(Place(shown), Kind.ERROR, what, "sửa điểm chuẩn"))
    for criterion in section.criteria:
        if sum(r.points or 0 for r in criterion.rows) != criterion.points:
            what = f"tổng điểm các gạch đầu dòng của {criterion.code} không bằng {criterion.points}"
            found.append(Problem(Place(shown), Kind.ERROR, what, "sửa điểm chuẩn"))
    return found
