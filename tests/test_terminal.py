"""Problems as a person sees them, and as a file or another program gets them."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from pipeline.places import PROJECT
from pipeline.problems import Kind, Place, Problem
from pipeline.terminal import SCREEN, say_problems
from tests.support import VALID, write_year

A, B = "data/2023/don_vi/25-so-noi-vu.yaml", "data/2023/don_vi/26-so-tu-phap.yaml"
FEW = [
    Problem(Place(A, 41, 7), Kind.ERROR, "tỷ lệ «95» thiếu dấu %", "viết 95%"),
    Problem(Place("data/2023/tham_dinh/25-so-noi-vu.yaml", 3, 7), Kind.WARNING, "muộn"),
    Problem(Place(B, 2, 1), Kind.OWED, "«nam» còn để trống", "điền giá trị"),
    Problem(Place("data/2023/tinh.yaml", 4, 1), Kind.OWED, "còn thiếu", "thêm"),
]


def said(problems: list[Problem], terminal: bool, width: int = 80) -> str:
    console = Console(
        file=io.StringIO(),
        force_terminal=terminal,
        width=width,
        color_system="standard" if terminal else None,
        highlight=False,
        soft_wrap=True,
    )
    say_problems(problems, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def plain(text: str) -> str:
    return "".join(part.partition("m")[2] if i else part for i, part in enumerate(text.split("\x1b[")))


def test_a_file_gets_plain_lines() -> None:
    """Every problem, one line each, no colour, in the order of files and lines."""
    assert said(FEW, terminal=False) == "".join(f"{p}\n" for p in (FEW[0], FEW[2], FEW[1], FEW[3]))


def test_a_person_gets_groups() -> None:
    """What all share first, then unit by unit, the council's file with the unit's own; the lines are the same."""
    assert plain(said(FEW, terminal=True, width=200)).splitlines() == [
        "tinh.yaml: 0 lỗi, 1 thiếu, 0 cảnh báo",
        f"  {FEW[3]}",
        "25-so-noi-vu: 1 lỗi, 0 thiếu, 1 cảnh báo",
        f"  {FEW[0]}",
        f"  {FEW[1]}",
        "26-so-tu-phap: 0 lỗi, 1 thiếu, 0 cảnh báo",
        f"  {FEW[2]}",
    ]


def test_colours_tell_the_kinds_apart() -> None:
    """Red for errors, yellow for what is owed, cyan for warnings."""
    text = said(FEW, terminal=True, width=200)
    assert "\x1b[1;31m lỗi:\x1b[0m" in text and "\x1b[33m thiếu:\x1b[0m" in text and "\x1b[36m cảnh báo:\x1b[0m" in text


def test_long_lines_are_indented() -> None:
    """On 80 columns nothing is wider, and what goes on is further in than what begins."""
    lines = plain(said([Problem(Place(A, 1, 1), Kind.ERROR, "một hai ba " * 20, "bốn")], terminal=True)).splitlines()
    assert max(map(len, lines)) <= 80 and len(lines) > 3
    assert lines[1].startswith("  data/") and all(line.startswith("    ") for line in lines[2:])


def test_at_most_a_screen_of_each_unit() -> None:
    """Errors stay when something must go; the last line is the command that shows the rest."""
    many = [Problem(Place(A, n, 1), Kind.OWED, "thiếu gì đó") for n in range(1, 40)] + [Problem(Place(A, 99, 1), Kind.ERROR, "sai")]
    own = plain(said([*many, FEW[2]], terminal=True, width=200)).partition("26-so-tu-phap")[0].splitlines()
    assert len(own) == SCREEN and own[-2] == f"  {many[-1]}"
    assert own[-1] == f"    … và {len(many) - SCREEN + 2} chỗ khác: make check YEAR=2023 UNIT=25"


def test_a_screen_is_measured_in_lines() -> None:
    """On 80 columns long messages take several lines each: fewer of them fit."""
    many = [Problem(Place(A, n, 1), Kind.OWED, "thiếu gì đó " * 12) for n in range(1, 40)]
    own = plain(said([*many, FEW[2]], terminal=True)).partition("26-so-tu-phap")[0].splitlines()
    assert SCREEN - 3 <= len(own) <= SCREEN and sum(line.startswith("  data/") for line in own) < SCREEN // 2


def test_what_fits_is_not_cut() -> None:
    """As many as there is room for, and no line about what is left out."""
    many = [Problem(Place(A, n, 1), Kind.OWED, "thiếu gì đó") for n in range(1, SCREEN)]
    assert plain(said([*many, FEW[2]], terminal=True, width=200)).splitlines()[1:SCREEN] == [f"  {p}" for p in many]


def test_one_unit_is_shown_whole() -> None:
    """Also beside problems of what all units share, which are never cut: naming the unit must give everything."""
    many = [Problem(Place(A, n, 1), Kind.OWED, "thiếu gì đó") for n in range(1, 40)]
    shared = [Problem(Place("data/2023/tinh.yaml", n, 1), Kind.OWED, "còn thiếu") for n in range(1, 40)]
    lines = plain(said([*many, *shared], terminal=True, width=200)).splitlines()
    assert lines == [
        "tinh.yaml: 0 lỗi, 39 thiếu, 0 cảnh báo",
        *(f"  {p}" for p in shared),
        "25-so-noi-vu: 0 lỗi, 39 thiếu, 0 cảnh báo",
        *(f"  {p}" for p in many),
    ]


def test_another_data_folder_is_named() -> None:
    """The command that shows the rest works for data elsewhere too."""
    many = [
        Problem(Place(f"/x/y z/2024/{folder}.yaml", n, 1), Kind.OWED, "thiếu")
        for folder in ("don_vi/01-a", "don_vi/02-b", "don_vi/102-c")
        for n in range(1, 40)
    ]
    text = plain(said(many, terminal=True, width=200))
    assert '    … và 21 chỗ khác: make check YEAR=2024 UNIT=01 DATA="/x/y z"\n' in text and "UNIT=02" in text and "UNIT=102" in text


def test_on_a_real_terminal(tmp_path: Path) -> None:
    """`check` on a pseudo-terminal is coloured; with NO_COLOR it is not."""
    places = write_year(tmp_path / "data", don_vi=(VALID / "don_vi.yaml").read_text("utf-8").replace("tu_nhan: tot", "tu_nhan: toott"))
    command = [sys.executable, "-m", "pipeline", "check", "--year", "2023", "--data", str(places.data)]
    for more, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        outer, inner = pty.openpty()
        environment = {
            **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")},
            "TERM": "xterm",
            "COLUMNS": "100",
            **more,
        }
        done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=inner, env=environment, timeout=60)
        os.close(inner)
        text = os.read(outer, 100_000).decode()
        os.close(outer)
        assert done.returncode == 2 and "25-so-noi-vu: 1 lỗi" in text
        assert ("\x1b[1;31m" in text) is coloured
