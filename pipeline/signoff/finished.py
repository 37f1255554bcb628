"""A PDF fresh from LibreOffice -> the same PDF without clock or machine in it, and what is wrong with it, if anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2

from pipeline.problems import OutputError
from pipeline.signoff.blanks import SignatureField
from pipeline.signoff.in_memory import opened, saved
from pipeline.signoff.pdfa.intent import set_intent
from pipeline.signoff.pdfa.tags import forget_page
from pipeline.signoff.sign_fields import add_fields, is_signed

A4_POINTS = (595.276, 841.89)
TOLERANCE = 1.5
DRAFT_MARK = "DỰ THẢO"
NOT_ARCHIVAL = "không phải PDF/A (thiếu OutputIntent)"
FONTS = ("LiberationSerif", "TimesNewRoman", "OpenSymbol")


def normalise(path: Path, declared: datetime, title: str, author: str, to_sign: Sequence[SignatureField] = ()) -> None:
    """Takes away what comes from the clock (dates, /ID, checksum), an empty last page, the opening view; sets title, author, language, colours.

    The marks that said where to sign give way to the signature fields themselves.
    """
    path.write_bytes(_renumbered(_stamped(path, declared, title, author, to_sign)))


def _stamped(path: Path, declared: datetime, title: str, author: str, to_sign: Sequence[SignatureField]) -> bytes:
    blank = _ends_blank(path)
    with pikepdf.open(path, attempt_recovery=False) as pdf:
        if blank and not _has_picture(pdf.pages[-1]):
            forget_page(pdf, pdf.pages[-1])
            del pdf.pages[-1]
        if "/OpenAction" in pdf.Root:
            del pdf.Root["/OpenAction"]
        stamp_metadata(pdf, declared, title, author)
        if "/Dests" in pdf.Root:
            del pdf.Root["/Dests"]
        add_fields(pdf, to_sign)
        for key in ("/DocChecksum", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        return saved(pdf, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _ends_blank(path: Path) -> bool:
    """True when the last page says nothing but its number: a signature block that fills its page pushes the end mark of the Word file onto one more."""
    with opened_pdf(path) as document:
        count = len(document)
        return count > 1 and squeeze(_text(document[count - 1])).replace(squeeze(DRAFT_MARK), "") in ("", str(count))


def _has_picture(page: pikepdf.Page) -> bool:
    drawn = page.resources.get("/XObject", pikepdf.Dictionary())
    return any(item.get("/Subtype") == "/Image" for item in drawn.values())


def _renumbered(plain: bytes) -> bytes:
    """Objects numbered by where they are used: LibreOffice numbers fonts in an order that changes from machine to machine."""
    with opened(plain) as ordered:
        del ordered.trailer["/ID"]
        return saved(ordered, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def stamp_metadata(pdf: pikepdf.Pdf, declared: datetime, title: str, author: str) -> None:
    """Document information and XMP from the declared date only, PDF/A-2b marker, the one colour profile, Vietnamese as the language."""
    set_intent(pdf)
    moment = declared.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        for key in list(meta):
            del meta[key]
        meta["dc:title"], meta["dc:creator"], meta["dc:language"] = title, [author], {"vi-VN"}
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = meta["xmp:MetadataDate"] = moment
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "2", "B"
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    date = declared.strftime("D:%Y%m%d%H%M%S+00'00'")
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, author
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = date
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def broken_off(path: Path) -> str:
    """'' when LibreOffice's PDF was written to its end, as PDF/A; else what there is instead. What comes later gives any PDF the marks of PDF/A."""
    if not path.exists():
        return "không tạo được tệp PDF"
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            return "" if "/OutputIntents" in pdf.Root else NOT_ARCHIVAL
    except (pikepdf.PikepdfError, OSError, ValueError):
        return "tệp PDF hỏng hoặc bị cắt"


def fault(path: Path, expect: tuple[str, ...]) -> str:
    """'' when the PDF is whole, A4, in our fonts and carries the expected words on its pages; else the reason."""
    try:
        return structure_fault(path) or text_fault([squeeze(text) for text in texts(path)], expect)
    except OutputError as error:
        return str(error)


def structure_fault(path: Path) -> str:
    """'' when the PDF is whole, A4 and in our fonts; else the reason."""
    if not path.exists():
        return "không tạo được tệp PDF"
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            found = _structure_fault(pdf)
            return found or ("" if "/OutputIntents" in pdf.Root else NOT_ARCHIVAL)
    except (pikepdf.PikepdfError, OSError, ValueError, AttributeError):
        return "tệp PDF hỏng hoặc bị cắt"


def _structure_fault(pdf: pikepdf.Pdf) -> str:
    if pdf.is_encrypted or is_signed(pdf):
        return "tệp PDF bị khóa hoặc đã ký"
    if not pdf.pages:
        return "tệp PDF không có trang nào"
    for number, page in enumerate(pdf.pages, 1):
        left, bottom, right, top = (float(v) for v in page.mediabox)
        sides = sorted((right - left, top - bottom))
        if any(abs(a - b) > TOLERANCE for a, b in zip(sides, A4_POINTS)):
            return f"trang {number} không phải khổ A4"
        for font in sorted(_fonts(page)):
            if not font.startswith(FONTS):
                return f"trang {number} dùng phông {font} (máy thiếu phông Liberation Serif?)"
    return ""


def _fonts(page: pikepdf.Page) -> set[str]:
    fonts = page.resources.get("/Font", pikepdf.Dictionary())
    return {str(f.get("/BaseFont", "/không tên"))[1:].split("+")[-1] for f in fonts.values()}


def page_count(path: Path) -> int:
    with pikepdf.open(path, attempt_recovery=False) as pdf:
        return len(pdf.pages)


@contextmanager
def opened_pdf(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise OutputError(f"{path.name}: không đọc lại được tệp PDF ({error})") from error
    try:
        yield document
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    return unicodedata.normalize("NFC", page.get_textpage().get_text_range())


def texts(path: Path) -> list[str]:
    """Text of each page, NFC."""
    with opened_pdf(path) as document:
        return [_text(page) for page in document]


def squeeze(text: str) -> str:
    """For comparing words that a line break may cut: no white space at all."""
    return re.sub(r"[\s\u00a0\u00ad\ufffe]+", "", unicodedata.normalize("NFC", text))


def text_fault(pages: Sequence[str], expect: tuple[str, ...]) -> str:
    """'' when the pages, without white space, carry the expected words; else the reason."""
    whole = "".join(pages)
    if not whole:
        return "tệp PDF trống"
    absent = [words for words in expect if words and squeeze(words) not in whole]
    return f"tệp PDF thiếu nội dung của đơn vị («{absent[0][:60]}»)" if absent else ""
