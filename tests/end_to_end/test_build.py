"""The whole way from clerks' files to bundles with real LibreOffice: what lies there, what changes, what stays."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.signoff.pdfa.lint import lint
from pipeline.signoff.sign_fields import fields_of
from tests.end_to_end.province import UNITS, Province
from tests.end_to_end.reading import docx_text, outline, pdf_pages, squeezed

UNIT_FORMS = [
    "1-bao-cao-chi-dao-kiem-diem",
    "2-bao-cao-tong-ket",
    "3-bao-cao-kiem-diem-tap-the",
    "4-bieu-tu-cham-diem",
    "5-bien-ban-hoi-nghi",
    "6-dang-ky-xep-loai-nam-sau",
]
PROVINCE_FORMS = [
    "1-to-trinh",
    "2-bao-cao-tong-hop",
    "3-bien-ban-tham-dinh",
    "4-quyet-dinh",
    "5-cong-van-xin-y-kien-dang-doan-hdnd",
    "5-cong-van-xin-y-kien-ban-can-su-dang-ubnd",
    "5-cong-van-xin-y-kien-hoi-dong-tdkt",
    "5-to-trinh-xin-y-kien-thuong-truc-tinh-uy",
    "6-phieu-giai-trinh",
]
FOLDERS = ["09-tinh-doan", "10-ban-can-su-dang-ubnd", "43-ban-dan-toc"]
STATE = "43-ban-dan-toc"


def test_everything_of_the_contract_is_there(built: Province) -> None:
    """Each document as Word and PDF, each folder with its bundle, results and manifest."""
    for folder in FOLDERS:
        assert set(built.snapshot(folder)) == {f"{f}.{e}" for f in UNIT_FORMS for e in ("docx", "pdf")} | {"ho-so.pdf"}
    sheets = {f"7-bieu-tham-dinh/{f}.{e}" for f in FOLDERS for e in ("docx", "pdf")}
    assert set(built.snapshot("tinh")) == {f"{f}.{e}" for f in PROVINCE_FORMS for e in ("docx", "pdf")} | sheets | {
        "ho-so.pdf",
        "toan-tap.pdf",
        "tong-hop.xlsx",
    }
    assert (built.out / "manifest.json").is_file()
    result = json.loads((built.out / "ket_qua.json").read_text(encoding="utf-8"))
    assert [u["stt"] for u in result["don_vi"]] == list(UNITS)
    assert result["don_vi"][2]["tu_cham"]["tong"] == "89.60"
    assert result["don_vi"][2]["tu_cham"]["hang"]["B.7"] == {"khong_ap_dung": True}


def test_every_pdf_has_the_markers_of_the_archive(built: Province) -> None:
    """By our lint, which the manifest names; its structure by qpdf, or by the library where there is no such program."""
    paths = sorted(built.out.rglob("*.pdf"))
    assert {p.relative_to(built.out).as_posix(): list(map(str, lint(p))) for p in paths if lint(p)} == {}
    told = json.loads((built.out / "manifest.json").read_text(encoding="utf-8"))["predicate"]["pdfa"]
    assert told["muc"] == "PDF/A-2b" and told["so_tep"] == len(paths) and "quy tắc" in told["kiem_tra_boi"]
    for path in paths:
        if path.name in ("ho-so.pdf", "toan-tap.pdf"):
            assert structure(path) == []


def structure(path: Path) -> list[str]:
    """What an independent look at the file's structure complains of."""
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        return [] if done.returncode == 0 else [done.stdout + done.stderr]
    with pikepdf.open(path, attempt_recovery=False) as pdf:
        return list(map(str, pdf.check_pdf_syntax()))


