"""PDF files -> veraPDF's verdict on each, where it is installed (`verapdf` on PATH, or its jar named by VERAPDF_JAR); nothing where it is not."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.signoff.process import run

FLAVOUR = "2b"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
PASSED, FAILED, UNKNOWN = "đạt", "không đạt", "không có kết luận"
BATCH = 60
START_SECONDS, SECONDS_PER_FILE, BYTES_PER_SECOND = 60, 5, 100_000


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file; the clauses it fails ("6.2.11.4.1-1"), or why there is no conclusion."""

    state: str
    clauses: tuple[str, ...] = ()
    reason: str = ""


def find_verapdf(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that runs it; [] when this machine has none, which is no fault."""
    found = shutil.which("verapdf", path=environment.get("PATH"))
    if found:
        return [found]
    jar, java = environment.get("VERAPDF_JAR", ""), shutil.which("java", path=environment.get("PATH"))
    return [java, "-cp", str(Path(jar).resolve()), MAIN] if java and jar and Path(jar).is_file() else []


def version(command: Sequence[str]) -> str:
    """ "1.26.2"; "" when the program does not say."""
    answer, _ = _called([*command, "--version"], START_SECONDS)
    words = answer.split()
    return words[words.index("veraPDF") + 1] if "veraPDF" in words[:-1] else ""


def judge(command: Sequence[str], files: Sequence[Path]) -> dict[Path, Verdict]:
    """In batches, each with a deadline; a file without an answer that can be read has no conclusion."""
    found: dict[Path, Verdict] = {}
    for first in range(0, len(files), BATCH):
        batch = [path.resolve() for path in files[first : first + BATCH]]
        seconds = START_SECONDS + SECONDS_PER_FILE * len(batch) + sum(path.stat().st_size for path in batch) / BYTES_PER_SECOND
        answer, complaint = _called([*command, "--flavour", FLAVOUR, *map(str, batch)], seconds)
        told = read_report(answer)
        reason = " ".join(complaint.split())[:120] or "không đọc được câu trả lời của veraPDF"
        for given, path in zip(files[first:], batch):
            found[given] = told.get(path, Verdict(UNKNOWN, reason=reason))
    return found


def _called(command: list[str], seconds: float) -> tuple[str, str]:
    with tempfile.TemporaryDirectory(prefix="verapdf-") as work:
        try:
            return run(command, Path(work), seconds)
        except OSError as error:
            return "", f"không chạy được ({error.strerror})"


def read_report(text: str) -> dict[Path, Verdict]:
    """veraPDF's machine-readable report (XML), file by file; {} when it is none."""
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return {}
    return {Path(str(job.findtext("item/name", "")).strip()): _verdict(job) for job in root.iter("job")}


def _verdict(job: etree._Element) -> Verdict:
    report = job.find("validationReport")
    if report is None:
        return Verdict(UNKNOWN, reason=" ".join("".join(map(str, job.itertext())).split())[:120])
    if report.get("isCompliant") == "true":
        return Verdict(PASSED)
    if report.get("isCompliant") != "false":
        return Verdict(UNKNOWN, reason=str(report.get("jobEndStatus", ""))[:120])
    clauses = {f"{rule.get('clause')}-{rule.get('testNumber')}" for rule in report.iter("rule") if rule.get("status", "failed") == "failed"}
    return Verdict(FAILED, tuple(sorted(clauses)))
