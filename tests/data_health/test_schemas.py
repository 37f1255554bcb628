"""data/luoc_do stands as the models, the words and the law say; schemas agree with the loader on every file and every kind of value."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from pipeline.desk.new_year import begin_year
from pipeline.key_words import all_words, snippets
from pipeline.law_words import law_words
from pipeline.model.values import Clock, Copies, Count, Date, Grade, Level, LongText, Percent, Points, Text, Written, YesNo, YesNoOpen
from pipeline.places import PROJECT, Places
from pipeline.problems import Kind
from pipeline.schemas import FILES, SchemaWriter, schema_text
from tests.data_health.editor import LAW, refused, typed, underlined, validator, validator_of
from tests.intake.test_zoo import MARKED, edited
from tests.support import VALID, YEAR, book, read
from tests.test_docs import models

MODELS = {model.__name__: model for file in FILES.values() for model in models(file)}
KEYS = [(name, info.alias or field, info) for name, model in MODELS.items() for field, info in model.model_fields.items()]


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object within a schema."""
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(inner)


def takes(model: type[BaseModel], key: str, value: Any) -> bool:
    """Whether the loader has nothing to say about this one key."""
    try:
        model.model_validate({key: value})
    except ValidationError as error:
        return key not in [detail["loc"][0] for detail in error.errors()]
    return True


def editor_takes(model: type[BaseModel], key: str, value: Any) -> bool:
    writer = SchemaWriter(LAW)
    schema = writer.model(model)["properties"][key]
    return Draft7Validator({**schema, "definitions": writer.definitions()}).is_valid(value)


@pytest.mark.parametrize("name", FILES)
def test_schema_is_up_to_date(name: str) -> None:
    """A changed model without a changed schema would mislead the editors."""
    assert (PROJECT / "data" / "luoc_do" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name, LAW)


def test_every_key_has_its_words() -> None:
    """Each key of each model once in key_words.yaml, none left over: a short title, at most three whole sentences, an example for every plain value."""
    told = {(model, key): words for model, entries in all_words().items() for key, words in entries.items()}
    assert set(told) == {(name, key) for name, key, _ in KEYS}
    assert [k for k, w in told.items() if not w.tieu_de or w.tieu_de.endswith(".") or len(w.tieu_de) > 60] == []
    assert [k for k, w in told.items() if not w.mo_ta.endswith(".") or len(re.findall(r"\.(?= [A-ZĐ]|$)", w.mo_ta)) > 3] == []
    plain = {(name, key) for name, key, info in KEYS if not any(models(info.annotation))}
    assert {k for k in plain if not told[k].vi_du} == {("ProvinceYear", "so_ban_trinh")}  # one number, or one for each document


def test_examples_and_meanings_are_of_allowed_values() -> None:
    """What a clerk reads as an example both take; where words are explained, they are all words that are allowed."""
    wrong = []
    for name, key, info in KEYS:
        words, written = all_words()[name][key], next((m for m in info.metadata if isinstance(m, Written)), None)
        value = [words.vi_du] if "list" in str(info.annotation) else words.vi_du
        if words.vi_du and not (takes(MODELS[name], key, value) and editor_takes(MODELS[name], key, value)):
            wrong.append((name, key, words.vi_du))
        if words.gia_tri and (written is None or tuple(words.gia_tri) != written.allowed):
            wrong.append((name, key, str(words.gia_tri)))
    assert wrong == []


def test_pieces_are_of_keys() -> None:
    """Every key of a piece is one of its model; the pieces of a row are ways to write one."""
    assert [
        (n, key) for n, found in snippets().items() for s in found for key in s.muc if (n, key) not in {(m, k) for m, k, _ in KEYS}
    ] == []
    assert [
        s.gia_tri for s in snippets()["RowEntry"] if s.gia_tri and not takes(MODELS["Submission"], "cham_diem", {"A.1.1": s.gia_tri})
    ] == []
    assert [s.nhan for found in snippets().values() for s in found if bool(s.muc) is bool(s.gia_tri)] == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_offered_that_must_not_be_written(name: str) -> None:
    """An editor offers every `examples`, `default`, `null`, `true` it finds: an invented fact, or a word that the loader refuses, one keystroke away."""
    found = json.loads(schema_text(name, LAW))
    conditions = [part["if"] for part in parts(found) if "if" in part] + [part["not"] for part in parts(found) if "not" in part]
    offering = [part for part in parts(found) if part not in conditions]
    assert [p for p in offering if {"boolean", "null"} & set(p.get("type") if isinstance(p.get("type"), list) else [p.get("type")])] == []
    assert [p for p in offering if "default" in p or isinstance(p.get("examples"), list) or None in (p.get("enum") or [])] == []


