"""veraPDF, played by scripts: its report is read, and whatever else it does there is no conclusion and no crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import archiving
from pipeline.signoff import process, verapdf
from pipeline.signoff.verapdf import FAILED, PASSED, UNKNOWN, find_verapdf, judge, version

# Answers as veraPDF's own (report > jobs > job > item/name, validationReport); "bad" in a file's name makes it fail.
REPORT = """#!/bin/bash
if [ "$1" = --version ]; then echo "veraPDF 1.26.2"; exit; fi
echo "$@" >> "{folder}/calls"
echo '<?xml version="1.0" encoding="utf-8"?><report><jobs>'
for f in "${{@:3}}"; do
  echo "<job><item size=\\"9\\"><name>$f</name></item>"
  case "$f" in
    *bad*) echo '<validationReport jobEndStatus="normal" isCompliant="false"><details failedRules="1"><rule specification="ISO 19005-2:2011"
      clause="6.2.11.4.1" testNumber="1" status="failed" failedChecks="3"/></details></validationReport>';;
    *broken*) echo '<taskException type="PARSE" isExecuted="true" isSuccess="false"><exceptionMessage>Could not parse</exceptionMessage></taskException>';;
    *) echo '<validationReport jobEndStatus="normal" isCompliant="true"><details failedRules="0"/></validationReport>';;
  esac
  echo '</job>'
done
echo '</jobs></report>'
exit 1
"""


class Bench:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = [folder / name for name in ("tot.pdf", "bad.pdf", "broken.pdf")]
        for file in self.files:
            file.write_bytes(file.name.encode())

    def command(self, script: str) -> list[str]:
        path = self.folder / "bin" / "verapdf"
        path.parent.mkdir(exist_ok=True)
        path.write_text(script.format(folder=self.folder))
        path.chmod(0o755)
        return [str(path)]

    def calls(self) -> int:
        return len((self.folder / "calls").read_text().splitlines())


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    for module, name, seconds in ((verapdf, "START_SECONDS", 20), (verapdf, "SECONDS_PER_FILE", 0), (process, "GRACE_SECONDS", 0.3)):
        monkeypatch.setattr(module, name, seconds)
    return Bench(tmp_path)


def test_absent_is_no_fault(tmp_path: Path) -> None:
    """No program, or a jar that is not there."""
    assert find_verapdf({"PATH": str(tmp_path), "VERAPDF_JAR": str(tmp_path / "khong-co.jar")}) == []


def test_found_on_the_path_or_as_a_jar(bench: Bench) -> None:
    (program,) = bench.command(REPORT)
    assert find_verapdf({"PATH": str(Path(program).parent)}) == [program]
    java, jar = bench.folder / "java", bench.folder / "vera.jar"
    java.write_text("#!/bin/sh\n")
    java.chmod(0o755)
    jar.write_bytes(b"")
    assert find_verapdf({"PATH": str(bench.folder), "VERAPDF_JAR": str(jar)}) == [str(java), "-cp", str(jar), verapdf.MAIN]


def test_verdicts_are_read(bench: Bench) -> None:
    """A file each: passed, failed with its clause, not even opened. The exit code says nothing."""
    command = bench.command(REPORT)
    good, bad, broken = (judge(command, bench.files)[f] for f in bench.files)
    assert version(command) == "1.26.2"
    assert (good.state, bad.state, broken.state) == (PASSED, FAILED, UNKNOWN)
    assert bad.clauses == ("6.2.11.4.1-1",) and "Could not parse" in broken.reason


@pytest.mark.parametrize(
    "script",
    [
        "#!/bin/sh\nexec sleep 60\n",
        "#!/bin/sh\necho khong phai XML\n",
        "#!/bin/sh\necho '<report><jobs><job><item><name>/khac.pdf</name></item></job></jobs></report>'\n",
        "#!/bin/sh\necho '<report><jobs>'\n",
        "#!/bin/sh\nexit 3\n",
        "khong phai chuong trinh",
    ],
    ids=["hangs", "garbage", "another file", "cut", "dies", "no program"],
)
def test_anything_else_is_no_conclusion(bench: Bench, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(verapdf, "START_SECONDS", 0.4)
    found = judge(bench.command(script), bench.files)
    assert [found[f].state for f in bench.files] == [UNKNOWN] * 3 and all(v.reason for v in found.values())


def test_the_manifest_says_what_was_run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without veraPDF it says so; with it, each file's verdict, asked once per content; a failure is a fault."""
    names = [f.name for f in bench.files]
    monkeypatch.setattr(verapdf, "find_verapdf", list)
    alone = archiving.archive(bench.folder, names, {})
    assert alone.entry["verapdf"] is None and alone.line.endswith("chưa chạy veraPDF") and alone.faults == []
    monkeypatch.setattr(verapdf, "find_verapdf", lambda: bench.command(REPORT))
    first = archiving.archive(bench.folder, names, alone.entry)
    assert first.line.endswith("veraPDF 1.26.2: 1 tệp đạt, 1 tệp không đạt, 1 tệp không có kết luận")
    assert first.faults == ["bad.pdf: veraPDF kết luận không đạt PDF/A-2b (điều 6.2.11.4.1-1 của ISO 19005-2)"]
    bench.files[0].write_bytes(b"moi")
    again = archiving.archive(bench.folder, names, json.loads(json.dumps(first.entry)))
    assert bench.calls() == 2 and (bench.folder / "calls").read_text().splitlines()[1].count(".pdf") == 2
    assert again.line == first.line and again.faults == first.faults
