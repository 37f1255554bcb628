"""The copy that LibreOffice reads: a joiner after the hyphen inside a symbol and nowhere else; the PDF breaks no symbol and its text has no joiner."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from pipeline.signoff import finished, office
from pipeline.signoff.joined import JOINER, joined


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("plain", "wanted"),
    [
        ("Quy định số 453-QĐ/TU", "Quy định số 453-~QĐ/TU"),
        ("Số: 05/BC-SNV và 3420/UBND-KGVX", "Số: 05/BC-~SNV và 3420/UBND-~KGVX"),
        ("Thi đua - Khen thưởng", "Thi đua - Khen thưởng"),
        ("- Như trên", "- Như trên"),
        ("Số       -QĐ/TU", "Số       -QĐ/TU"),
        ("-----", "-----"),
    ],
)
def test_only_hyphens_inside_symbols_are_joined(plain: str, wanted: str) -> None:
    with zipfile.ZipFile(io.BytesIO(joined(docx(plain)))) as archive:
        body = archive.read("word/document.xml").decode("utf-8")
    assert wanted.replace("~", JOINER) in body
    assert body.count(JOINER) == wanted.count("~")


def test_no_line_of_a_pdf_ends_within_a_symbol(tmp_path: Path) -> None:
    source, target = tmp_path / "a.docx", tmp_path / "a.pdf"
    source.write_bytes(docx(*("chữ " * n + "số 453-QĐ/TU, 1021-CV/BTCTU" for n in range(10, 40))))
    before = source.read_bytes()

    assert "rror" not in office.convert(office.find_office(), [office.Job(source, target, "a")]) and target.is_file()

    text = "\n".join(finished.texts(target))
    assert text.count("453-QĐ/TU") == text.count("1021-CV/BTCTU") == 30  # a symbol on two lines would hold a line end
    assert JOINER not in text
    assert source.read_bytes() == before  # what is handed out has no joiner
