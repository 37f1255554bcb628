"""An invented regulation and its year 2030 -> scored, rated, explained and built by the same code; the year 2023 beside it stays as it was."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import assessing
from pipeline.__main__ import main
from pipeline.assessing import YearResult
from pipeline.explaining import explain_year, results
from pipeline.places import PROJECT, TEMPLATES, Places
from pipeline.planning import plan_province, plan_units
from pipeline.problems import DataError, TemplateError
from pipeline.rendering.province_view import province_view
from pipeline.rendering.told import told
from tests.end_to_end.reading import docx_text, pdf_pages, squeezed
from tests.support import dangling

HERE = Path(__file__).parent
LAW, OLD_LAW = "99-QD-TU-2030", "453-QD-TU-2022"
OWN = HERE / "quy_dinh" / LAW
FOLDERS = sorted(p.stem for p in (HERE / "2030" / "don_vi").glob("*.yaml"))
CODES = [folder[3:] for folder in FOLDERS]
INSTITUTE, UNION, WATERWAYS, CRAFTS, FUND, SCHOOL = CODES
TOP, GOOD, BASIC, FAILED = "xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh"


def written(folder: Path, file: str) -> Any:
    return yaml.load((folder / file).read_text("utf-8"), yaml.BaseLoader)


NAMES = [level["ten"] for level in written(OWN, "quy_dinh.yaml")["muc_xep_loai"]]
OLD_NAMES = [level["ten"] for level in written(PROJECT / "data" / "quy_dinh" / OLD_LAW, "quy_dinh.yaml")["muc_xep_loai"]]
OLD_WORDS = re.compile("|".join(["453", "Điều 6(?![0-9])", "Bắc Giang", *OLD_NAMES]), re.IGNORECASE)


def copied(folder: Path) -> Path:
    """A data folder of its own with the invented regulation and year, to be changed by a test."""
    for name in ("quy_dinh", "2030"):
        shutil.copytree(HERE / name, folder / name)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def choose(data: Path, reading: str, way: str) -> None:
    """`chon` of one reading, as a person would set it."""
    path = data / "quy_dinh" / LAW / "cach_hieu.yaml"
    text, done = re.subn(rf"(?m)(^  - ma: {reading}\n(?:    .*\n)*?    chon: )\w+$", rf"\g<1>{way}", path.read_text("utf-8"))
    assert done == 1
    path.write_text(text, "utf-8")


def check(data: Path, year: int = 2030) -> YearResult:
    return assessing.check(Places(data, data / "build", year))


def explained(year: YearResult, code: str) -> str:
    """What `explain` prints."""
    view = province_view(year.files, year.assessments, year.quota, explain_year(year, code))
    return "\n".join(told(view, next(v for v in view.units if v.unit.code == code)))


@pytest.fixture(scope="module")
def year() -> YearResult:
    return check(HERE)


# --- scores, levels, quota: all figures worked out by hand from the tables of the regulation ---------------------------

SCORES = {  # appraised points of A, B, C and their sum; every row is rounded half up to one decimal (Điều 7 khoản 4)
    # A: 5 + 4 + 2,7 + 6 + 4 + 8; B: 20×47/50 = 18,8 + 15 + 15×95% = 14,25 -> 14,3 + 9; C: 3 + 3, and C.2.1 alone takes all 4
    INSTITUTE: ("29.7", "57.1", "10.0", "96.8"),
    # A: 5×98% = 4,9 + 4 + 3 + 6 + 4 + 8; B: 18×17/18 = 17 + 12 + 20×75% = 15 + 10; C: 3 + 3 + 2 + 2
    UNION: ("29.9", "54.0", "10.0", "93.9"),
    # A: 5 + 4×75% = 3 + 3 + 6 + 4 + 8; B: 12 + 15×12/16 = 11,25 -> 11,3 + 9 + 10 + 8,5; C: 3 + 1,5, and C.2.2 alone takes all 4
    WATERWAYS: ("29.0", "50.8", "8.5", "88.3"),
    # A.1.3's 3 points equally: 6,5 + 5,5×80% = 4,4, then 6 + 4 + 8×75% = 6; B.3's 10 equally, 2,5 to each of four:
    # 17,5×80% = 14 + 17,5×90% = 15,75 -> 15,8 + 12,5×76% = 9,5 + 12,5×60% = 7,5; C: 3 + 3 + 2 + 2×50% = 1
    CRAFTS: ("26.9", "46.8", "9.0", "82.7"),
    # A: all 30; B: 18×27/36 = 13,5 + 12 + 16 + 9; C.2's 4 points equally to C.1: 5 + 5×60% = 3
    FUND: ("30.0", "50.5", "8.0", "88.5"),
    # A: 5×80% = 4 + 4 + 3 + 6×95% = 5,7 + 4 + 8; B: 20×18/20 = 18 + 15×14/15 = 14 + 10 + 10; C: 5 + 5×35/40 = 4,375 -> 4,4
    SCHOOL: ("28.7", "52.0", "9.4", "90.1"),
}
SELF_TOTALS = {INSTITUTE: "97.8", SCHOOL: "93.6"}  # the council took 1 point of B.4 (10 -> 9) and 3,5 of B.3 (13,5 -> 10)
LEVELS = {
    INSTITUTE: (TOP, "Q09"),  # best of the two candidates, one place
    UNION: (GOOD, "Q09"),  # candidate outside the quota, n1 a
    WATERWAYS: (GOOD, "Q06"),  # open under n2, decided by a person
    CRAFTS: (GOOD, "Q07"),  # its discipline is excepted: discovered by itself
    FUND: (FAILED, "Q02"),  # 88,5 with a defect: 3/10 of the targets, under 40%
    SCHOOL: (BASIC, "Q03"),  # 90,1 with a defect: disunity found in writing
}


def test_files_are_sound(year: YearResult) -> None:
    """Nothing wrong and nothing owed; one unit claims more than its facts allow."""
    assert [(p.kind.value, p.place.file.rpartition("/")[2]) for p in year.files.problems] == [("cảnh báo", "05-quy-khuyen-tai.yaml")]
    assert year.files.regulation.folder == LAW
    assert [u.folder for u in year.files.register] == FOLDERS


@pytest.mark.parametrize("code", CODES)
def test_scores(year: YearResult, code: str) -> None:
    """Parts of 30, 60 and 10 points, one decimal, equal shares of what does not apply, C.2 carried to C.1."""
    a = year.assessments[code]
    assert a.sheet and a.self_sheet
    assert [a.sheet.parts["A"], a.sheet.parts["B"], a.sheet.parts["C"], a.sheet.total] == [Decimal(points) for points in SCORES[code]]
    assert a.self_sheet.total == Decimal(SELF_TOTALS.get(code, SCORES[code][3]))


def test_maxima(year: YearResult) -> None:
    """Where the points of contents that do not apply went."""

    def limits(code: str, *rows: str) -> list[Decimal | None]:
        sheet = year.assessments[code].sheet
        assert sheet
        return [sheet.rows[row].maximum.printed for row in rows]

    assert limits(CRAFTS, "A.1.1", "A.1.2", "A.1.3") == [Decimal("6.5"), Decimal("5.5"), None]
    assert limits(CRAFTS, "B.1", "B.2", "B.3", "B.4", "B.5") == [Decimal("17.5"), Decimal("17.5"), None, Decimal("12.5"), Decimal("12.5")]
    assert limits(SCHOOL, "C.1.1", "C.1.2", "C.2.1", "C.2.2") == [5, 5, None, None]
    assert limits(INSTITUTE, "C.1.1", "C.2.1") == [3, 4]


@pytest.mark.parametrize("code", CODES)
def test_levels(year: YearResult, code: str) -> None:
    """The level proposed, the row of the table that gives it, and the Standing Committee's."""
    a = year.assessments[code]
    assert a.levels
    assert (a.level, *a.levels.rows) == LEVELS[code]
    assert a.official == a.level


