"""Front pages + the documents' PDFs -> one bundle: outline by document and heading, links, page labels, stamps, PDF/A marker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from pipeline.problems import OutputError
from pipeline.signoff.blanks import SignatureField
from pipeline.signoff.finished import stamp_metadata
from pipeline.signoff.front import Front, Link
from pipeline.signoff.in_memory import opened, saved
from pipeline.signoff.page_list import PageList
from pipeline.signoff.shared_fonts import SharedFonts
from pipeline.signoff.sign_fields import add_fields, fields_of, is_signed


Heading = tuple[str, int, list["Heading"]]  # title, page from 0, headings below


@dataclass(frozen=True)
class Part:
    """A PDF that goes into a bundle under a title of the outline."""

    title: str
    path: Path
    label: str = ""  # before its page numbers, where several bundles stand in one file


@dataclass(frozen=True)
class _Added:
    """A part as it stands in the bundle: first page from 0; its headings, links and signature fields, moved to where they now stand."""

    first: int
    headings: list[Heading]
    links: list[Link]
    to_sign: list[SignatureField]


def bundle(target: Path, front: Front, parts: Sequence[Part], stamp: bytes, declared: datetime, title: str, author: str) -> int:
    """Writes `target`, open at its index, with the signature fields of its parts; gives its page count.

    Raises OutputError when a part cannot go in (missing, locked, signed).
    """
    with pikepdf.new() as pdf:
        taken = PageList(pdf)
        headings: list[Heading] = [("Bìa và mục lục", _append(taken, front.pdf), [])]
        added = [_append_part(taken, part) for part in parts]
        headings += [(part.title, a.first, a.headings) for part, a in zip(parts, added)]
        pages = taken.settle()
        _add_links(pdf, pages, [*(link for a in added for link in a.links), *front.links])
        _add_stamps(pdf, stamp)
        _add_outline(pdf, pages, headings)
        add_fields(pdf, [field for a in added for field in a.to_sign])
        stamp_metadata(pdf, declared, title, author)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        pdf.Root.OpenAction = Array([pages[front.index - 1], Name.Fit])
        _save(pdf, target)
        return len(pages)


def combine(target: Path, bundles: Sequence[Part], declared: datetime, title: str, author: str) -> int:
    """Bundles one after another in one file for reading, nothing to sign in it; outline of two levels: bundle, its documents.

    Pages are labelled as each bundle stamps them: its code and its own page number.
    """
    with pikepdf.new() as pdf:
        taken, fonts = PageList(pdf), SharedFonts(pdf)
        looked_at = [_look(part, fonts) for part in bundles]
        fonts.decide()
        added = [_append_part(taken, part, fonts, digest) for part, digest in zip(bundles, looked_at)]
        pages = taken.settle()
        fonts.settle()
        _add_links(pdf, pages, [link for a in added for link in a.links])
        headings: list[Heading] = [
            (part.title, a.first, [(title, page, []) for title, page, _ in a.headings]) for part, a in zip(bundles, added)
        ]
        labels = [x for part, a in zip(bundles, added) for x in (a.first, Dictionary(S=Name.D, P=String(f"{part.label} tr. ")))]
        pdf.Root.PageLabels = Dictionary(Nums=Array(labels))
        _add_outline(pdf, pages, headings)
        stamp_metadata(pdf, declared, title, author)
        _save(pdf, target)
        return len(pages)


def _save(pdf: pikepdf.Pdf, target: Path) -> None:
    pdf.Root.PageMode = Name.UseOutlines
    packed = saved(pdf, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    target.write_bytes(packed)  # by Python: qpdf ends the whole process when the disk is full


def _append(taken: PageList, source: bytes) -> int:
    with opened(source) as front:
        for page in front.pages:
            if "/Trans" in page.obj:  # ReportLab's transition between slides, empty
                del page.obj["/Trans"]
        return taken.take(front)


@contextmanager
def _part(part: Part) -> Iterator[tuple[pikepdf.Pdf, bytes]]:
    """The part, open, and the hash of its file."""
    try:
        data = part.path.read_bytes()
        with opened(data) as source:
            if source.is_encrypted or is_signed(source):
                raise OutputError(f"{part.path.name}: tệp đã ký hoặc bị khóa, không ghép được")
            yield source, hashlib.sha256(data).digest()
    except (pikepdf.PikepdfError, OSError) as error:
        raise OutputError(f"{part.path.name}: không ghép được ({error})") from error


def _look(part: Part, fonts: SharedFonts) -> bytes:
    with _part(part) as (source, digest):
        fonts.look(source)
        return digest


def _append_part(taken: PageList, part: Part, fonts: SharedFonts | None = None, looked_at: bytes = b"") -> _Added:
    """`looked_at`: the hash of the file whose fonts are known; glyphs of another one would be wrong letters."""
    first = taken.count
    with _part(part) as (source, digest):
        if fonts and digest != looked_at:
            raise OutputError(f"{part.path.parent.name}/{part.path.name}: tệp bị thay trong lúc ghép, chạy lại")
        to_sign = [replace(field, page=field.page + first) for field in fields_of(source)]
        targets = _Targets(source)
        headings, links = _headings(source, targets, first), _link_targets(source, targets)
        _strip(source)
        if fonts:
            fonts.send(source)
        taken.take(source)
    moved = [Link(first + page, (box[0], box[1], box[2], box[3]), first + target + 1) for page, box, target in links]
    return _Added(first, headings, moved, to_sign)


def _strip(source: pikepdf.Pdf) -> None:
    """What would dangle in a bundle: references to the part's tags, names and annotations."""
    for holder, keys in (
        (source.Root, ("/Names", "/Dests", "/AcroForm")),
        *((page.obj, ("/StructParents", "/Tabs", "/Annots")) for page in source.pages),
    ):
        for key in keys:
            if key in holder:
                del holder[key]


