"""The models of clerks' files and the words about their keys -> data/luoc_do/*.schema.json (draft-07): titles, allowed values, examples for editors.

What a schema refuses the loader refuses; the loader, whose messages are the authority, refuses more (sums, dates that do not exist, what belongs together).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.key_words import words_of
from pipeline.law.regulation import LawBook
from pipeline.model.appraisal import Appraisal
from pipeline.model.criteria import Criterion, Dash
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.rows import RowEntry
from pipeline.model.submission import Submission
from pipeline.model.unit import Register
from pipeline.model.values import ONE_FOR_ALL, Written
from pipeline.places import PROJECT

FILES: dict[str, type[BaseModel]] = {
    "don_vi": Submission,
    "tham_dinh": Appraisal,
    "tinh": ProvinceYear,
    "quyet_dinh": Decisions,
    "don_vi_danh_sach": Register,
}
TITLES = {
    "don_vi": "Tệp của đơn vị",
    "tham_dinh": "Tệp của Hội đồng thẩm định",
    "tinh": "Năm của tỉnh",
    "quyet_dinh": "Quyết định của người có thẩm quyền",
    "don_vi_danh_sach": "Danh sách đơn vị",
}
ROW_CODE = r"^[A-Z](\.\d+){1,2}$"
SCALARS = ["string", "number", "boolean", "null"]
Schema = dict[str, Any]


def schema_text(name: str, regulations: Path = PROJECT / "data" / "quy_dinh") -> str:
    """The schema of one kind of file, as written to disk."""
    model = FILES[name]
    found: Schema = {"$schema": "http://json-schema.org/draft-07/schema#", "title": TITLES[name], **_object(model)}
    if any(info.alias == "cham_diem" for info in model.model_fields.values()):
        found["properties"]["cham_diem"].update(_rows(regulations))
        found["definitions"] = {"hang": {"anyOf": [_value(RowEntry.model_fields["share"]), _object(RowEntry)]}}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


def _object(model: type[BaseModel]) -> Schema:
    properties = {info.alias or name: _key(model, info.alias or name, info) for name, info in model.model_fields.items()}
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    return {"type": ["object", "null"], "properties": properties, "required": required, "additionalProperties": False}


def _key(model: type[BaseModel], key: str, info: FieldInfo) -> Schema:
    """What may stand after one key, and what the editor says about it."""
    words = words_of(model, key)
    found = _value(info)
    if ONE_FOR_ALL in info.metadata:
        inner = found["additionalProperties"]
        found = {"anyOf": [inner, found]}
    told = {
        "title": words.tieu_de,
        **({"description": words.mo_ta} if words.mo_ta else {}),
        **({"examples": [words.vi_du]} if words.vi_du else {}),
    }
    return {**told, **found}


def _value(info: FieldInfo) -> Schema:
    written = next((m for m in info.metadata if isinstance(m, Written)), None)
    return _scalar(written) if written else of(info.annotation)


def of(annotation: Any) -> Schema:
    """A model, a list or mapping of models, or a plain value."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        written = next((m for m in metadata if isinstance(m, Written)), None)
        return _scalar(written) if written else of(inner)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _object(annotation)
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if get_origin(annotation) is list:
        return {"type": ["array", "null"], "items": of(arguments[0])}
    if get_origin(annotation) is dict:
        inner = {"$ref": "#/definitions/hang"} if RowEntry in get_args(arguments[1]) else of(arguments[1])
        return {"type": ["object", "null"], "additionalProperties": inner}
    return of(arguments[0]) if len(arguments) == 1 else {"type": SCALARS}


def _scalar(written: Written) -> Schema:
    if written.allowed:
        return {"enum": [*written.allowed, None]}
    if written.number:
        return {"type": ["string", written.number, "null"], "pattern": written.pattern, "minimum": 0}
    if written.pattern:
        return {"type": ["string", "null"], "pattern": written.pattern}
    return {"type": SCALARS, **({"pattern": r"^[^\n]*\n?$"} if written.one_line else {})}


def _rows(regulations: Path) -> Schema:
    """Rows that every unit has get the regulation's wording; those of a unit's own section are told by the form of their code."""
    properties = {
        code: {"title": text, "description": about, "allOf": [{"$ref": "#/definitions/hang"}]}
        for code, (text, about) in _common(regulations).items()
    }
    return {"properties": properties, "patternProperties": {ROW_CODE: {"$ref": "#/definitions/hang"}}, "additionalProperties": False}


def _common(regulations: Path) -> Mapping[str, tuple[str, str]]:
    """Row code -> wording, and points with citation; only what all regulations that have the row say alike."""
    found: dict[str, set[tuple[str, str]]] = {}
    for folder in sorted(p for p in regulations.iterdir() if p.is_dir()):
        for criterion, row in _common_rows(LawBook(folder, folder.name)):
            found.setdefault(row.code, set()).add((row.text, f"Tối đa {row.points} điểm ({criterion.citation_of(row.code)})."))
    return {code: next(iter(words)) for code, words in found.items() if len(words) == 1}


def _common_rows(book: LawBook) -> Iterator[tuple[Criterion, Dash]]:
    regulation = book.regulation()
    for part in regulation.scoring.parts:
        if part.own != "co":
            for criterion in regulation.sections[part.code].criteria:
                yield from ((criterion, row) for row in criterion.rows)


if __name__ == "__main__":
    write_schemas(Path("data") / "luoc_do")
