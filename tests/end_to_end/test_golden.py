"""Text, outline and layout figures of the bundles against tests/golden; `make update-golden` refreshes them after reading the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.signoff.pages import read_pages
from pipeline.signoff.word import Paragraph, read
from tests.end_to_end.province import Province
from tests.end_to_end.reading import docx_text, outline

GOLDEN = Path(__file__).parents[1] / "golden"


def bundle_text(province: Province, folder: str) -> str:
    """Every Word file's text in order, then the bundle's outline with pages."""
    parts = []
    for path in sorted((province.out / folder).rglob("*.docx")):
        parts.append(f"=== {path.relative_to(province.out / folder).as_posix()}\n{docx_text(path)}")
    return "\n".join([*parts, "=== mục lục điều hướng", *outline(province.out / folder / "ho-so.pdf")]) + "\n"


def layout_figures(province: Province, folder: str) -> str:
    """Of every Word file: pages, margins, header, and each style it uses with size, marks, alignment, indent and spacing."""
    parts = []
    for path in sorted((province.out / folder).rglob("*.docx")):
        document = read(path.read_bytes())
        parts.append(f"=== {path.relative_to(province.out / folder).as_posix()}: {len(read_pages(path.with_suffix('.pdf')))} trang")
        for section in document.sections:
            sides = ", ".join(f"{side} {length:.1f}" for side, length in section.margins.items())
            parts.append(f"trang {section.width:.0f} x {section.height:.0f} mm; {sides}; trang đầu khác: {section.title_page}")
        parts += [f"đầu trang {kind}: số trang {numbered}" for kind, _, numbered in document.headers]
        parts += sorted({_figures(paragraph) for paragraph in document.paragraphs if paragraph.runs})
    return "\n".join(parts) + "\n"


def _figures(paragraph: Paragraph) -> str:
    runs = sorted({f"{run.size:g}{' đậm' * run.bold}{' nghiêng' * run.italic}{' gạch' * run.underline}" for run in paragraph.runs})
    looks = paragraph.looks
    line = f"{looks.get('spacing.line', '240')} {looks.get('spacing.lineRule', 'auto')}"
    space = f"{paragraph.points('spacing.before'):g}/{paragraph.points('spacing.after'):g} pt"
    return f"{paragraph.style}: {', '.join(runs)}; {looks.get('jc', 'left')}; thụt {paragraph.length('ind.firstLine'):.1f} mm; dòng {line}; cách {space}"


@pytest.mark.parametrize("folder", ["09-tinh-doan", "10-ban-can-su-dang-ubnd", "43-ban-dan-toc", "tinh"])
@pytest.mark.parametrize(("made", "ending"), [(bundle_text, ".txt"), (layout_figures, ".quy-cach.txt")], ids=["chữ", "quy cách"])
def test_text_and_figures_are_as_agreed(
    built: Province, folder: str, made: Callable[[Province, str], str], ending: str, request: pytest.FixtureRequest
) -> None:
    """All of it must match."""
    found, golden = made(built, folder), GOLDEN / f"{folder}{ending}"
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
