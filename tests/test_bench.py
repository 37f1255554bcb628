"""What `make bench` reckons with: copies of a year that the program accepts, times read back, verdicts, memory, packages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.assessing import assess_year
from pipeline.intake.year import read_year
from pipeline.places import PROJECT, Places
from pipeline.problems import in_order
from pipeline.terminal import summary
from tests import ready
from tests.bench import edits
from tests.bench.judging import Line, capacity, lines_of
from tests.bench.measuring import Measured
from tests.bench.memory import Peak
from tests.bench.program import WORKERS, Build, stages_of, times_of
from tests.bench.rivals import shared_out
from tests.bench.running import BenchError, Run, call, measured
from tests.bench.tenfold import multiply
from tests.support import law

HERE = PROJECT / "tests" / "bench"
UNITS = (1, 9, 43)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Three units, three times over: numbers up to 155."""
    data = tmp_path_factory.mktemp("copied") / "data"
    assert multiply(PROJECT / "data", data, 2023, 3, UNITS) == 9
    return Places(data, data.parent / "build", 2023)


def test_the_program_accepts_a_year_several_times_over(copied: Places) -> None:
    """No problem at all, and every copy is rated as its original is."""
    result = assess_year(read_year(copied, law, None))
    assert [str(p) for p in in_order(result.files.problems)] == []
    numbers = [unit.unit.number for unit in result.files.units.values()]
    assert numbers == [1, 9, 43, 57, 65, 99, 113, 121, 155]
    rated = [(a.total, a.level) for a in result.assessments.values()]
    assert rated[:3] == rated[3:6] == rated[6:] and None not in rated[0]


def test_no_two_units_share_a_name(copied: Places) -> None:
    """Else the audit would take one's members for the other's."""
    units = read_year(copied, law, None).units.values()
    for shared in ("name", "symbol", "code"):
        assert len({getattr(u.unit, shared) for u in units}) == 9
    members = [{m.name for m in u.submission.usable.members or ()} for u in units if u.submission.usable]
    assert len(set.union(*members)) == sum(map(len, members))


def test_each_change_changes_again(copied: Places, tmp_path: Path) -> None:
    """Every turn of a measurement needs a change of its own; the data stay sound."""
    shutil.copytree(copied.data, tmp_path / "data")
    path = edits.unit_file(tmp_path / "data", 2023, 9)
    seen = {path.read_bytes()}
    for change in (edits.lower_a_score, edits.lower_a_score, edits.lengthen_a_narrative, edits.lengthen_a_narrative):
        change(path)
        seen.add(path.read_bytes())
    result = assess_year(read_year(Places(tmp_path / "data", tmp_path / "build", 2023), law, None))
    assert len(seen) == 5 and result.files.problems == []


def test_a_form_is_changed_again_too(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "templates_docx", tmp_path / "forms")
    seen = set()
    for _ in range(3):
        seen.add((tmp_path / "forms" / edits.FORM).read_bytes())
        edits.change_a_form(tmp_path / "forms")
    assert len(seen) == 3