def test_quota(year: YearResult) -> None:
    """N = 4 units at the second level or above: 4×25/125 -> 0 without the top ones in the base, 4×25/100 = 1 with them (chosen)."""
    quota = year.quota
    assert (quota.n, quota.basis, quota.limit) == (4, "tu_vung_manh_tro_len", 1)
    assert quota.limits == {"rieng_vung_manh": (0, 0), "tu_vung_manh_tro_len": (1, 1)}
    assert (quota.chosen, quota.outside, quota.waiting) == ((INSTITUTE,), (UNION,), ())


def test_open_until_a_person_decides(tmp_path: Path) -> None:
    """Without the decision n2 leaves two levels; N is then 3 or 4, so the one place may be none: the best candidate waits too."""
    data = copied(tmp_path)
    (data / "2030" / "quyet_dinh.yaml").unlink()
    year = check(data)
    assert (year.assessments[WATERWAYS].state, year.assessments[WATERWAYS].possible) == ("cho_nguoi_quyet", [GOOD, BASIC])
    assert (year.quota.n_min, year.quota.n_max, year.quota.limit_min, year.quota.limit_max) == (3, 4, 0, 1)
    assert year.assessments[INSTITUTE].possible == [TOP, GOOD]
    assert "Có thể xếp đạt chuẩn cơ bản" in explained(year, WATERWAYS) and "xem cách hiểu n2" in explained(year, WATERWAYS)


