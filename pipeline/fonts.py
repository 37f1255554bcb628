"""Name of a face -> its file on this machine: Liberation Serif, in a copy that has every Vietnamese letter."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from pipeline.problems import EnvironmentFault

FACES = {"Thuong": "LiberationSerif-Regular.ttf", "Dam": "LiberationSerif-Bold.ttf", "Nghieng": "LiberationSerif-Italic.ttf"}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts")
VIETNAMESE = {ord(c) for c in "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐđƠơƯư"}


@functools.cache
def font_file(name: str) -> Path:
    """The first copy of a face that has every Vietnamese letter (release 1 of Liberation has not)."""
    from reportlab.pdfbase.ttfonts import TTFontFile  # here: whoever only asks for the copies need not wait for it

    for path in _copies(name):
        if VIETNAMESE <= set(TTFontFile(str(path)).charToGlyph):
            return path
    raise EnvironmentFault(
        "máy chưa có phông Liberation Serif 2 đủ chữ tiếng Việt — sudo apt-get install fonts-liberation2 (hoặc fonts-liberation bản 2)"
    )


def copies() -> Iterator[Path]:
    """Every copy of every face, good or not, in the order in which they are looked at."""
    for name in FACES.values():
        yield from _copies(name)


def _copies(name: str) -> Iterator[Path]:
    for folder in FONT_FOLDERS:
        yield from sorted(folder.rglob(name)) if folder.is_dir() else []
