"""An open PDF and a page about to be dropped -> tags that no longer lead to it (else the page stays in the file, unseen)."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.signoff.pdfa.walk import elements, entries


def forget_page(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Elements of the structure tree stay, without their marks on that page."""
    gone = page.obj.objgen
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == Name.StructElem:
            if "/K" in obj:
                _drop_marks(obj, gone)
            if _leads_to(obj, gone):
                del obj["/Pg"]
    number = page.obj.get("/StructParents")
    tree = entries(pdf.Root.get("/StructTreeRoot")).get("/ParentTree")
    if number is not None and tree is not None:
        pikepdf.NumberTree(tree).pop(int(number), None)


def _leads_to(obj: pikepdf.Object, gone: tuple[int, int]) -> bool:
    return "/Pg" in obj and obj.Pg.objgen == gone


def _drop_marks(element: pikepdf.Object, gone: tuple[int, int]) -> None:
    """Numbers count on the element's own page, dictionaries name theirs."""
    own = _leads_to(element, gone)
    kids = elements(element.K) if isinstance(element.K, Array) else [element.K]
    kept = [k for k in kids if not (own if isinstance(k, int) else _marks(k, own, gone))]
    if len(kept) == len(kids):
        return
    if kept:
        element.K = Array(kept)
    else:
        del element["/K"]


def _marks(kid: pikepdf.Object, own: bool, gone: tuple[int, int]) -> bool:
    if not isinstance(kid, Dictionary) or kid.get("/Type") not in (Name.MCR, Name.OBJR):
        return False
    return _leads_to(kid, gone) if "/Pg" in kid else own
