"""A command, a folder of its own, a deadline -> what it answered and what it complained of; the only module that starts processes."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

GRACE_SECONDS = 5
# The command runs beside a guard that waits for this program: when it ends, however it ends, the pipe closes and the whole group is killed.
GUARDED = """
exec 3<&0 </dev/null
(read -r nothing <&3; kill -KILL 0) >/dev/null 2>&1 &
"$@" 3<&-
answer=$?
kill $! 2>/dev/null
exit $answer
"""


def run(command: list[str], work: Path, seconds: float) -> tuple[str, str]:
    """Answer and complaint of a call; waits at most `seconds`, then ends the whole process group. OSError when it cannot start."""
    if not os.access(command[0], os.X_OK):
        raise PermissionError(f"«{command[0]}» không có hoặc không chạy được")
    ends, alive = os.pipe()
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", GUARDED, "sh", *command],
            stdin=ends,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            cwd=work,
            env=_environment(work),
            start_new_session=True,
        )
        try:
            return process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return "", f"quá thời hạn {seconds:.0f} giây"
        finally:
            _end_group(process)
    finally:
        os.close(ends)
        os.close(alive)


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
    """Nothing of the clerk's machine leaks in: own home, own folder for temporary files, fixed locale and time zone."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
    }
