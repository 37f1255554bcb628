"""Composed template + fields -> .docx bytes, the only importer of docxtpl: sandboxed, strict, same input same bytes.

docxtpl by default prints nothing for an unknown field, parses a broken body by cutting it, and rewrites `{_{`; here each of
these is an error or is prevented.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from docx.opc.part import XmlPart
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Undefined, UndefinedError
from jinja2 import TemplateError as JinjaError
from lxml import etree

from pipeline.forms.package import TEXT_PARTS
from pipeline.problems import TemplateError
from pipeline.rendering.binding import bind_part
from pipeline.rendering.gate import check_parts
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.picture import WIDTH, Picture
from pipeline.rendering.sandbox import TEMPLATES, environment
from pipeline.rendering.stable_zip import packed

GUARD = "\ufdd1"  # keeps `{_{` of the data from docxtpl's rewriting; intake refuses it in data
TAGS = ("{{", "{%", "{#")
SHADOWED = {name for name in dir(dict) if not name.startswith("_")}
LONGEST_PROPERTY = 255  # a limit of the format
LISTED = re.compile("[\t\n\a\f]")  # what docxtpl makes tabs, line breaks, paragraphs and pages of


@functools.lru_cache(TEMPLATES)
def _patched(xml: str) -> str:
    """A part of a template as docxtpl hands it to jinja; it looks at nothing but the part."""
    return str(DocxTemplate.patch_xml(None, xml))


class _Strict(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """Refuses a rendered body that is not well-formed instead of repairing it."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        return str(super().render_xml_part(src_xml, part, context, jinja_env)).replace(GUARD, "")

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def resolve_listing(self, xml: str) -> str:
        return str(super().resolve_listing(xml)) if LISTED.search(xml) else xml

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml.encode("utf-8"))
        return super().fix_tables(xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Properties are set by us after rendering."""


class _Values:
    """Lets text, narratives and charts into the document, nothing else.

    `seen`: how often the data itself contains a tag's opening, so that a leftover tag can be told from a clerk's text;
    `drawn`: the charts as files, so that a foreign picture can be told from ours.
    """

    def __init__(self, document: _Strict) -> None:
        self.document, self.seen = document, dict.fromkeys(TAGS, 0)
        self.drawn: set[bytes] = set()

    def finalize(self, value: Any) -> Any:
        if isinstance(value, Paragraphs):
            self._add(value.plain)
            return _Xml(value.__html__())
        if isinstance(value, Picture):
            png = value.png()
            self.drawn.add(png)
            return _Xml(_placed(self.document, png, value.words))
        if isinstance(value, str):
            self._add(value)
            return guard(value)
        if isinstance(value, Undefined):
            str(value)  # raises, naming the field
        raise TypeError(f"trường có giá trị kiểu {type(value).__name__}, không phải chữ")

    def _add(self, text: str) -> None:
        for tag in TAGS:
            self.seen[tag] += text.count(tag)


class _Xml:
    """Goes into the body as it is; jinja escapes everything without `__html__`."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def __html__(self) -> str:
        return guard(self.xml)


def _placed(document: _Strict, png: bytes, words: str) -> str:
    """The picture in a run of its own, as docxtpl's InlineImage puts it, with alternative text; docxtpl numbers all of them anew."""
    inline = document.current_rendering_part.new_pic_inline(io.BytesIO(png), Mm(WIDTH // 10))
    for properties in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        properties.set("name", "Biểu đồ")
        properties.set("descr", words)
    drawing = etree.tostring(inline, encoding="unicode")
    return f'</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r><w:r><w:t xml:space="preserve">'


def guard(text: str) -> str:
    """Breaks up the sequences docxtpl would rewrite ({_{ {_% }_} %_}), also those that two neighbouring fields make together."""
    return text.replace("_", GUARD + "_" + GUARD)


def render(template: bytes, fields: Mapping[str, Any], title: str, author: str, declared: datetime, name: str) -> bytes:
    """`name` is the form in messages. Raises TemplateError naming form and field; gives checked, reproducible bytes."""
    _refuse_shadowed(fields, name)
    document = _Strict(io.BytesIO(template))
    values = _Values(document)
    try:
        document.render(dict(fields), environment(values.finalize), autoescape=True)
    except UndefinedError as error:
        raise TemplateError(f"{name}: mẫu dùng trường không có: {error.message}{_context(error)}") from error
    except (JinjaError, etree.XMLSyntaxError, TypeError, ValueError, ArithmeticError) as error:
        raise TemplateError(f"{name}: không điền được mẫu: {error}{_context(error)}") from error
    _properties(document, title, author, declared)
    parts = _parts(document.docx.part.package)
    check_parts(parts, values.seen, name, values.drawn)
    return packed(parts)


def _parts(package: Any) -> dict[str, bytes]:
    """The files of the .docx as python-docx would save them, the words people read bound; in the order of a stable zip."""
    types = _ContentTypesItem.from_parts(package.parts)  # type: ignore[no-untyped-call]
    found = {CONTENT_TYPES_URI.membername: types.blob}
    found[PACKAGE_URI.rels_uri.membername] = package.rels.xml
    for part in package.parts:
        part.before_marshal()
        if TEXT_PARTS.fullmatch(part.partname.membername) and isinstance(part, XmlPart):
            bind_part(part.element)
        found[part.partname.membername] = part.blob
        if len(part.rels):
            found[part.partname.rels_uri.membername] = part.rels.xml
    return found


def _context(error: Exception) -> str:
    """The template's own words around the fault, where docxtpl knows them."""
    lines = [line.strip() for line in getattr(error, "docx_context", ()) if line.strip()]
    return f" (gần «{' / '.join(lines)[:160]}»)" if lines else ""


def _refuse_shadowed(fields: Any, name: str) -> None:
    """A field called like a dict's method would print nothing."""
    if isinstance(fields, Mapping):
        clash = SHADOWED & set(fields)
        if clash:
            raise TemplateError(f"{name}: tên trường {sorted(clash)} không dùng được")
        for value in fields.values():
            _refuse_shadowed(value, name)
    elif isinstance(fields, (list, tuple)):
        for value in fields:
            _refuse_shadowed(value, name)


def _properties(document: Any, title: str, author: str, declared: datetime) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = (text[:LONGEST_PROPERTY] for text in (title, author, author))
    core.subject = core.comments = core.keywords = core.category = ""
    core.language, core.revision = "vi-VN", 1
    core.created = core.modified = declared
