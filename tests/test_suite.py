"""How `make test` shares the tests out: those of a file stay together, so that what they look at is made once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict

from pipeline.places import PROJECT

FILES = ("tests/audit/test_spelled.py", "tests/model/test_values.py", "tests/signoff/test_joined.py")


def test_tests_of_a_file_stay_with_one_worker() -> None:
    """With the options of the Makefile; a mark of pytest-xdist that said so was no longer heard by its scheduler, and nothing told."""
    options = re.search(r"-m pytest (.*)", (PROJECT / "Makefile").read_text("utf-8"))
    assert options is not None
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", *options[1].split(), "-v", "-v", *FILES]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout
    workers = defaultdict(set)
    for worker, file in re.findall(r"^\[(gw\d)\] .* PASSED (\S+?)::", done.stdout, re.MULTILINE):
        workers[file].add(worker)
    assert {file: len(found) for file, found in workers.items()} == dict.fromkeys(FILES, 1)
