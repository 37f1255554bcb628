"""templates_docx/truong.yaml and each form's own .yaml -> which fields a form may print and which it must, each with its meaning."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from pipeline.model.values import Shape, choice
from pipeline.problems import FormsError
from pipeline.reading.shape import load

Model = TypeVar("Model", bound=Shape)
WORDS, NARRATIVE, PICTURE = "chu", "doan", "hinh"
FIELDS, EVERYWHERE = "truong.yaml", "chung"


class OfferedField(Shape):
    """A field by its path (`hang[].ten`: of each item of a list). A narrative fills paragraphs of its own."""

    path: str = Field(alias="ma")
    meaning: str = Field(alias="nghia")
    kind: choice(WORDS, NARRATIVE, PICTURE) = Field(WORDS, alias="loai")  # type: ignore[valid-type]


class Group(Shape):
    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    fields: list[OfferedField] = Field(alias="truong")


class BlockFields(Shape):
    """A block of the standards and what it must print."""

    code: str = Field(alias="ma")
    groups: list[str] = Field(default_factory=list, alias="nhom")
    required: list[str] = Field(default_factory=list, alias="phai_co")


class Catalogue(Shape):
    groups: list[Group] = Field(alias="nhom")
    blocks: list[BlockFields] = Field(alias="khoi")


class FormFields(Shape):
    """What one form may print (groups of fields), and the blocks and fields that it must have."""

    groups: list[str] = Field(alias="nhom")
    blocks: list[str] = Field(alias="khoi")
    required: list[str] = Field(alias="phai_co")


@dataclass(frozen=True)
class Contract:
    """Of one form, or of one block of the standards: fields it may print, fields and blocks it must have."""

    offered: dict[str, OfferedField]
    required: tuple[str, ...]
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contracts:
    """By form's file name, and by block."""

    forms: dict[str, Contract] = field(default_factory=dict)
    blocks: dict[str, Contract] = field(default_factory=dict)


@functools.cache
def read_contracts(folder: Path, forms: tuple[str, ...]) -> Contracts:
    """`forms`: file names of the catalogue. Raises FormsError with every slip of these files."""
    catalogue = _read(folder, FIELDS, Catalogue)
    groups = {group.code: {f.path: f for f in group.fields} for group in catalogue.groups}

    def offered(codes: Iterable[str]) -> dict[str, OfferedField]:
        return {path: f for code in (EVERYWHERE, *codes) for path, f in groups.get(code, {}).items()}

    own = {file: _read(folder, f"bieu_mau/{Path(file).stem}.yaml", FormFields) for file in forms}
    return Contracts(
        {file: Contract(offered(form.groups), tuple(form.required), tuple(form.blocks)) for file, form in own.items()},
        {block.code: Contract(offered(block.groups), tuple(block.required)) for block in catalogue.blocks},
    )


def _read(folder: Path, name: str, model: type[Model]) -> Model:
    loaded = load(folder / name, f"templates_docx/{name}", model)
    if loaded.value is None or loaded.problems:
        raise FormsError(loaded.problems)
    return loaded.value


def meanings(folder: Path) -> dict[str, str]:
    """Path of every field (`hang[].diem`) -> what it is, for people."""
    return {offered.path: offered.meaning for group in _read(folder, FIELDS, Catalogue).groups for offered in group.fields}
