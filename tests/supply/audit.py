"""Every version of the lock files -> its known vulnerabilities, asked of an advisory service by pip-audit (`make audit`)."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import yaml

from tests.supply.locks import every_pin

DATA = Path(__file__).with_name("advisories.yaml")
SERVICES = (("-s", "pypi"), ("-s", "osv"))  # options of pip-audit, in the order in which they are tried
LONGEST = 600  # seconds for one question about everything


class Code(IntEnum):
    """Exit codes of `make audit`."""

    NONE = 0
    FOUND = 1
    NOT_ASKED = 3


@dataclass(frozen=True)
class Advisory:
    """One known fault of one locked version; `names`: every identifier it goes by; `mended`: versions without it."""

    package: str
    version: str
    names: tuple[str, ...]
    mended: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.package} {self.version}: {', '.join(self.names)} — đã sửa ở bản {', '.join(self.mended) or '(chưa có)'}"


@dataclass(frozen=True)
class Answer:
    """What a service said; `silent`: why it is no answer, or which packages it did not answer for."""

    service: str
    found: tuple[Advisory, ...] = ()
    silent: tuple[str, ...] = ()


def ask(versions: Iterable[str], service: Sequence[str], seconds: int = LONGEST) -> Answer:
    """`versions`: name==version. Whatever pip-audit could not look up is said, since it counts that as no fault (and exits with 0)."""
    name = " ".join(service[1::2])
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "asked.txt")
        asked.write_text("\n".join(versions) + "\n", "utf-8")
        options = [
            "-r",
            str(asked),
            "--no-deps",
            "--disable-pip",
            "--format",
            "json",
            "--desc",
            "off",
            "--aliases",
            "on",
            "--timeout",
            "10",
        ]
        command = [sys.executable, "-m", "pip_audit", *options, "--progress-spinner", "off", "--cache-dir", folder, *service]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
        except subprocess.TimeoutExpired:
            return Answer(name, silent=(f"không trả lời trong {seconds} giây",))
    if not done.stdout.strip():
        return Answer(name, silent=((done.stderr.strip().splitlines() or ["pip-audit không nói gì"])[-1][:300],))
    return _read(name, json.loads(done.stdout)["dependencies"])


def _read(service: str, dependencies: Iterable[dict[str, Any]]) -> Answer:
    found, silent = [], []
    for entry in dependencies:
        if "skip_reason" in entry:
            silent.append(str(entry["skip_reason"]))
        for fault in entry.get("vulns", ()):
            found.append(Advisory(entry["name"], entry["version"], (fault["id"], *fault["aliases"]), tuple(fault["fix_versions"])))
    return Answer(service, tuple(found), tuple(silent))


def answer(versions: Sequence[str], services: Sequence[Sequence[str]] = SERVICES) -> tuple[Answer, ...]:
    """What each service said, up to the first that could be asked; the last is the one that counts."""
    said: list[Answer] = []
    for service in services:
        said.append(_whole(versions, service))
        if not said[-1].silent:
            break
    return tuple(said)


def _whole(versions: Sequence[str], service: Sequence[str]) -> Answer:
    """First the fault that everybody knows, then everything."""
    known = data()["known"]
    first = ask([f"{known['package']}=={known['version']}"], service)
    if first.silent:
        return first
    if not any({known["id"], known["as"]} & set(fault.names) for fault in first.found):
        return Answer(first.service, silent=(f"không biết {known['id']} của {known['package']} {known['version']}, tức không có dữ liệu",))
    return ask(versions, service)


def data() -> dict[str, Any]:
    loaded = yaml.load(DATA.read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def is_accepted(fault: Advisory, accepted: Iterable[dict[str, str]]) -> bool:
    return any(a["package"] == fault.package and a["version"] == fault.version and a["id"] in fault.names for a in accepted)


def verdict(said: Sequence[Answer], accepted: Iterable[dict[str, str]] = ()) -> tuple[Code, list[str]]:
    """Exit code and lines for the terminal. A fault found is told by whatever service was asked, also where others are owed."""
    kept, last = list(accepted), said[-1]
    open_ones = [fault for fault in last.found if not is_accepted(fault, kept)]
    lines = [f"  {fault}{'' if fault in open_ones else ' (đã chấp nhận, lý do trong advisories.yaml)'}" for fault in last.found]
    if open_ones:
        return Code.FOUND, [f"CÓ LỖ HỔNG đã công bố ({last.service}):", *lines]
    if last.silent:
        asked = [f"  {a.service}: {a.silent[0]}{f' (và {len(a.silent) - 1} lý do như thế nữa)' if a.silent[1:] else ''}" for a in said]
        return Code.NOT_ASKED, ["CHƯA TRA ĐƯỢC lỗ hổng bảo mật — không dịch vụ nào trả lời được:", *asked, *lines]
    return Code.NONE, [f"Không có lỗ hổng nào chưa xét trong {len(every_pin())} thư viện ({last.service}).", *lines]


def locked() -> list[str]:
    """Everything, also what is only for other systems."""
    return [f"{pin.name}=={pin.version}" for pin in every_pin().values()]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make audit")
    parser.add_argument("--service", help="address of a service that speaks OSV's query, in place of the public ones")
    service = parser.parse_args(arguments).service
    said = answer(locked(), [("-s", "osv", "--osv-url", service)] if service else SERVICES)
    code, lines = verdict(said, data()["accepted"])
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
