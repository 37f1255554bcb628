"""Documents and bundle as read back -> every text that somebody could read or find in the files, each with its file and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.audit.bundles import ReadBundle
from pipeline.audit.documents import ReadDocument
from pipeline.audit.pdf_shape import PdfShape, Titles
from pipeline.audit.text import words

STANDARD = re.compile(r"xmlns(?::\w+)?=\"[^\"]*\"|x:xmptk=\"[^\"]*\"")  # names of formats, and the one a packet of metadata must bear


@dataclass(frozen=True)
class Passage:
    """`pages`: texts that follow each other; `first`: the number of the first, 0 = the text has no pages."""

    file: str
    pages: tuple[str, ...]
    first: int = 0

    @cached_property
    def words(self) -> list[str]:
        return [word for text in self.pages for word in words(text)]

    @property
    def numbered(self) -> Iterator[tuple[int, str]]:
        """Each text with its page."""
        yield from ((self.first + number if self.first else 0, text) for number, text in enumerate(self.pages))

    def page_of_word(self, place: int) -> int:
        for number, text in enumerate(self.pages):
            place -= len(words(text))
            if place < 0:
                return self.first + number if self.first else 0
        return 0


def passages(documents: Sequence[ReadDocument], bundle: ReadBundle) -> Iterator[Passage]:
    """Of the bundle's pages only those in front: the rest was found to be the documents' own."""
    for document in documents:
        word = document.word
        yield Passage(f"{document.name}.docx", (document.word_text,))
        yield Passage(f"{document.name}.docx", ("\n".join((*word.margins, *word.properties.values())),))
        yield Passage(f"{document.name}.pdf", document.body, 1)
        yield from _about(f"{document.name}.pdf", document.shape)
    yield Passage(bundle.name, bundle.pages[: bundle.front], 1)
    yield Passage(bundle.name, bundle.feet, 1)
    yield from _about(bundle.name, bundle.shape)
    for path in sorted(bundle.path.parent.rglob("*")):
        yield Passage(f"{bundle.plan.folder}/{path.relative_to(bundle.path.parent).as_posix()}", (path.name,))


def _about(file: str, shape: PdfShape) -> Iterator[Passage]:
    fields = [f"{field.name} {field.told}" for field in shape.fields]
    yield Passage(
        file, ("\n".join((*shape.info.values(), STANDARD.sub("", shape.metadata), *_titles(shape.outline), *shape.names, *fields)),)
    )


def _titles(titles: Titles) -> Iterator[str]:
    for title, _, below in titles:
        yield title
        yield from _titles(below)


def hidden(documents: Sequence[ReadDocument]) -> Iterator[Passage]:
    """What the Word files hold beside their text: attributes, settings, relations."""
    for document in documents:
        for xml in document.word.raw:
            yield Passage(f"{document.name}.docx", (STANDARD.sub("", xml),))
