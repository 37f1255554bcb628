"""A finished .pdf -> what leads through it and what it says about itself: outline, links, labels, names, fields, metadata, fonts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.audit.pdf_text import Box
from pipeline.audit.text import clean
from pipeline.problems import OutputError

OUTSIDE = ("/URI", "/GoToR", "/GoToE", "/Launch", "/SubmitForm", "/ImportData", "/JavaScript")
Titles = tuple[tuple[str, int, "Titles"], ...]  # title, page from 1 (0 = nowhere), what is below


@dataclass(frozen=True)
class LinkFound:
    """`target` 0 = leads to no page of this file."""

    page: int
    box: Box
    target: int


@dataclass(frozen=True)
class FieldFound:
    """A form field: its name, its page (0 = on none), what a reader tells about it, whether somebody has signed it."""

    name: str
    page: int
    told: str
    signed: bool


@dataclass(frozen=True)
class PdfShape:
    pages: int
    info: dict[str, str]  # document information, keys without slash
    metadata: str  # XMP as written
    outline: Titles
    links: tuple[LinkFound, ...]
    outside: tuple[str, ...]  # actions that lead out of the file or run something
    labels: tuple[str, ...]  # of each page; () = none
    names: tuple[str, ...]  # named destinations, as often as they are listed
    fields: tuple[FieldFound, ...]  # in order
    opens: int  # the page a reader shows first; 0 = nothing says
    font_files: tuple[str, ...]  # a hash for each font file embedded, as often as it is


@dataclass(frozen=True)
class Outline:
    """No more than how long a file is and where its outline leads."""

    pages: int
    outline: Titles


def read_outline(path: Path) -> Outline:
    with _opened(path) as pdf:
        return Outline(len(pdf.pages), _outline(pdf, _numbered(pdf)))


@contextmanager
def _opened(path: Path) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            yield pdf
    except (OSError, pikepdf.PikepdfError) as error:
        raise OutputError(f"{path.name}: không đọc lại được tệp PDF ({error})") from error


def _numbered(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def read_shape(path: Path, fonts: bool = False) -> PdfShape:
    """`fonts`: font files are looked at too, which takes most of the time."""
    with _opened(path) as pdf:
        return _shape(pdf, fonts)


def _shape(pdf: pikepdf.Pdf, fonts: bool) -> PdfShape:
    places = _numbered(pdf)
    return PdfShape(
        len(pdf.pages),
        {key[1:]: clean(str(value)) for key, value in pdf.docinfo.items()} if "/Info" in pdf.trailer else {},
        clean(pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")) if "/Metadata" in pdf.Root else "",
        _outline(pdf, places),
        tuple(_links(pdf, places)),
        tuple(_outside(pdf)),
        tuple(_labels(pdf)),
        tuple(_names(pdf.Root)),
        tuple(_fields(pdf, places)),
        _target(pdf.Root.get("/OpenAction"), pdf.Root.get("/OpenAction"), places),
        tuple(hashlib.sha256(font.read_raw_bytes()).hexdigest() for font in (_font_files(pdf) if fonts else ())),
    )


def _target(destination: object, action: object, places: dict[tuple[int, int], int]) -> int:
    """Explicit places only: a bundle has no other."""
    if destination is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        destination = action.get("/D")
    if isinstance(destination, Array) and len(destination) and isinstance(destination[0], Dictionary):
        return places.get(destination[0].objgen, 0)
    return 0


def _outline(pdf: pikepdf.Pdf, places: dict[tuple[int, int], int]) -> Titles:
    def walk(items: list[pikepdf.OutlineItem]) -> Titles:
        return tuple((clean(str(i.title)), _target(i.destination, i.action, places), walk(i.children)) for i in items)

    return walk(list(pdf.open_outline().root))  # only read: leaving it as a context would write it anew


def _links(pdf: pikepdf.Pdf, places: dict[tuple[int, int], int]) -> Iterator[LinkFound]:
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", Array()):
            if annotation.get("/Subtype") == Name.Link:
                left, bottom, right, top = (float(v) for v in annotation.Rect)
                yield LinkFound(number, (left, bottom, right, top), _target(annotation.get("/Dest"), annotation.get("/A"), places))


def _outside(pdf: pikepdf.Pdf) -> Iterator[str]:
    holders = [pdf.Root, *(page.obj for page in pdf.pages), *(a for page in pdf.pages for a in page.obj.get("/Annots", Array()))]
    for holder in holders:
        if "/AA" in holder:
            yield "AA"
        for key in ("/A", "/OpenAction"):
            action = holder.get(key)
            kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
            if kind in OUTSIDE:
                yield f"{kind[1:]} {action.get('/URI', '')}".strip()  # type: ignore[union-attr]
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in pdf.Root.get("/Names", Dictionary()):
            yield key[1:]


def _labels(pdf: pikepdf.Pdf) -> Iterator[str]:
    """As a reader shows them; only plain numbers are known here."""
    numbers = list(pdf.Root.get("/PageLabels", Dictionary()).get("/Nums", Array()))
    starts = {int(start): label for start, label in zip(numbers[::2], numbers[1::2])}
    first, label = 0, None
    for page in range(len(pdf.pages)) if starts else ():
        first, label = (page, starts[page]) if page in starts else (first, label)
        if label is not None:
            number = str(page - first + int(label.get("/St", 1))) if label.get("/S") == Name.D else ""
            yield clean(str(label.get("/P", ""))) + number


def _fields(pdf: pikepdf.Pdf, places: dict[tuple[int, int], int]) -> Iterator[FieldFound]:
    for field in pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array()):
        page = places.get(field.P.objgen, 0) if "/P" in field else 0
        yield FieldFound(clean(str(field.get("/T", ""))), page, clean(str(field.get("/TU", ""))), "/V" in field)


def _names(root: pikepdf.Object) -> Iterator[str]:
    yield from (key[1:] for key in root.get("/Dests", Dictionary()).keys())

    def walk(node: pikepdf.Object) -> Iterator[str]:
        for child in node.get("/Kids", Array()):
            yield from walk(child)
        yield from (str(name) for name in list(node.get("/Names", Array()))[::2])

    yield from walk(root.get("/Names", Dictionary()).get("/Dests", Dictionary()))


def _font_files(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Each stream once, however many fonts share it."""
    found = {}
    for obj in pdf.objects:
        if isinstance(obj, Dictionary):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in obj:
                    found[obj[key].objgen] = obj[key]
    return list(found.values())
