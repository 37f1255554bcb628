"""Disks that are full or may only be read: mounts of a test's own, taken away again whatever happens; skipped loudly where mounting is not allowed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


def _mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(
            f"NOT TESTED: this machine does not let the test mount ({done.stderr.strip() or 'mount failed'}); run the tests as root"
        )


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """The folder becomes a disk of so many bytes."""
    folder.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size}", "khong", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody writes below the folder, not even root, whom permissions do not bind."""
    _mount("--bind", str(folder), str(folder))
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """A file that leaves so many bytes of the disk; the kernel gives room by pages."""
    path = folder / "day"
    path.unlink(missing_ok=True)
    free = shutil.disk_usage(folder).free
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free - left, 1))
    return path
