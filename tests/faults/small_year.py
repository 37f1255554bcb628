"""Two units and the province, built by real LibreOffice; copies to do harm to; and the look for what a run left behind."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.province import ROOT, Province
from tests.support import made_once

UNITS = (9, 43)
OTHER, STATE, TINH = "09-tinh-doan", "43-ban-dan-toc", "tinh"
ELSEWHERE, COUNCIL = "Hội trường Thành ủy Bắc Giang", "Phòng họp tầng 9, trụ sở Tỉnh ủy Bắc Giang"
PAGE = {"manifest.json", "SHA256SUMS", "index.html", ".lan-truoc.json"}  # beside what the manifest lists
SOON = 10.0  # seconds in which whatever a killed build started has ended


@dataclass
class Scene(Province):
    """A copy of the year in a folder of its own, with its own folder for temporary files and its own programs first on PATH."""

    folder: Path

    @property
    def temporary(self) -> Path:
        return self.folder / "tam"

    @property
    def programs(self) -> Path:
        return self.folder / "bin"

    def environment(self, **more: str) -> dict[str, str]:
        self.temporary.mkdir(exist_ok=True)
        path = f"{self.programs}:{os.environ['PATH']}" if self.programs.is_dir() else os.environ["PATH"]
        return {**os.environ, "TMPDIR": str(self.temporary), "PATH": path, **more}

    def make(self, command: str = "build", *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run(command, *more, environment=self.environment(**environment))

    def start(self, *more: str) -> subprocess.Popen[bytes]:
        """A build that goes on while the test does something else; what it says is in `said`."""
        with (self.folder / "noi.txt").open("wb") as said:
            return subprocess.Popen(self.call("build", "--workers", "2", *more), cwd=ROOT, env=self.environment(), stdout=said, stderr=said)

    def said(self) -> str:
        return (self.folder / "noi.txt").read_text("utf-8")

    def move_conference(self, where: str) -> None:
        """The unit's conference takes place elsewhere: one document of its dossier says so, and nothing of the province's."""
        _say_place(self.file("don_vi", 43), where)

    def move_council(self, where: str) -> None:
        """So does the council: one document of the province."""
        _say_place(self.data / "2023" / "tinh.yaml", where)

    def published(self) -> dict[str, str]:
        """Every file a reader sees below the year's folder and its hash."""
        files = (p for p in sorted(self.out.rglob("*")) if p.is_file() and not _hidden(p.relative_to(self.out)))
        return {p.relative_to(self.out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def dossiers(self) -> dict[str, str]:
        """The same of the dossiers alone; what a build says of itself beside them is left out."""
        return {name: digest for name, digest in self.published().items() if "/" in name}

    def processes(self) -> list[str]:
        """Living processes that have to do with this folder, by command line or environment."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            if int(entry.name) == os.getpid():
                continue
            try:
                words, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
            except OSError:  # ended meanwhile
                continue
            if os.fsencode(self.folder) in words + environment:
                found.append(f"{entry.name} {words.replace(bytes(1), b' ').decode(errors='replace')}")
        return found

    def processes_soon(self) -> list[str]:
        """Those still there after the time they are given to end."""
        end = time.monotonic() + SOON
        while (found := self.processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def left(self) -> list[str]:
        """What a finished run, good or bad, should not have left: processes, temporary files, files no manifest speaks of."""
        listed = {s["name"] for s in json.loads((self.out / "manifest.json").read_text("utf-8"))["subject"]}
        files = {p.relative_to(self.out).as_posix() for p in self.out.rglob("*") if not p.is_dir()}
        folders = {p.relative_to(self.out).as_posix() for p in self.out.rglob("*") if p.is_dir()}
        known = {str(parent) for name in listed for parent in Path(name).parents}
        beside = {p.name for p in self.build.iterdir()} - {"2023", ".khoa"}
        temporary = [p.relative_to(self.folder).as_posix() for p in self.temporary.rglob("*")] if self.temporary.is_dir() else []
        return [*self.processes_soon(), *sorted(files - listed - PAGE), *sorted(folders - known), *sorted(beside), *temporary]


def _say_place(path: Path, where: str) -> None:
    text, count = re.subn(r"(?m)^  dia_diem: .*$", f'  dia_diem: "{where}"', path.read_text(encoding="utf-8"))
    assert count == 1, path
    path.write_text(text, encoding="utf-8")


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def copied(year: Scene, to: Path) -> Scene:
    """A scene of its own, as published."""
    to.mkdir(parents=True, exist_ok=True)
    shutil.copytree(year.data, to / "data", symlinks=True)
    shutil.copytree(year.build, to / "build")
    return Scene(to / "data", to / "build", to)


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Scene:
    """Read only."""
    folder = made_once(factory, name, make)
    return Scene(folder / "data", folder / "build", folder)
