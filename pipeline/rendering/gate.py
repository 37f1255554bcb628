"""A rendered .docx -> nothing, or TemplateError: well-formed parts, whole to the end, no leftover tag, nothing linked or hidden."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lxml import etree

from pipeline.forms.compose import SENTINEL
from pipeline.forms.lines import BODY, text_of
from pipeline.forms.package import W, foreign, loose, parts
from pipeline.problems import TemplateError


def check_docx(data: bytes, tags_in_data: Mapping[str, int], name: str, drawn: Collection[bytes] = ()) -> None:
    """`tags_in_data`: how often the data itself contains `{{`, `{%`, `{#`; anything beyond is a tag left unfilled.

    `drawn`: the charts made for this document; any other file that is not XML is foreign.
    """
    found = dict.fromkeys(tags_in_data, 0)
    try:
        for part, root in parts(data):
            for fault in foreign(part, root):
                raise TemplateError(f"{name}: tệp Word {fault}")
            if root is None:
                continue
            if part == BODY:
                _check_end(root, name)
            text = "\n".join(text_of(p) for p in root.iter(f"{W}p"))
            for tag in found:
                found[tag] += text.count(tag)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"{name}: tệp Word bị hỏng ({error})") from error
    for part, content in loose(data):
        if content not in drawn:
            raise TemplateError(f"{name}: tệp Word chứa hình hoặc tệp lạ ({part})")
    if any(found[tag] > tags_in_data[tag] for tag in found):
        raise TemplateError(f"{name}: còn thẻ mẫu chưa được điền trong tài liệu")


def _check_end(root: etree._Element, name: str) -> None:
    body = root.find(f"{W}body")
    last = body[-2] if body is not None and len(body) > 1 else None
    if last is None or last.find(f"{W}bookmarkStart[@{W}name='{SENTINEL}']") is None:
        raise TemplateError(f"{name}: tài liệu bị cắt, không thấy dấu cuối")
