"""Places to sign -> empty signature fields in a PDF, in signing order, each locked when signed; and back: the fields a PDF has.

Made by ourselves in the same save as everything else, so that equal input gives equal bytes. A signature locks its own field;
the last one allows no change at all after it, so that a late field or a wrong order shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.signoff.blanks import SignatureField

PRINT, LOCKED = 4, 128
NOTHING_MORE = 1  # /P of a lock: no change of any kind after this signature
SIGNATURES_EXIST = 1


def add_fields(pdf: pikepdf.Pdf, fields: Iterable[SignatureField]) -> None:
    """In the order of their names, which is the order of signing."""
    ordered = sorted(fields, key=lambda f: f.name)
    if not ordered:
        return
    widgets = [_widget(pdf, field, last=field is ordered[-1]) for field in ordered]
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(widgets), SigFlags=SIGNATURES_EXIST))


def _widget(pdf: pikepdf.Pdf, field: SignatureField, last: bool) -> pikepdf.Object:
    page = pdf.pages[field.page]
    left, bottom, right, top = field.box
    look = pdf.make_stream(b"")
    look.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, right - left, top - bottom]))
    lock = Dictionary(Type=Name.SigFieldLock, Action=Name.Include, Fields=Array([String(field.name)]))
    if last:
        lock.P = NOTHING_MORE
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(field.name),
            TU=String(field.signer),
            Rect=Array(list(field.box)),
            F=PRINT | LOCKED,
            P=page.obj,
            AP=Dictionary(N=look),
            Lock=pdf.make_indirect(lock),
        )
    )
    if "/Annots" not in page.obj:
        page.obj.Annots = pdf.make_indirect(Array())
    page.obj.Annots.append(widget)
    return widget


def fields_of(pdf: pikepdf.Pdf) -> list[SignatureField]:
    """The signature fields of a PDF of ours, in the order in which they stand in its form."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found = []
    for field in _terminal(_form_fields(pdf)):
        if field.get("/FT") == Name.Sig and "/P" in field:
            left, bottom, right, top = (float(v) for v in field.Rect)
            found.append(
                SignatureField(str(field.get("/T", "")), pages[field.P.objgen], (left, bottom, right, top), str(field.get("/TU", "")))
            )
    return found


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Someone's signature is in it: whoever writes the file anew destroys it."""
    return any(field.get("/FT") == Name.Sig and "/V" in field for field in _terminal(_form_fields(pdf)))


def signed_file(path: Path) -> bool:
    """Whether the file carries a signature; one that cannot be read carries none that counts."""
    try:
        with pikepdf.open(path) as pdf:
            return is_signed(pdf)
    except (pikepdf.PikepdfError, OSError):
        return False


def _form_fields(pdf: pikepdf.Pdf) -> Sequence[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    return list(form.get("/Fields", Array())) if isinstance(form, Dictionary) else []


def _terminal(fields: Sequence[pikepdf.Object], depth: int = 0) -> Iterator[pikepdf.Object]:
    """Fields of a file that may come from elsewhere: kids of kids, but not without end."""
    for field in fields:
        yield field
        if depth < 8 and "/Kids" in field:
            yield from _terminal(list(field.Kids), depth + 1)