def test_times_are_read_back(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """From the closing table as the program prints it, however many stages there are."""
    monkeypatch.setenv("COLUMNS", "4000")
    seconds = {"Đọc, kiểm tra, chấm điểm": 1.25, **{f"Bước số {i}": i * 100.5 for i in range(12)}}
    workers = {"điền biểu mẫu": 3.5, "chuyển sang PDF, đợt 2": 1234.0}
    summary([("Kết quả", "build/2023/")], seconds, workers)
    said = capsys.readouterr().out
    assert stages_of(said) == {name: float(f"{taken:.1f}") for name, taken in seconds.items()}
    assert times_of(said, WORKERS) == workers
    with pytest.raises(BenchError):
        stages_of("Kết quả        build/2023/\n")


@pytest.mark.parametrize(("figure", "verdict"), [(1.3, "met (at most 1.3)"), (1.56, "MISSED (at most 1.3) by 20%")])
def test_verdicts(figure: float, verdict: str) -> None:
    assert Line("x", figure, 1.3).verdict == verdict


def run(seconds: float, core: float = 0.0, own: float = 0.0) -> Run:
    return Run(seconds, core, Peak(own, own + 300, own, 3, 1.0))


def test_lines_are_ratios_of_medians() -> None:
    """A missed target names the stages that take most; a way that was not measured has no line."""
    found = Measured(units=56, many_units=560)
    for seconds in (100.0, 130.0, 500.0):
        found.add("full", Build(run(seconds, 200.0, 150.0), {"chuyển sang pdf": seconds / 2, "ghép hồ sơ": 1.0}, {"rà soát": 30.0}, ()))
        found.runs["floor"].append(run(65.0))
    found.add("many", Build(run(1300.0, own=500.0), {"chuyển sang pdf": 700.0, "ghép hồ sơ": 10.0}, {"rà soát": 300.0}, ()))
    found.add("many, nothing", Build(run(2.0), {}, {}, ()))
    found.add("province", Build(run(20.0, 32.0), {}, {}, ()))
    found.sizes = {"unit": 1.0, "province": 20.0}
    floor, alone, each, memory, again = lines_of(found)
    assert (floor.figure, floor.verdict) == (2.0, "MISSED (at most 1.3) by 54%")
    assert floor.why.startswith("45.5 s too much; most goes to chuyển sang pdf 65.0 s (50%)")
    assert (alone.figure, alone.verdict) == (20.0, "") and again.figure == 2.0
    assert each.figure == pytest.approx(1.0) and each.verdict == "met (at most 1.1)" and each.why == ""
    assert (memory.figure, memory.verdict) == (500.0, "MISSED (at most 400) by 25%") and "3 processes" in memory.why
    assert dict(capacity(found))["One core, a unit's dossier"] == "3.00 s"


def test_files_are_shared_out_evenly(tmp_path: Path) -> None:
    for i, size in enumerate((50, 40, 30, 20, 10, 10)):
        (tmp_path / f"{i}.docx").write_bytes(b"x" * size)
    files = sorted(tmp_path.iterdir())
    shares = shared_out(files, 2)
    assert sorted(path for share in shares for path in share) == files
    assert [sum(path.stat().st_size for path in share) for share in shares] == [80, 80]


def test_memory_and_time_of_processes_below(tmp_path: Path) -> None:
    """Also of one started by another; LibreOffice's own are told by their name."""
    hold = "x = bytearray(b'x') * 120_000_000; import time; time.sleep(1)"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}], check=True)"
    office = tmp_path / "soffice.bin"
    office.symlink_to(sys.executable)
    ready.rest()  # what other tests left waiting below this process
    _, alone = measured(lambda: call([sys.executable, "-c", nested], tmp_path))
    assert 110 < alone.memory.own < 200 and alone.memory.own == alone.memory.together and alone.seconds > 1
    _, beside = measured(lambda: call([str(office), "-c", hold], tmp_path))
    assert beside.memory.own < 60 and beside.memory.together > 110


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    """Its last words are told."""
    with pytest.raises(BenchError, match="exit code 3\nlỗi"):
        call([sys.executable, "-c", "print('lỗi'); raise SystemExit(3)"], tmp_path)


def test_what_a_command_leaves_running_is_ended(tmp_path: Path) -> None:
    """A server that outlives its command would slow down what is measured next."""
    started = call(["sh", "-c", "sleep 77 >/dev/null 2>&1 & echo $!"], tmp_path)
    left = Path("/proc") / started.strip() / "cmdline"
    until = time.monotonic() + 10
    while left.exists() and left.read_text() and time.monotonic() < until:
        time.sleep(0.01)
    assert not left.exists() or left.read_text() == ""


def test_packages_are_pinned_and_no_host_is_named() -> None:
    """Exact versions, a hash for each, no address of a registry."""
    wanted, lock = (json.loads((HERE / name).read_text("utf-8")) for name in ("package.json", "package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted["dependencies"].values())
    assert len(packages) >= 5 and all(entry["integrity"] and "resolved" not in entry for entry in packages.values())
    pinned = re.findall(r"(?m)^(\w[\w-]*)==([\d.]+) \\\n +--hash=sha256:[0-9a-f]{64}$", (HERE / "requirements.txt").read_text("utf-8"))
    assert [name for name, _ in pinned] == ["unoserver"]
    assert [p.name for p in HERE.iterdir() if p.is_file() and "://" in p.read_text("utf-8")] == []


def test_the_command_line_tells_its_parts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--only", "nonsense"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "no part nonsense" in done.stderr
