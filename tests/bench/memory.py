"""Processes below this one, looked at several times a second -> the peak of their memory, without and with LibreOffice.

Memory is PSS: a page that n processes share counts 1/n in each, so that the sum is what the machine really gives. RSS would count the pages
that our worker processes share with the one they came from once for each.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

PROC = Path("/proc")
EVERY = 0.25  # seconds between two looks
OFFICE = ("soffice", "oosplash")  # names of LibreOffice's processes begin so
MEGA = 1024 * 1024


@dataclass(frozen=True)
class Peak:
    """In MB; `own` at its own highest moment, `largest` and `processes` at that moment, `seconds` after the beginning."""

    own: float = 0.0
    together: float = 0.0
    largest: float = 0.0
    processes: int = 0
    seconds: float = 0.0


class Watch:
    """`with Watch() as watch: ...`, then `watch.peak`; looks from a thread of its own."""

    def __init__(self) -> None:
        self.peak = Peak()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        looks = 0
        while not self._over.wait(EVERY):
            looks += 1
            self.peak = _higher(self.peak, list(_below(os.getpid())), looks * EVERY)


def _higher(peak: Peak, found: list[tuple[str, float]], seconds: float) -> Peak:
    """The peak after one more look; `found`: name and memory of each process."""
    own = [size for name, size in found if not name.startswith(OFFICE)]
    together = max(peak.together, sum(size for _, size in found))
    if sum(own) <= peak.own:
        return Peak(peak.own, together, peak.largest, peak.processes, peak.seconds)
    return Peak(sum(own), together, max(own), len(own), seconds)


def _below(root: int) -> Iterator[tuple[str, float]]:
    """Name and PSS in MB of every process that comes from `root`, itself not among them."""
    parents, names = {}, {}
    for pid, name, parent in _processes():
        parents[pid], names[pid] = parent, name
    for pid, name in names.items():
        at = parents[pid]
        while at in parents and at != root:
            at = parents[at]
        if at == root:
            yield name, _pss(pid)


def _processes() -> Iterator[tuple[int, str, int]]:
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(errors="replace")
            except OSError:
                continue  # it has ended meanwhile
            name, rest = stat[stat.index("(") + 1 : stat.rindex(")")], stat[stat.rindex(")") + 2 :]
            yield int(entry.name), name, int(rest.split()[1])


def _pss(pid: int) -> float:
    """0 for one that has ended meanwhile."""
    try:
        rollup = (PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0.0
    kilobytes = [int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")]
    return sum(kilobytes) * 1024 / MEGA
