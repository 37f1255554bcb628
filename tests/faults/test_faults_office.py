"""Cases 29-34 of the forty faults: LibreOffice absent, old, lying, hanging, mistaken; each is told, and what was published stays as it was."""

from __future__ import annotations

import shutil
import textwrap
import time
from pathlib import Path

import pikepdf
import pytest

from tests.faults.false_office import HANGS, RECALLS, put_office, put_program
from tests.faults.small_year import COUNCIL, ELSEWHERE, OTHER, STATE, TINH, Scene

MINUTES = "5-bien-ban-hoi-nghi"
HINT = "sudo apt-get install --no-install-recommends libreoffice-writer-nogui"
SPARES = """
if "Hội trường Thành ủy" not in words(inputs[0]):
    sys.exit(real())
"""  # what is not the document that must be made


def refused(scene: Scene, does: str, *words: str, code: int = 4, **environment: str) -> str:
    """The unit's conference moved, so that one document must be made, by this LibreOffice: refused in these words, and nothing else happened."""
    put_office(scene, does)
    scene.move_conference(ELSEWHERE)
    before = scene.dossiers()
    done = scene.make("build", "--unit", "43", **environment)
    assert done.returncode == code, done.stdout + done.stderr
    faults = [line for line in done.stderr.splitlines() if line.startswith("lỗi: ")]
    assert len(faults) == 1 and all(word in faults[0] for word in words), done.stderr
    assert "Traceback" not in done.stderr
    assert scene.dossiers() == before
    assert scene.left() == []
    return faults[0]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("", id="absent"),
        pytest.param("#!/bin/sh\necho OpenOffice 4.1.15\n", id="another program"),
        pytest.param("#!/bin/sh\necho LibreOffice 5.4.7.2 c838ef25c16710f8838b1faec480ebba495259d0\n", id="too old"),
        pytest.param("not a program\n", id="no program"),
    ],
)
def test_case_29_an_office_that_is_not_there_or_not_the_right_one(scene: Scene, program: str) -> None:
    """Exit code 5 with the command that installs it, before anything is made."""
    scene.move_conference(ELSEWHERE)
    if program:
        put_program(scene, program)
    else:
        scene.programs.mkdir()
    before = scene.published()

    done = scene.make("build", "--unit", "43", PATH=f"{scene.programs}:/bin" if program else str(scene.programs))

    assert done.returncode == 5, done.stderr
    assert HINT in done.stderr and done.stderr.count("\n") == 1
    assert scene.published() == before and scene.left() == []


def test_case_30_an_office_that_says_it_is_done_and_made_nothing(scene: Scene) -> None:
    """Exit code 0 from it, 4 from us; neither the published PDF nor one that a killed build left in staging passes for its work; what it muttered is told."""
    stale = scene.out / ".dang-lam" / STATE
    stale.mkdir(parents=True)
    shutil.copy(scene.out / STATE / f"{MINUTES}.pdf", stale)
    refused(scene, SPARES + "print('hết chỗ', file=sys.stderr)\n", f"{STATE}/{MINUTES}", "không tạo được tệp PDF", "LibreOffice: hết chỗ")


def test_case_30_an_office_that_never_makes_anything(scene: Scene) -> None:
    """Not even of a blank page: then no document is blamed."""
    refused(scene, "print('hết chỗ', file=sys.stderr)\n", "LibreOffice không tạo được tệp PDF nào, cả với một trang trống (hết chỗ)")


def test_case_31_an_office_that_hangs_and_does_not_listen(scene: Scene) -> None:
    """Ended at its deadline with the children it left hanging, which ignore TERM too; exit code 4, and that it hangs whatever it is given."""
    start = time.monotonic()
    refused(scene, HANGS, "LibreOffice không tạo được tệp PDF nào", "quá thời hạn", HO_SO_HAN_SOFFICE="1")
    assert time.monotonic() - start < 60


