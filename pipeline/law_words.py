"""A data folder's regulations and register -> what editors say about the names these give: rows of the tables, documents, bodies, levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.law.regulation import LawBook
from pipeline.model.province import PAPERS, SHEETS
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Register, Unit
from pipeline.problems import DataError, errors
from pipeline.reading.shape import load


@dataclass(frozen=True)
class Told:
    """What an editor says about one name."""

    title: str
    about: str = ""


Names = Mapping[str, Told]


@dataclass(frozen=True)
class OwnRows:
    """Rows that only some units have: `units` by their code."""

    units: tuple[str, ...]
    rows: Names


@dataclass(frozen=True)
class LawWords:
    """Rows are told only where every regulation that has them says the same; the other names are those of any regulation."""

    common: Names
    own: tuple[OwnRows, ...]
    documents: Names
    bodies: Names
    numbered: Names
    copied: Names
    levels: Mapping[str, str]


def law_words(data: Path) -> LawWords:
    """`data`: holds quy_dinh/ and don_vi.yaml. Raises DataError when one of them cannot be used."""
    laws = [LawBook(p, p.name).regulation() for p in sorted((data / "quy_dinh").iterdir()) if p.is_dir()]
    bodies = _first((body.code, Told(body.name, f"{body.citation}.")) for law in laws for body in law.procedure.bodies)
    numbered = {**{code: Told(name) for code, name in PAPERS.items()}, **_first(pair for law in laws for pair in _asking(law))}
    return LawWords(
        common=_agreed(pair for law in laws for section in _common(law) for pair in _rows(law, section)),
        own=tuple(_own(laws, data)),
        documents=_first(
            (d.number_key, Told(f"Tài liệu {i}", f"{d.text.rstrip('.')} ({d.citation})."))
            for law in laws
            for i, d in enumerate(law.dossier.documents, 1)
        ),
        bodies=bodies,
        numbered=numbered,
        copied={**numbered, **{code: Told(name) for code, name in SHEETS.items()}},
        levels={code: told.title for code, told in _agreed((v.code, Told(v.name)) for law in laws for v in law.heading.levels).items()},
    )


def _asking(law: Regulation) -> Iterator[tuple[str, Told]]:
    """The papers that ask the bodies for their opinions."""
    for body in law.procedure.bodies:
        paper = "Công văn" if body.when == "truoc_tham_dinh" else "Tờ trình"
        yield body.number_key, Told(f"{paper} xin ý kiến {body.name}", f"{body.citation}.")


def _common(law: Regulation) -> list[str]:
    return [part.code for part in law.scoring.parts if part.own != "co"]


def _rows(law: Regulation, section: str) -> Iterator[tuple[str, Told]]:
    for criterion in law.sections[section].criteria:
        for row in criterion.rows:
            yield row.code, Told(row.text, f"Tối đa {row.points} điểm ({criterion.citation_of(row.code)}).")


def _own(laws: list[Regulation], data: Path) -> Iterator[OwnRows]:
    """A unit has the rows of the section that the register gives it; units with the same rows stand together."""
    told: dict[str, list[tuple[str, Told]]] = {}
    for law in laws:
        for unit in _register(data, law):
            told.setdefault(unit.code, []).extend(_rows(law, unit.section))
    groups: dict[tuple[tuple[str, Told], ...], list[str]] = {}
    for code, pairs in told.items():
        groups.setdefault(tuple(_agreed(pairs).items()), []).append(code)
    yield from (OwnRows(tuple(units), dict(rows)) for rows, units in groups.items())


def _register(data: Path, law: Regulation) -> list[Unit]:
    """The regulation's own list of units, else the common one."""
    own = data / "quy_dinh" / law.folder / "don_vi.yaml"
    loaded = load(own if own.exists() else data / "don_vi.yaml", "don_vi.yaml", Register)
    if loaded.value is None or errors(loaded.problems):
        raise DataError(loaded.problems)
    return loaded.value.units


def _first(pairs: Iterable[tuple[str, Told]]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for name, told in pairs:
        found.setdefault(name, told)
    return found


def _agreed(pairs: Iterable[tuple[str, Told]]) -> dict[str, Told]:
    found: dict[str, set[Told]] = {}
    for name, told in pairs:
        found.setdefault(name, set()).add(told)
    return {name: next(iter(all_)) for name, all_ in found.items() if len(all_) == 1}
