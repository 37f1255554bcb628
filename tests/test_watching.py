"""The watch looks before its first round: what is saved while a round goes on begins the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import dossiers, watching
from pipeline.problems import BusyError
from pipeline.watching import rounds, watched_unit
from tests.support import write_year


def test_a_save_during_a_round_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a build held by another is tried again without any save."""
    places = write_year(tmp_path / "data")
    unit, path = watched_unit(places, "25"), places.submissions / "25-so-noi-vu.yaml"
    tries: list[int] = []

    def build(*_: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            path.write_bytes(path.read_bytes() + b"# x\n")
        raise BusyError("đang có một lần lập hồ sơ khác")

    monkeypatch.setattr(dossiers, "build", build)
    begun: list[tuple[int, tuple[str, ...]]] = []
    found = rounds(places, unit, lambda number, saved: begun.append((number, saved)))
    for _ in range(3):
        assert isinstance(next(found).fault, BusyError)
    assert begun == [(1, ()), (2, (path.as_posix(),)), (3, (path.as_posix(),))]
    assert watching.PATIENCE * watching.LOOK_MS == 2000
