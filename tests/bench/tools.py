"""A folder -> Carbone and unoserver installed below it, with exact versions and hashes; or why one of them is not measured."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.running import BenchError, call

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that Debian's LibreOffice bindings are made for
UNO = "python3-uno"


@dataclass
class Tools:
    """Where they are; `lacking`: tool -> why it is not measured."""

    carbone: Path | None = None
    unoserver: Path | None = None
    lacking: dict[str, str] = field(default_factory=dict)


def installed(folder: Path, wanted: set[str]) -> Tools:
    """`wanted`: which of `carbone` and `unoserver`. Installing is no part of any measurement."""
    tools = Tools()
    if wanted and not _knows_uno():
        tools.lacking = dict.fromkeys(wanted, f"the system's python3 has no module uno: apt-get install {UNO}")
        return tools
    for name, install in (("carbone", _carbone), ("unoserver", _unoserver)):
        if name in wanted:
            try:
                setattr(tools, name, install(folder))
            except (BenchError, OSError) as error:
                tools.lacking[name] = " ".join(str(error).split())[:300]
    return tools


def _knows_uno() -> bool:
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def _carbone(folder: Path) -> Path:
    """The script that converts, beside the packages it needs."""
    own = folder / "carbone"
    own.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "carbone.js"):
        shutil.copy(HERE / name, own / name)
    if not (own / "node_modules" / "carbone").is_dir():
        call(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], own)
    return own / "carbone.js"


def _unoserver(folder: Path) -> Path:
    """The interpreter of its environment."""
    own = folder / "unoserver"
    python = own / "bin" / "python"
    if not python.exists():
        call([SYSTEM_PYTHON, "-m", "venv", "--system-site-packages", str(own)], folder)
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    call([str(python), "-m", "pip", "install", *options, "-r", str(HERE / "requirements.txt")], folder)
    return python
