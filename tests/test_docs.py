"""The README files against the project: targets, commands, packages, every key of clerks' files, examples and links."""

from __future__ import annotations

import functools
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from pipeline.arguments import COMMANDS
from pipeline.places import PROJECT
from pipeline.problems import in_order
from pipeline.reading.tree import read_tree
from pipeline.schemas import FILES

READMES = [PROJECT / name for name in ("README.md", "data/README.md", "templates_docx/README.md", "pipeline/README.md")]
ENGINEERS = (PROJECT / "pipeline" / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", (PROJECT / "data" / "README.md").read_text("utf-8"), re.DOTALL)


def section(title: str) -> str:
    """The part of pipeline/README.md under a heading."""
    return re.split(rf"(?m)^## {title}$", ENGINEERS)[1].split("\n## ")[0]


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model an annotation reaches, each with those its fields reach."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from models(info.annotation)
    else:
        for inner in get_args(annotation):
            yield from models(inner)


def keys_in_code() -> set[tuple[str, str, str]]:
    """(model, Vietnamese key, English name) of every field."""
    found = {model for file in FILES.values() for model in models(file)}
    return {(model.__name__, info.alias or name, name) for model in found for name, info in model.model_fields.items()}


@functools.cache
def glossary() -> dict[tuple[str, str, str], str]:
    """(model, Vietnamese key, English name) -> meaning; a bold row names the model of the rows after it."""
    model, found = "", {}
    for line in section("Glossary").splitlines():
        if line.startswith("| **"):
            model = re.findall(r"\(`(\w+)`\) \| \| \|$", line)[0]
        elif row := re.fullmatch(r"\| `(\w+)` \| `(\w+)` \| (.+) \|", line):
            assert (model, row[1], row[2]) not in found, line
            found[model, row[1], row[2]] = row[3]
    return found


def test_every_make_target_is_described() -> None:
    """In README.md, in pipeline/README.md or by `make help`."""
    targets = re.findall(r"(?m)^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text("utf-8"))
    offered = subprocess.run(["make", "-s", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    told = offered + (PROJECT / "README.md").read_text("utf-8") + ENGINEERS
    assert len(targets) >= 10
    assert [t for t in targets if not re.search(rf"(make |`){t}(?![a-z-])", told)] == []


def test_every_command_is_described() -> None:
    """The table of commands has a row for each, and no other."""
    assert set(re.findall(r"(?m)^\| `([a-z-]+)` \|", section("Commands"))) == set(COMMANDS)


def test_glossary_has_every_key() -> None:
    """Each key of each model with its English name and a meaning; nothing that is no key any more."""
    told, real = set(glossary()), keys_in_code()
    assert sorted(real - told) == [], "keys not in the glossary"
    assert sorted(told - real) == [], "rows of the glossary that no model has"


def test_map_names_every_package_and_module() -> None:
    """The tables of the map hold the packages and modules that exist, each once."""
    told = re.findall(r"(?m)^(?:\| |What flows between the stages is in )`([a-z_]+(?:/|\.py))`", section("The map"))
    root = PROJECT / "pipeline"
    real = [f"{p.parent.name}/" for p in root.glob("*/__init__.py")] + [p.name for p in root.glob("*.py") if p.name != "__init__.py"]
    assert sorted(told) == sorted(real)


def test_import_order_is_the_contract() -> None:
    """The layers drawn are those import-linter checks."""
    drawn = re.findall(r"```layers\n(.*?)\n```", section("The map"), re.DOTALL)[0].splitlines()
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert drawn == [layer.replace("pipeline.", "") for layer in next(c["layers"] for c in contracts if c["type"] == "layers")]


def test_python_files_named_exist() -> None:
    """A module mentioned anywhere is there under that name."""
    known = [p.relative_to(PROJECT).as_posix() for folder in ("pipeline", "tests") for p in (PROJECT / folder).rglob("*.py")]
    named = {name for readme in READMES for name in re.findall(r"`([\w/]+\.py)`", readme.read_text("utf-8"))}
    assert [name for name in sorted(named) if not any(f"/{path}".endswith(f"/{name}") for path in known)] == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_for_clerks_parse(text: str) -> None:
    """What the guide shows may be copied as it stands."""
    assert [str(p) for p in in_order(read_tree(text, "data/README.md")[1])] == []


def test_there_are_examples() -> None:
    """The guide shows at least one."""
    assert EXAMPLES


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_links_lead_somewhere(readme: Path) -> None:
    """Every relative link of a README is a file or folder."""
    links = re.findall(r"\]\(([^)\s]+)\)", readme.read_text("utf-8"))
    near = [link.split("#")[0] for link in links if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in near if not (readme.parent / link).exists()] == []
