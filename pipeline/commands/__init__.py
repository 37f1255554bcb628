"""Options of the command line -> the work of one command, its words on the terminal, its exit code; one module per command.

A module is loaded when its command is asked for, so that no command waits for another's libraries.
"""

from __future__ import annotations

import argparse
import importlib
import keyword


def run(options: argparse.Namespace) -> int:
    """Runs the command of that name; what it raises is told by `__main__.py`."""
    return int(importlib.import_module(f"{__name__}.{module_of(options.command)}").run(options))


def module_of(command: str) -> str:
    """ "new-year" -> "new_year"; "import" -> "import_", since no module can be named by a keyword."""
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name
