"""An open PDF -> hits on its XMP, and on the document information that must say the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import ObjectType

from pipeline.signoff.pdfa.rules import Hit
from pipeline.signoff.pdfa.walk import entries, is_object, name

RDF, XML, PDFAID = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/XML/1998/namespace", "http://www.aiim.org/pdfa/ns/id/"
DC, XMP, PDF = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/pdf/1.3/"
DECLARED = {DC, XMP, PDF, PDFAID}
PACKET = re.compile(rb"<\?xpacket begin=[^?]*\?>")
DATE = re.compile(r"D:(\d{14})(?:Z|([+-]\d\d)'?(\d\d)'?)?$")
PAIRS = {
    "/Title": (DC, "title"),
    "/Author": (DC, "creator"),
    "/Subject": (DC, "description"),
    "/Keywords": (PDF, "Keywords"),
    "/Producer": (PDF, "Producer"),
    "/Creator": (XMP, "CreatorTool"),
    "/CreationDate": (XMP, "CreateDate"),
    "/ModDate": (XMP, "ModifyDate"),
}


def metadata_hits(pdf: pikepdf.Pdf) -> Iterator[Hit]:
    stream = pdf.Root.get("/Metadata")
    values = entries(stream)
    if (
        stream is None
        or not is_object(stream, ObjectType.stream)
        or name(values.get("/Subtype")) != "/XML"
        or name(values.get("/Type")) != "/Metadata"
    ):
        yield Hit("xmp")
        return
    data = stream.read_bytes()
    properties = None if "/Filter" in values else _properties(data)
    if properties is None:
        yield Hit("xmp")
        return
    if {space for space, _ in properties} - DECLARED:
        yield Hit("xmp-la")
    if (properties.get((PDFAID, "part")), properties.get((PDFAID, "conformance"))) != ("2", "B") or b":pdfaid=" not in data:
        yield Hit("pdfaid")
    for key, value in entries(pdf.trailer.get("/Info")).items():
        if key in PAIRS and not _same(str(value), properties.get(PAIRS[key], "")):
            yield Hit("thong-tin", detail=key)


def _properties(data: bytes) -> dict[tuple[str, str], str] | None:
    """(namespace, name) -> text of each property; None when the packet is not as XMP asks."""
    head = PACKET.match(data)
    if not head or b"bytes=" in head[0] or b"encoding=" in head[0] or b"<!DOCTYPE" in data:
        return None
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    found: dict[tuple[str, str], str] = {}
    for description in root.iter(f"{{{RDF}}}Description"):
        for attribute, value in description.attrib.items():
            space, local = _split(str(attribute))
            if space not in (RDF, XML, ""):
                found[space, local] = str(value)
        for element in description.iterchildren(etree.Element):
            found[_split(str(element.tag))] = ", ".join(t for t in map(str, element.itertext()) if t.strip())
    return found


def _split(tag: str) -> tuple[str, str]:
    space, _, local = tag.rpartition("}")
    return space[1:], local


def _same(info: str, xmp: str) -> bool:
    return info == xmp or (info.startswith("D:") and _moment(info) is not None and _moment(info) == _iso(xmp))


def _moment(text: str) -> dt.datetime | None:
    found = DATE.match(text)
    return _iso(f"{found[1][:8]}T{found[1][8:]}{found[2] or '+00'}:{found[3] or '00'}") if found else None


def _iso(text: Any) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
