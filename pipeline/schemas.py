"""The models of clerks' files -> data/luoc_do/*.schema.json (draft-07), so that editors know every key and flag unknown ones.

Values stay open: the loader reads text and its own messages are the authority.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.model.appraisal import Appraisal
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.submission import Submission
from pipeline.model.unit import Register
from pipeline.model.values import ONE_FOR_ALL

FILES: dict[str, type[BaseModel]] = {
    "don_vi": Submission,
    "tham_dinh": Appraisal,
    "tinh": ProvinceYear,
    "quyet_dinh": Decisions,
    "don_vi_danh_sach": Register,
}
VALUE = {"type": ["string", "number", "boolean", "null"]}


def schema_text(name: str) -> str:
    """The schema of one kind of file, as written to disk."""
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **_object(FILES[name])}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


def _object(model: type[BaseModel]) -> dict[str, Any]:
    properties = {info.alias or name: _property(info) for name, info in model.model_fields.items()}
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    return {"type": ["object", "null"], "properties": properties, "required": required, "additionalProperties": False}


def _property(info: FieldInfo) -> dict[str, Any]:
    found = _any_of(info.annotation)
    return {"anyOf": [VALUE, found]} if ONE_FOR_ALL in info.metadata else found


def _any_of(annotation: Any) -> dict[str, Any]:
    """A model, a list or mapping of models, or a plain value."""
    if get_origin(annotation) is Annotated:
        return _any_of(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _object(annotation)
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if get_origin(annotation) is list:
        return {"type": ["array", "null"], "items": _any_of(arguments[0])}
    if get_origin(annotation) is dict:
        row = _any_of(arguments[1])
        return {"type": ["object", "null"], "additionalProperties": {"anyOf": [VALUE, row]}}
    return _any_of(arguments[0]) if len(arguments) == 1 else dict(VALUE)


if __name__ == "__main__":
    write_schemas(Path("data") / "luoc_do")
