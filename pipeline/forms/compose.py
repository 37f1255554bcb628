"""A form + a presentation standard -> one template: the form's words in the standard's styles, heading and signature blocks."""

from __future__ import annotations

import copy
import functools
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.forms.lines import BLOCK as MARKER
from pipeline.forms.lines import NEW_SECTION
from pipeline.forms.nameless import nameless
from pipeline.problems import TemplateError

SENTINEL = "HET_VAN_BAN"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@functools.lru_cache(maxsize=64)
def compose(folder: Path, form_file: str, profile: str) -> bytes:
    """Bytes of a .docx template. Raises TemplateError when a file is missing or names a block the standard lacks."""
    base = _open(folder / "the_thuc" / f"{profile}.docx")
    form = _open(folder / "bieu_mau" / form_file)
    blocks = _blocks(base)
    styles = {s.style_id for s in base.styles}
    body = base.element.body
    section = body[-1]
    plain = copy.deepcopy(section)
    for element in list(body)[:-1]:
        body.remove(element)
    for element in list(form.element.body)[:-1]:
        if _marker(element) == NEW_SECTION:
            section.addprevious(_section_end(copy.deepcopy(plain if section.find(qn("w:pgNumType")) is None else section)))
            _number_from_one(section)
            continue
        for part in _expand(element, blocks, form_file, profile):
            _require_styles(part, styles, form_file, profile)
            _refuse_relations(part, form_file)
            section.addprevious(part)
    section.addprevious(_sentinel())
    return nameless(base)


def _open(path: Path) -> Any:
    try:
        return Document(str(path))
    except Exception as error:  # python-docx raises KeyError, BadZipFile, PackageNotFoundError ... for a bad file
        raise TemplateError(f"templates_docx/{path.parent.name}/{path.name}: không mở được tệp Word ({type(error).__name__})") from error


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).strip()


def _blocks(base: Any) -> dict[str, list[Any]]:
    """Named blocks of the standard: everything between one marker paragraph and the next."""
    blocks: dict[str, list[Any]] = {}
    current: list[Any] = []
    for element in list(base.element.body)[:-1]:
        if marker := _marker(element):
            current = blocks.setdefault(marker, [])
        else:
            current.append(element)
    return blocks


def _marker(element: Any) -> str | None:
    found = MARKER.match(_text(element)) if element.tag == qn("w:p") else None
    return found[1] if found else None


def _section_end(section: Any) -> Any:
    """A tiny paragraph that ends a section laid out like the standard's own."""
    paragraph, properties, style = (OxmlElement(tag) for tag in ("w:p", "w:pPr", "w:pStyle"))
    style.set(qn("w:val"), "KetThuc")
    properties.extend([style, section])
    paragraph.append(properties)
    return paragraph


def _number_from_one(section: Any) -> None:
    if section.find(qn("w:pgNumType")) is None:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section.find(qn("w:cols")).addprevious(numbers)


def _expand(element: Any, blocks: dict[str, list[Any]], form_file: str, profile: str) -> list[Any]:
    marker = _marker(element)
    if not marker:
        return [copy.deepcopy(element)]
    if marker not in blocks:
        raise TemplateError(f"templates_docx/bieu_mau/{form_file}: thể thức «{profile}» không có khối «{marker}»")
    return [copy.deepcopy(e) for e in blocks[marker]]


def _require_styles(element: Any, styles: set[str], form_file: str, profile: str) -> None:
    for style in element.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle")):
        name = style.get(qn("w:val"))
        if name not in styles:
            raise TemplateError(
                f"templates_docx/bieu_mau/{form_file}: kiểu «{name}» không có trong thể thức «{profile}», tại «{_text(element)[:60]}»"
            )


def _refuse_relations(element: Any, form_file: str) -> None:
    """Pictures and links of a form stay behind when its words move; their numbers would point at parts of the standard."""
    for child in element.iter():
        if any(str(key).startswith(RELATIONS) for key in child.attrib):
            raise TemplateError(f"templates_docx/bieu_mau/{form_file}: mẫu không được chứa hình hoặc liên kết, tại «{_text(element)[:60]}»")


def _sentinel() -> Any:
    """A last, tiny paragraph with a bookmark: whoever finds it knows that the document was not cut."""
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), "KetThuc")
    properties.append(style)
    paragraph.append(properties)
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), "9999")
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), SENTINEL)
        paragraph.append(mark)
    return paragraph
