"""Rules of the code itself: direction of imports, size, docstrings, and what only one module may do."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.arguments import COMMANDS
from pipeline.commands import module_of
from pipeline.places import PROJECT

ROOT = PROJECT / "pipeline"
MODULES = {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text("utf-8")) for p in sorted(ROOT.rglob("*.py"))}
LONGEST_MODULE, LONGEST_FUNCTION = 250, 50
HOLDERS = ("model/", "__init__.py", "dossiers.py")  # these hold or conduct; every other module turns something into something
CLOCK = {"now", "today", "utcnow", "localtime", "gmtime", "monotonic", "perf_counter", "st_mtime", "getmtime"}


def imported(tree: ast.Module) -> Iterator[str]:
    """Top-level names of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def names(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def reads_clock(tree: ast.Module) -> bool:
    return "time" in imported(tree) or any(isinstance(n, ast.Attribute) and n.attr in CLOCK for n in ast.walk(tree))


def test_import_contracts_are_kept() -> None:
    """The contracts of pyproject.toml, as `make lint` runs them."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", MODULES)
def test_docstring_says_what_goes_in_and_out(name: str) -> None:
    """First line: "input -> output", or what the module holds; one sentence."""
    first = (ast.get_docstring(MODULES[name]) or "").split("\n")[0]
    assert first.endswith(".") and len(first.split()) >= 4
    assert "->" in first or name.startswith(HOLDERS) or name.endswith("/__init__.py")


def test_modules_are_short() -> None:
    """Whoever opens a module can read it at once."""
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in MODULES}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    """So does one screen."""
    lengths = {
        f"{name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize(
    ("package", "owners"),
    [
        ("docxtpl", ["rendering/strict.py"]),
        ("subprocess", ["signoff/process.py"]),
        ("rich", ["progress.py", "terminal.py"]),
        ("pyhanko", ["signoff/verify_signatures.py"]),
        ("openpyxl", ["audit/summary_file.py", "desk/form_reader.py"]),
        (
            "xlsxwriter",
            ["desk/form_writer.py", "summary/book.py", "summary/count_sheets.py", "summary/table_sheet.py", "summary/workbook.py"],
        ),
    ],
)
def test_few_importers(package: str, owners: list[str]) -> None:
    """Dangerous or noisy packages have their doors."""
    assert [name for name, tree in MODULES.items() if package in imported(tree)] == owners


def test_only_the_command_line_prints() -> None:
    """Everything else gives values back (progress.py has the terminal's bar)."""
    printing = [name for name, tree in MODULES.items() if "print" in names(tree)]
    assert [name for name in printing if not name.startswith("commands/")] == ["__main__.py", "terminal.py"]


def test_each_command_has_its_module() -> None:
    """The command line and the folder agree."""
    own = {f"commands/{module_of(command)}.py" for command in COMMANDS}
    assert own <= set(MODULES) and all("run" in {n.name for n in MODULES[m].body if isinstance(n, ast.FunctionDef)} for m in own)


def test_only_progress_reads_the_clock() -> None:
    """Files carry the declared date, never today's."""
    assert [name for name, tree in MODULES.items() if reads_clock(tree)] == ["progress.py"]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith(("rating/", "model/"))])
def test_points_are_never_binary_floats(name: str) -> None:
    """Neither a float literal nor float()."""
    floats = [n.lineno for n in ast.walk(MODULES[name]) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    assert floats == [] and "float" not in names(MODULES[name])
