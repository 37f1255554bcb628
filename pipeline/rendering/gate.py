"""A rendered .docx -> nothing, or TemplateError: well-formed parts, whole to the end, no leftover tag, nothing linked or hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

from lxml import etree

from pipeline.forms.compose import SENTINEL
from pipeline.problems import TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORBIDDEN_PARTS = ("vbaProject", "embeddings/", "comments", "customXml/", "attachedTemplate", "thumbnail")
FORBIDDEN_TAGS = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "altChunk",
    "object",
)
CLOCK_FIELDS = {
    "DATE",
    "TIME",
    "CREATEDATE",
    "SAVEDATE",
    "PRINTDATE",
    "EDITTIME",
    "FILENAME",
    "FILESIZE",
    "USERNAME",
    "LASTSAVEDBY",
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "LINK",
    "DDE",
    "DDEAUTO",
}


def check_docx(data: bytes, tags_in_data: Mapping[str, int], name: str, drawn: Collection[bytes] = ()) -> None:
    """`tags_in_data`: how often the data itself contains `{{`, `{%`, `{#`; anything beyond is a tag left unfilled.

    `drawn`: the charts made for this document; any other file that is not XML is foreign.
    """
    found = dict.fromkeys(tags_in_data, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if any(word in part for word in FORBIDDEN_PARTS):
                raise TemplateError(f"{name}: tệp Word chứa phần không được phép ({part})")
            if part.endswith((".xml", ".rels")):
                root = _parsed(archive.read(part), part, name)
                _check_part(root, part, name)
                text = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
                for tag in found:
                    found[tag] += text.count(tag)
            elif archive.read(part) not in drawn:
                raise TemplateError(f"{name}: tệp Word chứa hình hoặc tệp lạ ({part})")
    if any(found[tag] > tags_in_data[tag] for tag in found):
        raise TemplateError(f"{name}: còn thẻ mẫu chưa được điền trong tài liệu")


def _parsed(data: bytes, part: str, name: str) -> etree._Element:
    try:
        return etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"{name}: phần {part} của tệp Word bị hỏng ({error})") from error


def _fields(root: etree._Element) -> set[str]:
    """Names of the automatic fields of a part, also where a name is cut over several runs."""
    split = ("".join(t.text or "" for t in p.iter(f"{W}instrText")) for p in root.iter(f"{W}p"))
    whole = (f.get(f"{W}instr", "") for f in root.iter(f"{W}fldSimple"))
    return {word for text in (*split, *whole) for word in text.upper().split()}


def _check_part(root: etree._Element, part: str, name: str) -> None:
    for tag in FORBIDDEN_TAGS:
        if root.find(f".//{W}{tag}") is not None:
            raise TemplateError(f"{name}: tệp Word chứa «{tag}» (theo dõi thay đổi hoặc đối tượng nhúng)")
    if automatic := _fields(root) & CLOCK_FIELDS:
        raise TemplateError(f"{name}: tệp Word chứa trường tự động {', '.join(sorted(automatic))}")
    for relation in root.iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"):
        if relation.get("TargetMode") == "External":
            raise TemplateError(f"{name}: tệp Word liên kết ra ngoài ({relation.get('Target')})")
    if part == "word/document.xml":
        body = root.find(f"{W}body")
        last = body[-2] if body is not None and len(body) > 1 else None
        if last is None or last.find(f"{W}bookmarkStart[@{W}name='{SENTINEL}']") is None:
            raise TemplateError(f"{name}: tài liệu bị cắt, không thấy dấu cuối")
