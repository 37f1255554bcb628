"""A finished .docx + the figures of its standard -> what does not follow them: page, fonts, sizes, styles, spacing, fixed words, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise

from pipeline.forms.standards import Component, Standard, within
from pipeline.signoff.word import Document, Paragraph, Section, Table

ALIGN = {"giua": "center", "deu": "both", "trai": "left", "phai": "right"}
TABLE_STYLES = "Bang"  # tables have sizes of their own, which no standard fixes
TABLE_SIZES = (9.0, 14.0)
UNMEASURED = {"SauBang", "TruocKy", "KetThuc", "ChoKy", "GachNgang", "Vach", "BieuDo", "Normal"}  # room, rules and charts, without words
OWN = {"GiaiTrinh", "GhiChu", "TieuDeBang", "QuyetDinh", "DuThao", "TrangSo", "TieuNgu"}  # words of ours that no standard fixes
UNDER_ISSUER = {"dau_sao": "*", "ba_sao": "***"}
DASHES = "-----"
BODY = ("ThanBai", "ThanBaiCuoi", "GachDauDong", "Dieu")


def findings(document: Document, standard: Standard) -> list[str]:
    """Each in words: the component, what it is, what it must be."""
    found = [f"tệp Word sai cấu trúc: {fault}" for fault in document.faults]
    for number, section in enumerate(document.sections, 1):
        found += _page(section, number, standard)
    found += _page_number(document, standard)
    written = [p for p in document.paragraphs if p.text]
    for paragraph in written:
        found += _paragraph(paragraph, standard)
    for above, shown in pairwise([None, *document.paragraphs]):
        if shown and shown.pictures:
            found += _chart(shown, above)
    for component in standard.components:
        found += _last(component, document.paragraphs)
    found += _heading_block(document, standard)
    found += _end(written, standard)
    for table in document.tables:
        found += _table(table)
    return list(dict.fromkeys(found))


def _said(paragraph: Paragraph) -> str:
    return f"«{paragraph.text[:50]}»"


# --- page --------------------------------------------------------------------------------------------------------------


def _page(section: Section, number: int, standard: Standard) -> Iterator[str]:
    page = standard.page
    assert page and page.width and page.height
    sides = sorted((section.width, section.height))
    if not within(sides[0], [page.width, page.width], 0.6) or not within(sides[1], [page.height, page.height], 0.6):
        yield f"phần {number}: khổ giấy {section.width:.0f} x {section.height:.0f} mm, phải là {page.width} x {page.height} mm"
    if section.width > section.height and number == 1:
        yield "trang ngang ngoài phụ lục"
    for side, name, allowed in (
        ("top", "trên", page.top),
        ("bottom", "dưới", page.bottom),
        ("left", "trái", page.left),
        ("right", "phải", page.right),
    ):
        if not within(section.margins[side], allowed, 0.1):
            yield f"phần {number}: lề {name} {section.margins[side]:.1f} mm, phải từ {allowed[0]} đến {allowed[1]} mm"


def _page_number(document: Document, standard: Standard) -> Iterator[str]:
    wanted = standard.page_number
    assert wanted
    if not all(section.title_page for section in document.sections):
        yield "số trang: trang đầu không được đánh số, tài liệu chưa tách đầu trang của trang đầu"
    kinds = {kind: (paragraphs, has) for kind, paragraphs, has in document.headers}
    if kinds.get("first", ([], False))[1]:
        yield "số trang: trang đầu có số trang"
    paragraphs, numbered = kinds.get("default", ([], False))
    if not numbered:
        yield "số trang: từ trang 2 không có số trang"
    for paragraph in paragraphs:
        if paragraph.style == wanted.style:
            if not within(int(paragraph.looks.get("sz", "0")) / 2, wanted.size):
                yield f"số trang: cỡ chữ {int(paragraph.looks.get('sz', '0')) / 2:g}, phải từ {wanted.size[0]} đến {wanted.size[1]}"
            if paragraph.looks.get("jc") != "center":
                yield "số trang: không căn giữa"
    for number, section in enumerate(document.sections, 1):
        if wanted.edge is not None and not within(section.margins["header"], [wanted.edge, wanted.edge], 0.1):
            yield f"phần {number}: số trang cách mép giấy {section.margins['header']:.1f} mm, phải là {wanted.edge} mm"


# --- paragraphs --------------------------------------------------------------------------------------------------------


def _paragraph(paragraph: Paragraph, standard: Standard) -> Iterator[str]:
    if paragraph.style in UNMEASURED:
        if paragraph.style == "Normal":
            yield f"đoạn {_said(paragraph)} không theo kiểu chữ nào của thể thức"
        return
    for run in paragraph.runs:
        if other := sorted(run.fonts - {standard.font}):
            yield f"đoạn {_said(paragraph)}: phông {other[0]}, phải là {standard.font}"
    component = standard.component(paragraph.style)
    if component is not None:
        yield from _component(paragraph, component)
    elif paragraph.style.startswith(TABLE_STYLES) or paragraph.style in OWN:
        sizes = {run.size for run in paragraph.runs if not TABLE_SIZES[0] <= run.size <= TABLE_SIZES[1]}
        if sizes:
            yield f"đoạn {_said(paragraph)}: cỡ chữ {min(sizes):g}, phải từ {TABLE_SIZES[0]:g} đến {TABLE_SIZES[1]:g}"
    else:
        yield f"đoạn {_said(paragraph)}: kiểu «{paragraph.style}» không có trong quy cách"


def _component(paragraph: Paragraph, wanted: Component) -> Iterator[str]:
    where = f"{wanted.name} {_said(paragraph)}"
    for run in paragraph.runs:
        if not within(run.size, wanted.size):
            yield f"{where}: cỡ chữ {run.size:g}, phải từ {wanted.size[0]} đến {wanted.size[1]}"
    yield from _marks(paragraph, wanted, where)
    if wanted.capitals == "co" and paragraph.text != paragraph.text.upper():
        yield f"{where}: phải viết in hoa"
    if wanted.align and paragraph.looks.get("jc", "left") != ALIGN[wanted.align]:
        yield f"{where}: phải căn {'đều hai bên' if wanted.align == 'deu' else 'giữa' if wanted.align == 'giua' else wanted.align}"
    if wanted.words and not re.fullmatch(wanted.words, paragraph.text):
        yield f"{where}: không đúng mẫu «{wanted.words}»"
    if wanted.not_words and re.fullmatch(wanted.not_words, paragraph.text):
        yield f"{where}: viết theo quy chuẩn khác"
    yield from _spacing(paragraph, wanted, where)


def _marks(paragraph: Paragraph, wanted: Component, where: str) -> Iterator[str]:
    """Bold, italic, underlined: all of the paragraph or none."""
    for name, asked, has in (
        ("đậm", wanted.bold, [run.bold for run in paragraph.runs]),
        ("nghiêng", wanted.italic, [run.italic for run in paragraph.runs]),
        ("gạch chân", wanted.underline, [run.underline for run in paragraph.runs]),
    ):
        if asked == "co" and not all(has):
            yield f"{where}: phải là chữ {name}"
        if asked == "khong" and any(has):
            yield f"{where}: không được là chữ {name}"


def _spacing(paragraph: Paragraph, wanted: Component, where: str) -> Iterator[str]:
    if wanted.indent and not within(paragraph.length("ind.firstLine"), wanted.indent, 0.1):
        yield f"{where}: thụt dòng đầu {paragraph.length('ind.firstLine'):.1f} mm, phải từ {wanted.indent[0]} đến {wanted.indent[1]} mm"
    line, rule = int(paragraph.looks.get("spacing.line", "240")), paragraph.looks.get("spacing.lineRule", "auto")
    if wanted.exact_line is not None and (rule != "exact" or line / 20 < wanted.exact_line):
        yield f"{where}: giãn dòng phải chính xác, ít nhất {wanted.exact_line} pt"
    if wanted.spacing and (rule != "auto" or not within(line / 240, wanted.spacing, 0.01)):
        yield f"{where}: giãn dòng phải từ {wanted.spacing[0]} đến {wanted.spacing[1]} dòng"
    if wanted.between is not None and max(paragraph.points("spacing.before"), paragraph.points("spacing.after")) < wanted.between:
        yield f"{where}: khoảng cách giữa các đoạn phải ít nhất {wanted.between} pt"


def _runs_of(style: str, paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Neighbours of one style in one cell, or in the body."""
    written = (p for p in paragraphs if p.text)
    key: Callable[[Paragraph], tuple[bool, int | None]] = lambda p: (p.style == style, p.cell)  # noqa: E731
    for (same, _), group in groupby(written, key):
        if same:
            yield list(group)


