"""The files of a rendered .docx -> nothing, or TemplateError: well-formed parts, whole to the end, no leftover tag, nothing linked or hidden."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.forms.compose import SENTINEL
from pipeline.forms.lines import BODY, text_of
from pipeline.forms.package import PARSER, XML, W, foreign, parsed
from pipeline.problems import TemplateError


@dataclass(frozen=True)
class _Look:
    """What a part holds that may not be there, and its words."""

    faults: tuple[str, ...]
    words: str


def check_parts(parts: Mapping[str, bytes], tags_in_data: Mapping[str, int], name: str, drawn: Collection[bytes] = ()) -> None:
    """`tags_in_data`: how often the data itself contains `{{`, `{%`, `{#`; anything beyond is a tag left unfilled.

    `drawn`: the charts made for this document; any other file that is not XML is foreign.
    """
    try:
        looks = [_body(content, name) if part == BODY else _look(part, content) for part, content in parts.items()]
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"{name}: tệp Word bị hỏng ({error})") from error
    for fault in (fault for look in looks for fault in look.faults):
        raise TemplateError(f"{name}: tệp Word {fault}")
    for part, content in parts.items():
        if not part.endswith(XML) and content not in drawn:
            raise TemplateError(f"{name}: tệp Word chứa hình hoặc tệp lạ ({part})")
    if any(sum(look.words.count(tag) for look in looks) > count for tag, count in tags_in_data.items()):
        raise TemplateError(f"{name}: còn thẻ mẫu chưa được điền trong tài liệu")


def _body(content: bytes, name: str) -> _Look:
    root = etree.fromstring(content, PARSER)
    _check_end(root, name)
    return _seen(BODY, root)


@functools.lru_cache(64)  # styles, settings, fonts, theme come again in every document of a standard
def _look(part: str, content: bytes) -> _Look:
    return _seen(part, parsed(part, content))


def _seen(part: str, root: etree._Element | None) -> _Look:
    words = "\n".join(text_of(p) for p in root.iter(f"{W}p")) if root is not None else ""
    return _Look(tuple(foreign(part, root)), words)


def _check_end(root: etree._Element, name: str) -> None:
    body = root.find(f"{W}body")
    last = body[-2] if body is not None and len(body) > 1 else None
    if last is None or last.find(f"{W}bookmarkStart[@{W}name='{SENTINEL}']") is None:
        raise TemplateError(f"{name}: tài liệu bị cắt, không thấy dấu cuối")
