"""Batches of .docx -> .pdf by LibreOffice: own hardened profile, own process group, a deadline; the only caller of soffice."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
BATCH = 24
START_SECONDS, SECONDS_PER_FILE = 60, 2


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


def office_version(office: str) -> str:
    """ "LibreOffice 7.4.7.2 ..."; part of every document's key, since line breaks depend on it."""
    with tempfile.TemporaryDirectory(prefix="soffice-") as scratch:
        home = Path(scratch)
        answer, complaint = _run([office, f"-env:UserInstallation={(home / 'p').as_uri()}", "--version"], home, START_SECONDS)
    if "LibreOffice" not in answer:
        raise EnvironmentFault(f"«{office}» không phải LibreOffice hoặc không chạy được{f' ({complaint})' if complaint else ''} — {HINT}")
    return answer.split("\n")[0].strip()


def convert_all(
    office: str, jobs: Sequence[Job], proved: Callable[[Job], str], done: Callable[[int], None], workers: int
) -> dict[str, str]:
    """Converts every job; `proved` gives '' when a target is sound, else what is wrong. Gives name -> fault of those that failed.

    A batch's guilty files are tried once more, each alone in a fresh profile, so that one bad document stops no other.
    """
    batches = [jobs[i : i + BATCH] for i in range(0, len(jobs), BATCH)]
    faults: dict[str, str] = {}
    with ThreadPoolExecutor(workers) as pool:
        for batch, output in zip(batches, pool.map(lambda b: _convert(office, b), batches)):
            for job in batch:
                fault = proved(job)
                if fault:
                    output = _convert(office, [job])
                    fault = proved(job)
                if fault:
                    faults[job.name] = f"{fault}{f' (LibreOffice: {output})' if output else ''}"
            done(len(batch))
    return faults


def _convert(office: str, batch: Sequence[Job]) -> str:
    """One soffice call; gives its complaint, '' when silent. Targets exist only when freshly written by this call."""
    with tempfile.TemporaryDirectory(prefix="soffice-") as scratch:
        work = Path(scratch)
        profile = work / "profile" / "user"
        profile.mkdir(parents=True)
        shutil.copy(PROFILE, profile / "registrymodifications.xcu")
        inputs, outputs = work / "in", work / "out"
        inputs.mkdir()
        outputs.mkdir()
        for i, job in enumerate(batch):
            job.target.unlink(missing_ok=True)
            (inputs / f"{i:04d}.docx").write_bytes(joined(job.source.read_bytes()))
        command = [
            office,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
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
        _, complaint = _run(command, work, START_SECONDS + SECONDS_PER_FILE * len(batch))
        for i, job in enumerate(batch):
            made = outputs / f"{i:04d}.pdf"
            if made.exists():
                shutil.move(made, job.target)
        return complaint


def _run(command: list[str], work: Path, seconds: float) -> tuple[str, str]:
    """Answer and complaint, in one line; LibreOffice is not let near the clerk's home."""
    try:
        answer, complaint = run(command, work, seconds)
    except OSError as error:
        raise EnvironmentFault(f"LibreOffice không chạy được ({error}) — {HINT}") from error
    return answer, " ".join(complaint.split())[:200]
