"""A form filled in, taken into the file, built: every value typed into a cell stands in the finished scoring sheet."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.submission import Submission
from pipeline.rating.sheet import score
from pipeline.reading.shape import load
from tests.desk.everything import changed
from tests.desk.form_files import filled, form, year
from tests.end_to_end.province import Province
from tests.end_to_end.reading import docx_text, pdf_pages, squeezed

STEM = "43-ban-dan-toc/4-bieu-tu-cham-diem"


def test_form_to_file_to_documents(built: Province, tmp_path: Path) -> None:
    """The whole way on the command line; without agreement nothing is written."""
    mine = built.copy(tmp_path)
    made = mine.run("form", "--unit", "43")
    assert made.returncode == 0, made.stderr
    path = mine.out / "bieu-nhap" / "43-ban-dan-toc.xlsx"
    new = changed(form(43))
    filled_in = tmp_path / "da-dien.xlsx"
    filled_in.write_bytes(filled(path.read_bytes(), new))
    before = mine.file("don_vi", 43).read_bytes()

    asked = mine.run("import", str(filled_in))
    assert asked.returncode == 0 and "Chưa ghi gì. Thêm --yes (YES=1) để ghi." in asked.stdout
    assert mine.file("don_vi", 43).read_bytes() == before
    done = mine.run("import", str(filled_in), "--yes")
    assert done.returncode == 0, done.stderr
    assert "cham_diem.A.1.1.ly_do: " in done.stdout and "Đã ghi " in done.stdout
    assert "Biểu không có gì khác" in mine.run("import", str(filled_in)).stdout

    built_again = mine.run("build", "--unit", "43")
    assert built_again.returncode == 0, built_again.stderr
    found = load(mine.file("don_vi", 43), "tep", Submission).value
    assert found is not None
    unit = next(u.unit for u in year().units.values() if u.unit.number == 43)
    sheet = score(year().regulation, unit.section, found.rows)
    word, pages = docx_text(mine.out / f"{STEM}.docx"), squeezed("".join(pdf_pages(mine.out / f"{STEM}.pdf")))
    for text in (squeezed(word), pages):
        for path_, value in new.items():
            if path_[0] == "cham_diem" and path_[-1] in ("ly_do", "minh_chung") and value:
                assert squeezed(value) in text or squeezed(value).removesuffix(".") in text, path_
        for row in sheet.rows.values():
            assert row.points is None or f"{row.points:.2f}".replace(".", ",") in text, row.code
        assert f"{sheet.total:.2f}".replace(".", ",") in text
    narratives = squeezed(docx_text(mine.out / "43-ban-dan-toc/2-bao-cao-tong-ket.docx"))
    assert narratives.count("lầnnhậpmới:códấu") >= 7
