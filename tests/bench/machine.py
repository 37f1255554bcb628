"""This machine and this commit -> what stands above the table of results."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.running import BenchError, call

PROJECT = Path(__file__).parents[2]
DIRTY = " with changes that are not committed"


@dataclass(frozen=True)
class Machine:
    """What a reader needs to set the figures beside those of another machine."""

    cores: int
    memory: float  # GB
    processor: str
    system: str
    python: str
    office: str
    commit: str

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [
            ("Cores", str(self.cores)),
            ("Memory", f"{self.memory:.1f} GB"),
            ("Processor", self.processor),
            ("System", f"{self.system}, Python {self.python}"),
            ("LibreOffice", self.office),
            ("Commit", self.commit),
        ]


def this_machine() -> Machine:
    return Machine(
        os.cpu_count() or 1,
        _found(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo"), 1) / 1024**2,
        _processor(),
        f"{platform.system()} {platform.machine()}",
        platform.python_version(),
        _office(),
        _commit(),
    )


def _found(pattern: str, path: Path, fallback: int) -> float:
    found = re.search(pattern, path.read_text())
    return float(found[1]) if found else fallback


def _processor() -> str:
    found = re.search(r"(?m)^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.processor() or "not told"


def _office() -> str:
    with tempfile.TemporaryDirectory() as profile:
        said = call(["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--version"], Path(profile))
    found = re.search(r"LibreOffice (\S+)", said)
    if not found:
        raise BenchError(f"soffice --version says: {said[:200]}")
    return found[1]


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False).stdout.strip()

    return (git("rev-parse", "--short=12", "HEAD") or "not told") + (DIRTY if git("status", "--porcelain", "--untracked-files=no") else "")
