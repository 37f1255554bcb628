"""A path of keys in a unit's file -> whether it stays when blank, and which keys may stand beside each other in which order."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel

from pipeline.desk.answers import ROWS
from pipeline.desk.form_layout import info_of, keys_of
from pipeline.desk.plain import Path_
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.reading.shape import known_keys

NUMBERS = "so_ngay_van_ban"


def required(path: Path_) -> bool:
    """Keys that stand in the file even when blank."""
    model: type[BaseModel] = Submission
    for key in path[:-1]:
        annotations = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        model = _model_in(annotations.get(str(key))) or model  # no field: a name within a dictionary
    return str(path[-1]) in keys_of(model) and info_of(model, str(path[-1])).is_required()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def order_of(path: Path_, regulation: Regulation, unit: Unit) -> list[str]:
    """The keys a group may have, as the contract lists them."""
    if path == (ROWS,):
        return [row.code for _, _, row in regulation.rows(unit.section)]
    if path == (NUMBERS,):
        return [document.number_key for document in regulation.dossier.documents]
    return known_keys(Submission, path)
