"""A folder of .docx -> the same files as .pdf by others: bare soffice, Carbone, unoserver; each as many at once as there are cores.

Every way starts its own LibreOffice, so starting is part of each figure, as it is part of ours. A way that does not give a PDF for every file
is no measurement but a BenchError.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from tests.bench.running import BenchError, Run, call, measured
from tests.bench.tools import HERE

Task = TypeVar("Task")
DEFAULT = "pdf"  # LibreOffice's own choice of options
HEADLESS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")


class Rivals:
    """The same files for all; `scratch` is emptied before each run, outside of what is measured."""

    def __init__(self, files: Sequence[Path], scratch: Path, cores: int) -> None:
        self.files, self.scratch, self.cores = sorted(files), scratch, cores
        self.out = scratch / "out"

    def bare(self, options: str = DEFAULT, calls: int | None = None) -> Run:
        """`calls` soffice calls at the same time (None = one per core), each with its share of the files and a profile of its own."""
        shares = shared_out(self.files, calls or self.cores)
        return self._timed(lambda: self._side_by_side([(i, share) for i, share in enumerate(shares) if share], options))

    def one_by_one(self) -> Run:
        """A soffice call for each file; each core keeps its profile, as a careful script would."""
        shares = shared_out(self.files, self.cores)

        def core(i: int) -> None:
            for path in shares[i]:
                self._soffice(i, [path], DEFAULT)

        return self._timed(lambda: _all_at_once(core, list(range(self.cores))))

    def carbone(self, script: Path) -> Run:
        """Its converter wants LibreOffice's own program on PATH, and the python3 that knows `uno`."""
        program = Path(shutil.which("soffice") or "soffice").resolve().parent
        path = {"PATH": os.pathsep.join([str(program), "/usr/bin", "/bin"])}
        node = shutil.which("node") or "node"
        command = [node, str(script), str(self.scratch / "in"), str(self.out), str(self.scratch / "carbone"), str(self.cores)]
        return self._timed(lambda: call(command, script.parent, path))

    def unoserver(self, python: Path) -> Run:
        script, folder = HERE / "unoserver_files.py", self.scratch / "unoserver"
        command = [str(python), str(script), str(self.scratch / "in"), str(self.out), str(folder), str(self.cores)]
        return self._timed(lambda: call(command, self.scratch))

    def _timed(self, work: Callable[[], object]) -> Run:
        shutil.rmtree(self.scratch, ignore_errors=True)
        for name in ("in", "out", "carbone", "unoserver"):
            (self.scratch / name).mkdir(parents=True)
        for i, path in enumerate(self.files):
            shutil.copy(path, self._copy(i))
        _, run = measured(work)
        lost = [path for i, path in enumerate(self.files) if not _is_pdf(self.out / f"{i:04d}.pdf")]
        if lost:
            raise BenchError(f"{len(lost)} of {len(self.files)} files were not converted, the first is {lost[0].name}")
        return run

    def _copy(self, i: int) -> Path:
        return self.scratch / "in" / f"{i:04d}.docx"

    def _side_by_side(self, shares: Sequence[tuple[int, Sequence[Path]]], options: str) -> None:
        _all_at_once(lambda share: self._soffice(share[0], share[1], options), list(shares))

    def _soffice(self, core: int, files: Sequence[Path], options: str) -> None:
        profile = (self.scratch / f"profile-{core}").as_uri()
        copies = [str(self._copy(self.files.index(path))) for path in files]
        home = {"HOME": str(self.scratch), "SAL_USE_VCLPLUGIN": "svp"}
        command = ["soffice", f"-env:UserInstallation={profile}", *HEADLESS, "--convert-to", options, "--outdir", str(self.out)]
        call([*command, *copies], self.scratch, home)


def shared_out(files: Sequence[Path], shares: int) -> list[list[Path]]:
    """The largest first to whom has least, so that no core waits for another."""
    found: list[list[Path]] = [[] for _ in range(shares)]
    loads = [0] * shares
    for path in sorted(files, key=lambda p: (-p.stat().st_size, str(p))):
        least = loads.index(min(loads))
        found[least].append(path)
        loads[least] += path.stat().st_size
    return found


def _all_at_once(do: Callable[[Task], None], tasks: Sequence[Task]) -> None:
    with ThreadPoolExecutor(max(len(tasks), 1)) as pool:
        for _ in pool.map(do, tasks):
            pass  # what one of them raises is raised here


def _is_pdf(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0 and path.read_bytes()[:5] == b"%PDF-"