def _last(component: Component, paragraphs: list[Paragraph]) -> Iterator[str]:
    if component.last:
        for group in _runs_of(component.style, paragraphs):
            if not re.fullmatch(component.last, group[-1].text):
                yield f"{component.name} {_said(group[-1])}: dòng cuối không đúng mẫu «{component.last}»"


def _chart(paragraph: Paragraph, before: Paragraph | None) -> Iterator[str]:
    """Exact line spacing cuts a picture off; its caption is the paragraph before it."""
    where = f"biểu đồ sau {_said(before)}" if before else "biểu đồ ở đầu tài liệu"
    if paragraph.looks.get("spacing.lineRule") == "exact":
        yield f"{where}: đoạn giãn dòng chính xác, hình bị cắt"
    if paragraph.style != "BieuDo" or paragraph.text:
        yield f"{where}: phải đứng riêng trong một đoạn kiểu «BieuDo»"
    if before is None or before.style != "TieuDeBang" or not before.text.startswith("Biểu đồ "):
        yield f"{where}: thiếu tên biểu đồ ở ngay trên"
    if not all(paragraph.pictures):
        yield f"{where}: thiếu chữ thay thế cho hình"


# --- blocks ------------------------------------------------------------------------------------------------------------


def _heading_block(document: Document, standard: Standard) -> Iterator[str]:
    """Under the issuer a rule or "*", under the subject a rule or five hyphens; the subject's first letter."""
    for above, below in pairwise(document.paragraphs):
        if above.style == "CoQuanBanHanh" and below.style != "CoQuanBanHanh":
            mark = UNDER_ISSUER.get(standard.under_issuer or "", "")
            if below.text != mark or (not mark and below.style != "GachNgang"):
                yield f"dưới tên cơ quan ban hành phải là {f'«{mark}»' if mark else 'đường kẻ'}"
        if above.style == "TrichYeu" and below.style != "TrichYeu":
            mark = DASHES if standard.under_subject == "gach_noi" else ""
            if below.style != "GachNgang" or below.text != mark:
                yield f"dưới trích yếu phải là {f'«{mark}»' if mark else 'đường kẻ'}"
    if not any(p.style == "QuocHieu" for p in document.paragraphs):
        yield "thiếu khối đầu văn bản"


