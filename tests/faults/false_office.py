"""False LibreOffices: small programs first on PATH that answer for their version like the real one and then do what real ones have been seen to do."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.faults.small_year import Scene

HEAD = """#!{python}
import hashlib, os, re, shutil, signal, subprocess, sys, time, zipfile
from pathlib import Path

REAL = {real!r}
arguments = sys.argv[1:]


def real(words=None, **environment):
    return subprocess.run([REAL, *(words or arguments)], env={{**os.environ, **environment}}).returncode


if "--version" in arguments:
    os.execv(REAL, [REAL, *arguments])
out = Path(arguments[arguments.index("--outdir") + 1])
inputs = [Path(a) for a in arguments if a.endswith(".docx")]


def body(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")


def words(path):
    return re.sub("<[^>]+>", "", body(path).decode()).replace("\\u00a0", " ")


def digest(path):
    return hashlib.sha256(body(path)).hexdigest()


def result(path):
    return out / (path.stem + ".pdf")


"""
REMEMBERS = """
real()
for path in inputs:
    shutil.copy(result(path), {memory!r} + "/" + digest(path))
"""  # the real one, what it made kept for RECALLS
RECALLS = """
known = [Path({memory!r}, digest(path)) for path in inputs]
if not all(path.exists() for path in known):
    sys.exit(real())
for path, pdf in zip(inputs, known):
    shutil.copy(pdf, result(path))
"""  # what the real one made of these very files, without the time it takes
HANGS = """
for _ in range(2):
    if os.fork() == 0:
        break
signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(600)
"""  # with two children that do not listen either


def real_office() -> str:
    found = shutil.which("soffice")
    assert found, "these tests need LibreOffice"
    return found


def put_office(scene: Scene, does: str) -> Path:
    """`does`: Python, where `inputs` are the Word files asked for and `out` is where their PDFs are due."""
    return put_program(scene, HEAD.format(python=sys.executable, real=real_office()) + does)


def put_program(scene: Scene, text: str) -> Path:
    """`soffice` first on the scene's PATH."""
    path = scene.programs / "soffice"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)
    return path
