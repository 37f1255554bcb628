"""data/luoc_do stands as the models say; `make schemas` writes it anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from pipeline.key_words import all_words
from pipeline.model.values import Clock, Copies, Count, Date, Grade, Level, Percent, Points, Text, YesNo, YesNoOpen
from pipeline.places import PROJECT
from pipeline.problems import Kind, Place, Problem
from pipeline.schemas import FILES, of, schema_text
from tests.data_health.editor import refused
from tests.intake.test_zoo import MARKED, edited
from tests.support import VALID
from tests.test_docs import models


def keyed(schema: dict[str, Any], key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a schema that speaks of one key."""
    if "title" in schema and key:
        yield key, schema
    for inner_key, inner in schema.get("properties", {}).items():
        yield from keyed(inner, inner_key)
    for inner in [*schema.get("anyOf", []), *schema.get("definitions", {}).values()]:
        yield from keyed(inner)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from keyed(schema[word])


def allows(name: str, schema: dict[str, Any], value: Any) -> bool:
    definitions = json.loads(schema_text(name)).get("definitions", {})
    return Draft7Validator({**schema, "definitions": definitions}).is_valid(value)


def number_or(text: str) -> Any:
    return int(text) if text.isdigit() else text


@pytest.mark.parametrize("name", FILES)
def test_schema_is_up_to_date(name: str) -> None:
    """A changed model without a changed schema would mislead the editors."""
    assert (PROJECT / "data" / "luoc_do" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


def test_every_key_has_its_words() -> None:
    """Each key of each model once in key_words.yaml, with a title that needs no full stop and a description that has one; none is left over."""
    keys = {
        (model.__name__, info.alias or name)
        for file in FILES.values()
        for model in models(file)
        for name, info in model.model_fields.items()
    }
    words = {(model, key): told for model, entries in all_words().items() for key, told in entries.items()}
    assert set(words) == keys
    assert [k for k, w in words.items() if not w.tieu_de or w.tieu_de.endswith(".") or (w.mo_ta and not w.mo_ta.endswith("."))] == []


def test_examples_are_allowed() -> None:
    """What an editor offers as an example its own schema takes."""
    wrong = []
    for name in FILES:
        for key, schema in keyed(json.loads(schema_text(name))):
            wrong += [(name, key, e) for e in schema.get("examples", []) if not any(allows(name, schema, v) for v in (e, number_or(e)))]
    assert wrong == []


GOOD = [
    *(("don_vi", path) for path in sorted((PROJECT / "data").glob("2*/don_vi/*.yaml"))),
    *(("tham_dinh", path) for path in sorted((PROJECT / "data").glob("2*/tham_dinh/*.yaml"))),
    *((path.stem, path) for path in sorted((PROJECT / "data").glob("2*/*.yaml"))),
    ("don_vi_danh_sach", PROJECT / "data" / "don_vi.yaml"),
    *((path.stem, path) for path in sorted(VALID.glob("*.yaml"))),
]


def test_schemas_take_every_good_file() -> None:
    """The sample year, the register and the files the zoo is made from."""
    assert len(GOOD) > 110
    assert [path.name for kind, path in GOOD if refused(kind, path.read_text("utf-8"))] == []


def test_each_file_names_its_schema() -> None:
    """The first line binds the file to the schema of its kind, where it is."""
    files = [(kind, path) for kind, path in GOOD if path.is_relative_to(PROJECT / "data")]
    lines = {path: path.read_text("utf-8").split("\n")[0].partition("$schema=") for _, path in files}
    assert [
        path for kind, path in files if (path.parent / lines[path][2]).resolve() != PROJECT / "data" / "luoc_do" / f"{kind}.schema.json"
    ] == []


BEYOND = {  # what only the loader can see, by the words it has for it
    "what belongs to another file, or to the regulation": "tệp mang tên|tệp nằm trong năm|biểu của đơn vị này|không có đơn vị|danh sách thành viên|không có quy định|"
    "không được xin ý kiến|điểm cần xác nhận|quá điểm tối đa|không áp dụng được|khác tệp của đơn vị|vượt quá 20%|người đứng đầu xếp|vai_tro|"
    "chưa ghi ngày lập|chưa ghi quy định|khong_gom|mục «(giay_moi|ban_cam_ket|cong_van|to_trin|bao_cao_tong_kết|hoi_dong_tdk)",
    "missing rows": "thiếu hàng",
    "several values that do not go together": "nhiều cách|thiếu thuc_hien|thiếu ke_hoach|chưa có điểm|chưa có thành viên nào|kế hoạch bằng 0|không áp dụng|bị kỷ luật nhưng|"
    "gợi ý kiểm điểm|«can_cu» chỉ ghi|chỉ tiêu|hai lần|hai người đứng đầu|ai là người đứng đầu|có mặt|người vắng|phiếu|tổng số cá nhân|chỉ dùng trong tệp thẩm định",
    "dates against each other and the calendar": "trước |sau ngày|không có ngày|không thuộc năm|vi phạm năm",
    "letters": "dấu hỏi|phông chữ|không in được|khi chuyển mã|ký tự ẩn|đổi chiều chữ",
    "ways of writing that YAML allows": "ký hiệu|dấu > làm mất|nối thành một dòng",
    "a number an editor has read already": "hàng nghìn|«1.000» không phải là số đếm",
    "rows not begun": "«cham_diem» phải gồm các mục con",
}


@pytest.mark.parametrize("case", MARKED)
def test_schema_and_loader_agree_on_the_zoo(case: dict[str, Any]) -> None:
    """A schema refuses nothing the loader takes; what it takes though the loader refuses it is of a kind listed above."""
    text = edited(case)
    if "encoding" in case or text is None or not text.strip("\n") or text.startswith("#") and case["name"] == "empty decisions":
        return
    said = [line for line in case["expect"] if line.startswith("@") and ": lỗi: " in line]
    if refused(case["file"], text):
        assert said
    else:
        assert [line for line in said if not re.search("|".join(BEYOND.values()), line)] == []


@pytest.mark.parametrize(
    ("annotation", "written"),
    [
        (Points, st.one_of(st.from_regex(r"\A\d{1,10}([.,]\d{1,3})?\Z"), st.text("0123456789.,- %", max_size=8))),
        (Percent, st.one_of(st.from_regex(r"\A\d{1,10}([.,]\d{1,3})? ?%\Z"), st.text("0123456789.,- %", max_size=8))),
        (Count, st.text("0123456789.,-+", max_size=8)),
        (Copies, st.text("0123456789.,-+", max_size=8)),
        (Date, st.from_regex(r"\A[0-3]?\d[-/.][01]?\d[-/.](19|20|2)\d\d\Z|\A20\d\d-[01]\d-[0-3]\d\Z")),
        (Clock, st.from_regex(r"\A[0-2]?\d[:hg.]([0-7]\d?)?\Z")),
        (YesNo, st.sampled_from(["co", "có", "khong", "không", "Co", "yes", "no", "true", "chua_ro", "1"])),
        (YesNoOpen, st.sampled_from(["co", "có", "khong", "không", "chua_ro", "chưa rõ", "chua ro", "yes"])),
        (Level, st.sampled_from(["xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh", "Tốt", "xuất sắc", "trung_binh"])),
        (Grade, st.sampled_from(["xuat_sac", "tot", "trung_binh", "kem", "hoan_thanh"])),
        (Text, st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)),
    ],
    ids=lambda value: "",
)
@given(data=st.data())
def test_schema_and_loader_agree_on_values(annotation: Any, written: st.SearchStrategy[str], data: st.DataObject) -> None:
    """Typed in quotes, a value is refused by the schema only if the loader refuses it, and taken only if the loader takes it (days of the calendar aside)."""
    text = data.draw(written)
    if not text.strip():
        return
    try:
        TypeAdapter(annotation).validate_python(text.strip())
        taken, why = True, ""
    except ValidationError as error:
        taken, why = False, str(error)
    schema = of(annotation)
    assert Draft7Validator(schema).is_valid(text.strip()) is taken or "không có ngày" in why


def test_editor_is_set_up() -> None:
    """Visual Studio Code: a schema for each kind of file, which is there; problem lines as the program prints them are recognised, each kind as its own."""
    settings, tasks = (
        json.loads(re.sub(r"(?m)^\s*//.*$", "", (PROJECT / ".vscode" / name).read_text("utf-8")))
        for name in ("settings.json", "tasks.json")
    )
    assert sorted(settings["yaml.schemas"]) == sorted(f"data/luoc_do/{name}.schema.json" for name in FILES)
    assert [glob for glob in settings["yaml.schemas"].values() if not list(PROJECT.glob(glob))] == []
    for kind, matcher in zip(Kind, tasks["tasks"][0]["problemMatcher"]):
        line = str(Problem(Place("data/2023/don_vi/25-so-noi-vu.yaml", 41, 7), kind, "sai", "viết lại"))
        found = re.fullmatch(matcher["pattern"]["regexp"], line)
        assert found and found.groups() == ("data/2023/don_vi/25-so-noi-vu.yaml", "41", "7", "sai — viết lại")
