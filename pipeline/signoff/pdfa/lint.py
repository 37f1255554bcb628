"""A PDF, by its path or its bytes -> what in it breaks PDF/A-2b or the project's own stricter rules; never raises.

The rules stand in `rules.py`. They are markers, not a proof: what glyphs look like, or whether their widths agree with the font program,
is left to veraPDF (`signoff/verapdf.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pikepdf

from pipeline.signoff.in_memory import opened
from pipeline.signoff.pdfa.content import content_hits
from pipeline.signoff.pdfa.document import document_hits, page_hits
from pipeline.signoff.pdfa.file import file_hits
from pipeline.signoff.pdfa.fonts import Programs, font_hits, is_font
from pipeline.signoff.pdfa.intent import intent_hits
from pipeline.signoff.pdfa.metadata import metadata_hits
from pipeline.signoff.pdfa.objects import object_hits, silent, unreadable
from pipeline.signoff.pdfa.places import place
from pipeline.signoff.pdfa.rules import RULES, Finding, Hit
from pipeline.signoff.pdfa.walk import Item, walk

LEVEL = "PDF/A-2b"
CHECKER = f"bộ kiểm tra của chương trình, {len(RULES)} quy tắc"
MALFORMED = (pikepdf.PdfError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RuntimeError, NotImplementedError)


def lint(source: Path | bytes) -> list[Finding]:
    """[] when no rule is broken. What cannot be read at all is a finding too."""
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        return [Finding("mo-tep", "cả tệp", str(error.strerror))]
    hits = list(file_hits(data))
    try:
        with opened(data) as pdf:
            hits += [Hit("ma-hoa")] if pdf.is_encrypted else _all_hits(pdf)
            return place(pdf, hits)
    except pikepdf.PasswordError:
        hits.append(Hit("ma-hoa"))
    except MALFORMED as error:
        hits.append(Hit("mo-tep", detail=str(error)[:80]))
    return [Finding(h.rule, "cả tệp", h.detail) for h in dict.fromkeys(hits)]


def told(findings: list[Finding], most: int = 3) -> str:
    """Findings in one line for a clerk."""
    rest = f" (và {len(findings) - most} chỗ khác)" if len(findings) > most else ""
    return "; ".join(str(f) for f in findings[:most]) + rest


def _all_hits(pdf: pikepdf.Pdf) -> list[Hit]:
    hits: list[Hit] = []
    for check in (document_hits, intent_hits, metadata_hits):
        hits += _guarded(lambda check=check: check(pdf), (0, 0))  # type: ignore[misc]
    tagged = "/StructTreeRoot" in pdf.Root
    listed = {page.obj.objgen for page in pdf.pages}
    programs: Programs = {}
    for item in walk(pdf, hits):
        if not silent(item):
            hits += _guarded(lambda item=item: _item_hits(item, tagged, listed, programs), item.holder)  # type: ignore[misc]
    mended = pdf.get_warnings()  # what qpdf mended while reading
    return hits or [Hit("mo-tep", detail=str(w)[:120]) for w in mended[:1]]


def _item_hits(item: Item, tagged: bool, listed: set[tuple[int, int]], programs: Programs) -> Iterable[Hit]:
    yield from object_hits(item)
    if item.is_stream and unreadable(item):
        yield Hit("do-dai-luong", item.holder)
    elif item.type == "/Page":
        yield from page_hits(item, tagged, listed)
        yield from content_hits(item) if item.holder in listed else ()
    elif is_font(item):
        yield from font_hits(item, programs)
    elif item.is_stream:
        yield from content_hits(item)
    elif item.type == "/FontDescriptor" and "/FontName" not in item.values:
        yield Hit("phong-loai", item.holder)


def _guarded(check: Callable[[], Iterable[Hit]], holder: tuple[int, int]) -> list[Hit]:
    """The check's hits; an object so malformed that the check stumbles is a hit itself."""
    try:
        return list(check())
    except pikepdf.PdfError:
        return [Hit("do-dai-luong", holder)]
    except MALFORMED as error:
        return [Hit("mo-tep", holder, f"{type(error).__name__}: {error}"[:80])]
