"""A small province (a State unit, a Party unit, the youth union) as data folders, and the program run on them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tests import ready

ROOT = Path(__file__).parents[2]
SECONDS = 300
UNITS = (9, 10, 43)  # doan, dang, nha_nuoc (with a whole row of B not applicable)
# What a clerk's machine knows and no file may tell; the small province is built with it and read without it.
CLERK = "canbophongtochuc"
CLERKS_OWN = {
    "USER": CLERK,
    "LOGNAME": CLERK,
    "HOSTNAME": "may-cua-phong-to-chuc",
    "EMAIL": f"{CLERK}@tinh.example",
    "DATABASE_PASSWORD": "cau-than-chu-cua-phong",
    "GITHUB_TOKEN": "ghp_" + "T1nh" * 9,
}


@dataclass
class Province:
    """A data folder and a build folder of their own."""

    data: Path
    build: Path

    @property
    def out(self) -> Path:
        return self.build / "2023"

    def call(self, command: str = "build", *more: str) -> list[str]:
        """The words of the command line. A build works alone, since the tests themselves run side by side: one LibreOffice starts, not two."""
        words = [sys.executable, "-m", "pipeline", command, "--year", "2023", "--data", str(self.data), "--build", str(self.build)]
        alone = ["--workers", "1"] if command == "build" and "--workers" not in more else []
        return [*words, *alone, *more]

    def run(
        self, command: str = "build", *more: str, environment: dict[str, str] | None = None, umask: int = -1
    ) -> subprocess.CompletedProcess[str]:
        """As a program of its own where its environment matters; else by one that has been loaded already."""
        words = self.call(command, *more)
        if environment is None and umask == -1:
            return ready.run(words[3:], SECONDS)
        return subprocess.run(
            words,
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
            env={**os.environ, **(environment or {})},
            umask=umask,
        )

    def file(self, kind: str, number: int) -> Path:
        return next((self.data / "2023" / kind).glob(f"{number:02d}-*.yaml"))

    def edit(self, kind: str, number: int, old: str, new: str) -> None:
        path = self.file(kind, number)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def copy(self, to: Path) -> Province:
        shutil.copytree(self.data, to / "data", symlinks=True)
        shutil.copytree(self.build, to / "build")
        return Province(to / "data", to / "build")

    def snapshot(self, folder: str) -> dict[str, bytes]:
        """Every file of a built folder with its bytes."""
        base = self.out / folder
        return {p.relative_to(base).as_posix(): p.read_bytes() for p in sorted(base.rglob("*")) if p.is_file()}


def small_data(target: Path, numbers: Collection[int] = UNITS) -> None:
    """The sample year cut down to these units: register, files and decisions of those units only."""
    source = ROOT / "data"
    (target / "2023" / "don_vi").mkdir(parents=True)
    (target / "2023" / "tham_dinh").mkdir()
    (target / "quy_dinh").symlink_to(source / "quy_dinh")
    head, *units = re.split(r"(?m)^(?=  - stt: )", (source / "don_vi.yaml").read_text(encoding="utf-8"))
    kept = [u for u in units if int(re.match(r"  - stt: (\d+)", u)[1]) in numbers]  # type: ignore[index]
    (target / "don_vi.yaml").write_text(head + "".join(kept), encoding="utf-8")
    codes = [re.search(r"ma: (\S+)", u)[1] for u in kept]  # type: ignore[index]
    for number, code in zip(sorted(numbers), codes):
        for kind in ("don_vi", "tham_dinh"):
            shutil.copy(source / "2023" / kind / f"{number:02d}-{code}.yaml", target / "2023" / kind)
    shutil.copy(source / "2023" / "tinh.yaml", target / "2023")
    # three units give too small a base for any "xuất sắc": the Party unit's level is settled as the quota settles it
    official = "".join(f"  - don_vi: {code}\n    muc: tot\n" for code in codes)
    (target / "2023" / "quyet_dinh.yaml").write_text(f"chinh_thuc:\n{official}", encoding="utf-8")


def lower_head(province: Province) -> None:
    """With three units nobody fits the quota, so the candidate's head may not stay above "tốt"."""
    path = province.file("tham_dinh", 10)
    text = path.read_text(encoding="utf-8")
    head = re.search(r"thanh_vien:\n  - ho_ten: (.+)", province.file("don_vi", 10).read_text(encoding="utf-8"))
    assert head is not None
    path.write_text(text + f'thanh_vien:\n  - ho_ten: {head[1]}\n    xep_loai: tot\n    ly_do: "Ngoài hạn mức"\n', encoding="utf-8")
