"""An open PDF -> its dictionaries and streams, each once, with the object that holds it; hits on names and numbers on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import ObjectType

from pipeline.signoff.pdfa.rules import Hit

LONGEST_NAME, LONGEST_STRING, LARGEST, MOST_OBJECTS = 127, 32767, 2**31 - 1, 8388607
HUGE = Decimal("3.403E+38")
SKIPPED = ("/StructElem", "/ObjStm", "/XRef")  # tags carry text and numbers only, and level B asks nothing of them


@dataclass(frozen=True, slots=True)
class Item:
    """A dictionary or stream with its entries, and the indirect object it stands in."""

    obj: pikepdf.Object
    values: dict[str, Any]
    holder: tuple[int, int]
    type: str
    subtype: str
    is_stream: bool

    def name(self, key: str) -> str:
        """The name that stands there, '' when there is none."""
        return name(self.values.get(key))


def is_object(value: Any, kind: ObjectType) -> bool:
    """isinstance() of pikepdf's classes, several times as fast."""
    return type(value) is pikepdf.Object and value._type_code is kind


def name(value: Any) -> str:
    return str(value) if is_object(value, ObjectType.name_) else ""


def entries(value: Any) -> dict[str, Any]:
    """Entries of a dictionary or stream; none of anything else."""
    return dict(value.items()) if is_object(value, ObjectType.dictionary) or is_object(value, ObjectType.stream) else {}


def elements(value: Any) -> list[Any]:
    return list(value) if is_object(value, ObjectType.array) else []


def walk(pdf: pikepdf.Pdf, hits: list[Hit]) -> Iterator[Item]:
    """Every object of the file but the tags, direct ones with the indirect one around them."""
    objects = pdf.objects
    if len(objects) > MOST_OBJECTS:
        hits.append(Hit("gioi-han"))
    for top in objects:
        if type(top) is not pikepdf.Object:
            continue
        holder = top.objgen
        stack = [top]
        while stack:
            found = stack.pop()
            kind = found._type_code
            if kind is ObjectType.dictionary or kind is ObjectType.stream:
                type_ = name(found.get("/Type"))
                if type_ in SKIPPED:
                    continue
                values = dict(found.items())
                if max(map(len, values), default=0) > LONGEST_NAME + 1:
                    hits.append(Hit("gioi-han", holder))
                inside: Iterable[Any] = values.values()
                yield Item(found, values, holder, type_, name(values.get("/Subtype")), kind is ObjectType.stream)
            elif kind is ObjectType.array:
                inside = list(found)
                if set(map(type, inside)) == {int} and -LARGEST <= min(inside) and max(inside) <= LARGEST:
                    continue  # widths of letters, most of a large file
            else:
                inside = [found]
            stack += [v for v in inside if not (type(v) is int and abs(v) <= LARGEST) and _examine(v, holder, hits)]


def _examine(value: Any, holder: tuple[int, int], hits: list[Hit]) -> bool:
    """Hits of a scalar; true when there is more to see inside (only the direct ones: indirect ones have their own turn)."""
    if type(value) is int:
        if not -LARGEST - 1 <= value <= LARGEST:
            hits.append(Hit("gioi-han", holder))
    elif type(value) is pikepdf.Object:
        kind = value._type_code
        if kind is ObjectType.name_:
            text = str(value)
            if text == "/DeviceCMYK" or text == "/CalCMYK":
                hits.append(Hit("mau-thiet-bi", holder))
            elif len(text) > LONGEST_NAME // 4 and len(text.encode()) > LONGEST_NAME + 1:
                hits.append(Hit("gioi-han", holder))
        elif kind is ObjectType.string:
            if len(bytes(value)) > LONGEST_STRING:
                hits.append(Hit("gioi-han", holder))
        else:
            return kind in (ObjectType.array, ObjectType.dictionary) and not value.is_indirect
    elif type(value) is Decimal and abs(value) > HUGE:
        hits.append(Hit("gioi-han", holder))
    return False
