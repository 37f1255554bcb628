"""Models of clerks' files, words about their keys and the law's names -> data/luoc_do/*.schema.json (draft-07) for editors.

What a schema refuses the loader refuses; the loader, whose messages are the authority, refuses more (sums, dates that do not exist, what belongs together).
`errorMessage`, `enumDescriptions` and `defaultSnippets` are read by yaml-language-server. Examples stand in the descriptions: as `examples` an editor
would offer to write them, and an invented number of a document might stay in a dossier. For the same reason a blank value is never a `null` that is listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.key_words import KeyWords, Snippet, snippets, words_of
from pipeline.law_words import LawWords, Names, Told, law_words
from pipeline.model.appraisal import Appraisal
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.rows import RowEntry
from pipeline.model.submission import Submission
from pipeline.model.unit import Register
from pipeline.model.values import ONE_FOR_ALL, Text, Written

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
ROW = "Hàng chấm điểm"
# The titles here are for no reader: an editor takes alternatives without one for the same and doubles the title of the key.
BLANK = {"title": "", "not": {"title": "giá trị", "type": ["string", "number", "boolean", "object", "array"]}}
BLANK_OR_WORD = {"title": "", "not": {"title": "giá trị", "type": ["string", "number", "object", "array"]}}  # `true` is text to us
GROUP = "xuống dòng, viết từng mục con «tên: giá trị»"
LIST = "xuống dòng, mỗi mục bắt đầu bằng dấu gạch ngang «- »; không có gì để ghi thì viết []"
Schema = dict[str, Any]


def schema_text(name: str, law: LawWords) -> str:
    """The schema of one kind of file, as written to disk."""
    writer = SchemaWriter(law)
    found: Schema = {"$schema": "http://json-schema.org/draft-07/schema#", "title": TITLES[name], **writer.model(FILES[name])}
    found["definitions"] = writer.definitions()
    if "hang" in writer.used:
        found["allOf"] = list(writer.own_rows())
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def write_schemas(data: Path) -> None:
    folder, law = data / "luoc_do", law_words(data)
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.schema.json").write_text(schema_text(name, law), encoding="utf-8")


def _group(**found: Any) -> Schema:
    """Blank, or keys; told by a branch of its own, so that an editor has our words for it and offers no `null`."""
    return {**found, "if": {"type": "null"}, "else": {"type": "object", "errorMessage": GROUP}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


class SchemaWriter:
    """Writes models as schemas; kinds of values that it has met stand in `used`, under the names by which it refers to them."""

    def __init__(self, law: LawWords) -> None:
        self.law = law
        self.used: Schema = {}
        self.names: dict[tuple[str, str], Names] = {
            ("Submission", "so_ngay_van_ban"): law.documents,
            ("Appraisal", "y_kien"): law.bodies,
            ("ProvinceYear", "so_ngay_van_ban"): law.numbered,
            ("ProvinceYear", "so_ban_trinh"): law.copied,
        }

    def definitions(self) -> Schema:
        """What has been referred to so far."""
        return {**dict(sorted(self.used.items())), "de_trong": BLANK, "de_trong_hoac_chu": BLANK_OR_WORD}

    def model(self, model: type[BaseModel]) -> Schema:
        """A group of keys."""
        properties = {info.alias or name: self._key(model, info.alias or name, info) for name, info in model.model_fields.items()}
        required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
        return _group(properties=properties, required=required, additionalProperties=False)

    def _key(self, model: type[BaseModel], key: str, info: FieldInfo) -> Schema:
        """What may stand after one key, and what the editor says about it."""
        words = words_of(model, key)
        written = next((m for m in info.metadata if isinstance(m, Written)), None)
        blank = type(None) in get_args(info.annotation)
        found = self._scalar(written, words, blank) if written else self.value(info.annotation, self.names.get((model.__name__, key)))
        if ONE_FOR_ALL in info.metadata:
            found = {"anyOf": [*self.value(next(iter(get_args(get_args(info.annotation)[0])[1:])))["anyOf"], found]}
        return {"title": words.tieu_de, "description": _described(words), **found}

    def value(self, annotation: Any, names: Names | None = None) -> Schema:
        """A model, a list or mapping of models, or a plain value; `names`: the keys of a mapping."""
        if get_origin(annotation) is Annotated:
            inner, *metadata = get_args(annotation)
            written = next((m for m in metadata if isinstance(m, Written)), None)
            return self._scalar(written) if written else self.value(inner, names)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return {**self.model(annotation), **_pieces(annotation)}
        arguments = [a for a in get_args(annotation) if a is not type(None)]
        if get_origin(annotation) is list:
            return self._list(arguments[0])
        if get_origin(annotation) is dict:
            return self._rows() if RowEntry in get_args(arguments[1]) else self._mapping(arguments[1], names)
        return self.value(arguments[0], names) if len(arguments) == 1 else self.value(Text)

    def _list(self, annotation: Any) -> Schema:
        """Of models or plain values. Pieces stand with the list alone: an editor adds the dash where it is missing, and takes the keys of an item itself."""
        model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
        items = self.model(annotation) if model else self.value(annotation)
        pieces = _pieces(annotation, "array") if model else {}
        return {"items": items, "if": {"type": "null"}, "else": {"type": "array", "errorMessage": LIST}, **pieces}

    def _mapping(self, annotation: Any, names: Names | None) -> Schema:
        """Keys that the law names."""
        properties = {name: {**_told(told), **self.value(annotation)} for name, told in (names or {}).items()}
        return _group(properties=properties, additionalProperties=False)

    def _rows(self) -> Schema:
        """Rows that every unit has are told here; those of a unit's own section only by the form of their code."""
        share = self._scalar(next(m for m in RowEntry.model_fields["share"].metadata if isinstance(m, Written)))
        keys = {"title": ROW, **self.model(RowEntry)}
        self.used["hang"] = {"title": ROW, "if": {"title": ROW, "type": "object"}, "then": keys, "else": {"title": ROW, **share}}
        self.used["mau_hang"] = {"title": ROW, **_pieces(RowEntry)}
        row = {"allOf": [_ref("hang")], "anyOf": [_ref("mau_hang")]}
        properties = {code: {**_row(code, told), **row} for code, told in self.law.common.items()}
        return _group(properties=properties, patternProperties={ROW_CODE: row}, additionalProperties=False)

    def own_rows(self) -> Iterator[Schema]:
        """The wording of a unit's own rows, by the unit that the file names; whether they are written rightly was said before."""
        for own in self.law.own:
            rows = {code: {**_row(code, told), "anyOf": [_ref("mau_hang")]} for code, told in own.rows.items()}
            yield {
                "if": {"required": ["don_vi"], "properties": {"don_vi": {"enum": list(own.units)}}},
                "then": {"properties": {"cham_diem": {"properties": rows}}},
            }

    def _scalar(self, written: Written, words: KeyWords | None = None, blank: bool = True) -> Schema:
        """Kinds of values are defined once; the words of a single key stand beside it."""
        found = _written(written, self.law.levels if written.name == "muc" else words.gia_tri if words else {})
        if written.name:
            self.used[written.name] = found
        empty = "de_trong" if written.allowed or written.pattern else "de_trong_hoac_chu"
        return {"anyOf": [_ref(written.name) if written.name else found, *([_ref(empty)] if blank else [])]}


