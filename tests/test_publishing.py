"""Publication: a folder appears whole or not at all, one build at a time, no half-written file."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from pipeline import publishing
from pipeline.places import Places
from pipeline.problems import BusyError, EnvironmentFault
from pipeline.publishing import build_lock, clean_staging, publish_folder, read_json, write_file, write_json

ROOT = Path(__file__).parents[1]
LOCKING = """
import sys
from pathlib import Path
from pipeline.places import Places
from pipeline.publishing import build_lock
with build_lock(Places(Path("data"), Path(sys.argv[1]), 2023)):
    print("held", flush=True)
    sys.stdin.read()
"""


def tree(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()}


def write_tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data", tmp_path / "build", 2023)


@pytest.mark.parametrize("exchange", [True, False])
def test_publishing_swaps_the_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    """New content whole, old content gone, nothing left in staging; also where the system cannot exchange."""
    if not exchange:
        monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    final = write_tree(tmp_path / "2023" / "25", {"cu.pdf": "cũ", "7/cu.pdf": "cũ"})
    publish_folder(write_tree(tmp_path / "tam" / "25", {"moi.pdf": "mới", "7/moi.pdf": "mới"}), final)
    assert tree(final) == {"moi.pdf": "mới", "7/moi.pdf": "mới"}
    assert list((tmp_path / "tam").iterdir()) == []


def test_a_first_publication_needs_no_folder(tmp_path: Path) -> None:
    """Parents are made on the way."""
    publish_folder(write_tree(tmp_path / "tam", {"a": "1"}), tmp_path / "2023" / "25")
    assert tree(tmp_path / "2023" / "25") == {"a": "1"} and not (tmp_path / "tam").exists()


def test_a_failing_swap_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second of two renames fails the first is taken back."""
    monkeypatch.setattr(publishing, "_exchange", lambda one, other: False)
    final, staged = write_tree(tmp_path / "25", {"a": "cũ"}), write_tree(tmp_path / "tam", {"a": "mới"})
    rename = os.rename

    def failing(source: Path, target: Path) -> None:
        if source == staged:
            raise OSError(errno.ENOSPC, "hết chỗ")
        rename(source, target)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OSError, match="hết chỗ"):
        publish_folder(staged, final)
    assert tree(final) == {"a": "cũ"}


def test_only_one_build_at_a_time(places: Places) -> None:
    """A second process is refused and told who is at work; the kernel frees the lock of one that was killed, and nobody speaks of it later."""
    command = [sys.executable, "-c", LOCKING, str(places.build)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=rf"lần lập hồ sơ khác.* \(tiến trình {holder.pid}: {places.build}\) — chờ"), build_lock(places):
            pass
        holder.kill()
        holder.wait()
    with build_lock(places):
        refused = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert (
            refused.returncode
            and "BusyError: đang có một lần lập hồ sơ khác" in refused.stderr
            and f"(tiến trình {os.getpid()}:" in refused.stderr
        )
    assert places.lock.read_text("utf-8") == ""
    with build_lock(places):
        pass


def test_a_build_folder_that_cannot_be_written_is_a_fault_of_the_machine(places: Places) -> None:
    """Here a file stands in its place."""
    places.build.write_text("")
    with pytest.raises(EnvironmentFault, match="không ghi được"), build_lock(places):
        pass


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failing_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Full disk before or at the last step."""

    def full(*arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "hết chỗ")

    write_file(tmp_path / "a.json", b"old")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="hết chỗ"):
        write_file(tmp_path / "a.json", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"old"


def test_json_reads_back_and_a_broken_file_counts_as_none(tmp_path: Path) -> None:
    """A manifest edited by hand only costs a full build."""
    path = tmp_path / "sau" / "manifest.json"
    assert read_json(path) == {}
    write_json(path, {"đơn vị": "Sở Nội vụ"})
    assert read_json(path) == {"đơn vị": "Sở Nội vụ"} and "Sở Nội vụ" in path.read_text(encoding="utf-8")
    for broken in ("{", "[]", "\udcff"):
        path.write_text(broken, errors="surrogateescape")
        assert read_json(path) == {}


def test_leftovers_of_a_killed_build_are_cleaned(places: Places) -> None:
    """Staging and half files go, what is published stays; a year never built is no fault."""
    clean_staging(places)
    write_tree(places.out, {".dang-lam/25/a.pdf": "x", "ket_qua.json.tam": "x", "25/a.pdf": "tốt"})
    clean_staging(places)
    assert tree(places.out) == {"25/a.pdf": "tốt"}


def test_a_large_file_of_results_is_never_held_as_a_whole(tmp_path: Path) -> None:
    """The bytes are those of the whole text; memory stays below a fifth of them."""
    data = {"don_vi": [{"ten": f"Sở Nội vụ {i}", "diem": [i, None, True, "1,5"], "trong": {}, "khong": []} for i in range(20_000)]}
    write_json(tmp_path / "warm.json", {})
    tracemalloc.start()
    write_json(tmp_path / "a.json", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    written = (tmp_path / "a.json").read_bytes()
    assert written == (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    assert peak < len(written) / 5
