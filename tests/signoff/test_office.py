"""Conversion against false LibreOffices: whatever soffice does, a fault is named, nothing stale is used, no process is left."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from docx import Document

from pipeline.batching import Done, Lost, Tried, Trial, settled
from pipeline.cores import Cores
from pipeline.problems import EnvironmentFault
from pipeline.signoff import office, process
from pipeline.signoff.finished import broken_off, fault
from pipeline.signoff.office import Job, convert, find_office, office_version
from tests.signoff.small_pdf import archival, draw

# The last arguments of a call are the inputs; the folder for results follows --outdir.
HEAD = """#!/bin/bash
echo $$ >> "{folder}/pids"
while [ $# -gt 0 ]; do
  case "$1" in --outdir) out=$2; shift;; *.docx) inputs+=("$1");; -env:*) profile=${{1#*file://}};; esac; shift
done
"""
EACH = 'for f in "${{inputs[@]}}"; do n=$(basename "$f" .docx); {do}; done\n'


def try_batch(program: str, jobs: Sequence[Job]) -> Tried[Job, tuple[str, str]]:
    complaint = convert(program, jobs)
    told = f" (LibreOffice: {complaint})" if complaint else ""
    return Tried(
        [Lost(f"{lost}{told}") if (lost := broken_off(job.target)) else Done((job.name, fault(job.target, ("Sở Nội vụ",)))) for job in jobs]
    )


class Bench:
    """A folder with a false soffice on PATH, two documents to convert and stale results of an earlier build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sound = archival(folder / "that.pdf", draw(["Sở Nội vụ"]))
        self.jobs = [self.job(name) for name in ("a", "b")]

    def job(self, name: str) -> Job:
        source, target = self.folder / f"{name}.docx", self.folder / f"{name}.pdf"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("noi-dung", f"<{name}>")
        target.write_bytes(self.sound.read_bytes())
        return Job(source, target, f"25-so-noi-vu/{name}")

    def office(self, script: str) -> str:
        path = self.folder / "bin" / "soffice"
        path.parent.mkdir(exist_ok=True)
        path.write_text((HEAD + script).format(folder=self.folder, sound=self.sound))
        path.chmod(0o755)
        return str(path)

    def convert(self, script: str) -> dict[str, str]:
        """Name -> fault of the documents that failed; the batch is settled as a build settles it."""
        program = self.office(script)
        attempt = partial(try_batch, program)
        trial = Trial(attempt, lambda job, complaint: (job.name, complaint), lambda: None, 24)
        return {name: text for name, text in settled(trial, self.jobs, len(self.jobs), Cores(1)) if text}

    def calls(self) -> list[int]:
        return [int(line) for line in (self.folder / "pids").read_text().split()]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    for module, name, seconds in ((office, "START_SECONDS", 20), (office, "SECONDS_PER_FILE", 0), (process, "GRACE_SECONDS", 0.3)):
        monkeypatch.setattr(module, name, seconds)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return Bench(tmp_path)


def nobody_left(groups: list[int]) -> bool:
    """No living process of these groups; the reaping of orphans may take a moment."""
    for _ in range(40):
        states = [entry.read_text().rsplit(")", 1)[1].split() for entry in Path("/proc").glob("[0-9]*/stat") if os.access(entry, os.R_OK)]
        if not any(int(state[2]) in groups and state[0] != "Z" for state in states):
            return True
        time.sleep(0.05)
    return False


COPY = EACH.replace("{do}", 'cp "{sound}" "$out/$n.pdf"')


def test_a_good_office_converts_all(bench: Bench) -> None:
    """One call for the batch; fresh results, no fault."""
    for job in bench.jobs:
        job.target.unlink()
    assert bench.convert(COPY) == {}
    assert len(bench.calls()) == 1 and all(job.target.is_file() for job in bench.jobs)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 0\n", "không tạo được tệp PDF"),
        ("echo hỏng rồi >&2; exit 0\n", "LibreOffice: hỏng rồi"),
        ("printf '\\xff\\xfe' >&2; exit 77\n", "không tạo được tệp PDF"),
        (EACH.replace("{do}", 'head -c 900 "{sound}" > "$out/$n.pdf"'), "hỏng hoặc bị cắt"),
        (EACH.replace("{do}", 'echo van ban > "$out/$n.pdf"'), "hỏng hoặc bị cắt"),
        (EACH.replace("{do}", ': > "$out/$n.pdf"'), "hỏng hoặc bị cắt"),
        ("kill -9 $$\n", "không tạo được tệp PDF"),
    ],
)
def test_a_failing_office_is_a_fault_of_each_document(bench: Bench, script: str, reason: str) -> None:
    """Exit codes are not believed, the results of an earlier build are gone, each document was tried twice, the second time alone."""
    faults = bench.convert(script)
    assert sorted(faults) == ["25-so-noi-vu/a", "25-so-noi-vu/b"] and all(reason in text for text in faults.values())
    assert not any(job.target.exists() and job.target.read_bytes() == bench.sound.read_bytes() for job in bench.jobs)
    assert len(bench.calls()) == 4 and nobody_left(bench.calls())


