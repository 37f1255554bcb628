"""What the tests of bad input share: a small year that is already published, one slip written into it, the whole program run on it.

The year has two units. Sở Nội vụ holds every value that a program likes to change on its way to paper (ODD); Ban Dân tộc is as in the sample year.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.__main__ import main
from tests.support import VALID, UNIT

ROOT = Path(__file__).parents[2]
OTHER = "43-ban-dan-toc"
NAME = 'Sở Nội vụ & "R&D" < 5 > 3'  # stands in heading, title, header, footer, outline, cover
LONG_NAME = ("Trung tâm " + "Nghiên cứu và Phát triển bền vững vùng trung du, miền núi " * 4)[:200].strip()  # of the other unit
LONG = " ".join(f"từ{n}" for n in range(3000))
TAGS = "{{ x }} {% raw %} {# y #} {_{ z }_} {%p if a %}"
MARKUP = "A & B < C > \"D\" 'E' &amp; &lt;w:br/&gt; </w:t></w:r> <!-- F"
ODD = (  # what the valid file says, what the odd one says instead
    ("A.2.1: 100%", 'A.2.1:\n    diem: 2,75\n    ly_do: "Bằng dấu phẩy"'),
    ("diem: 2,5\n", "diem: 2.75\n"),
    ('ly_do: "Chậm một tháng"', f"ly_do: '{MARKUP.replace(chr(39), chr(39) * 2)}'"),
    ('ly_do: "Còn ba kế hoạch"', f'ly_do: "{TAGS}"'),
    ('minh_chung: "Quyết định số 1"', "minh_chung: 0912345678"),
    ('minh_chung: "Quyết định số 2"', "minh_chung: QĐ số 12"),
    ('chuc_vu: "Phó Giám đốc"', "chuc_vu: NO"),
    ("tu_nhan: tot\n", "tu_nhan: tot\nso_ngay_van_ban:\n  bao_cao_tong_ket:\n    so: 08\n    ngay: 12/12/2023\n"),
    ('gio: "08:00"', "gio: 12:30"),
    ('gio_ket_thuc: "10:30"', "gio_ket_thuc: 14:05"),
    ('dia_diem: "Phòng họp"', "dia_diem: on"),
    ('  co_mat: 2\n  vang:\n    - ho_ten: Phạm Văn D\n      ly_do: "Ốm"\n', "  co_mat: 3\n  vang: []\n  y_kien: []\n"),
    (
        'ket_qua_nhiem_vu: "Nội dung"',
        f"ket_qua_nhiem_vu: |\n    {MARKUP}\n    {TAGS}\n\n    Dòng thứ ba của cùng một mục\n    010 việc, 1_000 lượt, 1E+400",
    ),
    ('nhiem_vu_trong_tam: "Nội dung"', "nhiem_vu_trong_tam: no"),
    ('nhiem_vu_nam_sau: "Nội dung"', f"nhiem_vu_nam_sau: |\n    {LONG}"),
)
NO_DISCIPLINE = re.compile(r"(?s)^ky_luat:\n.*?(?=^thanh_vien:)", re.MULTILINE)


def odd_text() -> str:
    """The unit's file with every odd value in it, and with nothing in its lists."""
    text = (VALID / "don_vi.yaml").read_text("utf-8")
    for old, new in ODD:
        text = replaced(text, old, new)
    return NO_DISCIPLINE.sub("ky_luat: []\n\n", text)


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