def test_case_31_a_document_that_hangs_stops_no_other(moved: Scene, scene: Scene) -> None:
    """One of the province's hangs every time, one of a unit's does not: the unit's dossier is new, the province's as it was, and only the guilty one is named."""
    scene.move_conference(ELSEWHERE)
    scene.move_council(COUNCIL)
    guilty = f"if any({COUNCIL!r} in words(path) for path in inputs):"
    put_office(scene, guilty + textwrap.indent(HANGS, "    ") + RECALLS.format(memory=str(moved.folder / "nho")))
    before, wanted = scene.dossiers(), moved.dossiers()

    done = scene.make(HO_SO_HAN_SOFFICE="3")

    assert done.returncode == 4, done.stderr
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == [f"{TINH}/3-bien-ban-tham-dinh"]
    assert "quá thời hạn" in done.stderr
    now = {name: digest for name, digest in scene.dossiers().items() if name != f"{TINH}/toan-tap.pdf"}
    assert now == {name: (wanted if name.startswith(STATE) else before)[name] for name in now} and set(now) | {
        f"{TINH}/toan-tap.pdf"
    } == set(before)
    assert scene.left() == []


def test_case_32_an_office_that_writes_half_a_file(scene: Scene) -> None:
    """The end of the PDF is missing; the library that reads it back must not mend it silently."""
    does = SPARES + "real()\nfor pdf in out.iterdir():\n    pdf.write_bytes(pdf.read_bytes()[: pdf.stat().st_size // 2])\n"
    refused(scene, does, f"{STATE}/{MINUTES}", "hỏng hoặc bị cắt")


def test_case_32_an_office_that_writes_blank_pages(scene: Scene) -> None:
    """Whole, A4, PDF/A by its marks, and not a word on it: what a Word file of 0 bytes becomes."""
    blank = scene.folder / "trang.pdf"
    with pikepdf.open(scene.out / STATE / f"{MINUTES}.pdf") as pdf:
        del pdf.Root["/AcroForm"]
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        pdf.save(blank)
    refused(scene, f"for path in inputs:\n    shutil.copy({str(blank)!r}, result(path))\n", f"{STATE}/{MINUTES}", "không thấy chỗ ký")


def test_case_32_an_office_that_writes_another_units_file(scene: Scene) -> None:
    """The same form of another unit, converted by the real LibreOffice: everything is right but whose it is."""
    other = scene.out / OTHER / f"{MINUTES}.docx"
    does = f"for path in inputs:\n    shutil.copy({str(other)!r}, path)\nreal()\n"
    refused(scene, does, f"{STATE}/{MINUTES}", "thiếu nội dung của đơn vị («BAN DÂN TỘC»)")


def test_case_33_an_option_of_pdfa_that_is_mistyped(scene: Scene) -> None:
    """The real LibreOffice makes an ordinary PDF and says nothing; the file itself is asked."""
    does = SPARES + "real([a.replace('SelectPdfVersion', 'SelectPdfVersio') for a in arguments])\n"
    refused(scene, does, f"{STATE}/{MINUTES}", "không phải PDF/A (thiếu OutputIntent)")


def test_case_34_a_machine_without_the_font(scene: Scene) -> None:
    """LibreOffice takes DejaVu for Times New Roman and says nothing: the font and the page are named."""
    dejavu = Path("/usr/share/fonts/truetype/dejavu")
    if not dejavu.is_dir():
        pytest.skip("NOT TESTED: no DejaVu fonts on this machine to take the place of Liberation Serif (apt-get install fonts-dejavu-core)")
    fonts = scene.folder / "fonts.conf"
    fonts.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{dejavu}</dir></fontconfig>', "utf-8")
    refused(
        scene,
        f"real(FONTCONFIG_FILE={str(fonts)!r})\n",
        f"{STATE}/{MINUTES}",
        "trang 1 dùng phông DejaVu",
        "máy thiếu phông Liberation Serif?",
    )


def test_case_34_pages_that_are_not_a4(scene: Scene) -> None:
    """Letter paper, as the template that python-docx begins with has it."""
    does = """
for path in inputs:
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts["word/document.xml"] = re.sub(rb'w:w="1190[67]" w:h="1683[78]"', b'w:w="12240" w:h="15840"', parts["word/document.xml"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
real()
"""
    refused(scene, does, f"{STATE}/{MINUTES}", "trang 1 không phải khổ A4")
