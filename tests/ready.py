"""The words of a command line -> what `python -m pipeline` answers, from a process that has loaded the program already.

Loading takes longer than most of what tests ask for. That process has read and computed nothing; for each call a child of it becomes the program.
What depends on the environment a program starts in is run as a program of its own (`tests/end_to_end/province.py`).
"""

from __future__ import annotations

import atexit
import functools
import importlib
import json
import os
import pkgutil
import select
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(words: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """`words`: those after `python -m pipeline`. Raises subprocess.TimeoutExpired."""
    return _waiting().run(words, seconds)


def rest() -> None:
    """Ends the process that waits, for a test that looks at all processes; the next call starts another."""
    if _waiting.cache_info().currsize:
        _waiting().end()
        _waiting.cache_clear()


@functools.cache
def _waiting() -> _Waiting:
    """One for each worker of the suite."""
    return _Waiting()


class _Waiting:
    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "tests.ready"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(self.end)

    def run(self, words: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory(prefix="goi-") as folder:
            said = [Path(folder) / name for name in ("stdout", "stderr")]
            assert self.process.stdin is not None
            self.process.stdin.write(json.dumps([*map(str, said), *words]).encode() + b"\n")
            self.process.stdin.flush()
            child = self._answer(seconds)
            try:
                code = self._answer(seconds)
            except TimeoutError as error:
                os.kill(child, 9)
                self._answer(seconds)
                raise subprocess.TimeoutExpired(list(words), seconds) from error
            return subprocess.CompletedProcess(list(words), code, *(path.read_text("utf-8") for path in said))

    def _answer(self, seconds: float) -> int:
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            raise TimeoutError
        return int(os.read(self.process.stdout.fileno(), 20).split()[0])

    def end(self) -> None:
        atexit.unregister(self.end)
        for channel in (self.process.stdin, self.process.stdout):
            assert channel is not None
            channel.close()
        self.process.wait()


def _serve() -> int:
    """A call is a line; the answers to it are the child's number, then its exit code."""
    import pipeline.commands
    import pipeline.dossiers

    for module in pkgutil.iter_modules(pipeline.commands.__path__, "pipeline.commands."):
        importlib.import_module(module.name)
    while line := sys.stdin.buffer.readline():
        child = os.fork()
        if child == 0:
            return _become(json.loads(line))
        os.write(1, b"%20d" % child)
        os.write(1, b"%20d" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    return 0


def _become(call: list[str]) -> int:
    """The program, with its output in files and nothing to read, to its end: the exit code."""
    from pipeline.__main__ import main

    for descriptor, path in enumerate((os.devnull, *call[:2])):
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(file, descriptor)
        os.close(file)
    return main(call[2:])


if __name__ == "__main__":
    sys.exit(_serve())
