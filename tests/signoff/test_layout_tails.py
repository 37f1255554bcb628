"""Ends of tables that would stand alone on a page: found from the pages, and moved by a table of its own with the same heading row."""

from __future__ import annotations

import io

from docx import Document as new_document
from docx.oxml import OxmlElement

from pipeline.signoff.layout_tails import tails
from pipeline.signoff.page_breaks import Tail, with_breaks
from pipeline.signoff.pages import PdfPage
from pipeline.signoff.word import Document, Paragraph, Row, Table, read


def row(*cells: str, style: str = "BangChu", header: bool = False) -> Row:
    return Row(header, True, tuple((Paragraph(style, words, (), {}),) for words in cells))


HEAD = row("STT", "Tên", header=True)
ROWS = (HEAD, row("1", "Một"), row("2", "Hai"), row("3", "Ba"))
SIGNED = Table((row("ĐẠI DIỆN", style="QuyenHan"),), follows=True)


def found(pages: list[str], *tables: Table) -> list[Tail]:
    return tails([PdfPage(210, 297, (), text) for text in pages], Document(tables=list(tables)))


def test_the_last_row_goes_with_the_row_before_it() -> None:
    assert found(["STTTên1Một2Hai", "STTTên3Ba"], Table(ROWS)) == [Tail(0, 2)]
    assert found(["STTTên1Một", "STTTên2Hai3Ba"], Table(ROWS)) == []
    assert found(["STTTên1Một2Hai3Ba"], Table(ROWS)) == []


def test_a_heading_within_the_table_goes_with_them() -> None:
    rows = (*ROWS, row("Nhóm A", style="BangGonDeMuc"), row("4", "Bốn"), row("5", "Năm"))
    assert found(["STTTên1Một2Hai3BaNhómA4Bốn", "STTTên5Năm"], Table(rows)) == [Tail(0, 4)]


def test_a_heading_within_the_table_is_not_left_at_the_foot_of_a_page() -> None:
    rows = (*ROWS, row("Nhóm A", style="BangDeMuc"), row("4", "Bốn"), row("5", "Năm"))
    assert found(["STTTên1Một2Hai3BaNhómA", "STTTên4Bốn5Năm"], Table(rows)) == [Tail(0, 4)]


def test_a_signature_right_below_takes_the_last_two_rows_along() -> None:
    pages = ["STTTên1Một2Hai3Ba", "ĐẠIDIỆN"]
    assert found(pages, Table(ROWS), SIGNED) == [Tail(0, 2)]
    assert found(pages, Table(ROWS), Table(SIGNED.rows)) == []  # words stand between
    assert found(["STTTên1Một2Hai3BaĐẠIDIỆN"], Table(ROWS), SIGNED) == []


def test_notes_right_below_take_the_last_two_rows_along() -> None:
    noted = Table(ROWS, notes=(Paragraph("BangGon", "Vấn đề 1", (), {}), Paragraph("BangGon", "Vấn đề 2", (), {})))
    assert found(["STTTên1Một2Hai3BaVấnđề1", "Vấnđề2"], noted) == [Tail(0, 2)]
    assert found(["STTTên1Một2Hai3BaVấnđề1Vấnđề2", "khác"], noted) == []


def test_of_two_rows_nothing_is_left_behind() -> None:
    assert found(["STTTên1Một", "STTTên2Hai"], Table(ROWS[:3])) == []


def test_the_same_words_in_two_tables_are_not_mixed_up() -> None:
    assert found(["STTTên1Một2Hai3Ba", "STTTên1Một2Hai", "STTTên3Ba"], Table(ROWS), Table(ROWS)) == [Tail(1, 2)]


def test_the_end_moved_is_a_table_with_the_same_heading() -> None:
    document = new_document()
    table = document.add_table(4, 1)
    for number, line in enumerate(table.rows):
        line.cells[0].text = f"hàng {number}"
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    document.add_table(1, 1).cell(0, 0).text = "sau"
    buffer = io.BytesIO()
    document.save(buffer)

    moved = read(with_breaks(buffer.getvalue(), [Tail(0, 2)]))

    said = [[cell[0].text for line in t.rows for cell in line.cells] for t in moved.tables]
    assert said == [["hàng 0", "hàng 1"], ["hàng 0", "hàng 2", "hàng 3"], ["sau"]]
    assert [line.header for line in moved.tables[1].rows] == [True, False, False]
    assert moved.tables[1].follows
