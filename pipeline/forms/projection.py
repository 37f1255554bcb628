"""Bytes of a template's .docx -> its text with styles, tables, and for a standard its page and styles: what git shows when a form changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from pipeline.forms.package import PARSER, W

HEAD = (
    "Bản chữ của {name}, do chương trình ghi lại (make forms); sửa biểu mẫu thì sửa tệp Word, không sửa tệp này. ° là dấu cách không ngắt."
)
FLAGS = "⚑ là dấu trang (bookmark): chỗ ký bắt đầu ở KY_TU_..., đến họ tên ở KY_DEN_..."
STANDARDS = "the_thuc/"
PER_MM = 1440 / 25.4
Element = etree._Element
MARKS = (("b", "đậm"), ("i", "nghiêng"), ("u", "gạch chân"), ("caps", "hoa"), ("vertAlign", "chỉ số"), ("br", "ngắt"))
OFF = ("0", "false", "none")


def projection(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = {n: etree.fromstring(archive.read(n), PARSER) for n in sorted(archive.namelist()) if n.endswith(".xml")}
    body = roots["word/document.xml"].find(f"{W}body")
    assert body is not None
    lines = [HEAD.format(name=name), ""]
    if name.startswith(STANDARDS):
        lines += [FLAGS, "", *_page(body), "", *_styles(roots["word/styles.xml"]), ""]
    lines += _blocks(body)
    if name.startswith(STANDARDS):  # a form's own headers are not used
        for part, root in roots.items():
            if part.startswith(("word/header", "word/footer")):
                lines += ["", f"== {Path(part).stem}", *_blocks(root)]
    return "\n".join(lines).rstrip() + "\n"


def write_projections(folder: Path) -> list[Path]:
    """Beside each form and standard; gives those that changed."""
    changed = []
    for file in sorted(folder.glob("*/*.docx")):
        target, text = file.with_suffix(".txt"), projection(file.read_bytes(), f"{file.parent.name}/{file.name}")
        if not target.is_file() or target.read_text("utf-8") != text:
            target.write_text(text, encoding="utf-8")
            changed.append(target)
    return changed


# --- text and tables ---------------------------------------------------------------------------------------------------


def _blocks(parent: Element, indent: str = "") -> Iterator[str]:
    for element in parent:
        if element.tag == f"{W}p":
            yield indent + _paragraph(element)
        elif element.tag == f"{W}tbl":
            yield from _table(element, indent)


def _paragraph(element: Element) -> str:
    properties = element.find(f"{W}pPr")
    style = properties.find(f"{W}pStyle") if properties is not None else None
    own = [etree.QName(child).localname for child in properties if child is not style] if properties is not None else []
    said = f"[{style.get(f'{W}val') if style is not None else '-'}{'; riêng: ' + ', '.join(own) if own else ''}]"
    runs: list[tuple[tuple[str, ...], str]] = []
    for run in element.iter(f"{W}r"):
        text = "".join(_character(child) for child in run)
        marks = tuple(_marks(run.find(f"{W}rPr")))
        if text and runs and runs[-1][0] == marks:
            runs[-1] = (marks, runs[-1][1] + text)
        elif text:
            runs.append((marks, text))
    words = "".join(f"⟨{', '.join(marks)}⟩{text}⟨/⟩" if marks else text for marks, text in runs)
    flags = "".join(f" ⚑{mark.get(f'{W}name')}" for mark in element.iter(f"{W}bookmarkStart"))
    return f"{said} {words}".rstrip() + flags


def _character(child: Element) -> str:
    names = {
        "t": child.text or "",
        "tab": "→",
        "br": "↵",
        "instrText": f"‹{(child.text or '').strip()}›",
        "drawing": "‹hình›",
        "pict": "‹hình›",
    }
    return names.get(etree.QName(child).localname, "").replace("\u00a0", "°")


def _marks(properties: Element | None) -> Iterator[str]:
    """What a run has beyond its paragraph's style."""
    for child in properties if properties is not None else ():
        name = etree.QName(child).localname
        if child.get(f"{W}val") not in OFF:
            yield dict(MARKS).get(name, name)


def _table(element: Element, indent: str) -> Iterator[str]:
    grid = element.find(f"{W}tblGrid")
    widths = [_mm(column.get(f"{W}w")) for column in grid] if grid is not None else []
    yield f"{indent}┌ bảng {' | '.join(widths)} mm"
    for row in element.findall(f"{W}tr"):
        marks = [what for tag, what in (("tblHeader", "lặp lại"), ("cantSplit", "không ngắt")) if row.find(f"{W}trPr/{W}{tag}") is not None]
        yield f"{indent}├ hàng{' (' + ', '.join(marks) + ')' if marks else ''}"
        for number, cell in enumerate(row.findall(f"{W}tc"), 1):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            over = f" (rộng {span.get(f'{W}val')} cột)" if span is not None else ""
            paragraphs = list(_blocks(cell))
            if len(paragraphs) == 1:
                yield f"{indent}│ {number}{over}: {paragraphs[0]}"
            else:
                yield f"{indent}│ {number}{over}:"
                yield from (f"{indent}│     {line}" for line in paragraphs)
    yield f"{indent}└"


# --- page and styles of a standard -------------------------------------------------------------------------------------


def _mm(twips: str | None) -> str:
    return f"{round(int(float(twips or 0)) / PER_MM, 1):g}"


def _page(body: Element) -> Iterator[str]:
    for section in body.iter(f"{W}sectPr"):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if size is not None and margins is not None:
            sides = ", ".join(f"{name} {_mm(margins.get(f'{W}{key}'))}" for key, name in SIDES)
            first = "; trang đầu khác" if section.find(f"{W}titlePg") is not None else ""
            yield f"trang {_mm(size.get(f'{W}w'))} x {_mm(size.get(f'{W}h'))} mm; lề {sides}{first}"


SIDES = (("top", "trên"), ("bottom", "dưới"), ("left", "trái"), ("right", "phải"), ("header", "đầu trang"))


def _styles(root: Element) -> Iterator[str]:
    for style in sorted(root.iter(f"{W}style"), key=lambda s: s.get(f"{W}styleId", "")):
        if style.get(f"{W}customStyle") or style.get(f"{W}default"):
            base = style.find(f"{W}basedOn")
            looks = " ".join(_properties(style.iterfind(f"{W}pPr/*"))), " ".join(_properties(style.iterfind(f"{W}rPr/*")))
            over = f" < {base.get(f'{W}val')}" if base is not None else ""
            yield f"kiểu {style.get(f'{W}styleId')}{over}: {'; '.join(filter(None, looks))}"


def _properties(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        values = {str(etree.QName(key).localname): str(value) for key, value in sorted(element.attrib.items())}
        if len(values) > 1 and len(set(values.values())) == 1:  # one font for every kind of letter
            values = {"": next(iter(values.values()))}
        said = [f"{key}={value}" if key else value for key, value in values.items()] + list(_properties(element))
        yield f"{etree.QName(element).localname}{'(' + ' '.join(said) + ')' if said else ''}"
