"""Bytes of a .docx -> what it may not carry: links out, macros, embedded or tracked things, automatic dates, a zip that is a trap.

For templates before they are used, and for rendered documents before they are converted (rendering/gate.py).
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")  # what people read
XML = (".xml", ".rels")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)  # a template may come from anywhere
MOST_ENTRIES, MOST_BYTES, MOST_RATIO = 2_000, 50_000_000, 100
FORBIDDEN_PARTS = {
    "vbaProject": "macro",
    "embeddings/": "tệp nhúng",
    "comments": "ghi chú của người soát",
    "customXml/": "dữ liệu tùy biến",
    "custom.xml": "thuộc tính tùy biến",
    "attachedTemplate": "mẫu đính kèm",
    "thumbnail": "ảnh thu nhỏ",
    "activeX": "đối tượng ActiveX",
    "afchunk": "tài liệu lồng",
}
FORBIDDEN_TAGS = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), "theo dõi thay đổi"),
    **dict.fromkeys(("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"), "theo dõi thay đổi"),
    "altChunk": "tài liệu lồng",
    "object": "đối tượng nhúng",
    "commentReference": "ghi chú của người soát",
    "attachedTemplate": "mẫu đính kèm",
}
CLOCK_FIELDS = set(
    "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME FILENAME FILESIZE USERNAME LASTSAVEDBY INCLUDETEXT INCLUDEPICTURE LINK DDE DDEAUTO".split()
)


def trap(data: bytes, part: str = "word/document.xml", what: str = "tệp Word (.docx)") -> str:
    """Why the zip may not even be opened; '' = it may. Reads the directory only, nothing is unpacked. `part`: what such a file must have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return f"không phải {what}"
    size, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > MOST_ENTRIES or size > MOST_BYTES or size > MOST_RATIO * max(packed, 1):
        return f"tệp nén bất thường ({_thousands(len(entries))} phần, {_thousands(size)} byte khi mở)"
    if odd := next((e.filename for e in entries if e.filename.startswith(("/", "\\")) or ".." in e.filename.split("/")), None):
        return f"tệp nén chứa đường dẫn không hợp lệ ({odd})"
    if part not in {e.filename for e in entries}:
        return f"không phải {what}"
    return ""


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def foreign(name: str, root: etree._Element | None) -> Iterator[str]:
    """What one part holds that may not be there; `root` None for parts that are not XML."""
    for word, what in FORBIDDEN_PARTS.items():
        if word in name:
            yield f"có {what} ({name})"
    if root is None:
        return
    found = {element.tag for element in root.iterdescendants(*(f"{W}{tag}" for tag in FORBIDDEN_TAGS))}
    for tag, what in FORBIDDEN_TAGS.items():
        if f"{W}{tag}" in found:
            yield f"có {what} (w:{tag})"
    if automatic := _automatic(root) & CLOCK_FIELDS:
        yield f"có trường tự động {', '.join(sorted(automatic))}"
    for relation in root.iter(RELATIONSHIP):
        if relation.get("TargetMode") == "External":
            yield f"có liên kết ra ngoài ({relation.get('Target')})"


def members(data: bytes) -> dict[str, bytes]:
    """Every file of the zip, unpacked once, in the order of the zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts(data: bytes) -> Iterator[tuple[str, etree._Element | None]]:
    """Every part in the order of the zip. Raises XMLSyntaxError naming nothing; the caller knows the file."""
    for name, content in members(data).items():
        yield name, parsed(name, content)


def parsed(name: str, content: bytes) -> etree._Element | None:
    """None for parts that are not XML."""
    return etree.fromstring(content, PARSER) if name.endswith(XML) else None


def rewritten(data: bytes, change: Callable[[bytes], bytes], concerns: re.Pattern[str]) -> bytes:
    """The same file with every part whose name matches changed; members keep their order. Not yet a stable zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if concerns.fullmatch(name) else content)
    return buffer.getvalue()


def _automatic(root: etree._Element) -> set[str]:
    """Names of the automatic fields of a part, also where a name is cut over several runs."""
    split = ("".join(t.text or "" for t in p.iter(f"{W}instrText")) for p in root.iter(f"{W}p"))
    whole = (f.get(f"{W}instr", "") for f in root.iter(f"{W}fldSimple"))
    return {word for text in (*split, *whole) for word in text.upper().split()}


def styles_of(data: bytes) -> frozenset[str]:
    """Ids of the styles a file defines."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return styles_in(archive.read("word/styles.xml"))


@functools.lru_cache(8)
def styles_in(content: bytes) -> frozenset[str]:
    """The same of word/styles.xml; of nothing, none."""
    root = etree.fromstring(content, PARSER) if content else None
    return frozenset(style.get(f"{W}styleId", "") for style in root.iter(f"{W}style")) if root is not None else frozenset()
