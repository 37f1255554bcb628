"""The parcel for the Standing Committee with real LibreOffice: what lies in it, when it is refused, when an old one goes."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from pipeline.signoff.pdfa.lint import lint
from tests.end_to_end.province import CLERKS_OWN, Province
from tests.end_to_end.reading import docx_text, pdf_pages
from tests.end_to_end.test_build import FOLDERS, PROVINCE_FORMS, STATE
from tests.end_to_end.test_signing import sign
from tests.signoff.authority import Authority
from tests.supply.secret_scan import marks_of_this_machine, secrets_in

LIST = "0-danh-muc-tai-lieu"
ZIP, DRAFT = "gui-ban-thuong-vu-2023.zip", "gui-ban-thuong-vu-2023-du-thao.zip"
GONE = "gói trình Ban Thường vụ Tỉnh ủy lập trước không còn đúng, đã bỏ — chạy make parcel để lập lại"
Row = tuple[str, ...]


def told(done: subprocess.CompletedProcess[str]) -> str:
    """The closing table without its line breaks."""
    return " ".join(done.stdout.split())


def files_of(path: Path) -> dict[str, bytes]:
    """In the order of the zip."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def table_of(data: bytes) -> list[Row]:
    """The list of contents, cell by cell; the one cell of a heading stands five times."""
    tables = [t for t in Document(io.BytesIO(data)).tables if t.rows[0].cells[0].text == "STT"]
    return [tuple(c.text.replace("\u00a0", " ") for c in row.cells) for row in tables[0].rows]


def documents_of(data: bytes) -> list[Row]:
    """Its rows without heads and totals."""
    return [row for row in table_of(data)[1:-1] if len(set(row)) > 1]


