"""Our own command line on a copy of the data -> how long a build took, by stage, and which documents it made."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.machine import PROJECT
from tests.bench.running import BenchError, Run, call, measured

STAGES, WORKERS = "Thời gian", "Giờ máy"  # rows of the closing table: seconds by the clock; seconds of all worker processes together
ONE_TIME = re.compile(r"(.+?) (\d+,\d+) giây(?:; | \(|\s*$)")
WIDE = {"COLUMNS": "4000"}  # so that the closing table keeps each row on one line
PROVINCE = "tinh"


@dataclass(frozen=True)
class Build:
    """One build of our own; `changed`: the Word files that are new or not what they were."""

    run: Run
    stages: dict[str, float]
    workers: dict[str, float]
    changed: tuple[Path, ...]


@dataclass(frozen=True)
class Program:
    """Where it reads and writes; nothing of the project's own data or build is touched."""

    data: Path
    build: Path
    templates: Path
    year: int

    @property
    def out(self) -> Path:
        return self.build / str(self.year)

    def run(self, unit: int | None = None) -> Build:
        """`unit` None = the whole year."""
        places = ["--data", str(self.data), "--build", str(self.build), "--templates", str(self.templates)]
        command = [sys.executable, "-m", "pipeline", "build", "--year", str(self.year), *places]
        before = self._word_files()
        said, run = measured(lambda: call([*command, *(["--unit", str(unit)] if unit else [])], PROJECT, WIDE))
        changed = tuple(path for path, digest in self._word_files().items() if before.get(path) != digest)
        return Build(run, stages_of(said), times_of(said, WORKERS), changed)

    def documents(self, folder: str = "*") -> list[Path]:
        """Word files as published."""
        return sorted(self.out.glob(f"{folder}/**/*.docx"))

    def size(self, folder: str = "*") -> float:
        """MB on disk of the dossiers whose folders match."""
        return sum(path.stat().st_size for path in self.out.glob(f"{folder}/**/*") if path.is_file()) / 1e6

    def _word_files(self) -> dict[Path, str]:
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.documents()}


def stages_of(said: str) -> dict[str, float]:
    """What a build printed -> seconds of each stage."""
    stages = times_of(said, STAGES)
    if not stages:
        raise BenchError(f"the closing table tells no times:\n{said[-500:]}")
    return stages


def times_of(said: str, row: str) -> dict[str, float]:
    """One row of the closing table; empty where it does not stand (a build that did nothing has no workers)."""
    found = re.search(rf"(?m)^{row}\s+(.+)$", said)
    return {name: float(seconds.replace(",", ".")) for name, seconds in ONE_TIME.findall(found[1])} if found else {}
