"""Lock files, what each package says of itself and licences.yaml -> LICENCES.md (`make licences`)."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import yaml
from license_expression import AND, OR, Licensing, get_spdx_licensing

from pipeline.places import PROJECT
from tests.supply.locks import BASE, CLUSTER, every_pin, brought, pins

LIST = PROJECT / "LICENCES.md"
DATA = Path(__file__).with_name("licences.yaml")
HEAD = """# Licences

What the project is built on, made by `make licences` from the lock files and `tests/supply/licences.yaml`; not to be edited by hand.
The licence is an SPDX expression. Nothing in the first table is handed on with the project: every package comes from its own registry.
Compiled wheels (pikepdf, pillow, pypdfium2, lxml, cryptography, uv, ruff) hold libraries of others; their texts lie in the wheel, under `licenses/`.
"""


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    name: str
    version: str
    licence: str
    used_for: str


@functools.cache
def data() -> dict[str, Any]:
    loaded = yaml.load(DATA.read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def used_for(name: str) -> str:
    """The first of these that needs it."""
    if name in pins(BASE):
        return "a build" if name in brought(BASE) else "tests"
    return "a cluster" if name in pins(CLUSTER) else "audit and lists"


def licence_of(found: Distribution) -> str:
    """What the package says in SPDX, else what its own text was found to say, else its words where they mean one licence only."""
    metadata, named = found.metadata, data()["named"]
    if expression := metadata.get("License-Expression"):
        return str(expression)
    if said := named.get(found.name.lower().replace("_", "-").replace(".", "-")):
        return str(said["licence"])
    words = [
        metadata.get("License") or "",
        *(c.rpartition(" :: ")[2] for c in metadata.get_all("Classifier", []) if c.startswith("License")),
    ]
    for word in words:
        if problems(spoken := data()["spoken"].get(word, word)) == []:
            return str(spoken)
    raise LookupError(f"{found.name}: no licence in {words}; read its text and write it under `named` in {DATA.name}")


def problems(expression: str) -> list[str]:
    """Why an expression may not stand in the list; [] when it may. Of alternatives one allowed suffices."""
    if bad := _spdx().validate(expression).errors:
        return list(bad)
    return [f"{key} is not allowed" for key in _refused(_spdx().parse(expression))]


@functools.cache
def _spdx() -> Licensing:
    return get_spdx_licensing()


def _refused(node: Any) -> list[str]:
    if isinstance(node, OR):
        return min((_refused(part) for part in node.args), key=len)
    if isinstance(node, AND):
        return [key for part in node.args for key in _refused(part)]
    return [] if str(node) in data()["allowed"] else [str(node)]


def rows(also: Iterable[Distribution] = ()) -> Iterator[Row]:
    """Of every package that is installed here, or among `also` (those for other systems)."""
    others = {found.name.lower(): found for found in also}
    for name, pin in sorted(every_pin().items()):
        found = others.get(name) or installed(name)
        if found:
            assert found.version == pin.version, f"{name}: {found.version} is installed, {pin.version} is locked"
            yield Row(name, pin.version, licence_of(found), used_for(name))


def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def listed() -> list[Row]:
    """The list as it stands in the project: packages."""
    lines = (line.strip("| ").split(" | ") for line in LIST.read_text("utf-8").split("\n## ")[1].splitlines() if line.startswith("| "))
    return [Row(*cells) for cells in list(lines)[1:]]


def written(packages: Iterable[Row]) -> str:
    """The whole page."""
    programs = (f"| {name} | {p['licence']} | {p['used_for']} | {p['how']} |" for name, p in data()["programs"].items())
    why = (f"| {licence} | {words} |" for licence, words in data()["allowed"].items())
    return "\n".join(
        [
            HEAD,
            "## Python packages\n\n| package | version | licence | used for |\n|---|---|---|---|",
            *(f"| {row.name} | {row.version} | {row.licence} | {row.used_for} |" for row in packages),
            "\n## Programs, fonts, the colour profile\n\n| what | licence | used for | how |\n|---|---|---|---|",
            *programs,
            "\n## Why each licence goes with how the work is used\n\n| licence | why |\n|---|---|",
            *why,
            "",
        ]
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for pin in every_pin().values():
            if not installed(pin.name):
                install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--target", folder]
                subprocess.run([*install, f"{pin.name}=={pin.version}"], check=True)
        LIST.write_text(written(rows(Distribution.discover(path=[folder]))), "utf-8")


if __name__ == "__main__":
    main()