def test_own_rows_are_told_by_unit() -> None:
    """Whatever unit a file names, its rows have the wording, points and citation of its own section, and only these."""
    law = book("453-QD-TU-2022").regulation()
    branches = json.loads(schema_text("don_vi", LAW))["allOf"]
    units = [(unit["ma"], unit["phu_luc"]) for unit in read((PROJECT / "data" / "don_vi.yaml").read_text("utf-8"))[0]["don_vi"]]
    assert sorted(code for b in branches for code in b["if"]["properties"]["don_vi"]["enum"]) == sorted(code for code, _ in units)
    for code, section in units:
        (own,) = [b["then"]["properties"]["cham_diem"]["properties"] for b in branches if code in b["if"]["properties"]["don_vi"]["enum"]]
        rows = [(c, row) for c in law.sections[section].criteria for row in c.rows]
        assert list(own) == [row.code for _, row in rows]
        for criterion, row in rows:
            told = own[row.code]["description"]
            assert told.startswith(row.text.rstrip(".")) and f"Tối đa {row.points} điểm" in told and criterion.citation in told


GOOD = [
    *(("don_vi", path) for path in sorted((PROJECT / "data").glob("2*/don_vi/*.yaml"))),
    *(("tham_dinh", path) for path in sorted((PROJECT / "data").glob("2*/tham_dinh/*.yaml"))),
    *((path.stem, path) for path in sorted((PROJECT / "data").glob("2*/*.yaml"))),
    ("don_vi_danh_sach", PROJECT / "data" / "don_vi.yaml"),
    *((path.stem, path) for path in sorted(VALID.glob("*.yaml"))),
]


def kind_of(path: Path) -> str:
    return path.parent.name if path.parent.name in FILES else path.stem


def test_schemas_take_every_good_file() -> None:
    """The sample year, the register and the files the zoo is made from."""
    assert len(GOOD) > 110
    assert [path.name for kind, path in GOOD if refused(kind, path.read_text("utf-8"))] == []


def test_schemas_take_a_year_just_begun(tmp_path: Path) -> None:
    """Blank is owed, never wrong: 58 new files without an underline, the decisions with nothing but comments among them."""
    for part in ("quy_dinh", str(YEAR)):
        shutil.copytree(PROJECT / "data" / part, tmp_path / part)
    shutil.copy(PROJECT / "data" / "don_vi.yaml", tmp_path)
    begin_year(Places(tmp_path, tmp_path / "build", YEAR + 1))
    begun = sorted((tmp_path / str(YEAR + 1)).rglob("*.yaml"))
    assert len(begun) == 58
    assert [path.name for path in begun if refused(kind_of(path), path.read_text("utf-8"))] == []


def test_another_law_has_schemas_of_its_own(tmp_path: Path) -> None:
    """The invented regulation: its files pass its schemas, its bodies and documents are named, and nothing of the old one is told."""
    other = PROJECT / "tests" / "other_law"
    shutil.copytree(other / "quy_dinh", tmp_path / "quy_dinh")
    law = law_words(tmp_path)
    checks = {kind: validator(kind, law) for kind in ("don_vi", "tham_dinh", "tinh", "quyet_dinh")}
    files = sorted((other / "2030").rglob("*.yaml"))
    assert len(files) > 10
    assert [path.name for path in files if refused(kind_of(path), path.read_text("utf-8"), checks[kind_of(path)])] == []
    assert not any("Bắc Giang" in told.title + told.about for told in [*law.common.values(), *law.bodies.values(), *law.documents.values()])
    assert not {told.title for told in law.common.values()} & {told.title for told in LAW.common.values()}


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
    "chưa ghi ngày lập|chưa ghi quy định|khong_gom",
    "missing rows": "thiếu hàng",
    "several values that do not go together": "nhiều cách|thiếu thuc_hien|thiếu ke_hoach|chưa có điểm|chưa có thành viên nào|kế hoạch bằng 0|không áp dụng|bị kỷ luật nhưng|"
    "gợi ý kiểm điểm|«can_cu» chỉ ghi|chỉ tiêu|hai lần|hai người đứng đầu|ai là người đứng đầu|có mặt|người vắng|phiếu|tổng số cá nhân|chỉ dùng trong tệp thẩm định",
    "dates against each other and the calendar": "trước |sau ngày|không có ngày|không thuộc năm|vi phạm năm",
    "letters": "dấu hỏi|phông chữ|không in được|khi chuyển mã|ký tự ẩn|đổi chiều chữ",
    "ways of writing that YAML allows": "ký hiệu|dấu > làm mất|nối thành một dòng",
    "a number an editor has read already": "hàng nghìn|«1.000» không phải là số đếm",
    "rows not begun": "«cham_diem» phải gồm các mục con",
}


