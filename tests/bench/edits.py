"""A copy of the data and forms -> one small change in it, another one each time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.running import BenchError

SHARE = re.compile(r"(?m)^(    ty_le: )(\d+)(%\n    ly_do: )")  # a row with a reason, so that a lower share is in order
NARRATIVE = re.compile(r"(?m)^(  viec_moi_sang_tao: \|\n    [^\n]+)$")
FORM = "bieu_mau/bao-cao-tong-ket.docx"  # one document of every unit
BODY, SENTENCE = "word/document.xml", " như sau:</w:t>"


def unit_file(data: Path, year: int, unit: int) -> Path:
    found = list((data / str(year) / "don_vi").glob(f"{unit:02d}-*.yaml"))
    if len(found) != 1:
        raise BenchError(f"no file of unit {unit}")
    return found[0]


def lower_a_score(path: Path) -> None:
    """One percent less in the first row that says why it is below 100%."""
    _change(path, SHARE, lambda row: f"{row[1]}{int(row[2]) - 1}{row[3]}")


def lengthen_a_narrative(path: Path) -> None:
    """A sentence more in what document 2 says of new work."""
    _change(path, NARRATIVE, lambda text: f"{text[1]} Kết quả này được giữ vững đến hết năm.")


def change_a_form(templates: Path) -> None:
    """Two words more in the sentence that document 2 begins with."""
    path = templates / FORM
    with zipfile.ZipFile(path) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in parts.items():
            archive.writestr(info, _lengthened(content) if info.filename == BODY else content)


def _lengthened(body: bytes) -> bytes:
    text = body.decode().replace(SENTENCE, f" cụ thể{SENTENCE}", 1)
    if text == body.decode():
        raise BenchError(f"{FORM}: nothing to change")
    return text.encode()


def _change(path: Path, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> None:
    text, times = pattern.subn(new, path.read_text("utf-8"), count=1)
    if not times:
        raise BenchError(f"{path.name}: nothing to change")
    path.write_text(text, "utf-8")
