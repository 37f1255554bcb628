"""Helpers for tests: YAML text read into plain values, and a small data folder with one valid unit (Sở Nội vụ)."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from pipeline.assessing import YearResult, assess_year
from pipeline.intake.year import read_year
from pipeline.law.regulation import LawBook
from pipeline.places import PROJECT, Places
from pipeline.problems import in_order
from pipeline.reading.text import read_text
from pipeline.reading.tree import Mapping, Node, Scalar, read_tree

YEAR, UNIT = 2023, "25-so-noi-vu"
VALID = Path(__file__).parent / "bad_data" / "valid"
FILES = {"don_vi": f"don_vi/{UNIT}.yaml", "tham_dinh": f"tham_dinh/{UNIT}.yaml", "quyet_dinh": "quyet_dinh.yaml", "tinh": "tinh.yaml"}


def plain(node: Node | None) -> Any:
    """A tree as ordinary text, lists and dictionaries."""
    if node is None or isinstance(node, Scalar):
        return node and node.text
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.entries.items()}
    return [plain(child) for child in node.items]


def read_bytes(folder: Path, raw: bytes) -> tuple[Any, list[str]]:
    """A file's bytes -> what it says and its problems as printed; the file is shown as `tep`."""
    path = folder / "tep.yaml"
    path.write_bytes(raw)
    text, problems = read_text(path, "tep")
    tree, more = read_tree(text, "tep") if text is not None else (None, [])
    return plain(tree), [str(p) for p in in_order([*problems, *more])]


def read(text: str) -> tuple[Any, list[str]]:
    """YAML text -> what it says and its problems as printed."""
    tree, problems = read_tree(text, "tep")
    return plain(tree), [str(p) for p in in_order(problems)]


@functools.cache
def book(name: str) -> LawBook:
    return LawBook(PROJECT / "data" / "quy_dinh" / name, name)


def law(folder: Path, _shown: str) -> LawBook:
    """The project's regulation, read once for all tests."""
    return book(folder.name)


@functools.cache
def register() -> str:
    """The project's register, cut down to the one unit."""
    units = yaml.load((PROJECT / "data" / "don_vi.yaml").read_text("utf-8"), yaml.BaseLoader)["don_vi"]
    return str(yaml.safe_dump({"don_vi": [u for u in units if f"{u['stt']}-{u['ma']}" == UNIT]}, allow_unicode=True))


def write_year(data: Path, **files: str | bytes | None) -> Places:
    """A data folder whose register is Sở Nội vụ alone; every file valid unless given (None = absent)."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "don_vi.yaml").write_text(register(), "utf-8")
    if not (data / "quy_dinh").exists():
        (data / "quy_dinh").symlink_to(PROJECT / "data" / "quy_dinh")
    places = Places(data, data / "build", YEAR)
    shutil.rmtree(places.year_data, ignore_errors=True)
    for kind, name in FILES.items():
        content = files.get(kind, (VALID / f"{kind}.yaml").read_bytes())
        path = places.year_data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return places


def assess(places: Places, only: str | None = None) -> YearResult:
    """Everything `make check` does."""
    return assess_year(read_year(places, law, only))


def dangling(found: Any, year: Path) -> list[str]:
    """`found`: ket_qua.json; each file and key it points at (`tep`, `khoa`) that is not there."""
    if isinstance(found, list):
        return [line for item in found for line in dangling(item, year)]
    if not isinstance(found, dict):
        return []
    here = (
        []
        if "khoa" not in found or stands(yaml_of(year / found["tep"]), found["khoa"].split("."))
        else [f"{found['tep']}: {found['khoa']}"]
    )
    return here + [line for item in found.values() for line in dangling(item, year)]


def stands(tree: Any, keys: list[str]) -> bool:
    if not keys:
        return True
    if isinstance(tree, list):
        return keys[0].isdigit() and int(keys[0]) < len(tree) and stands(tree[int(keys[0])], keys[1:])
    return isinstance(tree, dict) and keys[0] in tree and stands(tree[keys[0]], keys[1:])


@functools.cache
def yaml_of(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that tests only read: made by the worker of pytest-xdist that comes first; the others wait for it and find it made."""
    base = factory.getbasetemp()
    if base.name.startswith("popen-"):  # a worker's own folder below that of the run
        base = base.parent
    folder = base / name
    with FileLock(base / f"{name}.lock"):
        if not (folder / "xong").exists():
            make(folder)
            (folder / "xong").touch()
    return folder
