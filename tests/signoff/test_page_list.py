"""Pages taken from several PDFs: the same file as with the library's own slow road, and nothing that is not theirs."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.signoff.page_list import PageList
from pipeline.signoff.shared_fonts import SharedFonts
from tests.signoff.small_pdf import draw

SOURCES = [draw(["một", "hai"]), draw(["ba"]), draw(["bốn", "năm", "sáu"])]


def saved(pdf: pikepdf.Pdf) -> bytes:
    packed = io.BytesIO()
    pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def taken(sources: Sequence[bytes]) -> tuple[bytes, list[int]]:
    with pikepdf.new() as pdf:
        pages = PageList(pdf)
        firsts = []
        for source in sources:
            with pikepdf.open(io.BytesIO(source)) as opened:
                firsts.append(pages.take(opened))
        settled = pages.settle()
        assert [page.objgen for page in settled] == [page.obj.objgen for page in pdf.pages]
        return saved(pdf), firsts


def test_the_same_bytes_as_by_the_library() -> None:
    with pikepdf.new() as pdf:
        for source in SOURCES:
            with pikepdf.open(io.BytesIO(source)) as opened:
                pdf.pages.extend(opened.pages)
        assert taken(SOURCES) == (saved(pdf), [0, 2, 3])


def test_what_a_page_inherits_comes_along() -> None:
    """Size, resources and turn may stand once for all pages, in the list of pages or above it."""
    with pikepdf.open(io.BytesIO(SOURCES[0])) as pdf:
        above = pdf.Root.Pages
        above.MediaBox, above.Rotate, above.Resources = Array([0, 0, 300, 400]), 90, pdf.pages[0].obj.Resources
        for page in pdf.pages:
            del page.obj["/MediaBox"], page.obj["/Resources"]
            page.obj.Rotate = 0
        del pdf.pages[1].obj["/Rotate"]
        source = saved(pdf)
    with pikepdf.open(io.BytesIO(taken([source])[0])) as pdf:
        assert [list(page.obj.MediaBox) for page in pdf.pages] == [[0, 0, 300, 400]] * 2
        assert [page.obj.Rotate for page in pdf.pages] == [0, 90]
        assert all("/Font" in page.obj.Resources for page in pdf.pages)
        assert {page.obj.Parent.objgen for page in pdf.pages} == {pdf.Root.Pages.objgen}


def without_parents(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        del page.obj["/Parent"]


def above_itself(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Parent = pdf.Root.Pages


@pytest.mark.parametrize("spoil", [without_parents, above_itself])
def test_a_list_of_pages_that_leads_nowhere(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(io.BytesIO(SOURCES[2])) as source, pikepdf.new() as pdf:
        assert len(source.pages) == 3
        spoil(source)
        pages = PageList(pdf)
        pages.take(source)
        assert len(pages.settle()) == 3


def test_what_pages_share_is_copied_once() -> None:
    with pikepdf.open(io.BytesIO(SOURCES[2])) as pdf:
        shared = pdf.make_indirect(Dictionary(Loai=Name.Chung))
        for page in pdf.pages:
            page.obj.Chung = shared
        source = saved(pdf)
    with pikepdf.open(io.BytesIO(taken([source])[0])) as pdf:
        assert len({page.obj.Chung.objgen for page in pdf.pages}) == 1


def test_font_files_with_a_common_home_are_not_copied() -> None:
    """Not even as objects that nothing leads to: the memory of a whole year depends on it."""
    with pikepdf.new() as pdf:
        pages, fonts = PageList(pdf), SharedFonts(pdf)
        for step in (fonts.look, fonts.send):
            for source in SOURCES:
                with pikepdf.open(io.BytesIO(source)) as opened:
                    step(opened)
                    if step == fonts.send:
                        pages.take(opened)
            if step == fonts.look:
                fonts.decide()
        pages.settle()
        fonts.settle()
        held = [o for o in pdf.objects if isinstance(o, Dictionary)]
        assert [len([o for o in held if key in o]) for key in ("/FontFile2", "/Widths")] == [1, 0]
        assert len([o for o in held if o.get("/Subtype") == Name.Type0]) == len(SOURCES)
