"""key_words.yaml -> title, description and example of every key that clerks write, for editors' schemas, new files and spreadsheets."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter

FILE = Path(__file__).with_name("key_words.yaml")


@dataclass(frozen=True)
class KeyWords:
    """What a clerk reads about one key; `example` as it would be written."""

    tieu_de: str
    mo_ta: str = ""
    vi_du: str = ""

    @property
    def comment(self) -> str:
        """ "Ngày họp" or "Ngày gửi dự thảo báo cáo. Chậm nhất ba ngày trước hội nghị.", on one line."""
        return f"{self.tieu_de}. {self.mo_ta}" if self.mo_ta else self.tieu_de


@functools.cache
def all_words() -> dict[str, dict[str, KeyWords]]:
    """Name of a model -> Vietnamese key -> words; the file is the program's own, so a fault in it is the program's."""
    return TypeAdapter(dict[str, dict[str, KeyWords]]).validate_python(yaml.load(FILE.read_text("utf-8"), yaml.BaseLoader))


def words_of(model: type[BaseModel], key: str) -> KeyWords:
    return all_words()[model.__name__][key]
