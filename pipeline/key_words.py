"""key_words.yaml, key_snippets.yaml -> title, description, example of every key that clerks write; pieces to be filled in (editors, new files, spreadsheets)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter

FILE = Path(__file__).with_name("key_words.yaml")
SNIPPETS = Path(__file__).with_name("key_snippets.yaml")


@dataclass(frozen=True)
class KeyWords:
    """What a clerk reads about one key: title, description, an example, what each allowed word means where it does not say so itself."""

    tieu_de: str
    mo_ta: str = ""
    vi_du: str = ""
    gia_tri: Mapping[str, str] = field(default_factory=dict)

    @property
    def comment(self) -> str:
        """ "Ngày họp" or "Ngày gửi dự thảo báo cáo. Chậm nhất ba ngày trước hội nghị.", on one line."""
        return f"{self.tieu_de}. {self.mo_ta}" if self.mo_ta else self.tieu_de


@functools.cache
def all_words() -> dict[str, dict[str, KeyWords]]:
    """Name of a model -> Vietnamese key -> words; the file is the program's own, so a fault in it is the program's."""
    return TypeAdapter(dict[str, dict[str, KeyWords]]).validate_python(yaml.load(FILE.read_text("utf-8"), yaml.BaseLoader))


@dataclass(frozen=True)
class Snippet:
    """A piece that an editor puts in, to be filled in: its label and keys, or one value."""

    nhan: str
    muc: tuple[str, ...] = ()
    gia_tri: str = ""


@functools.cache
def snippets() -> dict[str, list[Snippet]]:
    """Name of a model -> its pieces."""
    return TypeAdapter(dict[str, list[Snippet]]).validate_python(yaml.load(SNIPPETS.read_text("utf-8"), yaml.BaseLoader))


def words_of(model: type[BaseModel], key: str) -> KeyWords:
    return all_words()[model.__name__][key]