def test_second_run_keeps_everything(built: Province, tmp_path: Path) -> None:
    """Unchanged inputs: nothing is made again, not a byte changes; a comment in YAML changes nothing either."""
    province = built.copy(tmp_path)
    before = {f: province.snapshot(f) for f in [*FOLDERS, "tinh"]}
    path = province.file("don_vi", 43)
    path.write_text("# ghi chú\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    done = province.run()

    assert done.returncode == 0
    assert "mọi hồ sơ đã mới nhất" in done.stdout
    assert {f: province.snapshot(f) for f in [*FOLDERS, "tinh"]} == before


def test_case_40_same_inputs_same_bytes(built: Province, tmp_path: Path) -> None:
    """Other folders, user's home, time zone, locale, umask, hash seed, number of workers: from nothing, the same files, the same list of hashes."""
    province = Province(shutil.copytree(built.data, tmp_path / "Dữ liệu khác", symlinks=True), tmp_path / "khac")
    home = tmp_path / "nha" / "nguoi khac"
    home.mkdir(parents=True)
    odd = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "HOME": str(home),
        "PYTHONHASHSEED": "4711",
        "USER": "nguoikhac",
    }

    assert province.run("build", "--workers", "3", environment=odd, umask=0o077).returncode == 0

    for folder in [*FOLDERS, "tinh"]:
        assert province.snapshot(folder) == built.snapshot(folder)
    for name in ("SHA256SUMS", "manifest.json"):
        assert (province.out / name).read_bytes() == (built.out / name).read_bytes()
    assert list(home.rglob("*")) == []


def test_one_digit_changes_its_figures_everywhere(built: Province, tmp_path: Path) -> None:
    """A row of the State unit loses 0,10: row, part, total change in that unit's documents and the province's; others keep every byte."""
    province = built.copy(tmp_path)
    before = {f: province.snapshot(f) for f in [*FOLDERS, "tinh"]}
    province.edit("don_vi", 43, "diem: 5,47", "diem: 5,37")

    done = province.run()

    assert done.returncode == 0, done.stderr
    for folder in FOLDERS[:2]:
        assert province.snapshot(folder) == before[folder]
    for stem in ("3-bao-cao-kiem-diem-tap-the", "4-bieu-tu-cham-diem", "5-bien-ban-hoi-nghi"):
        for text in (docx_text(province.out / STATE / f"{stem}.docx"), "".join(pdf_pages(province.out / STATE / f"{stem}.pdf"))):
            assert "89,50" in text and "89,60" not in text
    assert province.snapshot(STATE)["6-dang-ky-xep-loai-nam-sau.docx"] == before[STATE]["6-dang-ky-xep-loai-nam-sau.docx"]
    for stem in ("1-to-trinh", "2-bao-cao-tong-hop", "4-quyet-dinh", f"7-bieu-tham-dinh/{STATE}"):
        assert "89,50" in docx_text(province.out / "tinh" / f"{stem}.docx")


def test_appraisal_never_touches_the_units_dossier(built: Province, tmp_path: Path) -> None:
    """The council lowers a row: the province's documents change, not one byte of the unit's folder."""
    province = built.copy(tmp_path)
    before = province.snapshot(STATE)
    path = province.file("tham_dinh", 43)
    path.write_text(
        path.read_text(encoding="utf-8") + 'cham_diem:\n  B.3:\n    diem: 5,17\n    ly_do: "Sản phẩm chưa nghiệm thu"\n', encoding="utf-8"
    )

    done = province.run()

    assert done.returncode == 0, done.stderr
    assert province.snapshot(STATE) == before
    sheet = docx_text(province.out / "tinh" / f"7-bieu-tham-dinh/{STATE}.docx")
    assert "Thẩm định: Sản phẩm chưa nghiệm thu" in sheet and "89,30" in sheet and "89,60" in sheet


