"""A build on a real Dask cluster: a worker killed in its midst, a machine with another LibreOffice refused, the same bytes as here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.province import ROOT, Province

PATIENCE = 120


class Machines:
    """A scheduler and workers as processes of this machine, each with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.running = folder, dict[str, subprocess.Popen[bytes]]()
        self._start("dieu-phoi", "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file), "--no-dashboard")
        eventually(self.file.is_file)

    @property
    def file(self) -> Path:
        return self.folder / "dieu-phoi.json"

    @property
    def address(self) -> str:
        return next(word for word in self.file.read_text().split('"') if word.startswith("tcp://"))

    def worker(self, name: str, path: str = "", threads: int = 1) -> None:
        own = self.folder / name
        own.mkdir()
        options = ["--nthreads", str(threads), "--no-nanny", "--no-dashboard", "--local-directory", str(own), "--name", name]
        self._start(name, "worker", self.address, *options, path=path)

    def _start(self, name: str, kind: str, *options: str, path: str = "") -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "PATH": path + os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            )

    def works(self, name: str) -> bool:
        """LibreOffice converts something there."""
        return any(folder.name.startswith("soffice-") for folder in (self.folder / name).rglob("soffice-*"))

    def end(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()


def eventually(true: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 10):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("nothing happened")


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    (tmp_path / "cum").mkdir()
    found = Machines(tmp_path / "cum")
    yield found
    found.end()


def other_office(folder: Path) -> str:
    """A LibreOffice of another version, first on the PATH."""
    folder.mkdir()
    program = folder / "soffice"
    program.write_text("#!/bin/sh\necho 'LibreOffice 24.8.1.1 1(Build:1)'\n")
    program.chmod(0o755)
    return f"{folder}:"


def test_a_cluster_gives_the_same_bytes(built: Province, machines: Machines, tmp_path: Path) -> None:
    """Two workers, one of them killed while it works; two more that differ are refused by name and given nothing."""
    machines.worker("may-1")
    machines.worker("may-2")
    machines.worker("may-3", other_office(tmp_path / "khac"))
    machines.worker("may-4", threads=2)
    eventually(lambda: all("Starting established connection" in (machines.folder / f"may-{n}.log").read_text() for n in range(1, 5)))
    command = [sys.executable, "-m", "pipeline", "build", "--year", "2023", "--data", str(built.data), "--build", str(tmp_path / "b")]
    with subprocess.Popen([*command, "--cluster", machines.address], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as build:
        eventually(lambda: machines.works("may-1"))
        os.kill(machines.running["may-1"].pid, signal.SIGKILL)
        out, err = (text.decode() for text in build.communicate(timeout=PATIENCE))
    assert build.returncode == 0, err
    assert (tmp_path / "b" / "2023" / "SHA256SUMS").read_bytes() == (built.out / "SHA256SUMS").read_bytes()
    told = " ".join(out.split())
    assert "may-3 (127.0.0.1): LibreOffice khác (LibreOffice 24.8.1.1 1(Build:1); máy này LibreOffice" in told
    assert "may-4 (127.0.0.1): mỗi tiến trình chạy 2 luồng, chỉ được một — thêm --nthreads 1" in told
    assert not machines.works("may-3") and not machines.works("may-4")


def test_no_machine_that_fits_is_a_fault_of_the_machines(built: Province, machines: Machines, tmp_path: Path) -> None:
    """Nothing is made, what is published stays; each machine is named with its reason."""
    province = built.copy(tmp_path)
    before = province.snapshot(".")
    done = province.run("build", "--cluster", machines.address)
    assert (done.returncode, "chưa có máy nào vào cụm" in done.stderr) == (5, True)
    machines.worker("may-3", other_office(tmp_path / "khac"))
    eventually(lambda: "Starting established connection" in (machines.folder / "may-3.log").read_text())
    province.edit("don_vi", 43, "minh_hoa: co", "minh_hoa: co ")
    done = province.run("build", "--cluster", machines.address)
    assert done.returncode == 5 and "không có máy nào dùng được: may-3 (127.0.0.1): LibreOffice khác" in done.stderr
    assert province.snapshot(".") == before
    nowhere = province.run("build", "--cluster", "tcp://127.0.0.1:1")
    assert nowhere.returncode == 5 and "không kết nối được cụm máy «tcp://127.0.0.1:1»" in nowhere.stderr