def _written(written: Written, meanings: Any) -> Schema:
    if written.allowed:
        told = {"enumDescriptions": [meanings.get(word, word) for word in written.allowed]} if meanings else {}
        return {"enum": list(written.allowed), **told, "errorMessage": f"viết một trong: {', '.join(written.allowed)}"}
    if written.number:
        limits = {"minimum": written.least, "maximum": written.most}
        return {"type": ["string", written.number], "pattern": written.pattern, **limits, "errorMessage": written.write}
    if written.pattern:
        return {"type": "string", "pattern": written.pattern, "errorMessage": written.write}
    line = {"pattern": r"^[^\n]*\n?$"} if written.one_line else {}
    return {"type": ["string", "number"], **line, "errorMessage": written.write}


def _described(words: KeyWords) -> str:
    """ "Viết kèm dấu %. Ví dụ: 90%"."""
    return " ".join([words.mo_ta, *([f"Ví dụ: {words.vi_du}"] if words.vi_du else [])])


def _told(told: Told) -> Schema:
    return {"title": told.title, **({"description": told.about} if told.about else {})}


def _row(code: str, told: Told) -> Schema:
    return {"title": f"Hàng {code}", "description": f"{told.title.rstrip('.')}. {told.about}"}


def _pieces(model: type[BaseModel], kind: str = "") -> Schema:
    """What an editor offers to put in, blanks to be filled in."""
    found = [{**_piece(model, snippet), **({"type": kind} if kind else {})} for snippet in snippets().get(model.__name__, [])]
    return {"defaultSnippets": found} if found else {}


def _piece(model: type[BaseModel], snippet: Snippet) -> Schema:
    infos = {info.alias: info for info in model.model_fields.values()}
    blanks = {key: f'"${i}"' if _quoted(infos[key]) else f"${i}" for i, key in enumerate(snippet.muc, 1)}
    return {"label": snippet.nhan, "body": blanks or snippet.gia_tri}


def _quoted(info: FieldInfo) -> bool:
    return any(isinstance(m, Written) and m.one_line for m in info.metadata)


if __name__ == "__main__":
    write_schemas(Path("data"))
