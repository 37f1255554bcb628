"""Batches of .docx -> .pdf by LibreOffice: own hardened profile, own process group, a deadline; the only caller of soffice."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import EnvironmentFault
from pipeline.signoff.joined import joined
from pipeline.signoff.process import run

PROFILE = Path(__file__).with_name("office_profile.xcu")
EXPORT = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"UseLosslessCompression":{"type":"boolean","value":"true"},"ReduceImageResolution":{"type":"boolean","value":"false"}}'
)
HINT = "cài LibreOffice Writer: sudo apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2 poppler-utils"
START_SECONDS, SECONDS_PER_FILE = 60, 3
DEADLINE = "HO_SO_HAN_SOFFICE"  # environment variable: other seconds for the start of a call, on a very slow machine or in tests
FOLDER = "soffice-"
OLDEST = 7  # proved with 7.4; what a later or earlier one makes is proved file by file


@dataclass(frozen=True)
class Job:
    """One conversion: the file made, where the PDF goes, the name for messages."""

    source: Path
    target: Path
    name: str


def find_office() -> str:
    """Path of soffice; raises EnvironmentFault with the command to install it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        raise EnvironmentFault(f"máy chưa có LibreOffice — {HINT}")
    return found


def office_version(office: str, scratch: Path | None = None) -> str:
    """ "LibreOffice 7.4.7.2 ..."; part of every document's key, since line breaks depend on it. `scratch`: as for `convert`."""
    with tempfile.TemporaryDirectory(prefix=FOLDER, dir=scratch) as folder:
        work = Path(folder)
        answer, complaint = _run([*_started(office, work), "--version"], work, _seconds(0))
    if "LibreOffice" not in answer:
        raise EnvironmentFault(f"«{office}» không phải LibreOffice hoặc không chạy được{f' ({complaint})' if complaint else ''} — {HINT}")
    version = answer.split("\n")[0].strip()
    number = re.search(r"LibreOffice (\d+)\.", version)
    if number and int(number[1]) < OLDEST:
        raise EnvironmentFault(f"{version} quá cũ, cần bản {OLDEST} trở lên — {HINT}")
    return version


def convert(office: str, batch: Sequence[Job], scratch: Path | None = None) -> str:
    """One soffice call in a fresh profile; gives its complaint, '' when silent. Targets exist only when freshly written by this call.

    Documents are converted in the order of the batch. `scratch`: where its working folder goes, else the machine's own place for them.
    """
    with tempfile.TemporaryDirectory(prefix=FOLDER, dir=scratch) as folder:
        work = Path(folder)
        inputs, outputs = work / "in", work / "out"
        inputs.mkdir()
        outputs.mkdir()
        for i, job in enumerate(batch):
            job.target.unlink(missing_ok=True)
            (inputs / f"{i:04d}.docx").write_bytes(joined(job.source.read_bytes()))
        command = [
            *_started(office, work),
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--nofirststartwizard",
            "--convert-to",
            EXPORT,
            "--outdir",
            str(outputs),
            *(str(p) for p in sorted(inputs.iterdir())),
        ]
        _, complaint = _run(command, work, _seconds(len(batch)))
        for i, job in enumerate(batch):
            made = outputs / f"{i:04d}.pdf"
            if made.exists():
                shutil.move(made, job.target)
        return complaint


def _started(office: str, work: Path) -> list[str]:
    """The call's first words; the profile is made anew, hardened: no macros, no links, nothing of the clerk's own."""
    profile = work / "profile" / "user"
    profile.mkdir(parents=True)
    shutil.copy(PROFILE, profile / "registrymodifications.xcu")
    return [office, f"-env:UserInstallation={(work / 'profile').as_uri()}"]


def _seconds(documents: int) -> float:
    """The deadline of a call."""
    start = os.environ.get(DEADLINE, "")
    return (float(start) if start.isdecimal() else START_SECONDS) + SECONDS_PER_FILE * documents


def forget_killed(scratch: Path) -> None:
    """What the LibreOffices of a killed build left outside their working folders below `scratch`: the name by which they could be called."""
    for work in scratch.glob(f"{FOLDER}*"):
        _forget_pipe(work)


def _forget_pipe(work: Path) -> None:
    """LibreOffice leaves its socket where every program's temporary files are when it is killed; named after the profile's address."""
    address = (work / "profile").as_uri().encode("utf-16-le")
    name = "".join(f"{byte:x}" for byte in hashlib.md5(address, usedforsecurity=False).digest())
    Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}").unlink(missing_ok=True)


def _run(command: list[str], work: Path, seconds: float) -> tuple[str, str]:
    """Answer and complaint, in one line; LibreOffice is not let near the clerk's home."""
    try:
        answer, complaint = run(command, work, seconds)
    except OSError as error:
        raise EnvironmentFault(f"LibreOffice không chạy được ({error}) — {HINT}") from error
    finally:
        _forget_pipe(work)
    return answer, " ".join(complaint.split())[:200]
