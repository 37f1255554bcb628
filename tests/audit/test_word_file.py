"""A Word file read back: a table that was cut at the end of a page is the one it was; two tables of their own stay two."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement

from pipeline.audit.word_file import read_word
from pipeline.problems import OutputError
from pipeline.signoff.page_breaks import GAP, Tail, with_breaks

ROWS = [("STT", "Tên"), ("1", "Sở A"), ("2", "Sở B"), ("3", "Sở C"), ("4", "Sở D")]


def written(path: Path, tables: int = 1) -> Path:
    document = Document()
    document.styles.add_style(GAP, WD_STYLE_TYPE.PARAGRAPH)
    for _ in range(tables):
        table = document.add_table(len(ROWS), 2)
        for cells, row in zip(ROWS, table.rows, strict=True):
            for text, cell in zip(cells, row.cells, strict=True):
                cell.text = text
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        document.add_paragraph("")
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def test_a_cut_table_is_one(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.docx")
    cut = tmp_path / "b.docx"
    cut.write_bytes(with_breaks(with_breaks(whole.read_bytes(), [Tail(0, 3)]), [Tail(1, 2)]))
    assert cut.read_bytes().count(b"PK") and len(Document(str(cut)).tables) == 3
    assert read_word(cut).tables == read_word(whole).tables == (tuple(ROWS),)


def test_two_tables_stay_two(tmp_path: Path) -> None:
    assert read_word(written(tmp_path / "a.docx", tables=2)).tables == (tuple(ROWS), tuple(ROWS))


def test_its_parts_are_read_again_when_they_are_searched(tmp_path: Path) -> None:
    """A file that has become unreadable by then is told by its name."""
    path = written(tmp_path / "a.docx")
    word = read_word(path)
    assert any("Sở D" in xml for xml in word.raw)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(OutputError, match=r"a\.docx: không đọc lại được tệp Word"):
        list(word.raw)
