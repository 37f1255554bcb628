"""A finished staging folder -> the published folder, in one step; whatever fails before leaves the old one as it was."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shlex
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.places import PROVINCE, Places
from pipeline.problems import BusyError, EnvironmentFault, machine_advice

AT_FDCWD, RENAME_EXCHANGE = -100, 2
WAIT = "chờ lần đó xong rồi chạy lại"
AT_ONCE = 2_000  # pieces of JSON text put together before they are written


@contextlib.contextmanager
def build_lock(places: Places) -> Iterator[None]:
    """One build per build folder; the kernel frees the lock even when the holder is killed. The file says who holds it."""
    lock = FileLock(str(places.lock))
    try:
        places.build.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        places.lock.write_text(_this_process(), "utf-8")
    except Timeout:
        raise BusyError(f"đang có một lần lập hồ sơ khác chạy trên thư mục {places.build}{_holder(places)} — {WAIT}") from None
    except OSError as error:
        lock.release()
        raise EnvironmentFault(f"không ghi được vào thư mục {places.build} — {machine_advice(error)}") from error
    try:
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):  # somebody took the build folder away meanwhile
            os.truncate(places.lock, 0)
        lock.release()


def _this_process() -> str:
    """What another one is told: the number by which it can be found and stopped, and the words it was started with."""
    return f"tiến trình {os.getpid()}: {shlex.join(sys.argv[1:])}"


def _holder(places: Places) -> str:
    """'' in the moment in which the holder has not yet written it down."""
    said = places.lock.read_text("utf-8", errors="replace").strip()
    return f" ({said})" if said else ""


def clean_staging(places: Places) -> None:
    """Leftovers of a build that was killed."""
    shutil.rmtree(places.staging, ignore_errors=True)
    for leftover in (*places.out.glob("*.tam"), *places.out.glob(f"{PROVINCE}/*.tam")):
        leftover.unlink()


def carry_over(staged: Path, final: Path, ours: Collection[str]) -> None:
    """What people put into a published folder goes along into the new one; `ours`: names of files that the program makes or made."""
    for path in sorted(final.rglob("*")):
        name = path.relative_to(final).as_posix()
        if path.is_file() and not path.is_symlink() and name not in ours and not (staged / name).exists():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, staged / name)


def remove_ours(folder: Path, ours: Collection[str]) -> None:
    """The program's own files of a folder, and the folder once nothing else is in it."""
    for name in ours:
        (folder / name).unlink(missing_ok=True)
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            path.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()


def publish_folder(staged: Path, final: Path) -> None:
    """Swaps the folders in one system call where the system can, else in two renames; the old content is removed afterwards."""
    sync_folder(staged)
    final.parent.mkdir(parents=True, exist_ok=True)
    if not final.exists():
        os.rename(staged, final)
    elif not _exchange(staged, final):
        aside = staged.with_name(staged.name + ".cu")
        os.rename(final, aside)
        try:
            os.rename(staged, final)
        except OSError:
            os.rename(aside, final)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(staged, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
    except (OSError, AttributeError):
        return False


def sync_folder(folder: Path) -> None:
    """Everything below on the disk itself before it is published."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def write_file(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """A file made piece by piece: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(path.name + ".tam")
    try:
        with scratch.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.replace(scratch, path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def write_json(path: Path, data: Any) -> None:
    """Never the whole text at once: with hundreds of units it is several times as large in memory as on disk."""
    write_pieces(path, _json_pieces(data))


def _json_pieces(data: Any) -> Iterator[bytes]:
    told = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(data)
    while some := "".join(islice(told, AT_ONCE)):
        yield some.encode()
    yield b"\n"


def read_json(path: Path) -> dict[str, Any]:
    """What the last build recorded; {} when there is nothing usable."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
