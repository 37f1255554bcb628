"""The check of a finished PDF names what is wrong, and fixing clock and machine leaves the pages alone."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.lib.utils import ImageReader

from pipeline.problems import OutputError
from pipeline.signoff import finished
from pipeline.signoff.paper import new_canvas
from pipeline.signoff.pages import PICTURE, read_pages
from tests.signoff.small_pdf import DECLARED, archival, draw


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return archival(tmp_path / "tot.pdf", draw(["Sở Nội vụ báo cáo", "trang hai"]))


def test_a_sound_document_passes(sound: Path) -> None:
    """Also landscape, and with words that a line break cuts."""
    assert finished.fault(sound, ("Sở  Nội\nvụ", "trang hai", "")) == ""
    assert finished.fault(archival(sound.with_name("ngang.pdf"), draw(["x"], size=landscape(A4))), ()) == ""


def test_missing_words_are_named(sound: Path) -> None:
    """Another unit's document does not pass as ours."""
    assert "«Sở Y tế»" in finished.fault(sound, ("Sở Nội vụ", "Sở Y tế"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (draw(["a", "b"], size=letter), "trang 1 không phải khổ A4"),
        (draw(["chu"], font="Helvetica"), "phông Helvetica"),
        (draw([""]), "trống"),
    ],
)
def test_paper_font_and_empty_pages(tmp_path: Path, data: bytes, reason: str) -> None:
    """US Letter, a font that is not ours, pages without a word."""
    assert reason in finished.fault(archival(tmp_path / "a.pdf", data), ())


