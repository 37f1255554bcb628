"""A standard as people edited it in Word -> its bytes without a trace of who did, on which machine, in how many sittings.

Comments and tracked changes are refused before (package.py): they are words somebody has to decide about. What is taken away here nobody
sees in Word, and nobody could remove it without tools.
"""

from __future__ import annotations

import io
import re
from typing import Any

from lxml import etree

from pipeline.forms.package import PARSER, W, rewritten

CONCERNS = re.compile(r"word/[^/]+\.xml|docProps/(app|core)\.xml")
PROPERTIES = ("}Properties", "}coreProperties")  # rendering writes those a document has
SETTINGS = {"rsids", "rsid", "docVars", "mailMerge", "docId"}  # sittings, variables of macros, letters' data source, the file's own number
PEOPLE = "/people"  # names and accounts of reviewers stay in a file after their comments are gone
SITTING = f"{W}rsid"


def nameless(document: Any) -> bytes:
    """`document`: of python-docx."""
    for number, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(PEOPLE):
            del document.part.rels[number]
    buffer = io.BytesIO()
    document.save(buffer)
    return rewritten(buffer.getvalue(), _without_traces, CONCERNS)


def _without_traces(content: bytes) -> bytes:
    root = etree.fromstring(content, PARSER)
    if str(root.tag).endswith(PROPERTIES):
        root[:] = []
    for element in [e for e in root.iter(etree.Element) if etree.QName(e).localname in SETTINGS]:
        element.getparent().remove(element)  # type: ignore[union-attr]  # never the root
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if str(name).startswith(SITTING)]:
            del element.attrib[name]
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
