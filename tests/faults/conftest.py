"""The small year of this folder, built once for all workers of a run; each test does harm to a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.province import small_data
from tests.faults import small_year
from tests.faults.false_office import REMEMBERS, put_office
from tests.faults.small_year import COUNCIL, ELSEWHERE, UNITS, Scene, copied


def _year(folder: Path) -> Scene:
    small_data(folder / "data", UNITS)
    year = Scene(folder / "data", folder / "build", folder)
    done = year.make()
    assert (done.returncode, done.stderr) == (0, "")
    return year


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """As clerks wrote it, built from nothing."""
    return small_year.shared(tmp_path_factory, "nam", _year)


@pytest.fixture(scope="session")
def moved(year: Scene, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The same year after conference and council moved: one document of a unit and one of the province made anew."""

    def make(folder: Path) -> Scene:
        scene = copied(year, folder)
        scene.move_conference(ELSEWHERE)
        scene.move_council(COUNCIL)
        memory = folder / "nho"
        memory.mkdir()
        put_office(scene, REMEMBERS.format(memory=str(memory)))
        done = scene.make()
        assert (done.returncode, done.stderr) == (0, "")
        return scene

    return small_year.shared(tmp_path_factory, "nam-chuyen-cho", make)


@pytest.fixture
def scene(year: Scene, tmp_path: Path) -> Scene:
    """The year as published, to do harm to."""
    return copied(year, tmp_path)
