"""The lock files without any network: complete, exact, hashed, in agreement; what setup.sh does with them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from pipeline.places import PROJECT
from tests.supply.licences import installed
from tests.supply.locks import BASE, CLUSTER, EXTRA, LOCKS, SUPPLY, asked, brought, every_pin, pins, pins_in

SETUP = PROJECT / "pipeline" / "setup.sh"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_exact_and_hashed(lock: str) -> None:
    """`name==version` and at least one SHA-256; nothing by address, nothing from a folder, no registry named."""
    assert len(pins(lock)) > 10
    assert [pin.name for pin in pins(lock).values() if not (pin.version and pin.hashes)] == []
    assert [pin.name for pin in pins(lock).values() if pin.requirement.url] == []
    text = (PROJECT / lock).read_text("utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_an_entry_without_hash_or_version_is_seen() -> None:
    """What the test above looks at is really read."""
    (bare,) = pins_in("rich>=15 \\\n    # via -r x\n")
    assert bare.hashes == ()
    with pytest.raises(AssertionError, match="not pinned"):
        assert bare.version
    with pytest.raises(AssertionError, match="not pinned"):
        assert pins_in("rich==15.*\n")[0].version


@pytest.mark.parametrize(("lock", "extra"), [(BASE, ""), (BASE, "test"), *EXTRA.items()])
def test_what_pyproject_asks_for_is_locked(lock: str, extra: str) -> None:
    """Every requirement of pyproject.toml is in its lock, at a version that it allows."""
    locked = pins(lock)
    for wanted in asked(extra):
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)].version), f"{wanted}: run `make lock`"


@pytest.mark.parametrize(("lock", "extras"), [(BASE, ("", "test")), *((lock, (extra,)) for lock, extra in EXTRA.items())])
def test_nothing_is_locked_that_nobody_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    """A requirement taken out of pyproject.toml leaves the lock with all it brought along."""
    assert set(pins(lock)) - {name for extra in extras for name in brought(lock, extra)} == set()


def test_shared_packages_agree() -> None:
    """Any of the locks can be installed beside the others: one version, the same files."""
    for lock in LOCKS:
        for name, pin in pins(lock).items():
            assert (pin.version, set(pin.hashes)) == (every_pin()[name].version, set(every_pin()[name].hashes)), f"{name}: run `make lock`"


def test_what_is_installed_is_what_is_locked() -> None:
    """The tests run on the versions of the lock files, and nothing that a package needs is missing (pip's own check)."""
    here = [name for name in every_pin() if installed(name)]
    assert len(here) > 100
    assert {n: distribution(n).version for n in here} == {n: every_pin()[n].version for n in here}
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project of nothing but setup.sh and locks, whose pip only notes what it was asked for."""
    (tmp_path / "pipeline").mkdir()
    shutil.copy(SETUP, tmp_path / "pipeline")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> asked\nif [ -e refuse ]; then exit 1; fi\n', "utf-8")
    python.chmod(0o755)
    for lock in LOCKS:
        (tmp_path / lock).write_text(f"{lock}\n", "utf-8")
    return tmp_path


def set_up(project: Path, *options: str) -> tuple[int, list[str]]:
    """Exit code, lock files it had installed in this call (each with hashes, none other)."""
    (project / "asked").unlink(missing_ok=True)
    done = subprocess.run(
        ["bash", "pipeline/setup.sh", *options],
        cwd=project,
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        capture_output=True,
        text=True,
        check=False,
    )
    asked_for = (project / "asked").read_text("utf-8").splitlines() if (project / "asked").exists() else []
    start = "-m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r "
    assert [line for line in asked_for if not line.startswith(start)] == []
    return done.returncode, [line.removeprefix(start) for line in asked_for]


def test_setup_installs_only_what_is_asked_for_and_only_with_hashes(bare: Path) -> None:
    """The optional locks on demand; a second call installs nothing; a lock that changed is installed again."""
    assert set_up(bare) == (0, [BASE])
    assert set_up(bare) == (0, [])
    assert set_up(bare, "--cluster") == (0, [CLUSTER])
    assert set_up(bare, "--cluster", "--supply") == (0, [SUPPLY])
    (bare / CLUSTER).write_text("new\n", "utf-8")
    assert set_up(bare, "--test") == (0, [CLUSTER])
    assert set_up(bare, "--test") == (0, [])
    assert set_up(bare, "--nobody") == (2, [])


def test_setup_that_failed_is_done_again(bare: Path) -> None:
    """A wrong hash or a broken line leaves no mark that says the lock is installed."""
    (bare / "refuse").touch()
    assert set_up(bare) == (1, [BASE])
    (bare / "refuse").unlink()
    assert set_up(bare) == (0, [BASE])


def test_pip_refuses_another_file(tmp_path: Path) -> None:
    """`--require-hashes` really holds: a wheel that is not the one locked is not installed."""
    wheel = tmp_path / "thu-1.0-py3-none-any.whl"
    wheel.write_bytes(b"anything")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"thu==1.0 \\\n    --hash=sha256:{'0' * 64}\n", "utf-8")
    offline = ["--no-index", "--find-links", str(tmp_path), "--no-deps", "--target", str(tmp_path / "into")]
    pip = [sys.executable, "-m", "pip", "install", "--require-hashes", *offline, "-r", str(lock)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False, env={**os.environ, "PIP_CONFIG_FILE": os.devnull})
    assert done.returncode != 0 and "DO NOT MATCH THE HASHES" in done.stderr