@pytest.mark.parametrize(
    "script",
    [
        "trap '' TERM; sleep 60 & while true; do sleep 1; done\n",
        "(trap '' TERM; sleep 60) & sleep 60\n",
        "(trap '' TERM; exec sleep 60) & exit 0\n",
    ],
)
def test_a_hanging_office_is_ended_with_its_children(bench: Bench, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Also when it, or only a child of it, ignores TERM; and when it leaves a child behind that holds its error channel."""
    monkeypatch.setattr(office, "START_SECONDS", 0.4)
    bench.jobs = bench.jobs[:1]
    start = time.monotonic()
    faults = bench.convert(script)
    assert "quá thời hạn" in faults["25-so-noi-vu/a"] and not bench.jobs[0].target.exists()
    assert time.monotonic() - start < 5 and nobody_left(bench.calls())


def test_one_bad_document_stops_no_other(bench: Bench) -> None:
    """A batch that fails over one document gives the others on the second try."""
    guilty = 'grep -q "<a>" "$f" && exit 1; cp "{sound}" "$out/$n.pdf"'
    assert list(bench.convert(EACH.replace("{do}", guilty))) == ["25-so-noi-vu/a"]
    assert bench.jobs[1].target.is_file()


def test_another_units_document_is_a_fault(bench: Bench) -> None:
    """The words of this unit are missing."""
    other = archival(bench.folder / "khac.pdf", draw(["Sở Y tế"]))
    faults = bench.convert(EACH.replace("{do}", f'cp "{other}" "$out/$n.pdf"'))
    assert all("thiếu nội dung của đơn vị («Sở Nội vụ»)" in text for text in faults.values()) and len(faults) == 2


def test_every_call_has_its_own_hardened_profile(bench: Bench) -> None:
    """Never the clerk's own settings; the folder is gone afterwards."""
    see = 'cp "$profile/user/registrymodifications.xcu" "{folder}/seen"; echo "$HOME $profile" > "{folder}/home"\n'
    bench.convert(see + COPY)
    assert (bench.folder / "seen").read_bytes() == office.PROFILE.read_bytes()
    assert all(name in office.PROFILE.read_text(encoding="utf-8") for name in ("BlockUntrustedRefererLinks", "DisableActiveContent"))
    home, profile = (bench.folder / "home").read_text().split()
    assert home != os.environ.get("HOME") and profile.startswith(home) and not Path(home).exists()


def test_no_call_tests_the_graphics_card(bench: Bench) -> None:
    """A fresh profile would: a hundred pictures drawn, of no use here, before the first document is opened."""
    left = bench.folder / "ho-so-nguoi-dung"
    program = bench.folder / "bin" / "soffice"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"""#!/bin/bash
for word in "$@"; do case "$word" in -env:*) profile=${{word#*file://}};; esac; done
{find_office()} "$@"
ls "$profile/user" > {left}
""")
    program.chmod(0o755)
    source = bench.folder / "trang.docx"
    Document().save(str(source))

    convert(str(program), [Job(source, bench.folder / "trang.pdf", "trang")])

    assert (bench.folder / "trang.pdf").is_file()
    assert "extensions" in left.read_text().split() and "GraphicsRenderTests.log" not in left.read_text().split()


def test_an_absent_office_is_a_fault_of_the_machine(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command to install it, whether it is missed early or late."""
    monkeypatch.setenv("PATH", str(bench.folder / "empty"))
    attempts: list[Callable[[], object]] = [
        find_office,
        lambda: office_version("/khong/co/soffice"),
        lambda: convert("/khong/co/soffice", bench.jobs),
    ]
    for attempt in attempts:
        with pytest.raises(EnvironmentFault, match="apt-get install"):
            attempt()


def test_the_version_comes_from_a_real_office_only(bench: Bench) -> None:
    """First line of its answer; anything else, and silence, is a fault of the machine."""
    assert find_office() != bench.office("echo 'LibreOffice 7.4.7.2 40'; echo x\n") == find_office()
    assert office_version(find_office()) == "LibreOffice 7.4.7.2 40"
    for script in ("echo OpenOffice\n", "exit 1\n"):
        with pytest.raises(EnvironmentFault, match="không phải LibreOffice.*apt-get install"):
            office_version(bench.office(script))


def test_an_office_that_hangs_over_its_version_is_ended(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although its child keeps the channel open, as soffice.bin does below its wrapper."""
    monkeypatch.setattr(office, "START_SECONDS", 0.4)
    start = time.monotonic()
    with pytest.raises(EnvironmentFault, match="quá thời hạn"):
        office_version(bench.office("sleep 60 & sleep 60\n"))
    assert time.monotonic() - start < 5 and nobody_left(bench.calls())
