"""What the last build of the whole year read, made and said -> its words again while all of that is as it was; any doubt counts as a change.

Everything a build could read is hashed before it reads, everything it published after it has published. So a file saved while a build runs, a page
edited by hand, a new font, library, LibreOffice or line of code is seen here, and the build itself then says what is stale and why.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.fonts import copies
from pipeline.places import Places
from pipeline.problems import Kind, Place, Problem
from pipeline.publishing import read_json, write_json

UNREAD = {"__pycache__", "luoc_do"}


@dataclass(frozen=True)
class Said:
    """What a build that has nothing to do says: problems, matters of taste, the closing table, what is not settled."""

    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    unsettled: tuple[str, ...]


def inputs(places: Places) -> str:
    """One hash over all a build of the whole year could read: data, forms, code, libraries, LibreOffice, fonts, names of the folders."""
    found = {
        "folders": [places.data.as_posix(), places.build.as_posix(), places.templates.as_posix(), str(places.year)],
        "files": [list(entry) for root in _roots(places) for entry in _tree(root)],
        "tools": [list(entry) for path in _tools() for entry in _tree(path)],
        "python": sys.version,
        "libraries": _libraries(),
        "verapdf": [shutil.which("verapdf"), os.environ.get("VERAPDF_JAR")],
    }
    return _hash(json.dumps(found, ensure_ascii=False, sort_keys=True).encode())


def keep(places: Places, read: str, said: Said) -> None:
    """Called by a build that published everything; `read`: `inputs` as they were before it read them."""
    words = {**asdict(said), "problems": [_as_list(p) for p in said.problems]}
    write_json(places.standing, {"read": read, "made": _outputs(places), "said": words})


def forget(places: Places) -> None:
    """Before anything is published: what stood before holds no longer, whatever becomes of the build."""
    places.standing.unlink(missing_ok=True)


def unchanged(places: Places) -> Said | None:
    """None when a build has to look for itself."""
    known = read_json(places.standing)
    if not known or known.get("read") != inputs(places) or known.get("made") != _outputs(places):
        return None
    try:
        said = known["said"]
        problems = tuple(Problem(Place(file, line, column), Kind(kind), *words) for file, line, column, kind, *words in said["problems"])
        return Said(problems, tuple(said["remarks"]), tuple((a, b) for a, b in said["rows"]), tuple(said["unsettled"]))
    except (KeyError, TypeError, ValueError):  # edited by hand: as if it were not there
        return None


def _roots(places: Places) -> Iterator[Path]:
    yield from (places.register, places.year_data, places.data / "quy_dinh", places.templates, Path(__file__).parent)


@functools.cache
def _libraries() -> list[str]:
    """Every library that is installed, with its version, as the folder that describes it is called: opening each takes half a second."""
    folders = [Path(entry) for entry in sys.path if Path(entry).is_dir()]
    return sorted(path.stem for folder in folders for kind in ("*.dist-info", "*.egg-info") for path in folder.glob(kind))


def _tools() -> Iterator[Path]:
    """LibreOffice by its start program and the file that says its version and build; every copy of our faces."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            program = Path(found).resolve()
            yield from (program, program.with_name("versionrc"))
    yield from copies()


def _tree(root: Path) -> Iterator[tuple[str, str]]:
    """Every file below (or the file itself) and its hash, by name; links as what they lead to, and that they are links."""
    if root.is_dir():
        for path in sorted(root.iterdir()):
            if path.name not in UNREAD:
                yield from _tree(path)
    else:
        where = os.readlink(root) if root.is_symlink() else ""
        yield f"{root.as_posix()} {where}", _hash(root.read_bytes()) if root.is_file() else ""


def _outputs(places: Places) -> dict[str, str]:
    """Every file of the last manifest, the manifest itself and what is derived from it, with its hash as it is on disk."""
    subjects = read_json(places.manifest).get("subject")
    names = [s.get("name") for s in subjects if isinstance(s, dict)] if isinstance(subjects, list) else []
    paths = [places.manifest, places.sums, places.glance, *(places.out / name for name in names if isinstance(name, str))]
    return {path.relative_to(places.out).as_posix(): _hash(path.read_bytes()) if path.is_file() else "" for path in paths}


def _as_list(p: Problem) -> list[Any]:
    return [p.place.file, p.place.line, p.place.column, p.kind.value, p.what, p.write, p.within]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
