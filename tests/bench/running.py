"""Work that starts processes -> how long it took, core seconds, peak memory; a command -> what it printed, or why it failed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.bench.memory import Peak, Watch

Result = TypeVar("Result")
DEADLINE = 5400  # seconds one command may take; 560 units on two cores take about half an hour
SHOWN = 2000  # last letters of the output of a command that failed


class BenchError(Exception):
    """Something could not be measured; nothing is printed about it but this."""


@dataclass(frozen=True)
class Run:
    """One measurement."""

    seconds: float
    core_seconds: float  # of all processes started, LibreOffice too
    memory: Peak


def measured(work: Callable[[], Result]) -> tuple[Result, Run]:
    """Only one thing is measured at a time: every process below this one counts."""
    before = _core_seconds()
    with Watch() as watch:
        started = time.monotonic()
        result = work()
        seconds = time.monotonic() - started
    return result, Run(seconds, _core_seconds() - before, watch.peak)


def _core_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def call(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """What the command printed; raises BenchError unless its exit code is 0. Its whole process group is gone afterwards."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        raise BenchError(f"{Path(command[0]).name}: not done after {DEADLINE} seconds") from None
    finally:
        end_group(process)
    if process.returncode:
        faults = "\n".join(line for line in output.splitlines() if line.startswith("lỗi: "))
        raise BenchError(f"{Path(command[0]).name}: exit code {process.returncode}\n{faults[:SHOWN] or output[-SHOWN:]}")
    return output


def end_group(process: subprocess.Popen[str]) -> None:
    """Ends what is left of a command and the processes it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