@pytest.mark.parametrize(("way", "possible"), [("b", [GOOD]), ("a", [TOP, GOOD])])
def test_tie_at_the_line(tmp_path: Path, way: str, possible: list[str]) -> None:
    """The union's B.2 at 17,9 makes 96,8 twice for one place: n4 b takes neither, n4 a waits for a person."""
    data = copied(tmp_path)
    choose(data, "n4", way)
    edit(data / "2030" / "don_vi" / f"{FOLDERS[1]}.yaml", "    ty_le: 75%\n", "    diem: 17,9\n")
    year = check(data)
    assert [year.assessments[code].total for code in (INSTITUTE, UNION)] == [Decimal("96.8"), Decimal("96.8")]
    assert [year.assessments[code].possible for code in (INSTITUTE, UNION)] == [possible, possible]


@pytest.mark.parametrize(
    ("changes", "code", "possible"),
    [
        # 4/10 is exactly 40%: no defect; its head was decided as failed, which alone allows no more than the third level
        ([("don_vi", FUND, "giao: 10\n    hoan_thanh: 3\n", "giao: 10\n    hoan_thanh: 4\n")], FUND, [BASIC]),
        # and with the head as the conference proposed
        (
            [
                ("don_vi", FUND, "giao: 10\n    hoan_thanh: 3\n", "giao: 10\n    hoan_thanh: 4\n"),
                ("", "", "xep_loai: khong_hoan_thanh", "xep_loai: hoan_thanh"),
            ],
            FUND,
            [GOOD],
        ),
        # a defect below 90: 28,7 + 51,8 + 9,4 = 89,9
        ([("tham_dinh", SCHOOL, "diem: 10\n", "diem: 9,8\n")], SCHOOL, [FAILED]),
        # printed 28,7 + 51,9 + 9,4 = 90,0, exact 28,7 + 51,9 + 9,375 = 89,975: the two totals compared disagree
        ([("tham_dinh", SCHOOL, "diem: 10\n", "diem: 9,9\n")], SCHOOL, [BASIC, FAILED]),
        # neither discovered by itself nor remedied any more
        ([("don_vi", CRAFTS, "tu_phat_hien: co\n", "tu_phat_hien: khong\n")], CRAFTS, [GOOD, BASIC]),
    ],
)
def test_both_sides_of_a_limit(tmp_path: Path, changes: list[tuple[str, str, str, str]], code: str, possible: list[str]) -> None:
    """40% of the targets, 90 points with a defect, printed and exact total, the exception for discipline."""
    data = copied(tmp_path)
    for kind, unit, old, new in changes:
        name = f"{kind}/{FOLDERS[CODES.index(unit)]}.yaml" if kind else "quyet_dinh.yaml"
        edit(data / "2030" / name, old, new)
    assert check(data).assessments[code].possible == possible