class _Targets:
    """Pages of a part by what leads to them: a destination, a name in the part's own list, an action."""

    def __init__(self, source: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: number for number, page in enumerate(source.pages)}
        self.names = dict(source.Root.get("/Dests", Dictionary()).items())
        if "/Dests" in source.Root.get("/Names", Dictionary()):
            self.names |= dict(pikepdf.NameTree(source.Root.Names.Dests))

    def page(self, target: object, action: object = None) -> int | None:
        """Page from 0; None when it lies outside the part."""
        if target is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            target = action.get("/D")
        if isinstance(target, (pikepdf.String, Name)):
            target = self.names.get(str(target))
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if isinstance(target, Array) and len(target) and isinstance(target[0], Dictionary):
            return self.pages.get(target[0].objgen)
        return None


def _headings(source: pikepdf.Pdf, targets: _Targets, offset: int) -> list[Heading]:
    def walk(items: list[OutlineItem]) -> list[Heading]:
        return [(str(item.title), (targets.page(item.destination, item.action) or 0) + offset, walk(item.children)) for item in items]

    return walk(list(source.open_outline().root))  # only read: leaving it as a context would write it anew


def _link_targets(source: pikepdf.Pdf, targets: _Targets) -> list[tuple[int, list[float], int]]:
    """Internal links of a part: page, rectangle, target page (all from 0 in the part)."""
    found = []
    for number, page in enumerate(source.pages):
        for annotation in page.obj.get("/Annots", Array()):
            target = targets.page(annotation.get("/Dest"), annotation.get("/A"))
            if annotation.get("/Subtype") == Name.Link and target is not None:
                found.append((number, [float(v) for v in annotation.Rect], target))
    return found


def _add_links(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Object], links: Iterable[Link]) -> None:
    for link in links:
        page = pages[link.page]
        annotation = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array(list(link.box)),
                Border=Array([0, 0, 0]),
                F=4,
                Dest=Array([pages[link.target - 1], Name.Fit]),
            )
        )
        if "/Annots" not in page:
            page.Annots = pdf.make_indirect(Array())
        page.Annots.append(annotation)


def _add_stamps(pdf: pikepdf.Pdf, stamp: bytes) -> None:
    """Like pikepdf's add_overlay, but under a name that is not drawn by lot; pages of one part may share their list of names."""
    with opened(stamp) as source:
        for number, (page, mark) in enumerate(zip(pdf.pages, source.pages, strict=True), 1):
            form = pdf.copy_foreign(mark.as_form_xobject())
            name = page.add_resource(form, Name.XObject, Name(f"/DauTrang{number}"))
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"Q\n" + page.calc_form_xobject_placement(form, name, pikepdf.Rectangle(page.trimbox)))
            page.contents_coalesce()


def _add_outline(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Object], headings: Sequence[Heading]) -> None:
    def item(heading: Heading, open_: bool) -> OutlineItem:
        title, page, below = heading
        entry = OutlineItem(title, Array([pages[page], Name.Fit]))
        entry.children = [item(h, False) for h in below]
        entry.is_closed = not open_
        return entry

    with pdf.open_outline() as outline:
        outline.root.extend(item(h, False) for h in headings)