def test_broken_unit_does_not_stop_the_others(built: Province, tmp_path: Path) -> None:
    """Exit 2; the old dossier stays; the province's bundle becomes a draft that names the unit, the ready one stays beside it."""
    province = built.copy(tmp_path)
    before = province.snapshot(STATE)
    ready = (province.out / "tinh" / "ho-so.pdf").read_bytes()
    province.edit("don_vi", 43, "tu_nhan: tot", "tu_nhan: gioi")

    done = province.run()

    assert done.returncode == 2
    assert "43-ban-dan-toc.yaml:" in done.stderr and "giá trị «gioi» không có ở đây" in done.stderr
    assert "Traceback" not in done.stderr
    assert province.snapshot(STATE) == before
    pages = pdf_pages(province.out / "tinh" / "ho-so.pdf")
    assert "DỰ THẢO" in pages[0] and "Ban Dân tộc tỉnh" in pages[0]
    assert (province.out / "tinh" / "truoc" / "ho-so.pdf").read_bytes() == ready
    assert all("DỰ THẢO" in page for page in pages)


def squeezed_spaces(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("folder", [*FOLDERS, "tinh"])
def test_bundle_can_be_navigated(built: Province, folder: str) -> None:
    """Opens at the index, whose rows lead to the page they print, where the document starts; outline by document; A4; nothing active inside."""
    path = built.out / folder / "ho-so.pdf"
    reader = PdfReader(path)
    pages = pdf_pages(path)
    annotations = [a.get_object() for page in reader.pages[: _front(reader)] for a in page.get("/Annots", [])]
    assert {a["/Subtype"] for a in annotations} == {"/Link"}
    targets = [int(reader.get_page_number(a["/Dest"][0].get_object())) for a in annotations]  # type: ignore[arg-type]
    tops = [title for title in outline(path) if not title.startswith(" ")][1:]
    forms = UNIT_FORMS if folder != "tinh" else [*PROVINCE_FORMS, *FOLDERS]
    signing = _signing(built, folder)
    assert len(tops) == len(forms)
    assert targets[len(tops) :] == ([row["bundle_page"] - 1 for row in signing] if folder == "tinh" else [])
    for target, title in zip(targets, tops):
        assert title.endswith(f"... {target + 1}")
        assert f"tr. {target + 1}/{len(pages)}" in pages[target]
    assert all(abs(float(p.mediabox.width) - 595.3) < 1 and abs(float(p.mediabox.height) - 841.9) < 1 for p in reader.pages)
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == "vi-VN" and "/OutputIntents" in pdf.Root and "/JavaScript" not in str(pdf.Root.keys())
        (opens_at,) = [n for n, page in enumerate(pdf.pages) if page.obj.objgen == pdf.Root.OpenAction[0].objgen]
        assert "MỤC LỤC HỒ SƠ" in pages[opens_at] and "MỤC LỤC HỒ SƠ" not in "".join(pages[:opens_at])


def _front(reader: PdfReader) -> int:
    """Pages before the first document."""
    return int(reader.get_destination_page_number(reader.outline[1]))  # type: ignore[arg-type]


def _signing(built: Province, folder: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((built.out / "manifest.json").read_text("utf-8"))["predicate"]["ho_so"][folder]["signing"]
    return found


@pytest.mark.parametrize("folder", [*FOLDERS, "tinh"])
def test_fields_stand_in_the_blanks(built: Province, folder: str) -> None:
    """In the bundle and in each document: as planned, in signing order, above the signer's name and over no word."""
    rows = _signing(built, folder)
    files: dict[Path, dict[str, int]] = {built.out / folder / "ho-so.pdf": {row["field"]: row["bundle_page"] for row in rows}}
    for row in rows:
        files.setdefault(built.out / row["file"], {})[row["field"]] = row["page"]
    assert len(rows) == (7 if folder != "tinh" else 8 + 2 + 2 * len(FOLDERS)) and [row["order"] for row in rows] == list(
        range(1, len(rows) + 1)
    )
    names = {row["field"]: row["name"] for row in rows}
    for path, expected in files.items():
        with pikepdf.open(path) as pdf:
            fields = fields_of(pdf)
        assert [f.name for f in fields] == sorted(expected) and {f.name: f.page + 1 for f in fields} == expected
        document = pypdfium2.PdfDocument(path)
        for field in fields:
            text = document[field.page].get_textpage()
            left, bottom, right, top = field.box
            assert text.get_text_bounded(left, bottom, right, top).strip() == ""
            assert names[field.name] in " ".join(text.get_text_bounded(left - 20, bottom - 24, right + 20, bottom).split())
        document.close()
    listed = (built.out / "danh-sach-ky.csv").read_text("utf-8-sig")
    assert all(row["field"] in listed for row in rows)


def test_what_people_signed_is_never_made_again(built: Province, tmp_path: Path) -> None:
    """A document signed where it was published: its dossier stays as it is, with the reason; the others are made."""
    province = built.copy(tmp_path)
    path = province.out / STATE / "2-bao-cao-tong-ket.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.Dictionary(Type=pikepdf.Name.Sig)
        pdf.save(path)
    before = province.snapshot(STATE)
    province.edit("don_vi", 43, "nam: 2023", "nam: 2023\nnoi_nhan: [Lưu trữ cơ quan]")
    run = province.run()
    assert run.returncode == 4 and f"{STATE}/2-bao-cao-tong-ket.pdf: tệp đã được ký số" in run.stderr
    assert province.snapshot(STATE) == before


def test_what_people_put_beside_a_dossier_stays(built: Province, tmp_path: Path) -> None:
    """A signed copy, a note: they go along when the dossier is made anew; the program's own old files do not."""
    province = built.copy(tmp_path)
    copy, note = province.out / STATE / "ho-so-da-ky.pdf", province.out / STATE / "ghi chú" / "đọc.txt"
    shutil.copy(province.out / STATE / "ho-so.pdf", copy)
    note.parent.mkdir()
    note.write_text("của văn thư", "utf-8")
    before = copy.read_bytes()
    province.edit("don_vi", 43, "diem: 5,47", "diem: 5,37")
    assert province.run("build", "--unit", "43").returncode == 0
    assert copy.read_bytes() == before and note.read_text("utf-8") == "của văn thư"
    assert (province.out / STATE / "ho-so.pdf").read_bytes() != before


def test_a_signature_outlives_the_manifest_and_the_register(built: Province, tmp_path: Path) -> None:
    """Without a manifest, and when its unit is withdrawn, a signed file is still nobody's to overwrite or delete."""
    province = built.copy(tmp_path)
    path = province.out / STATE / "ho-so.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.Dictionary(Type=pikepdf.Name.Sig)
        pdf.save(path)
    signed = path.read_bytes()
    manifest = (province.out / "manifest.json").read_bytes()
    (province.out / "manifest.json").unlink()
    run = province.run("build", "--unit", "43")
    assert run.returncode == 4 and f"{STATE}/ho-so.pdf: tệp đã được ký số" in run.stderr and path.read_bytes() == signed

    (province.out / "manifest.json").write_bytes(manifest)
    register = province.data / "don_vi.yaml"
    head, *units = re.split(r"(?m)^(?=  - stt: )", register.read_text("utf-8"))
    register.write_text(head + "".join(u for u in units if "stt: 43" not in u), "utf-8")
    for kind in ("don_vi", "tham_dinh"):
        province.file(kind, 43).unlink()
    decisions = province.data / "2023" / "quyet_dinh.yaml"
    decisions.write_text(decisions.read_text("utf-8").replace("  - don_vi: ban-dan-toc\n    muc: tot\n", ""), "utf-8")
    run = province.run()
    assert run.returncode == 4 and f"{STATE}/ho-so.pdf: đơn vị không còn trong danh sách" in run.stderr
    assert province.snapshot(STATE) == {"ho-so.pdf": signed}


def test_a_dossier_that_cannot_be_published_makes_the_province_a_draft(built: Province, tmp_path: Path) -> None:
    """Signed where it stands and overtaken by the data: it stays old, and the province's cover names it; with the same data nothing changes."""
    province = built.copy(tmp_path)
    path = province.out / STATE / "2-bao-cao-tong-ket.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.Dictionary(Type=pikepdf.Name.Sig)
        pdf.save(path)
    before = province.snapshot("tinh")["ho-so.pdf"]
    assert province.run().returncode == 4 and province.snapshot("tinh")["ho-so.pdf"] == before
    province.edit("don_vi", 43, "nam: 2023", "nam: 2023\nnoi_nhan: [Lưu trữ cơ quan]")
    assert province.run().returncode == 4
    pages = pdf_pages(province.out / "tinh" / "ho-so.pdf")
    assert "Ban Dân tộc tỉnh chưa phát hành được" in squeezed_spaces(pages[0]) and all("DỰ THẢO" in page for page in pages)
    assert province.snapshot("tinh")["truoc/ho-so.pdf"] == before


def test_a_manifest_cannot_lead_outside(built: Province, tmp_path: Path) -> None:
    """A name in it that leads elsewhere: the manifest counts as none, nothing outside is touched."""
    province = built.copy(tmp_path)
    victim = tmp_path / "nan-nhan"
    victim.mkdir()
    (victim / "tệp.txt").write_text("x", "utf-8")
    path = province.out / "manifest.json"
    found = json.loads(path.read_text("utf-8"))
    dossiers = found["predicate"]["ho_so"]
    dossiers["../../nan-nhan"] = dossiers[STATE]
    path.write_text(json.dumps(found), "utf-8")
    assert province.run("build", "--unit", "43").returncode == 0
    assert (victim / "tệp.txt").is_file() and "nan-nhan" not in path.read_text("utf-8")


def test_a_dossier_made_alone_is_read_again_with_the_others(built: Province, tmp_path: Path) -> None:
    """A single unit's build cannot look for other units' words; the next whole year does."""
    province = Province(built.data, tmp_path / "rieng")
    assert province.run("build", "--unit", "43").returncode == 0
    alone = json.loads((province.out / "manifest.json").read_text("utf-8"))["predicate"]["ho_so"][STATE]["alone"]
    assert province.run().returncode == 0
    record = json.loads((province.out / "manifest.json").read_text("utf-8"))["predicate"]["ho_so"][STATE]
    assert (alone, record["alone"]) == (True, False)
    assert (province.out / "SHA256SUMS").read_bytes() == (built.out / "SHA256SUMS").read_bytes()


def test_whole_year_in_one_file(built: Province) -> None:
    """The province's bundle, then each unit's; outline of two levels, every page labelled as its bundle stamps it, nothing to sign; a font file per face."""
    whole = built.out / "tinh" / "toan-tap.pdf"
    parts = [len(PdfReader(built.out / f / "ho-so.pdf").pages) for f in ("tinh", *FOLDERS)]
    reader = PdfReader(whole)
    assert len(reader.pages) == sum(parts)
    lines = outline(whole)
    tops = [line for line in lines if not line.startswith(" ")]
    assert [int(line.rsplit(" ", 1)[1]) for line in tops] == [1 + sum(parts[:i]) for i in range(len(parts))]
    assert not any(line.startswith("    ") for line in lines) and len(lines) > len(tops)
    assert [reader.page_labels[sum(parts[:i])] for i in (0, 1)] == ["HS TINH-2023 tr. 1", "HS 09-2023 tr. 1"]
    with pikepdf.open(whole) as pdf:
        assert "/AcroForm" not in pdf.Root
        files = {(str(o.FontName), o.FontFile2.objgen) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o}
    assert len(files) == len({name.split("+")[1] for name, _ in files}) == 4


def test_the_workbook_of_the_year(built: Province, tmp_path: Path) -> None:
    """Recorded like every published file; a unit's build leaves it; a figure that changes and a hand that edits it make it anew, a draft says so."""
    province = built.copy(tmp_path)
    path = province.out / "tinh" / "tong-hop.xlsx"
    before = path.read_bytes()

    def listed() -> bool:
        return (
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  tinh/tong-hop.xlsx"
            in (province.out / "SHA256SUMS").read_text("utf-8").splitlines()
        )

    assert listed()
    province.edit("don_vi", 43, "diem: 5,47", "diem: 5,37")
    assert province.run("build", "--unit", "43").returncode == 0
    assert path.read_bytes() == before and listed()
    assert province.run().returncode == 0 and listed()
    row = next(r for r in load_workbook(path, data_only=True)["Tổng hợp"].iter_rows(min_row=6, values_only=True) if r[0] == 43)
    assert (row[6], row[10]) == (89.5, 89.5)
    after = path.read_bytes()
    path.write_bytes(before)
    assert province.run().returncode == 0 and path.read_bytes() == after
    province.edit("don_vi", 43, "tu_nhan: tot", "tu_nhan:")
    assert province.run().returncode == 0 and listed()
    assert str(load_workbook(path)["Tổng hợp"]["C1"].value).startswith("DỰ THẢO - ")


def test_nothing_leaks_between_dossiers(built: Province) -> None:
    """No other unit's members, no appraisal, no machine in a unit's files."""
    members = {
        n: [line.split(": ", 1)[1] for line in built.file("don_vi", n).read_text(encoding="utf-8").splitlines() if "ho_ten:" in line]
        for n in UNITS
    }
    for number, folder in zip(UNITS, FOLDERS):
        text = "\n".join(pdf_pages(built.out / folder / "ho-so.pdf"))
        for other in UNITS:
            assert other == number or not [name for name in members[other] if name in text]
        remark = next(
            line for line in built.file("tham_dinh", number).read_text(encoding="utf-8").splitlines() if line.startswith("kien_nghi:")
        )
        assert squeezed(remark.split('"')[1])[:60] not in squeezed(text)
        for data in built.snapshot(folder).values():
            assert b"/tmp/" not in data and b"python-docx" not in data and b"/home/" not in data


def test_c1_without_any_content_is_never_ready(built: Province, tmp_path: Path) -> None:
    """Nothing says where the points of C.1 go: no total, so no ready dossier."""
    province = built.copy(tmp_path)
    path = province.file("don_vi", 43)
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  C.1.1:"), text.index("  C.2.1:")
    path.write_text(
        text[:start] + '  C.1.1:\n    khong_ap_dung: "Mới"\n  C.1.2:\n    khong_ap_dung: "Mới"\n' + text[end:], encoding="utf-8"
    )

    done = province.run("build", "--unit", "43")

    assert done.returncode == 0
    assert "thiếu: tiêu chí C.1 không còn nội dung nào để chấm" in done.stderr
    assert all("DỰ THẢO" in page for page in pdf_pages(province.out / STATE / "ho-so.pdf"))


def test_a_slip_in_tinh_yaml_stops_the_province_only(built: Province, tmp_path: Path) -> None:
    """An unknown key there: exit 2, the province is a draft that names it without the folder's path, units keep every byte."""
    province = built.copy(tmp_path)
    before = province.snapshot(STATE)
    path = province.data / "2023" / "tinh.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("\ncan_cu:", "\ncan_cuu:"), encoding="utf-8")

    done = province.run()

    assert done.returncode == 2
    assert "không có mục «can_cuu» ở đây — có phải ý bạn là «can_cu»?" in done.stderr
    assert province.snapshot(STATE) == before
    cover = squeezed_spaces(pdf_pages(province.out / "tinh" / "ho-so.pdf")[0])
    assert "2023/tinh.yaml:" in cover and "DỰ THẢO" in cover and str(tmp_path) not in cover


def test_a_slip_in_the_register_costs_no_dossier(built: Province, tmp_path: Path) -> None:
    """A misspelt code: exit 2, and the dossier published under the right one stays."""
    province = built.copy(tmp_path)
    before = province.snapshot(STATE)
    register = province.data / "don_vi.yaml"
    register.write_text(register.read_text(encoding="utf-8").replace("ma: ban-dan-toc\n", "ma: ban-dan-tocc\n"), encoding="utf-8")

    done = province.run()

    assert done.returncode == 2
    assert province.snapshot(STATE) == before
    assert STATE in done.stdout
