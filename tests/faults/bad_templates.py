"""Forms folders spoiled in one way each, and a web server that counts who calls."""

from __future__ import annotations

import contextlib
import io
import shutil
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from pipeline.places import TEMPLATES

REPORT, SHEET, LETTER, MINUTES = (
    f"bieu_mau/{name}.docx" for name in ("bao-cao-tong-ket", "bieu-tu-cham-diem", "cong-van-xin-y-kien", "bien-ban-hoi-nghi")
)
STATE = "the_thuc/nha_nuoc.docx"
BODY, RELATIONS, SETTINGS = "word/document.xml", "word/_rels/document.xml.rels", "word/settings.xml"
END_OF_BODY = "<w:sectPr"
PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="ThanBai"/></w:pPr>{}</w:p>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def forms(base: Path) -> Path:
    """The real forms, to be spoiled."""
    return Path(shutil.copytree(TEMPLATES, base / "mau"))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def change(path: Path, name: str, old: str, new: str) -> None:
    """The first `old` in one part of a .docx replaced; `old` empty: the part is new."""
    parts = parts_of(path.read_bytes())
    text = parts[name].decode() if old else ""
    assert old in text, f"{old!r} is not in {name} of {path.name}"
    parts[name] = (text.replace(old, new, 1) if old else new).encode()
    path.write_bytes(packed(parts))


def append(path: Path, *runs: str) -> None:
    """Paragraphs at the end of the body."""
    change(path, BODY, END_OF_BODY, "".join(PARAGRAPH.format(run) for run in runs) + END_OF_BODY)


def relation(kind: str, target: str, number: str = "rId990") -> str:
    return f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def automatic(instruction: str) -> str:
    """A field that Word or LibreOffice works out by itself."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return (
        f'{marks[0]}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{marks[1]}<w:r><w:t>x</w:t></w:r>{marks[2]}'
    )


def linked_picture(number: str) -> str:
    """A picture that lies elsewhere."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/>'
        f'<a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture"><pic:pic xmlns:pic="{drawing}/picture">'
        '<pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{OFFICE}" r:link="{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@contextlib.contextmanager
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine alone: its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _note(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_response(404)
            self.end_headers()

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = _note

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    found = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{found.server_port}", asked
    finally:
        found.shutdown()
        thread.join()
        found.server_close()