# --- a reading is a switch --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "way", "code", "without", "total", "possible", "sentence"),
    [
        ("n1", "a", UNION, "", "93.9", [GOOD], "đang áp dụng «xếp mức vững mạnh toàn diện»; nếu hiểu «xếp mức đạt chuẩn cơ bản»"),
        ("n1", "b", UNION, "", "93.9", [BASIC], "đang áp dụng «xếp mức đạt chuẩn cơ bản»; nếu hiểu «xếp mức vững mạnh toàn diện»"),
        ("n2", "a", WATERWAYS, "quyet_dinh.yaml", "88.3", [GOOD], "Mức đề xuất: Vững mạnh toàn diện."),
        ("n2", "b", WATERWAYS, "quyet_dinh.yaml", "88.3", [BASIC], "Mức đề xuất: Đạt chuẩn cơ bản."),
        ("n3", "khong", INSTITUTE, "han_muc", "96.8", [TOP, GOOD], "giới hạn 00 đến 01: chờ quyết định"),
        ("n3", "a", INSTITUTE, "han_muc", "96.8", [GOOD], "giới hạn 00: ngoài hạn mức"),
        ("n3", "b", INSTITUTE, "han_muc", "96.8", [TOP], "giới hạn 01: trong hạn mức"),
        # B.3's 10 points are lost: 12 + 13,5 + 10×76% = 7,6 + 6 = 39,1; 26,9 + 39,1 + 9 = 75
        ("n5", "a", CRAFTS, "", "82.7", [GOOD], "«không tính điểm của dòng đó» thì điểm là 75,00, mức là đạt chuẩn cơ bản"),
        ("n5", "b", CRAFTS, "", "75.0", [BASIC], "«chia cho các dòng còn lại của phần B» thì điểm là 82,70, mức là vững mạnh toàn diện"),
    ],
)
def test_a_reading_is_a_switch(
    tmp_path: Path, reading: str, way: str, code: str, without: str, total: str, possible: list[str], sentence: str
) -> None:
    """Choosing another way changes the result and what the explanation says; what people settled in its stead is taken away first."""
    data = copied(tmp_path)
    choose(data, reading, way)
    if without == "quyet_dinh.yaml":
        (data / "2030" / without).unlink()
    elif without:
        edit(data / "2030" / "tinh.yaml", "han_muc:\n  co_so: tu_vung_manh_tro_len\n", "")
    year = check(data)
    assert (year.assessments[code].total, year.assessments[code].possible) == (Decimal(total), possible)
    assert sentence in explained(year, code)


# --- nothing of the other regulation shows ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_explanation_speaks_of_its_own_law(year: YearResult, code: str) -> None:
    """Every level by its new name; articles of the new regulation only."""
    text = explained(year, code)
    assert OLD_WORDS.findall(text) == []
    assert [name for name in NAMES if name not in text] == []
    assert set(re.findall(r"Điều \d+", text)) <= {"Điều 2", "Điều 7", "Điều 8", "Điều 9"}


def test_results_speak_of_their_own_law(year: YearResult) -> None:
    """ket_qua.json too."""
    found = results(year, explain_year(year))
    assert found["quy_dinh"] == "99-QĐ/TU"
    assert found["cach_hieu"] == {"n1": "a", "n2": "khong", "n3": "khong", "n4": "b", "n5": "a", "n6": "b"}
    assert OLD_WORDS.findall(json.dumps(found, ensure_ascii=False)) == []
    assert dangling(found, HERE / "2030") == []


