"""One rule of the Word format broken at a time -> found and named; the real forms and what is filled from them break none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from pipeline.forms.catalogue import read_forms, read_profiles
from pipeline.forms.compose import compose
from pipeline.forms.package import members
from pipeline.places import TEMPLATES
from pipeline.signoff.word_rules import broken_rules
from tests.rendering.tiny import saved

Element = etree._Element
Change = Callable[[Element], object]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document() -> bytes:
    """Two paragraphs, a table of two rows and two columns, a bookmark."""
    found = Document()
    found.add_paragraph("Một").add_run("đậm").bold = True
    found.add_table(rows=2, cols=2)
    found.add_paragraph("Hai")
    return saved(found)


def broken(change: Change, part: str = "word/document.xml") -> list[str]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document())) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root)
            target.writestr(name, content)
    return list(broken_rules(members(buffer.getvalue())))


def first(root: Element, tag: str) -> Element:
    found = next(root.iter(f"{W}{tag}"), None)
    assert found is not None, tag
    return found


def made(tag: str, **attributes: str) -> Element:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def out_of_order(root: Element) -> None:
    properties = made("w:pPr")
    properties.extend([made("w:jc", val="center"), made("w:keepNext")])
    first(root, "p").insert(0, properties)


def twice(root: Element) -> None:
    properties = first(root, "rPr")
    properties.append(made("w:b"))


def late(root: Element) -> None:
    run = first(root, "r")
    run.append(made("w:rPr"))


def bookmarks(*names: tuple[str, str], ends: tuple[str, ...] = ()) -> Change:
    def change(root: Element) -> None:
        paragraph = first(root, "p")
        for number, name in names:
            paragraph.append(made("w:bookmarkStart", id=number, name=name))
        for number in ends:
            paragraph.append(made("w:bookmarkEnd", id=number))

    return change


def relation(root: Element) -> None:
    first(root, "p").set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", "rId99")


def lost_part(root: Element) -> None:
    etree.SubElement(root, "Relationship", Id="rId98", Type="http://x/image", Target="media/khong.png")


def style(root: Element) -> None:
    properties = made("w:pPr")
    properties.append(made("w:pStyle", val="KhongCo"))
    first(root, "p").insert(0, properties)


def emptied(tag: str) -> Change:
    def change(root: Element) -> None:
        element = first(root, tag)
        for child in list(element):
            if child.tag in (f"{W}tr", f"{W}tc", f"{W}p"):
                element.remove(child)

    return change


def remove(tag: str) -> Change:
    def change(root: Element) -> None:
        element = first(root, tag)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


ZOO: list[tuple[str, Change, str, str]] = [
    ("sai thứ tự", out_of_order, "word/document.xml", "thuộc tính trong pPr sai thứ tự (jc, keepNext)"),
    ("lặp", twice, "word/document.xml", "thuộc tính trong rPr bị lặp (b, b)"),
    ("lạ", lambda root: first(root, "rPr").append(made("w:khongCo")), "word/document.xml", "thuộc tính lạ «khongCo» trong rPr"),
    ("không đứng đầu", late, "word/document.xml", "rPr không đứng đầu trong r"),
    ("bảng rỗng", emptied("tbl"), "word/document.xml", "có bảng không có hàng nào"),
    ("hàng rỗng", emptied("tr"), "word/document.xml", "có hàng của bảng không có ô nào"),
    ("ô không có đoạn", emptied("tc"), "word/document.xml", "có ô của bảng không kết thúc bằng đoạn văn"),
    ("thiếu ô", remove("tc"), "word/document.xml", "có hàng 1 cột trong bảng 2 cột"),
    ("mã dấu trang lặp", bookmarks(("7", "a"), ("7", "b"), ends=("7",)), "word/document.xml", "có mã dấu trang bị lặp"),
    ("tên dấu trang lặp", bookmarks(("7", "a"), ("8", "a"), ends=("7", "8")), "word/document.xml", "có tên dấu trang bị lặp"),
    ("dấu trang chưa đóng", bookmarks(("7", "a")), "word/document.xml", "có dấu trang chưa đóng"),
    ("kiểu chữ", style, "word/document.xml", "kiểu chữ «KhongCo» không có trong tệp"),
    ("trang", remove("sectPr"), "word/document.xml", "thiếu khai báo trang ở cuối tài liệu"),
    ("liên hệ", relation, "word/document.xml", "liên hệ rId99 của word/document.xml không có"),
    ("phần", lost_part, "word/_rels/document.xml.rels", "word/document.xml chỉ tới phần không có (word/media/khong.png)"),
    (
        "kiểu nội dung",
        lambda root: [root.remove(e) for e in list(root)],
        "[Content_Types].xml",
        "phần word/document.xml không có kiểu nội dung",
    ),
]


def test_the_file_to_be_broken_is_whole() -> None:
    assert broken(lambda root: None) == []


@pytest.mark.parametrize(("change", "part", "fault"), [z[1:] for z in ZOO], ids=[z[0] for z in ZOO])
def test_each_broken_rule_is_named(change: Change, part: str, fault: str) -> None:
    assert fault in broken(change, part)


@pytest.mark.parametrize("profile", [p.code for p in read_profiles(TEMPLATES).profiles])
def test_no_composed_form_breaks_a_rule(profile: str) -> None:
    """Before it is filled; filled ones are measured at every build (signoff/layout.py)."""
    files = sorted({form.file for form in read_forms(TEMPLATES).forms})
    found = {file: list(broken_rules(members(compose(TEMPLATES, file, profile)))) for file in files}
    assert {file: faults for file, faults in found.items() if faults} == {}
