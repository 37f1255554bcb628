"""Open PDFs, one after another -> their pages in a new PDF, whose list of pages is written once, at the end.

qpdf looks through all pages of the new file for each page that is added to it: a year of some thousands of pages would take minutes.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Name

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
TRAVELLING = Name("/Trang")  # what a page calls itself on the way: qpdf copies a page by its own slow road only


class PageList:
    """`count`: pages taken so far. Nothing else may ask `pdf` for its pages before `settle`."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self._taken: list[pikepdf.Object] = []

    @property
    def count(self) -> int:
        return len(self._taken)

    def take(self, source: pikepdf.Pdf) -> int:
        """All pages of the source with what they lead to; gives the number (from 0) of the first. The source is of no use any more."""
        first, pages = self.count, [page.obj for page in source.pages]
        for page in pages:
            _own_what_is_inherited(page)
            page.Type = TRAVELLING
            if "/Parent" in page:
                del page["/Parent"]
        self._taken += list(self.pdf.copy_foreign(source.make_indirect(Array(pages))))
        return first

    def settle(self) -> list[pikepdf.Object]:
        """Writes the list; gives the pages in order."""
        root = self.pdf.Root.Pages
        for page in self._taken:
            page.Type, page.Parent = Name.Page, root
        root.Kids, root.Count = Array(self._taken), self.count
        return [page.obj for page in self.pdf.pages]


def _own_what_is_inherited(page: pikepdf.Object) -> None:
    above, passed = page.get("/Parent"), set[tuple[int, int]]()
    while above is not None and above.objgen not in passed:
        passed.add(above.objgen)
        for key in INHERITED:
            if key in above and key not in page:
                page[key] = above[key]
        above = above.get("/Parent")
