"""Batches of .docx -> .pdf by LibreOffice: own hardened profile, own process group, a deadline; the only caller of soffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import EnvironmentFault
from pipeline.signoff.joined import joined

PROFILE = Path(__file__).with_name("office_profile.xcu")
EXPORT = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"UseLosslessCompression":{"type":"boolean","value":"true"},"ReduceImageResolution":{"type":"boolean","value":"false"}}'
)
HINT = "cài LibreOffice Writer: sudo apt-get install --no-install-recommends libreoffice-writer-nogui fonts-liberation2 poppler-utils"
BATCH = 24
START_SECONDS, SECONDS_PER_FILE, GRACE_SECONDS = 60, 2, 5


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
    office: str, jobs: Sequence[Job], proved: Callable[[Job], str], done: Callable[[int], None], workers: int | None = None
) -> dict[str, str]:
    """Converts every job; `proved` gives '' when a target is sound, else what is wrong. Gives name -> fault of those that failed.

    A batch's guilty files are tried once more, each alone in a fresh profile, so that one bad document stops no other.
    """
    batches = [jobs[i : i + BATCH] for i in range(0, len(jobs), BATCH)]
    faults: dict[str, str] = {}
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
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
    """Answer and complaint of a call; waits at most `seconds`, then ends the whole process group."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            cwd=work,
            env=_environment(work),
            start_new_session=True,
        )
    except OSError as error:
        raise EnvironmentFault(f"LibreOffice không chạy được ({error}) — {HINT}") from error
    try:
        answer, complaint = process.communicate(timeout=seconds)
        return answer, " ".join(complaint.split())[:200]
    except subprocess.TimeoutExpired:
        return "", f"quá thời hạn {seconds:.0f} giây"
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[str]) -> None:
    for sign, patience in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, GRACE_SECONDS)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
    for channel in (process.stdout, process.stderr):
        if channel:
            channel.close()


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the clerk's machine leaks in: own home, fixed locale and time zone."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
    }
