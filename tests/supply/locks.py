"""pyproject.toml -> the three lock files (by uv, `make lock`); a lock file -> what it pins."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline.places import PROJECT

BASE = "requirements.lock"
CLUSTER = "requirements-cluster.lock"
SUPPLY = "requirements-supply.lock"
EXTRA = {CLUSTER: "cluster", SUPPLY: "supply"}  # an optional lock -> the extra of pyproject.toml it is for
LOCKS = (BASE, CLUSTER, SUPPLY)  # each agrees with those before it
OPTIONS = ("--generate-hashes", "--no-header", "--no-emit-index-url", "--universal", "--quiet")
ENTRY = re.compile(r"(?m)^(?=[\w-])")  # an entry begins where a line does not begin with a blank or "#"
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?![0-9a-f])")
PROJECT_ITSELF = re.compile(r"\(pyproject\.toml\)$|^-")  # who asks, where it is no package


@dataclass(frozen=True)
class Pin:
    """One entry of a lock file; `asked_by`: packages it is there for (none: the project itself)."""

    requirement: Requirement
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """Exact, else an error."""
        (only,) = self.requirement.specifier
        assert only.operator == "==" and "*" not in only.version, f"{self.requirement} is not pinned"
        return only.version


def pins_in(text: str) -> list[Pin]:
    return [_pin(entry) for entry in ENTRY.split(text) if entry.strip()]


def _pin(entry: str) -> Pin:
    lines = [line.strip().removesuffix("\\").strip() for line in entry.splitlines()]
    comments = [line.removeprefix("#").strip().removeprefix("via").strip() for line in lines if line.startswith("#")]
    asked_by = tuple(canonicalize_name(c) for c in comments if c and not PROJECT_ITSELF.search(c))
    return Pin(Requirement(lines[0]), tuple(HASH.findall(entry)), asked_by)


@functools.cache
def pins(lock: str) -> dict[str, Pin]:
    """What a lock file of the project pins, by name."""
    found = pins_in((PROJECT / lock).read_text("utf-8"))
    assert len({pin.name for pin in found}) == len(found), f"{lock} pins a package twice"
    return {pin.name: pin for pin in found}


@functools.cache
def every_pin() -> dict[str, Pin]:
    """Those of all lock files; one in several stands as in the first."""
    return {pin.name: pin for lock in reversed(LOCKS) for pin in pins(lock).values()}


@functools.cache
def asked(extra: str = "") -> tuple[Requirement, ...]:
    """Requirements of pyproject.toml itself: those of a build, or of an extra."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    return tuple(map(Requirement, project["optional-dependencies"][extra] if extra else project["dependencies"]))


@functools.cache
def brought(lock: str, extra: str = "") -> frozenset[str]:
    """Names of what the requirements asked for bring along, themselves included, as the lock file tells who asks for whom."""
    found: set[str] = set()
    grown: set[str] = {canonicalize_name(r.name) for r in asked(extra)}
    while grown:
        found |= grown
        grown = {pin.name for pin in pins(lock).values() if found & set(pin.asked_by)} - found
    return frozenset(found)


def main(arguments: Iterable[str]) -> None:
    more = ["--upgrade"] if "--newer" in arguments else []
    for lock in LOCKS:
        subprocess.run(_compile(lock, more), cwd=PROJECT, input=_wanted(lock), text=True, check=True)


def _compile(lock: str, more: list[str]) -> list[str | Path]:
    """An optional lock holds what its extra needs and nothing else, the versions of the locks before it."""
    before = LOCKS[: LOCKS.index(lock)]
    source = ["pyproject.toml", "--extra", "test"] if lock == BASE else ["-", *_constraints(before)]
    return [Path(sys.executable).with_name("uv"), "pip", "compile", *source, *OPTIONS, *more, "-o", lock]


def _constraints(locks: Iterable[str]) -> Iterator[str]:
    for lock in locks:
        yield from ("-c", lock)


def _wanted(lock: str) -> str:
    return "" if lock == BASE else "\n".join(map(str, asked(EXTRA[lock]))) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
