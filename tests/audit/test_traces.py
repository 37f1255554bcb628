"""What programs and machines leave behind in files, seen or unseen, is told; what the clerk's own text holds may stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.audit.bundles import read_bundle
from pipeline.audit.documents import read_documents
from pipeline.audit.passages import Passage
from pipeline.audit.traces import author_findings, trace_findings
from tests.audit.cases import Case
from tests.audit.small import change_pdf, edit_word

REPORT = "2-bao-cao-tong-ket"
HEADING = "I. ĐẶC ĐIỂM TÌNH HÌNH"


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("{{ nam }}", "còn thẻ của biểu mẫu «{{ nam }}"),
        ("{%p endif %}", "còn thẻ của biểu mẫu «{%p endif %}"),
        ("[[khoi: chu_ky]]", "còn thẻ của biểu mẫu «[[khoi: chu_ky]]"),
        ("tổng None điểm", "còn chữ của chương trình «None»"),
        ("tổng nan điểm", "còn chữ của chương trình «nan»"),
        ("lưu tại /home/clerk/hs.docx", "có đường dẫn của máy «/home/clerk/hs.docx"),
        ("lưu tại C:\\Users\\hoa\\hs", "có đường dẫn của máy «C:\\Users\\hoa\\hs"),
        ("made by python-docx", "có tên công cụ «python-docx»"),
    ],
)
def test_in_the_text(unit: Case, planted: str, said: str) -> None:
    edit_word(unit.word(REPORT), HEADING, f"{HEADING} {planted}")
    assert any(line.startswith(f"{REPORT}.docx: {said}") for line in unit.found_in(REPORT)), unit.found()


def test_a_folder_of_this_build(unit: Case) -> None:
    edit_word(unit.word(REPORT), HEADING, f"{HEADING} {unit.year.places.build.resolve()}")
    assert any("có đường dẫn của máy" in line for line in unit.found_in(REPORT))


def test_in_attributes_nobody_sees(unit: Case) -> None:
    edit_word(unit.word(REPORT), "<w:body>", '<w:body><w:bookmarkStart w:id="99" w:name="/tmp/lap/hs"/><w:bookmarkEnd w:id="99"/>')
    assert any("có đường dẫn của máy «/tmp/lap/hs»" in line for line in unit.found_in(f"{REPORT}.docx"))


@pytest.mark.parametrize("key", ["creator", "lastModifiedBy"])
def test_another_author(unit: Case, key: str) -> None:
    tag = {"creator": "dc:creator", "lastModifiedBy": "cp:lastModifiedBy"}[key]
    edit_word(unit.word(REPORT), f"<{tag}>Ban Dân tộc tỉnh<", f"<{tag}>hoa<", "docProps/core.xml")
    assert unit.found_in(REPORT) == [f"{REPORT}.docx: thuộc tính {key} ghi «hoa», phải là «Ban Dân tộc tỉnh»"]


def test_who_made_the_pdf(unit: Case) -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Producer"], pdf.docinfo["/Author"] = pikepdf.String("LibreOffice 7.4"), pikepdf.String("hoa")

    change_pdf(unit.bundle, sign)
    assert unit.found_in("ho-so.pdf") == [
        "ho-so.pdf: có tên công cụ «libreoffice»",
        "ho-so.pdf: thông tin tệp Author ghi «hoa», phải là «Ban Dân tộc tỉnh»",
        "ho-so.pdf: thông tin tệp có mục Producer: «LibreOffice 7.4»",
    ]


def test_addresses_and_long_numbers_only_warn(unit: Case) -> None:
    edit_word(unit.word(REPORT), HEADING, f"{HEADING} hoa@bacgiang.gov.vn 001099012345")
    assert unit.found() == [
        f"(lưu ý) {unit.plan.folder}/{REPORT}.docx: có dãy 12 chữ số «001099012345» không có trong dữ liệu",
        f"(lưu ý) {unit.plan.folder}/{REPORT}.docx: có địa chỉ thư điện tử «hoa@bacgiang.gov.vn» không có trong dữ liệu",
    ]


@pytest.mark.parametrize("words", ["None", "nan giải", "{{ x }}", "/tmp/a", "a@b.vn", "001099012345", "dùng LibreOffice"])
def test_what_the_data_hold_may_stand(words: str) -> None:
    assert list(trace_findings([Passage("a.docx", (f"đã {words} rồi",))], f"đã {words} rồi", ())) == []


def test_tags_of_the_data_between_marks_of_the_file() -> None:
    """In the Word file itself a clerk's braces stand between its own marks."""
    hidden = "<w:t>{{ x }} {_{ y }_} {% raw %}</w:t></w:r><w:r><w:t>A &amp; {{ b }}</w:t>"
    assert list(trace_findings([Passage("a.docx", (hidden,))], "{{ x }} {_{ y }_} {% raw %}\nA & {{ b }}", ())) == []
    assert [f.words for f in trace_findings([Passage("a.docx", ("<w:t>{{ nam }}</w:t>",))], "{{ x }}", ())] == [
        "còn thẻ của biểu mẫu «{{ nam }}»"
    ]


def test_a_long_title_is_cut_as_word_files_ask(unit: Case) -> None:
    """255 letters; the PDF has all of it."""
    long = replace(unit.document(REPORT), title="Báo cáo " * 40)
    read = replace(read_documents(unit.plan, unit.staged)[1], plan=long)
    read.word.properties["title"] = long.title[:255]
    bundle = read_bundle(unit.plan, unit.bundle, read_documents(unit.plan, unit.staged))
    assert [f.file for f in author_findings([read], bundle)] == [f"{unit.plan.folder}/{REPORT}.pdf"]


def test_a_file_that_nobody_planned(unit: Case) -> None:
    (Path(unit.staged) / "5-bien-ban-hoi-nghi.docx.tam").write_bytes(b"")
    assert unit.found() == [f"{unit.plan.folder}/5-bien-ban-hoi-nghi.docx.tam: tệp không thuộc hồ sơ"]
