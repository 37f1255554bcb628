"""The hunt for secrets: what is planted in each kind of file is found, seen or unseen; the repository itself holds none."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
import xlsxwriter
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from pipeline.places import PROJECT
from tests.supply.secret_scan import detectors, marks_of_this_machine, secrets_in

FORM = PROJECT / "templates_docx" / "bieu_mau" / "quyet-dinh.docx"
# Put together here, so that this file is none of its own finds.
PLANTED = {
    "GitHub Token": "ghp_" + "T1nh" * 9,
    "AWS Access Key": "AKIA" + "TINH" * 4,
    "private key": "-----BEGIN ENCRYPTED " + "PRIVATE KEY-----",
    "e-mail address": "canbo" + "@" + "tinh.example",
    "user": "canbophongtochuc",
    "host": "may-cua-phong-to-chuc",
    "value of DATABASE_PASSWORD": "cau-than-chu-cua-phong",
    "folder": "/home/canbophongtochuc",
}
PLACEHOLDERS = (".example»", "«a@b.vn»", "«hoa@bacgiang.gov.vn»")  # addresses that tests write into files to see them found
ENVIRONMENT = {
    "USER": PLANTED["user"],
    "HOSTNAME": PLANTED["host"],
    "HOME": PLANTED["folder"],
    "DATABASE_PASSWORD": PLANTED["value of DATABASE_PASSWORD"],
    "LANG": "vi_VN.UTF-8",
}


def plain(secret: str) -> bytes:
    return f'{{"ten": "Sở Nội vụ", "ghi_chu": "{secret}"}}'.encode()


def page(secret: str) -> bytes:
    """In pieces, as a browser puts them together."""
    half = len(secret) // 2
    return f"<html><p>Sở Nội vụ: <b>{secret[:half]}</b>{secret[half:]}</p></html>".encode()


def word(secret: str) -> bytes:
    """In two runs of one paragraph."""
    document, out = Document(str(FORM)), io.BytesIO()
    document.add_paragraph("Sở Nội vụ: ").add_run(secret[:5])
    document.paragraphs[-1].add_run(secret[5:])
    document.save(out)
    return out.getvalue()


def author(secret: str) -> bytes:
    """Where Word notes who saved a file last."""
    document, out = Document(str(FORM)), io.BytesIO()
    document.core_properties.last_modified_by = secret
    document.save(out)
    return out.getvalue()


def sheet(secret: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(0, 0, secret)
    book.close()
    return out.getvalue()


def printed(secret: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    canvas.drawString(50, 700, secret)
    canvas.save()
    return out.getvalue()


def unseen(secret: str) -> bytes:
    """A packed stream that no page shows."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.PieceInfo = pdf.make_indirect(pikepdf.Stream(pdf, secret.encode()))
        pdf.save(out, compress_streams=True)
    return out.getvalue()


def information(secret: str) -> bytes:
    """In objects that are packed together."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = secret
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def behind(secret: str) -> bytes:
    """After the end of the file."""
    return unseen("") + secret.encode()


def parcel(secret: str) -> bytes:
    """A file in a file in a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("tinh/to-trinh.docx", word(secret))
    return out.getvalue()


def remark(secret: str) -> bytes:
    """The zip's own remark."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "a")
        packed.comment = secret.encode()
    return out.getvalue()


WAYS = (plain, page, word, author, sheet, printed, unseen, information, behind, parcel, remark)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_planted_is_found(way: Callable[[str], bytes]) -> None:
    """Every kind of secret in every kind of file; the same file without it is clean."""
    marks = marks_of_this_machine(ENVIRONMENT)
    assert list(secrets_in("tep", way("Báo cáo tổng kết, 453-QĐ/TU"), marks)) == []
    for what, secret in PLANTED.items():
        found = list(secrets_in("tep", way(secret), marks))
        assert any(what in line for line in found), (what, found)


def test_what_is_looked_for_of_a_machine() -> None:
    """Names that say something; values that are meant for nobody, not those of every machine."""
    marks = marks_of_this_machine(ENVIRONMENT)
    assert {PLANTED["user"]: "user", PLANTED["host"]: "host", PLANTED["folder"]: "folder"}.items() <= marks.items()
    assert "vi_VN.UTF-8" not in marks
    assert not {"root", "an"} & set(marks_of_this_machine({"USER": "root", "LOGNAME": "an"}))


def test_all_kinds_that_the_tool_knows_are_looked_for() -> None:
    """Nobody has to keep a list of them here."""
    assert len(detectors()) >= 18


def test_the_repository_holds_no_secret() -> None:
    """Every file under version control: code, data, forms, tests. Keys of the test authority are made anew in each run and written nowhere."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout.decode()
    paths = [path for name in listed.split("\0") if name and (path := PROJECT / name).is_file()]
    assert len(paths) > 500
    found = [line for path in paths for line in secrets_in(path.relative_to(PROJECT).as_posix(), path.read_bytes(), {})]
    assert [line for line in found if not line.endswith(PLACEHOLDERS)] == []