def errors_of(case: dict[str, Any]) -> list[str]:
    return [line for line in case["expect"] if line.startswith("@") and ": lỗi: " in line]


def text_of(case: dict[str, Any]) -> str | None:
    """What an editor would have before it; None where it has nothing to judge: no file, a file of comments, bytes it reads otherwise."""
    text = edited(case)
    empty = text is None or not [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return None if empty or "encoding" in case else text


@pytest.mark.parametrize("case", MARKED)
def test_schema_and_loader_agree_on_the_zoo(case: dict[str, Any]) -> None:
    """A schema refuses nothing the loader takes; what it takes though the loader refuses it is of a kind listed above."""
    text = text_of(case)
    if text is None:
        return
    if underlined(case["file"], text):
        assert errors_of(case)
    else:
        assert [line for line in errors_of(case) if not re.search("|".join(BEYOND.values()), line.partition(" — ")[0])] == []


def test_nothing_is_listed_in_vain() -> None:
    """Each of the words above excuses at least one case that the schema takes: what it has learnt to refuse goes from the list."""
    unseen = "\n".join(
        line.partition(" — ")[0]
        for case in (mark.values[0] for mark in MARKED)
        if (text := text_of(case)) is not None and not underlined(case["file"], text)
        for line in errors_of(case)
    )
    assert [words for kind in BEYOND.values() for words in kind.split("|") if not re.search(words, unseen)] == []


KINDS: list[tuple[Any, st.SearchStrategy[str]]] = [
    (Points, st.one_of(st.from_regex(r"\A[0-9]{1,10}([.,][0-9]{1,3})?\Z"), st.text("0123456789.,- %+ex", max_size=8))),
    (Percent, st.one_of(st.from_regex(r"\A[0-9]{1,10}([.,][0-9]{1,3})? ?%\Z"), st.text("0123456789.,- %", max_size=8))),
    (Count, st.text("0123456789.,-+xo", max_size=8)),
    (Copies, st.text("0123456789.,-+", max_size=8)),
    (Date, st.from_regex(r"\A[0-3]?[0-9][-/.][01]?[0-9][-/.](19|20|2)[0-9]{2}\Z|\A20[0-9]{2}-[01][0-9]-[0-3][0-9]\Z")),
    (Clock, st.from_regex(r"\A[0-2]?[0-9][:hg.]([0-7][0-9]?)?\Z")),
    (YesNo, st.sampled_from(["co", "có", "khong", "không", "Co", "yes", "no", "true", "chua_ro", "1", "~", "null"])),
    (YesNoOpen, st.sampled_from(["co", "có", "khong", "không", "chua_ro", "chưa rõ", "chua ro", "yes", "True"])),
    (Level, st.sampled_from(["xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh", "Tốt", "xuất sắc", "trung_binh", "95"])),
    (Grade, st.sampled_from(["xuat_sac", "tot", "trung_binh", "kem", "hoan_thanh"])),
    (
        Text,
        st.one_of(
            st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20), st.sampled_from(["true", "0x1F", "12", "1e3"])
        ),
    ),
    (LongText, st.one_of(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20), st.sampled_from(["false", "8.5"]))),
]


def loader_takes(annotation: Any, text: str) -> tuple[bool, str]:
    """Whether, and what it says against it."""
    try:
        TypeAdapter(annotation).validate_python(text)
    except ValidationError as error:
        return False, str(error)
    return True, ""


@pytest.mark.parametrize(("annotation", "strategy"), KINDS, ids=lambda value: "")
@given(data=st.data())
def test_schema_and_loader_agree_on_quoted_values(annotation: Any, strategy: st.SearchStrategy[str], data: st.DataObject) -> None:
    """In quotes every value is text for both: taken by one if and only if by the other (days of the calendar aside)."""
    text = data.draw(strategy).strip()
    assume(text)
    taken, why = loader_takes(annotation, text)
    assert validator_of(annotation).is_valid(text) is taken or "không có ngày" in why