# --- a year chooses its regulation; an old year stays -----------------------------------------------------------------


def forms(folder: Path) -> Path:
    """The project's templates with the three entries and the form that the invented regulation adds."""
    shutil.copytree(TEMPLATES, folder)
    shutil.copytree(HERE / "templates_docx" / "bieu_mau", folder / "bieu_mau", dirs_exist_ok=True)
    added = (HERE / "templates_docx" / "bieu_mau.yaml").read_text("utf-8").split("bieu_mau:\n")[1]
    edit(folder / "bieu_mau.yaml", "  - ma: 6-phieu-giai-trinh\n", f"{added}  - ma: 6-phieu-giai-trinh\n")
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both regulations and both years."""
    data = tmp_path_factory.mktemp("hai_quy_dinh")
    (data / "quy_dinh").mkdir()
    for source in (PROJECT / "data" / "quy_dinh" / OLD_LAW, OWN):
        (data / "quy_dinh" / source.name).symlink_to(source)
    for source in (PROJECT / "data" / "2023", PROJECT / "data" / "don_vi.yaml", HERE / "2030"):
        (data / source.name).symlink_to(source)
    return data


def test_the_year_names_its_regulation(both: Path, tmp_path: Path) -> None:
    """Side by side each year has its own; a name no folder has is refused with those there are."""
    found = [check(both, n).files for n in (2023, 2030)]
    assert [(f.regulation.heading.symbol, len(f.register)) for f in found] == [("453-QĐ/TU", 56), ("99-QĐ/TU", 6)]
    data = copied(tmp_path)
    (data / "quy_dinh" / OLD_LAW).symlink_to(PROJECT / "data" / "quy_dinh" / OLD_LAW)
    edit(data / "2030" / "tinh.yaml", f"quy_dinh: {LAW}", "quy_dinh: 98-QD-TU-2029")
    with pytest.raises(DataError, match=f"98-QD-TU-2029.*{OLD_LAW}, {LAW}"):
        check(data)


def test_old_year_is_rebuilt_as_it_was(both: Path, tmp_path: Path) -> None:
    """2023 beside the new regulation and its forms: the same ket_qua.json byte for byte, the same fields in every document."""
    for name, data in (("mot", PROJECT / "data"), ("hai", both)):
        assert main(["score", "--year", "2023", "--data", str(data), "--build", str(tmp_path / name)]) == 0
    assert (tmp_path / "mot" / "2023" / "ket_qua.json").read_bytes() == (tmp_path / "hai" / "2023" / "ket_qua.json").read_bytes()

    alone, beside = check(PROJECT / "data", 2023), check(both, 2023)
    more = forms(tmp_path / "bieu_mau_chung")
    assert plan_units(beside, more) == plan_units(alone, TEMPLATES)
    assert plan_province(beside, explain_year(beside), more) == plan_province(alone, explain_year(alone), TEMPLATES)


def test_missing_forms_are_named(year: YearResult) -> None:
    """A document of the dossier, a paper to a consulted body: what the catalogue still needs."""
    with pytest.raises(TemplateError, match=r"chưa có biểu mẫu cho tài liệu của hồ sơ: 7-ban-cam-ket$"):
        plan_units(year, TEMPLATES)
    with pytest.raises(TemplateError, match="xin ý kiến: cong_van_xin_y_kien_ban_doi_moi, to_trinh_xin_y_kien_hoi_dong_co_van"):
        plan_province(year, explain_year(year), TEMPLATES)


# --- the whole year with real LibreOffice -----------------------------------------------------------------------------

UNIT_FORMS = [document["bieu_mau"] for document in written(OWN, "ho_so.yaml")["tai_lieu"]]
PAPERS = [
    "1-to-trinh",
    "2-bao-cao-tong-hop",
    "3-bien-ban-tham-dinh",
    "4-quyet-dinh",
    "5-cong-van-xin-y-kien-ban-doi-moi",
    "5-to-trinh-xin-y-kien-hoi-dong-co-van",
    "6-phieu-giai-trinh",
]


@pytest.fixture(scope="module")
def built(both: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/2030, made as the invented province would make it: its own name in the catalogue of forms."""
    folder = tmp_path_factory.mktemp("lap_2030")
    templates = forms(folder / "templates_docx")
    catalogue = (templates / "bieu_mau.yaml").read_text("utf-8").replace("Bắc Giang", "Minh Họa").replace("BẮC GIANG", "MINH HỌA")
    (templates / "bieu_mau.yaml").write_text(catalogue, "utf-8")
    options = {"year": 2030, "data": both, "build": folder / "build", "templates": templates}
    command = [sys.executable, "-m", "pipeline", "build", *(word for key, value in options.items() for word in (f"--{key}", str(value)))]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "build" / "2030"