@dataclass(frozen=True)
class Told:
    """What one run of the program said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


@dataclass(frozen=True)
class SmallYear:
    """A data folder and a build folder of their own."""

    base: Path

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def out(self) -> Path:
        return self.base / "build" / "2023"

    @property
    def unit(self) -> Path:
        """The file of the odd unit."""
        return self.data / "2023" / "don_vi" / f"{UNIT}.yaml"

    @property
    def register(self) -> Path:
        return self.data / "don_vi.yaml"

    def copy(self, base: Path) -> SmallYear:
        shutil.copytree(self.base, base, symlinks=True)
        return SmallYear(base)

    def copy_data(self, to: SmallYear) -> None:
        """The data alone: nothing is built there yet."""
        shutil.copytree(self.data, to.data, symlinks=True)

    def place(self, words: str) -> tuple[int, int]:
        """Line and column, from 1, at which words stand in the unit's file."""
        lines = self.unit.read_bytes().decode("utf-8", "replace").split("\n")
        return next((n, line.index(words) + 1) for n, line in enumerate(lines, 1) if words in line)

    def edit(self, old: str, new: str, path: Path | None = None) -> None:
        path = path or self.unit
        path.write_bytes(replaced(path.read_text("utf-8"), old, new).encode())

    def run(self, command: str = "build", *more: str) -> Told:
        """The program's own `main` on this year, with scratch space that has to be empty again afterwards."""
        alone = ["--workers", "1"] if command == "build" else []  # the tests themselves run side by side
        arguments = [command, "--year", "2023", "--data", str(self.data), "--build", str(self.base / "build"), *alone, *more]
        out, err = io.StringIO(), io.StringIO()
        with scratch() as left, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(arguments)
            assert left() == [], "temporary files or processes left"
        return Told(code, out.getvalue(), err.getvalue().replace(f"{self.data.as_posix()}/", "data/").replace(str(self.base), "@"))

    def hashes(self, folder: str = ".") -> dict[str, str]:
        """Every file of a folder of the year's build and its hash."""
        return everything(self.out / folder)

    def refused(self, code: int, *more: str, command: str = "build") -> list[str]:
        """Runs what must be refused: that exit code, no trace of Python, nothing made, not a byte other than before. -> the lines told."""
        before = everything(self.base)
        told = self.run(command, *more)
        assert told.code == code, told
        assert "Traceback" not in told.err + told.out and "Hồ sơ lập mới  1" not in told.out
        assert sorted(set(before.items()) ^ set(everything(self.base).items())) == []
        return told.lines


def everything(folder: Path) -> dict[str, str]:
    """Every file below, also hidden ones, and its SHA-256; not the note of the last build, which only spares the next one its work."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lan-truoc.json")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@contextlib.contextmanager
def scratch() -> Iterator[Callable[[], list[str]]]:
    """Temporary files go to a folder of their own. Gives what is still there, and children of this process that still run."""
    with tempfile.TemporaryDirectory(prefix="tam-") as folder:
        before, known = tempfile.tempdir, children()
        tempfile.tempdir = folder
        try:
            yield lambda: [*sorted(os.listdir(folder)), *sorted(children() - known)]
        finally:
            tempfile.tempdir = before


def children() -> set[str]:
    """Processes started by this one and not yet gone, as the kernel lists them."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def write_small_year(base: Path) -> SmallYear:
    """Register, files and decisions of the two units."""
    year = SmallYear(base)
    for kind in ("don_vi", "tham_dinh"):
        (year.data / "2023" / kind).mkdir(parents=True)
        shutil.copy(ROOT / "data" / "2023" / kind / f"{OTHER}.yaml", year.data / "2023" / kind)
        shutil.copy(VALID / f"{kind}.yaml", year.data / "2023" / kind / f"{UNIT}.yaml")
    (year.data / "quy_dinh").symlink_to(ROOT / "data" / "quy_dinh")
    year.unit.write_text(odd_text(), "utf-8")
    shutil.copy(VALID / "tinh.yaml", year.data / "2023")
    decisions = replaced(
        (VALID / "quyet_dinh.yaml").read_text("utf-8"), "    muc: tot\n", "    muc: tot\n  - don_vi: ban-dan-toc\n    muc: tot\n"
    )
    (year.data / "2023" / "quyet_dinh.yaml").write_text(decisions, "utf-8")
    head, *units = re.split(r"(?m)^(?=  - stt: )", (ROOT / "data" / "don_vi.yaml").read_text("utf-8"))
    kept = head + "".join(unit for unit in units if unit.startswith(("  - stt: 25\n", "  - stt: 43\n")))
    named = replaced(replaced(kept, 'ten: "Sở Nội vụ"', f"ten: '{NAME}'"), 'ten: "Ban Dân tộc tỉnh"', f'ten: "{LONG_NAME}"')
    year.register.write_text(named, "utf-8")
    return year


def decomposed(text: str) -> str:
    """As a Macintosh or some keyboards write it."""
    return unicodedata.normalize("NFD", text)


def windows_1258(text: str) -> bytes:
    """As old Windows saves it: letters with their hats, the tone behind them as a character of its own."""
    found = []
    for letter in unicodedata.normalize("NFC", text):
        whole = unicodedata.normalize("NFD", letter)
        tones = [c for c in whole if c in "\u0300\u0301\u0303\u0309\u0323"]
        found += [unicodedata.normalize("NFC", "".join(c for c in whole if c not in tones)), *tones]
    return "".join(found).encode("cp1258")