@pytest.mark.parametrize(("annotation", "strategy"), KINDS, ids=lambda value: "")
@given(data=st.data())
def test_schema_and_loader_agree_on_values_as_typed(annotation: Any, strategy: st.SearchStrategy[str], data: st.DataObject) -> None:
    """Without quotes an editor has read numbers, `true` and `~` before the schema is asked: it may take these, but refuses nothing the loader takes."""
    text = data.draw(strategy).strip()
    found, problems = read(f"k: {text}\n")
    assume(not problems and isinstance(found, dict) and found.get("k") == text)
    value, (taken, why) = typed(text), loader_takes(annotation, text)
    seen = validator_of(annotation).is_valid(value)
    assert seen if taken else not seen or not isinstance(value, str) or "không có ngày" in why


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (Points, "-3"),
        (Points, "1000000000"),
        (Count, "-1"),
        (Count, "1.5"),
        (Count, "1000000"),
        (Copies, "0"),
        (Percent, "90"),
        (Date, "2023"),
        (Clock, "8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_numbers_that_nobody_means(annotation: Any, text: str) -> None:
    """Typed without quotes these are numbers to an editor, and both refuse them."""
    assert not isinstance(typed(text), str)
    assert not loader_takes(annotation, text)[0] and not validator_of(annotation).is_valid(typed(text))


def settings_of(name: str) -> Any:
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", (PROJECT / ".vscode" / name).read_text("utf-8")))


def test_editor_finds_the_schemas() -> None:
    """Visual Studio Code: a schema for each kind of file, which is there, also in years to come; YAML as the loader wants it saved."""
    settings = settings_of("settings.json")
    assert sorted(settings["yaml.schemas"]) == sorted(f"data/luoc_do/{name}.schema.json" for name in FILES)
    assert [glob for glob in settings["yaml.schemas"].values() if not list(PROJECT.glob(glob))] == []
    assert [glob for glob in settings["yaml.schemas"].values() if re.search("20[0-9]{2}", glob)] == []
    assert (settings["files.encoding"], settings["files.eol"], settings["[yaml]"]["editor.insertSpaces"]) == ("utf8", "\n", True)


def run_on_terminal(command: str, folder: Path) -> str:
    """What a command says where it believes a person to look on, as the editor's terminal does."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side has closed: Linux says so with an error
            break
        if not piece:
            break
        said += piece
    process.wait()
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


def test_task_shows_problems_in_the_file(tmp_path: Path) -> None:
    """The task is run on a terminal; its patterns find file, line, column and words of each kind of problem, and nothing else."""
    shutil.copytree(PROJECT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("luoc_do"))
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    path = Path("data") / str(YEAR) / "don_vi" / "25-so-noi-vu.yaml"
    text = (tmp_path / path).read_text("utf-8")
    line = next(i for i, one in enumerate(text.split("\n"), 1) if one.startswith("dang_ky_nam_sau:"))
    text = re.sub(r"(?m)^tu_nhan: .*$", "tu_nhan: totz", re.sub(r"(?m)^dang_ky_nam_sau: .*$", "dang_ky_nam_sau:", text))
    (tmp_path / path).write_text(text, "utf-8")
    task, whole = settings_of("tasks.json")["tasks"]
    assert task["problemMatcher"] == whole["problemMatcher"] and str(whole["command"]).endswith("| cat")
    command = str(task["command"]).partition(" && ")[2].replace("${fileBasenameNoExtension}", path.stem)
    said = run_on_terminal(command.replace("${relativeFileDirname}", path.parent.as_posix()), tmp_path)
    found = {
        kind: [m.groups() for m in re.finditer(matcher["pattern"]["regexp"], said, re.MULTILINE)]
        for kind, matcher in zip(Kind, task["problemMatcher"])
    }
    ((file, at, _, words),) = found[Kind.ERROR]
    assert (file, int(at)) == (path.as_posix(), line - 1) and words.startswith("giá trị «totz» không có ở đây — ")
    assert [(f, int(n)) for f, n, _, _ in found[Kind.OWED]] == [(path.as_posix(), line)]
    assert found[Kind.WARNING] == [] and f"{len(found[Kind.ERROR])} lỗi" in said
