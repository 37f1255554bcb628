"""A rendered .docx -> nothing, or TemplateError: well-formed parts, whole to the end, no leftover tag, nothing linked or hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from pipeline.problems import TemplateError
from pipeline.rendering.compose import SENTINEL

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORBIDDEN_PARTS = ("vbaProject", "embeddings/", "comments", "customXml/", "attachedTemplate", "thumbnail")
FORBIDDEN_TAGS = ("ins", "del", "moveFrom", "moveTo", "altChunk", "object")
CLOCK_FIELDS = ("DATE", "TIME", "PRINTDATE", "FILENAME", "INCLUDETEXT", "INCLUDEPICTURE", "DDE")


def check_docx(data: bytes, tags_in_data: Mapping[str, int], name: str) -> None:
    """`tags_in_data`: how often the data itself contains `{{`, `{%`, `{#`; anything beyond is a tag left unfilled."""
    found = dict.fromkeys(tags_in_data, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if any(word in part for word in FORBIDDEN_PARTS):
                raise TemplateError(f"{name}: tệp Word chứa phần không được phép ({part})")
            if part.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(part))
                _check_part(root, part, name)
                text = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
                for tag in found:
                    found[tag] += text.count(tag)
    if any(found[tag] > tags_in_data[tag] for tag in found):
        raise TemplateError(f"{name}: còn thẻ mẫu chưa được điền trong tài liệu")


def _check_part(root: etree._Element, part: str, name: str) -> None:
    for tag in FORBIDDEN_TAGS:
        if root.find(f".//{W}{tag}") is not None:
            raise TemplateError(f"{name}: tệp Word chứa «{tag}» (theo dõi thay đổi hoặc đối tượng nhúng)")
    for field in root.iter(f"{W}instrText"):
        if (field.text or "").strip().split(" ")[0].upper() in CLOCK_FIELDS:
            raise TemplateError(f"{name}: tệp Word chứa trường tự động {field.text}")
    for relation in root.iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"):
        if relation.get("TargetMode") == "External":
            raise TemplateError(f"{name}: tệp Word liên kết ra ngoài ({relation.get('Target')})")
    if part == "word/document.xml":
        body = root.find(f"{W}body")
        last = body[-2] if body is not None and len(body) > 1 else None
        if last is None or last.find(f"{W}bookmarkStart[@{W}name='{SENTINEL}']") is None:
            raise TemplateError(f"{name}: tài liệu bị cắt, không thấy dấu cuối")
