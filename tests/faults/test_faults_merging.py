"""Case 39 of the forty faults: documents whose places have the same names in one file; inputs that must not go into a bundle."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pikepdf import Dictionary, Name

from pipeline.problems import OutputError
from pipeline.signoff.bundle import Part, combine
from pipeline.signoff.office import EXPORT
from tests.end_to_end.reading import outline, pdf_pages, squeezed
from tests.faults.false_office import real_office
from tests.faults.small_year import OTHER, STATE, TINH, Scene
from tests.signoff.authority import Authority
from tests.signoff.small_pdf import DECLARED

STAMP = re.compile(r"HS (\S+) · tr\. (\d+)/(\d+)")
Placed = tuple[int, int]  # from page, to page; from 1


def destinations(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def links(path: Path) -> list[Placed]:
    """Every link of a file, none of which may lead nowhere or out of it."""
    with pikepdf.open(path) as pdf:
        pages = destinations(pdf)
        found = [(n, a) for n, page in enumerate(pdf.pages, 1) for a in page.obj.get("/Annots", []) if a.Subtype == "/Link"]
        return [(n, pages[annotation.Dest[0].objgen]) for n, annotation in found]


# one file is looked into by several tests
text_of = functools.cache(pdf_pages)


# --- one name in every unit ----------------------------------------------------------------------------------------------


def marked(path: Path, unit: str) -> Path:
    """A Word file with a bookmark on its last page, called as in every unit's file, as files of one form are."""
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = 7560310, 10692130  # A4
    document.styles["Normal"].font.name = "Liberation Serif"
    document.add_paragraph(f"{unit}: xem biểu")
    for number in (2, 3):
        document.add_page_break()
        document.add_paragraph(f"{unit}: biểu, trang {number}")
    start, end = (OxmlElement(tag) for tag in ("w:bookmarkStart", "w:bookmarkEnd"))
    start.set(qn("w:name"), "bieu")
    for element in (start, end):
        element.set(qn("w:id"), "1")
        document.paragraphs[-1]._p.append(element)
    document.save(str(path))
    return path


def linked(path: Path) -> Path:
    """The PDF with a link from its first page to that place, by its name."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        assert "/bieu" in pdf.Root.Dests
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=Name.bieu)
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.save(path)
    return path


def test_case_39_one_bookmark_in_all_units(tmp_path: Path) -> None:
    """The real LibreOffice writes the same name into each file; in one file a link by that name leads to the page of its own unit, by its words."""
    units = ["Sở Nội vụ", "Sở Y tế", "Tỉnh đoàn"]
    files = [str(marked(tmp_path / f"{n}.docx", unit)) for n, unit in enumerate(units)]
    profile = f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"
    subprocess.run([real_office(), profile, "--headless", "--convert-to", EXPORT, "--outdir", str(tmp_path), *files], check=True)
    parts = [Part(unit, linked(tmp_path / f"{n}.pdf")) for n, unit in enumerate(units)]

    combine(tmp_path / "ca-nam.pdf", parts, DECLARED, "Cả năm", "Ban")

    found, pages = links(tmp_path / "ca-nam.pdf"), pdf_pages(tmp_path / "ca-nam.pdf")
    assert found == [(1, 3), (4, 6), (7, 9)]
    assert all(f"{unit}: biểu, trang 3" in pages[target - 1] for unit, (_, target) in zip(units, found))


# --- the year as built ---------------------------------------------------------------------------------------------------


def stamps(path: Path) -> list[tuple[str, int, int]]:
    """Whose dossier each page says that it is of, its number there and how many there are."""
    found = [STAMP.findall(" ".join(page.split())) for page in text_of(path)]
    assert all(len(stamp) == 1 for stamp in found)
    return [(code, int(number), int(total)) for [(code, number, total)] in found]


def test_case_39_every_page_of_the_year_is_where_it_says(year: Scene) -> None:
    """In one file of all dossiers: stamps count each through without a gap, page labels say the same, no link and no entry of the outline leaves its dossier."""
    path = year.out / TINH / "toan-tap.pdf"
    found = stamps(path)
    totals = {code: total for code, _, total in found}
    assert list(totals) == ["TINH-2023", "09-2023", "43-2023"]
    assert found == [(code, number, total) for code, total in totals.items() for number in range(1, total + 1)]
    with pikepdf.open(path) as pdf:
        assert [page.label for page in pdf.pages] == [f"HS {code} tr. {number}" for code, number, _ in found]
    leading = links(path)
    assert len(leading) > 30 and all(found[source - 1][0] == found[target - 1][0] for source, target in leading)
    owner = ""
    for line in outline(path):
        target = int(line.rsplit(" ", 1)[1])
        owner = found[target - 1][0] if not line.startswith(" ") else owner
        assert found[target - 1][0] == owner and (line.startswith(" ") or found[target - 1][1] == 1)


@pytest.mark.parametrize("folder", [OTHER, STATE, TINH])
def test_case_39_the_index_tells_the_truth(year: Scene, folder: str) -> None:
    """Each row's number is the stamp of the page its link leads to, where the title of that document stands; so are the entries of the outline."""
    path = year.out / folder / "ho-so.pdf"
    pages, found = text_of(path), stamps(path)
    tops = [line.rsplit(" ... ", 1) for line in outline(path) if not line.startswith(" ")]
    index = next(n for n, page in enumerate(pages, 1) if "MỤC LỤC HỒ SƠ" in page)
    rows = [target for source, target in links(path) if source == index][: len(tops) - 1]
    assert [int(number) for _, number in tops[1:]] == rows and [found[target - 1][1] for target in rows] == rows
    printed = " ".join(pages[index - 1].split())
    for (title, _), first, after in zip(tops[1:], rows, [*rows[1:], len(pages) + 1]):
        span = str(first) if after == first + 1 else f"{first}-{after - 1}"
        assert re.search(rf"(?<!\S){span}(?!\S)", printed[printed.index(title.split(":")[0][:20]) :]), title
    for line in outline(path):
        title, number = line.strip().rsplit(" ... ", 1)
        if line.startswith(" "):
            assert squeezed(title)[:40].casefold() in squeezed(pages[int(number) - 1]).casefold(), line


# --- what must not go in -------------------------------------------------------------------------------------------------


def locked(path: Path) -> None:
    """An owner's password alone: it opens for everybody, and other programs merge it silently."""
    _saved(path, encryption=pikepdf.Encryption(owner="x", user=""))


def password(path: Path) -> None:
    _saved(path, encryption=pikepdf.Encryption(owner="x", user="y"))


def _saved(path: Path, encryption: pikepdf.Encryption) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=encryption)


def signed(path: Path) -> None:
    """By a person, in the blank made for it."""
    with pikepdf.open(path) as pdf:
        field = str(pdf.Root.AcroForm.Fields[0].T)
    path.write_bytes(Authority().person("Nguyễn Văn A").sign(path.read_bytes(), field))


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [locked, password, signed, half, cut, empty, Path.unlink])
def test_case_39_unfit_parts_are_refused(year: Scene, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """A document as built, then encrypted, signed, cut, gone or empty: named, and nothing is written."""
    path = tmp_path / "phan.pdf"
    path.write_bytes((year.out / STATE / "5-bien-ban-hoi-nghi.pdf").read_bytes())
    spoil(path)
    with pytest.raises(OutputError, match="phan.pdf") as refused:
        combine(tmp_path / "c.pdf", [Part("A", path)], DECLARED, "t", "a")
    assert refused.value.exit_code == 4 and not (tmp_path / "c.pdf").exists()