def test_seven_documents_in_each_dossier(built: Path) -> None:
    """Those of ho_so.yaml as Word and PDF with the bundle; the province's with a paper for each of its own consulted bodies."""

    def files(folder: str) -> set[str]:
        return {p.relative_to(built / folder).as_posix() for p in (built / folder).rglob("*.*") if p.is_file()}

    assert len(UNIT_FORMS) == 7
    for folder in FOLDERS:
        assert files(folder) == {f"{form}.{kind}" for form in UNIT_FORMS for kind in ("docx", "pdf")} | {"ho-so.pdf"}
    sheets = [f"7-bieu-tham-dinh/{folder}" for folder in FOLDERS]
    assert files("tinh") == {f"{stem}.{kind}" for stem in (*PAPERS, *sheets) for kind in ("docx", "pdf")} | {
        "ho-so.pdf",
        "toan-tap.pdf",
        "tong-hop.xlsx",
    }
    assert OLD_WORDS.findall((built / "ket_qua.json").read_text("utf-8")) == []


def test_printed_year_speaks_of_its_own_law(built: Path) -> None:
    """Nothing is a draft; the new names of the levels in the province's papers, none of the old ones on any page or in any Word file."""
    whole = "\n".join(pdf_pages(built / "tinh" / "toan-tap.pdf"))
    assert "DỰ THẢO" not in whole
    assert [name for name in NAMES if squeezed(name) not in squeezed("".join(pdf_pages(built / "tinh" / "4-quyet-dinh.pdf")))] == []
    for text in (whole, *(docx_text(path) for path in sorted(built.rglob("*.docx")))):
        assert OLD_WORDS.findall(" ".join(text.split())) == []


@pytest.mark.parametrize(("folder", "level"), [*zip(FOLDERS, (0, 0, 1, 1, 2, 2))])
def test_seventh_document(built: Path, folder: str, level: int) -> None:
    """Filled in for each standard: the self score and the level the unit claims, its members, its own number."""
    text = squeezed("".join(pdf_pages(built / folder / "7-ban-cam-ket.pdf")))
    unit = written(HERE / "2030" / "don_vi", f"{folder}.yaml")
    for wanted in (
        "BẢN CAM KẾT",
        "99-QĐ/TU",
        NAMES[level],
        unit["so_ngay_van_ban"]["ban_cam_ket"]["so"],
        *(m["ho_ten"] for m in unit["thanh_vien"]),
    ):
        assert squeezed(wanted) in text


def test_decision_lists_every_unit_under_its_level(built: Path) -> None:
    """Counts and order of the annex."""
    text = squeezed(docx_text(built / "tinh" / "4-quyet-dinh.docx"))
    assert (
        squeezed("01 tập thể vững mạnh tiêu biểu, 03 tập thể vững mạnh toàn diện, 01 tập thể đạt chuẩn cơ bản và 01 tập thể chưa đạt chuẩn")
        in text
    )
    order = ["96,80", "93,90", "88,30", "82,70", "90,10", "88,50"]
    assert [text.index(points) for points in order] == sorted(text.index(points) for points in order)
