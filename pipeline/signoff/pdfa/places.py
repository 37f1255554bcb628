"""Hits in objects of an open PDF -> findings in words: the page that uses the object, else its number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import ObjectType

from pipeline.signoff.pdfa.rules import Finding, Hit
from pipeline.signoff.pdfa.walk import elements, entries, is_object

ELSEWHERE = ("/Parent", "/P", "/Pg", "/Dest", "/D", "/A", "/StructParents", "/B")  # lead out of the page


def place(pdf: pikepdf.Pdf, hits: Iterable[Hit]) -> list[Finding]:
    """Each rule once per object. Only called with hits: looking for an object's page goes through the pages."""
    hits = list(dict.fromkeys(hits))
    pages = _pages_of(pdf, {h.holder for h in hits if h.holder != (0, 0)})
    return list(dict.fromkeys(Finding(h.rule, _words(h.holder, pages), h.detail) for h in hits))


def _words(holder: tuple[int, int], pages: dict[tuple[int, int], int]) -> str:
    if holder == (0, 0):
        return "cả tệp"
    return f"trang {pages[holder]}" if holder in pages else f"đối tượng {holder[0]}"


def _pages_of(pdf: pikepdf.Pdf, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Wanted object -> the first page (from 1) that uses it."""
    found: dict[tuple[int, int], int] = {}
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        if len(found) == len(wanted):
            break
        for holder in _used(page.obj, seen):
            if holder in wanted:
                found.setdefault(holder, number)
    return found


def _used(page: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    stack: list[Any] = [page]
    while stack:
        obj = stack.pop()
        if obj.is_indirect:
            if obj.objgen in seen:
                continue
            seen.add(obj.objgen)
            yield obj.objgen
        below = [v for k, v in entries(obj).items() if k not in ELSEWHERE] + elements(obj)
        stack += [v for v in below if any(is_object(v, kind) for kind in (ObjectType.dictionary, ObjectType.stream, ObjectType.array))]
