"""Pages of a finished .pdf + the Word file they come from -> what does not lie where it must: margins, page numbers, headings, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.forms.standards import Standard
from pipeline.signoff.finished import squeeze
from pipeline.signoff.page_breaks import Lonely
from pipeline.signoff.pages import PICTURE, PdfPage, Piece
from pipeline.signoff.word import Document, Paragraph, Section, Table

HEADINGS = ("DeMuc1", "DeMuc2", "DeMuc3", "TieuDeBang", "QuyetDinh", "PhuLucTieuDe", "TenLoai")
SIGNING = ("QuyenHan", "ChucVu", "Kiem", "HoTen")
SLACK = 1.0  # mm; a letter may reach a little over its box
SAME_COLUMN = 4.0  # mm between the middles of post and name
FIRST_LINES = 3  # under the mark of a draft the first words of an annex are not the first line
LEADING = ("ThanBai", "ThanBaiCuoi", "GachDauDong", "TruocBang")  # body text; one that ends with a colon leads in what follows
LONG_ENOUGH = 12  # letters of a cell that tell a row from others


@dataclass(frozen=True)
class Signature:
    """What stands above the blank, line by line, and the name below it."""

    above: tuple[str, ...]
    name: str


def findings(pages: list[PdfPage], document: Document, standard: Standard) -> list[str]:
    section = document.sections[0]
    found: list[str] = []
    for number, (page, printed) in enumerate(zip(pages, _printed_numbers(pages, document)), 1):
        found += _number(page, number, printed, section)
        found += _margins(page, number, section)
    found += [f"trang {h.page}: đề mục «{h.text[:50]}» đứng một mình ở cuối trang" for h in lonely_headings(pages, document)]
    found += _recipients(pages, section)
    for signature in signatures(document):
        found += _signature(pages, signature, float(standard.signing_room or 0))
    for table in document.tables:
        found += _header_row(pages, table)
    return list(dict.fromkeys(found))


def body_of(page: PdfPage, section: Section) -> list[Piece]:
    """Without what stands in the top margin: page number, draft mark."""
    return [p for p in page.pieces if p.bottom > section.margins["top"] - SLACK]


def lines_of(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces on one height, top to bottom; in each line from left to right (letters that reach below the line make a piece lower)."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.bottom, p.left)):
        if lines and piece.top < lines[-1][0].bottom - (lines[-1][0].bottom - lines[-1][0].top) / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.left) for line in lines]


# --- page --------------------------------------------------------------------------------------------------------------


def _printed_numbers(pages: list[PdfPage], document: Document) -> Iterator[int]:
    """1, 2, 3 ..., and from 1 again where an annex begins."""
    left, printed = [squeeze(words) for words in document.annexes], 0
    for page in pages:
        first = [squeeze("".join(p.text for p in line)) for line in lines_of(body_of(page, document.sections[0]))[:FIRST_LINES]]
        starts = bool(left) and left[0] in first
        printed = 1 if starts else printed + 1
        left = left[1:] if starts else left
        yield printed


def _number(page: PdfPage, number: int, printed: int, section: Section) -> Iterator[str]:
    """`number`: of the page in the file, as a reader finds it; `printed`: what must stand above its text."""
    middle = (section.margins["left"] + page.width - section.margins["right"]) / 2
    above = [p for p in page.pieces if p.bottom <= section.margins["top"] - SLACK and p.text.isdigit()]
    if printed == 1 and above:
        yield f"trang {number} có số trang"
    if printed > 1 and [p.text for p in above] != [str(printed)]:
        yield f"trang {number} không có số trang ở đầu trang"
    for piece in above:
        if printed > 1 and abs(piece.middle - middle) > SAME_COLUMN:
            yield f"trang {number}: số trang không ở giữa"


def _margins(page: PdfPage, number: int, section: Section) -> Iterator[str]:
    margins = section.margins
    for piece in body_of(page, section):
        out = (
            piece.left < margins["left"] - SLACK
            or piece.right > page.width - margins["right"] + SLACK
            or piece.bottom > page.height - margins["bottom"] + SLACK
        )
        if out:
            what = "biểu đồ ra ngoài lề" if piece.text == PICTURE else f"chữ ra ngoài lề («{piece.text[:40]}»)"
            yield f"trang {number}: {what}"
            return


# --- nothing alone -----------------------------------------------------------------------------------------------------


def lonely_headings(pages: list[PdfPage], document: Document) -> list[Lonely]:
    """Headings that are the last line of a page, though not of the document."""
    return _last_on_a_page(pages, document, {squeeze(p.text): p.text for p in document.paragraphs if p.style in HEADINGS and p.text})


def lonely_lead_ins(pages: list[PdfPage], document: Document) -> list[Lonely]:
    """Sentences that lead in a list or a table ("... như sau:") and are the last of a page; a matter of taste."""
    leading = (p for p in document.paragraphs if p.style in LEADING and p.cell is None and p.text.endswith(":"))
    return _last_on_a_page(pages, document, {squeeze(p.text): p.text for p in leading})


def _last_on_a_page(pages: list[PdfPage], document: Document, headings: dict[str, str]) -> list[Lonely]:
    found = []
    for number, page in enumerate(pages[:-1], 1):
        lines = lines_of(body_of(page, document.sections[0]))
        last = squeeze("".join(p.text for p in lines[-1])) if lines else ""
        for words, text in headings.items():
            if words == last or (len(last) >= LONG_ENOUGH and words.endswith(last)):
                which = sum(p.text.count(words) for p in pages[:number]) - 1
                found.append(Lonely(words, max(which, 0), number, text))
    return found


def _recipients(pages: list[PdfPage], section: Section) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        lines = lines_of(body_of(page, section))
        if lines and number < len(pages) and squeeze("".join(p.text for p in lines[-1])).endswith("Nơinhận:"):
            yield f"trang {number}: «Nơi nhận» đứng một mình ở cuối trang"
        if number > 1 and any(p.text.startswith("Nơi nhận") for line in lines[:1] for p in line):
            yield f"trang {number}: khối ký đứng riêng ở đầu trang"


# --- signatures --------------------------------------------------------------------------------------------------------


def signatures(document: Document) -> list[Signature]:
    """By cell: authority and post above, the name below."""
    cells: dict[int, list[Paragraph]] = {}
    for paragraph in document.paragraphs:
        if paragraph.cell is not None and paragraph.style in SIGNING and paragraph.text:
            cells.setdefault(paragraph.cell, []).append(paragraph)
    return [
        Signature(tuple(p.text for p in found if p.style != "HoTen"), found[-1].text)
        for found in cells.values()
        if found[-1].style == "HoTen" and len(found) > 1
    ]


def _signature(pages: list[PdfPage], signature: Signature, room: float) -> Iterator[str]:
    """The name right below the post's last line, on its page, with room to sign between."""
    said = f"chữ ký của {signature.name}"
    for page in reversed(pages):
        for name in reversed([p for p in page.pieces if squeeze(p.text) == squeeze(signature.name)]):
            above = [p for p in page.pieces if p.bottom < name.top and abs(p.middle - name.middle) < SAME_COLUMN]
            nearest = max(above, key=lambda p: p.bottom, default=None)
            if nearest is None or not squeeze(signature.above[-1]).endswith(squeeze(nearest.text)):
                continue
            wanted = squeeze("".join(signature.above))
            if wanted not in page.text:
                yield f"{said}: thẩm quyền ký và chức vụ không cùng trang với họ tên"
            if name.top - nearest.bottom < room - SLACK / 2:
                yield f"{said}: chỗ ký cao {name.top - nearest.bottom:.0f} mm, phải ít nhất {room:.0f} mm"
            return
    yield f"{said}: không thấy họ tên ngay dưới chức vụ «{signature.above[-1]}» trên cùng một trang"


# --- tables ------------------------------------------------------------------------------------------------------------


def _header_row(pages: list[PdfPage], table: Table) -> Iterator[str]:
    """Every page that holds a whole row of the table holds its heading row too; a PDF is written cell by cell.

    In a heading of two rows cells reach down from the upper into the lower one and their lines mix: there each word is looked for.
    """
    heads = [row for row in table.rows if row.header]
    if not table.rows[0].header:
        return
    cells = [p.text for row in heads for cell in row.cells for p in cell]
    heading = squeeze("".join(cells))
    wanted = [squeeze(word) for cell in cells for word in cell.split()] if len(heads) > 1 else [heading]
    rows = [squeeze("".join(p.text for cell in row.cells for p in cell)) for row in table.rows if not row.header]
    for number, page in enumerate(pages, 1):
        if not all(words in page.text for words in wanted) and any(len(row) >= LONG_ENOUGH and row in page.text for row in rows):
            yield f"trang {number}: bảng không có hàng đầu («{heading[:40]}»)"