def test_a_font_of_the_page_tree_counts_too(tmp_path: Path) -> None:
    """Resources may stand above the page that uses them."""
    path = archival(tmp_path / "a.pdf", draw(["chu"], font="Helvetica"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Parent.Resources = page.Resources
        del page.Resources
        pdf.save(path)
    assert "phông Helvetica" in finished.fault(path, ())


@pytest.mark.parametrize(
    "spoil", [lambda d: b"", lambda d: d[: len(d) // 2], lambda d: d[:-200], lambda d: b"van ban thuong", lambda d: b"%PDF-1.7\n%%EOF\n"]
)
def test_a_broken_file_is_a_fault_not_a_crash(sound: Path, spoil: object) -> None:
    """Empty, cut in half, without its end, plain text."""
    sound.write_bytes(spoil(sound.read_bytes()))  # type: ignore[operator]
    assert finished.fault(sound, ()) == "tệp PDF hỏng hoặc bị cắt"


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    """LibreOffice exits 0 without writing anything."""
    assert finished.fault(tmp_path / "khong-co.pdf", ()) == "không tạo được tệp PDF"


def test_no_archive_marker_no_pass(tmp_path: Path) -> None:
    """Mistyped export options are ignored by LibreOffice; the missing output intent shows it."""
    path = tmp_path / "a.pdf"
    path.write_bytes(draw(["chữ"]))
    assert "PDF/A" in finished.fault(path, ())


def test_a_locked_or_signed_file_does_not_pass(sound: Path) -> None:
    """With an owner's password only, or with a signature; an empty field to sign is no signature."""
    locked, signed, empty = (sound.with_name(f"{name}.pdf") for name in ("khoa", "ky", "trong"))
    with pikepdf.open(sound) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user=""))
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("KY_01")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(empty)
        field.V = pikepdf.Dictionary(Type=pikepdf.Name.Sig)
        pdf.save(signed)
    assert finished.fault(empty, ()) == ""
    assert finished.fault(locked, ()) == finished.fault(signed, ()) == "tệp PDF bị khóa hoặc đã ký"


def test_normalising_takes_clock_and_machine_away(tmp_path: Path) -> None:
    """Two files that differ in dates, identity and colour stamp become the same bytes, and words stay."""
    made = []
    for number in (1, 2):
        path = archival(tmp_path / f"{number}.pdf", draw(["Sở Nội vụ"]))
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.docinfo["/CreationDate"] = f"D:2024010{number}"
            pdf.trailer["/DocChecksum"] = pikepdf.Name(f"/{number}")
            pdf.Root.OutputIntents[0].DestOutputProfile.write(
                bytes(24) + bytes([number] * 12) + bytes(48) + bytes([number] * 16) + bytes(28)
            )
            pdf.save(path)
        finished.normalise(path, DECLARED, "Báo cáo & <b>", "Sở Nội vụ")
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert finished.fault(tmp_path / "1.pdf", ("Sở Nội vụ",)) == ""
    with pikepdf.open(io.BytesIO(made[0])) as pdf, pdf.open_metadata() as meta:
        assert (str(pdf.docinfo["/Title"]), meta["dc:title"], meta["pdfaid:part"], str(pdf.Root.Lang)) == (
            "Báo cáo & <b>",
            "Báo cáo & <b>",
            "2",
            "vi-VN",
        )
        assert str(pdf.docinfo["/CreationDate"]) == "D:20240105000000+00'00'"
        assert dt.datetime.fromisoformat(meta["xmp:CreateDate"]).replace(tzinfo=None) == DECLARED


def test_reading_back(sound: Path) -> None:
    """Pages and their words; a file that is none raises."""
    assert finished.page_count(sound) == 2
    assert finished.texts(sound)[1].strip() == "trang hai"
    sound.write_bytes(b"x")
    with pytest.raises(OutputError, match="tot.pdf"):
        finished.texts(sound)


def numbered(order: list[int]) -> bytes:
    """A small PDF whose notes carry the object numbers of `order`; what it says is always the same."""
    notes = {number: f"<< /Note ({'abcdefgh'[place]}) >>" for place, number in enumerate(order)}
    fonts = " ".join(f"/{'abcdefgh'[place]} {number} 0 R" for place, number in enumerate(order))
    bodies = {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"}
    bodies[3] = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] /Resources << /Font << {fonts} >> >> >>"
    data, offsets = b"%PDF-1.7\n", {}
    for number, body in sorted({**bodies, **notes}.items()):
        offsets[number] = len(data)
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offsets[n]:010d} 00000 n \n" for n in sorted(offsets))
    size = len(offsets) + 1
    return (
        data
        + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
    )


def test_object_numbers_do_not_matter(tmp_path: Path) -> None:
    """LibreOffice numbers its objects differently on another machine; the finished file is the same."""
    found = []
    for order in ([4, 5, 6, 7, 8, 9, 10, 11], [11, 9, 7, 5, 10, 8, 6, 4]):
        path = tmp_path / f"{order[0]}.pdf"
        path.write_bytes(numbered(order))
        finished.normalise(path, DECLARED, "Báo cáo", "Sở Nội vụ")
        found.append(path.read_bytes())
    assert found[0] == found[1]


def test_an_empty_last_page_is_dropped(tmp_path: Path) -> None:
    """Only a page that says nothing but its number goes; a page with one word stays."""
    path = archival(tmp_path / "a.pdf", draw(["Sở Nội vụ", "chữ ký", "3"]))
    finished.normalise(path, DECLARED, "Báo cáo", "Sở Nội vụ")
    assert finished.page_count(path) == 2
    path = archival(tmp_path / "b.pdf", draw(["Sở Nội vụ", "chữ ký", "3 ngày"]))
    finished.normalise(path, DECLARED, "Báo cáo", "Sở Nội vụ")
    assert finished.page_count(path) == 3


def test_a_last_page_with_a_chart_stays(tmp_path: Path) -> None:
    """Though it has no word but its number; the chart is a piece of the page with its place."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    canvas.drawString(100, 700, "Sở Nội vụ")
    canvas.showPage()
    canvas.drawString(300, 800, "2")
    canvas.drawImage(ImageReader(Image.new("L", (30, 30), 128)), 100, 400, 200, 100)
    canvas.showPage()
    canvas.save()
    path = archival(tmp_path / "a.pdf", buffer.getvalue())
    finished.normalise(path, DECLARED, "Báo cáo", "Sở Nội vụ")
    assert finished.page_count(path) == 2
    (chart,) = [piece for piece in read_pages(path)[1].pieces if piece.text == PICTURE]
    assert [round(side) for side in (chart.left, chart.right, chart.top, chart.bottom)] == [35, 106, 121, 156]