def _end(written: list[Paragraph], standard: Standard) -> Iterator[str]:
    """The last sentence before the signature; a State paper ends "./.", a Party paper "."."""
    signing = next((n for n, p in enumerate(written) if p.style in ("NoiNhanNhan", "QuyenHan", "ChucVu")), None)
    body = [p for p in written[:signing] if p.style in BODY]
    if signing is None or not body or written[signing - 1] is not body[-1]:
        return
    if standard.end == "./." and not body[-1].text.endswith("./."):
        yield f"câu cuối {_said(body[-1])} phải kết thúc bằng «./.»"
    if standard.end == "." and body[-1].text.endswith("./."):
        yield f"câu cuối {_said(body[-1])} không kết thúc bằng «./.»"


def _table(table: Table) -> Iterator[str]:
    """Tables with a heading row; the heading and signature blocks are tables too, without one."""
    headed = [row for row in table.rows if any(p.style == "BangTieuDe" for cell in row.cells for p in cell)]
    if not headed:
        return
    first = " ".join(p.text for cell in table.rows[0].cells for p in cell)[:40]
    if not table.rows[0].header:
        yield f"bảng «{first}»: hàng đầu không lặp lại ở trang sau"
    if any(not row.unsplit for row in table.rows):
        yield f"bảng «{first}»: có hàng bị ngắt giữa hai trang"
