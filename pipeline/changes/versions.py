"""What `--against` names, a folder or a git revision -> the data as they were there, for as long as they are looked at."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.law.regulation import LawBook
from pipeline.places import Places
from pipeline.problems import DataError, EnvironmentFault, Kind, Place, Problem
from pipeline.signoff.process import run

SECONDS = 60
ADVICE = "viết tên thư mục, hoặc phiên bản như HEAD~1, v1.2.0, mã của lần ghi"


@dataclass(frozen=True)
class OtherVersion:
    """Where its data lie; `own_law`: whether it is rated by its own regulation, or by today's because an older program wrote it."""

    places: Places
    own_law: bool = True


@contextlib.contextmanager
def version(places: Places, against: str) -> Iterator[OtherVersion]:
    """A folder of that name goes before a revision. Raises DataError for neither, EnvironmentFault without git."""
    if Path(against).is_dir():
        yield OtherVersion(dataclasses.replace(places, data=Path(against)))
        return
    with tempfile.TemporaryDirectory(prefix="ban-truoc-") as scratch:
        data = _exported(places.data, against, Path(scratch))
        yield OtherVersion(dataclasses.replace(places, data=data), not _modernised(data, places))


def _modernised(data: Path, places: Places) -> bool:
    """Puts today's regulation where this program cannot read the export's; nothing but an export is ever written to."""
    foreign = [folder for folder in sorted((data / "quy_dinh").glob("*")) if folder.is_dir() and not _readable(folder)]
    for folder in foreign:
        if places.regulation(folder.name).is_dir():
            shutil.rmtree(folder)
            shutil.copytree(places.regulation(folder.name), folder)
    return bool(foreign)


def _readable(folder: Path) -> bool:
    try:
        LawBook(folder, folder.name).regulation()
    except DataError:
        return False
    return True


def _exported(data: Path, revision: str, scratch: Path) -> Path:
    """The data folder as it stands in the revision."""
    git = shutil.which("git")
    if not git:
        raise EnvironmentFault(
            f"không có thư mục «{against_shown(revision)}», và máy chưa có git để tìm phiên bản — sudo apt-get install git"
        )
    here = data.resolve()
    top = _asked(git, here, scratch, "rev-parse", "--show-toplevel")
    if not top:
        raise _refused(
            data,
            f"không có thư mục «{against_shown(revision)}», và {data.as_posix()} không nằm trong kho git nào",
            "viết tên thư mục chứa dữ liệu bản kia",
        )
    commit = _asked(git, here, scratch, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise _refused(data, f"không có thư mục, cũng không có phiên bản git «{against_shown(revision)}»", ADVICE)
    inside, archive = here.relative_to(Path(top).resolve()).as_posix(), scratch / "ban.tar"
    _asked(git, Path(top), scratch, "archive", "--format=tar", "-o", str(archive), commit, "--", inside)
    if not archive.is_file() or not archive.stat().st_size:
        raise _refused(data, f"phiên bản «{against_shown(revision)}» chưa có thư mục dữ liệu", ADVICE)
    with tarfile.open(archive) as packed:
        packed.extractall(scratch / "ban", filter="data")
    return scratch / "ban" / inside


def _asked(git: str, where: Path, scratch: Path, *words: str) -> str:
    """What git answers, '' when it refuses. The clerk's own words go no further than `rev-parse`, behind --end-of-options."""
    return run([git, "-c", "safe.directory=*", "-C", str(where), *words], scratch, SECONDS)[0].strip()


def against_shown(revision: str) -> str:
    return revision if len(revision) <= 60 else f"{revision[:57]}..."


def _refused(data: Path, what: str, write: str) -> DataError:
    return DataError([Problem(Place(data.as_posix()), Kind.ERROR, what, write)])
