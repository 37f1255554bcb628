"""A dossier's plan and the pages of its documents -> cover, index and signing sheet as PDF, with the place of every clickable row; page stamps.

Drawn with ReportLab in Liberation Serif; the number of pages is known exactly because the index is laid out before it is drawn.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from pipeline.model.files import DossierPlan
from pipeline.signoff.paper import BODY, BOLD, CENTRE, HEADING, NOTE, OWNER, RIGHT, TITLE, Paper, Ruled, new_canvas, ruled_row
from pipeline.signoff.signing_sheet import SigningRow, signing_rows


@dataclass(frozen=True)
class Row:
    """A row of the index: what it says and the bundle page (from 1) where its document starts and ends."""

    number: str
    name: str
    own_number: str
    first: int
    last: int


@dataclass(frozen=True)
class Link:
    """A clickable rectangle on a front page (from 0), leading to a bundle page (from 1)."""

    page: int
    box: tuple[float, float, float, float]
    target: int


@dataclass(frozen=True)
class Front:
    """The first pages of a bundle as PDF, the page (from 1) with the index, the links on them, the rows of the index, who signs where."""

    pdf: bytes
    index: int
    links: list[Link]
    rows: list[Row]
    signing: list[SigningRow]


def front_pages(plan: DossierPlan, pages: Sequence[int], secrecy: str, to_sign: Sequence[Mapping[str, int]]) -> Front:
    """Cover, index and, where the plan asks for it, the signing sheet; `pages` counts each document's pages.

    `to_sign`: field -> page in its document, per document. The front's own length is found by laying it out first.
    """
    length = 2 + len(cover_notes(plan)) // 40
    while True:
        rows = _rows(plan, pages, length)
        signing = signing_rows(plan, [row.first for row in rows], to_sign)
        drawn = _draw(plan, rows, signing, secrecy)
        if drawn.pages == length:
            return Front(drawn.pdf, drawn.index, drawn.links, rows, signing)
        length = drawn.pages


def _rows(plan: DossierPlan, pages: Sequence[int], front: int) -> list[Row]:
    rows, start = [], front + 1
    for i, (document, count) in enumerate(zip(plan.documents, pages), 1):
        rows.append(Row(str(i), document.name, document.number, start, start + count - 1))
        start += count
    return rows


def cover_notes(plan: DossierPlan) -> list[str]:
    return [f"- {item}" for item in plan.missing]


def signing_lines(plan: DossierPlan, rows: list[Row]) -> list[str]:
    """Who signs what; documents of one name that the same people sign share a line ("10-65. Biểu thẩm định: ...")."""
    groups: list[tuple[str, str, list[Row]]] = []
    for row, document in zip(rows, plan.documents):
        name = document.name.split(":")[0]  # "Biểu thẩm định: Sở Nội vụ"
        if groups and groups[-1][:2] == (name, document.signers):
            groups[-1][2].append(row)
        elif document.signers:
            groups.append((name, document.signers, [row]))
    return [
        f"{g[0].number}. {g[0].name}: {who}" if len(g) == 1 else f"{g[0].number}-{g[-1].number}. {name}: {who}" for name, who, g in groups
    ]


@dataclass(frozen=True)
class _Drawn:
    pdf: bytes
    index: int
    links: list[Link]
    pages: int


def _draw(plan: DossierPlan, rows: list[Row], signing: list[SigningRow], secrecy: str) -> _Drawn:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    page = Paper(canvas, "DỰ THẢO" if plan.draft else "")
    _cover(page, plan, rows, secrecy)
    page.new()
    index = page.number + 1
    links = _index(page, rows)
    if plan.signing_sheet and signing:
        page.new()
        links += _signing_sheet(page, signing)
    canvas.showPage()
    canvas.save()
    return _Drawn(buffer.getvalue(), index, links, page.number + 1)


def _cover(page: Paper, plan: DossierPlan, rows: list[Row], secrecy: str) -> None:
    if secrecy:
        page.write(secrecy.upper(), BOLD)
    page.y -= 30 * mm
    page.write(plan.title, TITLE, 10)
    page.write(plan.owner, OWNER, 24)
    page.write(f"Mã hồ sơ: {plan.code}", CENTRE, 20)
    for label, value in plan.lines:
        page.write(f"{label}: {value}", BODY, 6)
    page.write(f"Số tài liệu: {len(rows):02d}; số trang: {rows[-1].last if rows else 0}", BODY, 12)
    page.write("Người ký:", BOLD)
    for line in signing_lines(plan, rows):
        page.write(line, BODY, 2)
    if plan.draft:
        page.y -= 6
        page.write("DỰ THẢO: hồ sơ còn thiếu", BOLD)
        for note in cover_notes(plan):
            page.write(note, NOTE, 2)
    if plan.illustrative:
        page.y -= 10
        page.write("Số liệu minh họa, không phải kết quả đánh giá thật.", NOTE)


INDEX = Ruled(("STT", "Tên tài liệu", "Số, ngày", "Trang"), (12 * mm, 71 * mm, 62 * mm, 20 * mm))
SIGNING = Ruled(("Lượt", "Người ký, chức vụ", "Tài liệu", "Trang"), (14 * mm, 62 * mm, 70 * mm, 19 * mm))


def _index(page: Paper, rows: list[Row]) -> list[Link]:
    page.write("MỤC LỤC HỒ SƠ", TITLE, 10)
    ruled_row(page, INDEX, INDEX.head, (HEADING,) * 4)
    links = []
    for row in rows:
        span = str(row.first) if row.first == row.last else f"{row.first}-{row.last}"
        number, box = ruled_row(page, INDEX, (row.number, row.name, row.own_number, span), (CENTRE, BODY, BODY, CENTRE))
        links.append(Link(number, box, row.first))
    return links


def _signing_sheet(page: Paper, signing: list[SigningRow]) -> list[Link]:
    """Who signs, in the order of signing; a row leads to the page with the blank."""
    page.write("DANH SÁCH KÝ", TITLE, 10)
    page.write("Ký lần lượt theo cột “Lượt”. Ký số từng tài liệu hoặc ký số gói hồ sơ, không ký cả hai.", NOTE, 8)
    ruled_row(page, SIGNING, SIGNING.head, (HEADING,) * 4)
    links = []
    for row in signing:
        who = ", ".join(part for part in (row.name.replace(" ", "\u00a0"), row.post) if part)
        number, box = ruled_row(page, SIGNING, (str(row.order), who, row.document, str(row.bundle_page)), (CENTRE, BODY, BODY, CENTRE))
        links.append(Link(number, box, row.bundle_page))
    return links


def stamps(code: str, total: int, draft: bool) -> bytes:
    """A transparent page per bundle page with "HS 25-2023 · tr. 12/48" low in the bottom margin."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    mark = "DỰ THẢO · " if draft else ""
    for number in range(1, total + 1):
        canvas.setFont("Thuong", 8)
        canvas.drawRightString(A4[0] - RIGHT, 8 * mm, f"{mark}HS {code} · tr. {number}/{total}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
