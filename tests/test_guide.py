"""data/README.md, the clerk's guide, against the program: its ten mistakes give exactly the messages it shows; its worked example runs as told."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.arguments import COMMANDS, read_arguments
from pipeline.places import PROJECT, Places
from pipeline.problems import in_order
from tests.support import YEAR, assess

GUIDE = (PROJECT / "data" / "README.md").read_text("utf-8")
SAMPLE = Path("don_vi") / "25-so-noi-vu.yaml"
MISTAKES = re.findall(
    r"(?ms)^### (\d+)\. ([^\n]+)\n.*?```text\n(.*?)```.*?```text\n(.*?)```.*?```yaml\n(.*?)```",
    GUIDE.split("## Mười lỗi thường gặp")[1].split("\n## ")[0],
)
EXAMPLE = GUIDE.split("## Ví dụ từ đầu đến cuối")[1].split("\n## ")[0]
STEPS = re.findall(r"(?ms)^```(sh|text|yaml)\n(.*?)```", EXAMPLE)


def small_copy(folder: Path) -> Places:
    """The sample year of one unit, as a clerk has it."""
    data = folder / "data"
    (data / str(YEAR) / "don_vi").mkdir(parents=True)
    for name in ("don_vi.yaml", f"{YEAR}/tinh.yaml", f"{YEAR}/{SAMPLE.as_posix()}"):
        shutil.copy(PROJECT / "data" / name, data / name)
    (data / "quy_dinh").symlink_to(PROJECT / "data" / "quy_dinh")
    return Places(data, folder / "build", YEAR)


def test_there_are_ten() -> None:
    """Numbered from 1 to 10."""
    assert [int(number) for number, *_ in MISTAKES] == list(range(1, 11))


@pytest.mark.parametrize(("wrong", "message", "right"), [pytest.param(*m[2:], id=m[1]) for m in MISTAKES])
def test_mistake_is_answered_as_told(wrong: str, message: str, right: str, tmp_path: Path) -> None:
    """The right lines stand in the sample file; the wrong ones in their place give exactly the message, and nothing else."""
    places = small_copy(tmp_path)
    path = places.year_data / SAMPLE
    sound = path.read_text("utf-8")
    assert sound.count(right) == 1
    assert assess(places, "25").files.problems == []

    path.write_text(sound.replace(right, wrong), "utf-8")

    said = [str(p).replace(places.data.as_posix(), "data") for p in in_order(assess(places, "25").files.problems)]
    assert said == message.splitlines()


def test_worked_example_runs(tmp_path: Path) -> None:
    """Each command in turn, on a copy of the project; after it the lines shown are among what it printed; a yaml block is what the clerk writes."""
    home = tmp_path / "ho-so"
    shutil.copytree(
        PROJECT, home, symlinks=True, ignore=shutil.ignore_patterns("build", ".git", "tests", ".*_cache", ".venv", ".hypothesis")
    )
    (home / ".venv").symlink_to(PROJECT / ".venv")
    said, file = "", home / "data" / "2024" / SAMPLE
    assert [kind for kind, _ in STEPS].count("sh") >= 4
    for kind, text in STEPS:
        if kind == "sh":
            done = subprocess.run(
                text, shell=True, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", timeout=300
            )
            said = done.stdout
        elif kind == "text":
            assert [
                line for line in text.splitlines() if line != "..." and line not in [told.rstrip() for told in said.splitlines()]
            ] == [], said
        else:
            write_in(file, text)


def write_in(file: Path, text: str) -> None:
    """What the guide shows as filled in: a key in its place, whatever stood after its colon; a line below it stays below it."""
    lines, at, depth = file.read_text("utf-8").split("\n"), -1, 0
    for line in text.rstrip("\n").split("\n"):
        indent = len(line) - len(line.lstrip())
        found = _place(lines, line.split(":")[0] + ":", at, depth if indent > depth and at >= 0 else None)
        if found is None:
            at += 1
            lines.insert(at, line)
        else:
            at = found
            lines[at] = line
            depth = indent
    file.write_text("\n".join(lines), "utf-8")


def _place(lines: list[str], key: str, at: int, within: int | None) -> int | None:
    """Where the key stands after `at`; `within`: only as long as lines are further in than that."""
    for i in range(at + 1, len(lines)):
        if (
            within is not None
            and lines[i].strip()
            and not lines[i].lstrip().startswith("#")
            and len(lines[i]) - len(lines[i].lstrip()) <= within
        ):
            return None
        if lines[i] == key or lines[i].startswith(f"{key} "):
            return i
    return None


@pytest.mark.parametrize("line", re.findall(r"`\.venv/bin/python -m pipeline ([^`]+)`", GUIDE))
def test_commands_without_make_are_understood(line: str) -> None:
    """What stands beside a make target is a command line of the program."""
    if line == "--help":
        with pytest.raises(SystemExit) as stopped:
            read_arguments(["--help"])
        assert stopped.value.code == 0
    else:
        assert read_arguments(line.split()).command in COMMANDS
