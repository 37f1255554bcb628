"""`watch` on the small province: a round at each save, whatever the save did to the file; nothing for another unit's; Ctrl-C is its end."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from tests.end_to_end.province import ROOT, Province

WAITING = "Đang chờ lần lưu tệp tiếp theo; bấm Ctrl+C để dừng."
PATIENCE = 120


class Watch:
    """The command in a process of its own; its lines, complaints among them, as they come."""

    def __init__(self, province: Province) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        command = [sys.executable, "-m", "pipeline", "watch", "--year", "2023", "--unit", "43"]
        places = ["--data", str(province.data), "--build", str(province.build)]
        self.process = subprocess.Popen(
            command + places,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite started in the background has it ignored
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def round(self) -> list[str]:
        """What one round says, up to the line that it waits; fails when none comes."""
        said: list[str] = []
        while not said or said[-1] != WAITING:
            said.append(self.lines.get(timeout=PATIENCE))
        return said

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watch(built: Province, tmp_path: Path) -> Iterator[tuple[Province, Watch]]:
    own = built.copy(tmp_path)
    watched = Watch(own)
    yield own, watched
    watched.stop()
    assert watched.process.stdout is not None
    watched.process.stdout.close()


def row(said: list[str], label: str) -> str:
    """The value beside a label of the closing table, which may go on over lines."""
    at = next(i for i, line in enumerate(said) if line.startswith(f"{label}  "))
    more = list(takewhile(lambda line: line.startswith("  "), said[at + 1 :]))
    return " ".join(line.strip() for line in [said[at].removeprefix(label), *more])


def test_each_save_is_checked_and_built(watch: tuple[Province, Watch]) -> None:
    """Nothing to do, a score changed, an error, the error mended: four rounds; another unit's file between them gives none."""
    own, watched = watch
    path = own.file("don_vi", 43)
    first = watched.round()
    assert first[1] == "Ban Dân tộc tỉnh (số 43), lần 1"
    assert row(first, "Lập lại") == "không, mọi tài liệu đã mới nhất" and row(first, "Hồ sơ") == "đã đủ, sẵn sàng ký"

    sound = path.read_text("utf-8")
    own.edit("don_vi", 9, "nam: 2023\n", "nam: 2023   # một ghi chú\n")
    path.write_text(sound.replace("  A.1.1: 100%\n", '  A.1.1:\n    ty_le: 80%\n    ly_do: "Chậm một tháng"\n', 1), "utf-8")
    second = watched.round()
    assert second[1] == f"Ban Dân tộc tỉnh (số 43), lần 2, vừa lưu {path.as_posix()}"
    assert "4-bieu-tu-cham-diem" in row(second, "Lập lại")
    assert row(first, "Điểm tự chấm") != row(second, "Điểm tự chấm")

    before = own.snapshot(path.stem)
    path.write_text(sound.replace("tu_nhan:", "tu_nhann:", 1), "utf-8")
    third = watched.round()
    assert any("có phải ý bạn là «tu_nhan»?" in line for line in third)
    assert row(third, "Hồ sơ") == "chưa lập được vì tệp còn lỗi; hồ sơ lập trước vẫn giữ nguyên"
    assert own.snapshot(path.stem) == before

    path.write_text(sound, "utf-8")
    fourth = watched.round()
    assert fourth[1].startswith("Ban Dân tộc tỉnh (số 43), lần 4")
    assert row(fourth, "Điểm tự chấm") == row(first, "Điểm tự chấm")

    assert watched.stop() == 0
    assert watched.lines.get(timeout=PATIENCE) == "Đã dừng theo dõi; hồ sơ đã phát hành vẫn nguyên vẹn."
    assert not (own.out / ".dang-lam").exists()


def test_no_such_unit_is_said_at_once(built: Province) -> None:
    """A slip in the unit's name ends the command: no save could mend it."""
    done = built.run("watch", "--unit", "99")
    assert done.returncode == 2 and "99" in done.stderr and "Traceback" not in done.stderr


def test_the_unit_is_needed(built: Province) -> None:
    """Nothing is watched for a whole year."""
    done = built.run("watch")
    assert (done.returncode, done.stderr) == (2, "lỗi: lệnh watch cần --unit — viết số thứ tự hoặc mã đơn vị\n")
