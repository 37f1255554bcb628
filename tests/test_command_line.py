"""A fault of the program itself -> one line in Vietnamese, exit code 1, the trace in a file; no traceback reaches a clerk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import assessing
from pipeline.__main__ import main
from pipeline.places import PROJECT


def test_a_fault_of_the_program_is_one_line_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("mã lạ")

    monkeypatch.setattr(assessing, "check", broken)

    code = main(["check", "--year", "2023", "--build", str(tmp_path / "ra")])

    trace = tmp_path / "ra" / "su-co.txt"
    assert (code, capsys.readouterr().err) == (
        1,
        "lỗi: chương trình gặp sự cố ngoài dự kiến (KeyError); hồ sơ nào chưa lập xong thì bản cũ vẫn còn nguyên"
        f" — gửi tệp {trace.as_posix()} cho người phụ trách chương trình\n",
    )
    assert trace.read_text(encoding="utf-8").endswith("KeyError: 'mã lạ'\n")


def test_no_other_command_waits_for_the_library_of_signatures() -> None:
    """pyHanko takes about a second to load; only `verify` and `parcel` do so."""
    code = "import sys, pipeline.__main__, pipeline.commands.build; sys.exit('pyhanko' in sys.modules or 'cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_a_check_loads_nothing_that_makes_documents() -> None:
    """The command clerks give most often: libraries for Word and PDF files would double the wait for its first word."""
    code = "import sys, pipeline.__main__, pipeline.commands.check; sys.exit(bool({'docx', 'pikepdf', 'reportlab', 'docxtpl'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_a_draft_is_asked_of_a_parcel_only(capsys: pytest.CaptureFixture[str]) -> None:
    """Anywhere else the word is a slip, and nothing is done."""
    with pytest.raises(SystemExit) as stopped:
        main(["build", "--year", "2023", "--draft"])
    assert (stopped.value.code, capsys.readouterr().err) == (2, "lỗi: lệnh viết không đúng — xem hướng dẫn: python -m pipeline --help\n")
