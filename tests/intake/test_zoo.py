"""A zoo of broken files: each case edits one valid file and must give exactly its problems, no more and no fewer.

Cases stand in tests/bad_data/: `file` (don_vi, tham_dinh, quyet_dinh or tinh) is edited by `replace` pairs and `append`,
or is the whole `text`, or is `absent`; it is saved with
`encoding`, `crlf`, `nfd` (decomposed letters); `stray` names files added; `expect` are all lines of `make check`, named from the year's folder.
"""

from __future__ import annotations


import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.problems import DataError, in_order
from tests.support import FILES, VALID, assess, write_year

FOLDER = Path(__file__).parent.parent / "bad_data"
CASES: list[dict[str, Any]] = [
    case for path in sorted(FOLDER.glob("*.yaml")) for case in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
]
MARKED = [pytest.param(case, id=case["name"]) for case in CASES]


def edited(case: dict[str, Any]) -> str | None:
    """The text of the case's file; None when it is absent."""
    if "absent" in case:
        return None
    if "text" in case:
        return str(case["text"])
    text = (VALID / f"{case['file']}.yaml").read_text("utf-8")
    for old, new in case.get("replace", []):
        assert text.count(old) == 1, f"«{old}» stands {text.count(old)} times in {case['file']}.yaml"
        text = text.replace(old, new)
    return text + case.get("append", "")


def saved(case: dict[str, Any]) -> bytes | None:
    """The file's bytes as some editor would save them; what an encoding lacks becomes a question mark."""
    text = edited(case)
    if text is None:
        return None
    text = unicodedata.normalize("NFD", text) if "nfd" in case else text
    return (text.replace("\n", "\r\n") if "crlf" in case else text).encode(case.get("encoding", "utf-8"), "replace")


def problems(data: Path, case: dict[str, Any]) -> list[str]:
    """All problem lines of the case, in order."""
    places = write_year(data, **{case["file"]: saved(case)})
    for name in case.get("stray", []):
        (places.year_data / name).write_text("don_vi: so-noi-vu\n", "utf-8")
    try:
        found = assess(places).files.problems
    except DataError as error:
        found = error.problems
    return [str(p).removeprefix(f"{places.year_data.as_posix()}/") for p in in_order(found)]


@pytest.mark.parametrize("case", MARKED)
def test_broken_file(case: dict[str, Any], tmp_path: Path) -> None:
    """Every problem is found, at its place, in words that say what to write."""
    expected = [line.replace("@", FILES[case["file"]], 1) if line.startswith("@") else line for line in case["expect"]]
    assert problems(tmp_path / "data", case) == expected


def test_names_are_unique() -> None:
    """A name says what is wrong, so no two cases are the same."""
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names) and sum(case["file"] == "don_vi" for case in CASES) >= 150


def test_valid_files_have_no_problems(tmp_path: Path) -> None:
    """The base of every case is clean, so that each message comes from its edit."""
    assert assess(write_year(tmp_path / "data")).files.problems == []