def pages(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


@pytest.fixture(scope="module")
def packed(built: Province, tmp_path_factory: pytest.TempPathFactory) -> Province:
    """The small province with its parcel; tests that change anything work on a copy."""
    mine = built.copy(tmp_path_factory.mktemp("goi"))
    done = mine.run("parcel", environment=CLERKS_OWN)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Đã lập gói trình: ") and f"tinh/{ZIP} (15 tài liệu, " in done.stdout
    return mine


def test_the_parcel_holds_the_published_files_in_order(packed: Province) -> None:
    """Byte for byte, under names that sort as the list of contents does, with sums that fit; nothing else."""
    files = files_of(packed.out / "tinh" / ZIP)
    expected = {f"1-tai-lieu-trinh/{f}": f"tinh/{f}" for f in PROVINCE_FORMS}
    expected |= {f"2-bieu-tham-dinh/{f}": f"tinh/7-bieu-tham-dinh/{f}" for f in FOLDERS}
    expected |= {f"3-bieu-tu-cham-diem/{f}": f"{f}/4-bieu-tu-cham-diem" for f in FOLDERS}
    for name, source in expected.items():
        for ending in (".docx", ".pdf"):
            assert files[name + ending] == (packed.out / (source + ending)).read_bytes()
    assert files["4-ho-so.pdf"] == (packed.out / "tinh" / "ho-so.pdf").read_bytes()
    names = [f"{name}.{e}" for name in (LIST, *sorted(expected)) for e in ("docx", "pdf")]
    assert list(files) == [*names, "4-ho-so.pdf", "SHA256SUMS"]
    sums = {name: sha for sha, name in (line.split("  ") for line in files["SHA256SUMS"].decode().splitlines())}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}


def test_nothing_confidential_is_in_it(packed: Province) -> None:
    """Each file in the zip, and the zip itself, read for keys, tokens, addresses and what the machine knows of its user."""
    zipped = packed.out / "tinh" / ZIP
    assert list(secrets_in(ZIP, zipped.read_bytes(), marks_of_this_machine() | marks_of_this_machine(CLERKS_OWN))) == []


def test_the_list_says_what_is_there(packed: Province, tmp_path: Path) -> None:
    """Number and date, real pages of each PDF, copies; headings by folder; totals; both files of the list are proved like every document."""
    files = files_of(packed.out / "tinh" / ZIP)
    head, *rows, total = table_of(files[f"{LIST}.docx"])
    assert head == ("STT", "Tài liệu", "Số, ngày", "Số trang", "Số bản")
    assert [row[0] for row in rows if len(set(row)) == 1] == [
        "I- Tài liệu trình (09 tài liệu, thư mục 1-tai-lieu-trinh)",
        "II- Biểu thẩm định đối với từng tập thể (03 tài liệu, thư mục 2-bieu-tham-dinh)",
        "III- Biểu tự chấm điểm của từng tập thể (03 tài liệu, thư mục 3-bieu-tu-cham-diem)",
    ]
    order = [f"1-tai-lieu-trinh/{f}" for f in PROVINCE_FORMS]
    order += [f"{folder}/{f}" for folder in ("2-bieu-tham-dinh", "3-bieu-tu-cham-diem") for f in FOLDERS]
    counted = [pages(files[f"{name}.pdf"]) for name in order]
    listed = documents_of(files[f"{LIST}.docx"])
    assert [int(row[3]) for row in listed] == counted
    assert listed[0] == ("1", "Tờ trình đề xuất xếp loại chất lượng", "Số 30-TTr/BTCTU ngày 28/12/2023", f"{counted[0]:02}", "15")
    assert [row[0] for row in listed] == [*map(str, range(1, 10)), *"123", *"123"]
    assert listed[-1][:3] == ("3", "Tập thể lãnh đạo Ban Dân tộc tỉnh", "12/12/2023")
    assert total == ("", "TỔNG CỘNG", "15 tài liệu", str(sum(counted)), "85")
    (tmp_path / "d.docx").write_bytes(files[f"{LIST}.docx"])
    (tmp_path / "d.pdf").write_bytes(files[f"{LIST}.pdf"])
    text = docx_text(tmp_path / "d.docx").replace("\u00a0", " ")
    assert f"tệp 4-ho-so.pdf ({pages(files['4-ho-so.pdf']):02} trang)" in text
    assert "trình Ban Thường vụ Tỉnh ủy quyết định xếp loại chất lượng" in text and "DỰ THẢO" not in text
    assert lint(tmp_path / "d.pdf") == [] and "SHA256SUMS" in "".join(pdf_pages(tmp_path / "d.pdf"))
    assert "/AcroForm" not in PdfReader(tmp_path / "d.pdf").trailer["/Root"]


def test_the_manifest_knows_the_parcel_and_a_build_keeps_it(packed: Province, tmp_path: Path) -> None:
    """Made again it has the same bytes, also elsewhere; a build without changes leaves it and says nothing."""
    mine = packed.copy(tmp_path)
    path = mine.out / "tinh" / ZIP
    before = path.read_bytes()
    subjects = {s["name"]: s["digest"]["sha256"] for s in json.loads((mine.out / "manifest.json").read_text("utf-8"))["subject"]}
    assert subjects[f"tinh/{ZIP}"] == hashlib.sha256(before).hexdigest()
    path.unlink()
    assert mine.run("parcel").returncode == 0
    assert path.read_bytes() == before
    done = mine.run()
    assert done.returncode == 0 and "mọi hồ sơ đã mới nhất" in done.stdout and GONE not in told(done)
    assert path.read_bytes() == before and (mine.out / "manifest.json").read_bytes() == (packed.out / "manifest.json").read_bytes()


def test_an_outdated_parcel_goes(packed: Province, tmp_path: Path) -> None:
    """With the province's dossier; with a unit's sheet when that unit alone is built; with the copies, which only the list says."""
    mine = packed.copy(tmp_path)
    path = mine.out / "tinh" / ZIP
    tinh = mine.data / "2023" / "tinh.yaml"
    tinh.write_text(tinh.read_text("utf-8").replace("  quyet_dinh: 15\n", ""), "utf-8")
    assert GONE in told(mine.run()) and not path.exists()
    assert GONE not in told(mine.run())

    done = mine.run("parcel")
    assert done.returncode == 0
    assert "chưa ghi số bản (quyet_dinh), cột Số bản để trống — ghi vào so_ban_trinh trong" in done.stderr
    assert [row[4] for row in documents_of(files_of(path)[f"{LIST}.docx"])][:5] == ["15", "15", "15", "......", "01"]
    mine.edit("don_vi", 43, "diem: 5,47", "diem: 5,31")
    assert GONE in told(mine.run("build", "--unit", "43")) and not path.exists()

    done = mine.run("parcel")
    assert done.returncode == 4 and not path.exists()
    assert "đã thay đổi sau lần lập cuối, hồ sơ phải lập lại: tinh — chạy make dossiers rồi làm lại" in done.stderr
    assert mine.run().returncode == 0 and mine.run("parcel").returncode == 0
    mine.edit("don_vi", 43, "diem: 5,31", "diem: 5,29")
    assert GONE in told(mine.run()) and not path.exists()


def test_drafts_go_only_as_a_draft(packed: Province, tmp_path: Path) -> None:
    """Its name and its list say so; it takes the place of the other kind, and the other way round."""
    mine = packed.copy(tmp_path)
    mine.edit("don_vi", 43, "dang_ky_nam_sau: ", "dang_ky_nam_sau: # ")
    assert mine.run().returncode == 0

    done = mine.run("parcel")
    assert done.returncode == 4 and list((mine.out / "tinh").glob("*.zip")) == []
    assert f"lỗi: hồ sơ còn là dự thảo: tinh, {STATE} — bổ sung cho đủ" in done.stderr and "DRAFT=1" in done.stderr

    done = mine.run("parcel", "--draft")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Đã lập gói trình DỰ THẢO: ") and [p.name for p in (mine.out / "tinh").glob("*.zip")] == [DRAFT]
    files = files_of(mine.out / "tinh" / DRAFT)
    (tmp_path / "d.pdf").write_bytes(files[f"{LIST}.pdf"])
    assert all("DỰ THẢO" in page for page in pdf_pages(tmp_path / "d.pdf"))

    mine.edit("don_vi", 43, "dang_ky_nam_sau: # ", "dang_ky_nam_sau: ")
    assert GONE in told(mine.run())
    assert mine.run("parcel", "--draft").returncode == 0 and mine.run("parcel").returncode == 0
    assert [p.name for p in (mine.out / "tinh").glob("*.zip")] == [ZIP]


def test_what_is_not_as_recorded_is_named(packed: Province, tmp_path: Path) -> None:
    """Changed, added to or missing: each file; the parcel made before stays."""
    mine = packed.copy(tmp_path)
    before = (mine.out / "tinh" / ZIP).read_bytes()
    for name in ("tinh/1-to-trinh.docx", f"{STATE}/4-bieu-tu-cham-diem.pdf"):
        path = mine.out / name
        path.write_bytes(path.read_bytes() + b"x")
    (mine.out / "tinh" / "7-bieu-tham-dinh" / f"{STATE}.docx").unlink()

    done = mine.run("parcel")

    assert done.returncode == 4
    lines = done.stderr.splitlines()
    assert [line.partition("/2023/")[2] for line in lines] == [
        "tinh/1-to-trinh.docx: tệp bị sửa hoặc hỏng sau khi lập — chạy make dossiers rồi làm lại",
        f"tinh/7-bieu-tham-dinh/{STATE}.docx: mất tệp — chạy make dossiers rồi làm lại",
        f"{STATE}/4-bieu-tu-cham-diem.pdf: chưa ai ký nhưng tệp đã bị thêm vào sau khi lập — "
        "thay bằng tệp ký đúng, hoặc chuyển tệp này đi, chạy make dossiers rồi làm lại",
    ]
    assert (mine.out / "tinh" / ZIP).read_bytes() == before


def test_signed_where_it_was_published_goes_in_signed(packed: Province, tmp_path: Path) -> None:
    """Sound signatures over the recorded bytes; the sums are the signed file's."""
    mine = packed.copy(tmp_path)
    name = "tinh/3-bien-ban-tham-dinh.pdf"
    manifest = json.loads((mine.out / "manifest.json").read_text("utf-8"))["predicate"]
    rows = [row for row in manifest["ho_so"]["tinh"]["signing"] if row["file"] == name]
    signed = sign(mine.out / name, rows, Authority())

    done = mine.run("parcel")

    assert done.returncode == 0 and "01 tệp PDF đã ký được đưa vào gói cùng chữ ký" in done.stderr
    files = files_of(mine.out / "tinh" / ZIP)
    assert files["1-tai-lieu-trinh/3-bien-ban-tham-dinh.pdf"] == signed
    assert f"{hashlib.sha256(signed).hexdigest()}  1-tai-lieu-trinh/3-bien-ban-tham-dinh.pdf\n" in files["SHA256SUMS"].decode()


def test_data_with_errors_and_no_build_are_refused(packed: Province, tmp_path: Path) -> None:
    """The file is named; nothing is written."""
    mine = packed.copy(tmp_path)
    mine.edit("don_vi", 43, "diem: 5,47", "diem: 5,4x")
    assert mine.run().returncode == 2
    for more in ((), ("--draft",)):
        done = mine.run("parcel", *more)
        assert done.returncode == 4
        assert f"don_vi/{STATE}.yaml: dữ liệu còn lỗi, hồ sơ liên quan là bản cũ hoặc chưa có — sửa lỗi (make check)" in done.stderr
    empty = Province(packed.data, tmp_path / "trong")
    done = empty.run("parcel")
    assert done.returncode == 4 and "chưa có hồ sơ của tỉnh trong" in done.stderr
