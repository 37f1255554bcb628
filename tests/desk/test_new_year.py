"""A new year's files: everything a clerk has to answer, nothing answered for them; only `thiếu`; nothing overwritten."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline import assessing
from pipeline.__main__ import main
from pipeline.desk.comments import blank, comment, quoted
from pipeline.desk.last_year import LastYear
from pipeline.desk.new_year import begin_year
from pipeline.desk.unit_file import unit_file
from pipeline.explaining import explain_year, results
from pipeline.model.assessment import INCOMPLETE
from pipeline.model.submission import Report, Submission
from pipeline.places import PROJECT, Places
from pipeline.problems import DataError, Kind
from pipeline.reading.shape import Loaded, load
from pipeline.reading.tree import Mapping, read_tree
from tests.desk.filling import fill_in
from tests.support import YEAR, assess, book, plain, yaml_of

LAW = book("453-QD-TU-2022").regulation()
SAMPLE = PROJECT / "data" / str(YEAR) / "don_vi"


def copy(folder: Path) -> Places:
    """Regulation, register and sample year in a folder of their own; the year after has not begun."""
    for part in ("quy_dinh", "luoc_do", str(YEAR)):
        shutil.copytree(PROJECT / "data" / part, folder / "data" / part)
    shutil.copy(PROJECT / "data" / "don_vi.yaml", folder / "data")
    return Places(folder / "data", folder / "build", YEAR + 1)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The year after the sample year, begun; not to be changed."""
    places = copy(tmp_path_factory.mktemp("nam-moi"))
    done = begin_year(places)
    assert (len(done.written), done.kept, done.not_carried) == (58, (), ())
    return places


def text_of(places: Places, name: str) -> str:
    return (places.submissions / f"{name}.yaml").read_text("utf-8")


def told(text: str) -> str:
    """Comments as they were before they were wrapped."""
    return re.sub(r"\n *# *", " ", text)


def test_only_owed(begun: Places) -> None:
    """Right after it was begun a year has no error and no warning, and a few lines for each unit instead of a wall."""
    problems = assessing.check(begun).files.problems
    assert {p.kind for p in problems} == {Kind.OWED}
    counts = [sum(path.name in p.place.file for p in problems) for path in begun.submissions.iterdir()]
    assert len(counts) == 56 and max(counts) <= 10
    lines = [str(p).rpartition(".yaml:")[2] for p in problems if "25-so-noi-vu" in p.place.file]
    numbers = iter(range(len(lines)))
    groups = ["«cham_diem» còn 26 mục", "«dieu_kien» còn 7 mục", "«khuyet_diem» còn 8 mục", "còn 3 mục", "«thanh_vien» còn 4 mục"]
    groups += ["«hoi_nghi» còn 12 mục", "«hoi_nghi.phieu» còn 7 mục", "«bao_cao» còn 36 mục"]
    assert len(lines) == len(groups) and all(group in lines[next(numbers)] for group in groups)


def test_a_begun_year_can_be_scored_and_explained(begun: Places) -> None:
    """Nothing raises on a year without a single answer; every unit waits for data and may still reach any level."""
    result = assessing.check(begun)
    found = [result.assessments[unit.code] for unit in result.files.register]
    assert {a.state for a in found} == {INCOMPLETE} and {len(a.possible) for a in found} == {4}
    assert len(results(result, explain_year(result))["don_vi"]) == 56


def test_every_row_with_its_wording(begun: Places) -> None:
    """Each unit's file has exactly the rows of its section, in order, each under its wording and points."""
    for unit in assessing.check(begun).files.register:
        rows = list(LAW.rows(unit.section))
        assert list(yaml_of(begun.submissions / f"{unit.folder}.yaml")["cham_diem"]) == [row.code for _, _, row in rows]
        above = told(text_of(begun, unit.folder))
        assert [row.code for _, _, row in rows if f"{row.code} (tối đa {row.points} điểm): {row.text}" not in above] == []
        assert [c.code for _, c, _ in rows if c.dashes and f"Tiêu chí {c.code} ({c.points} điểm): {c.text}" not in above] == []


def test_text_is_clean(begun: Places) -> None:
    """UTF-8 in NFC, LF, no tab, no trailing blank, one newline at the end, comments of a width that a screen shows."""
    for path in [*begun.submissions.iterdir(), begun.province, begun.decisions]:
        text = path.read_bytes().decode("utf-8")
        assert text == unicodedata.normalize("NFC", text) and not set("\r\t\u00a0") & set(text)
        assert text.endswith("\n") and not text.endswith("\n\n")
        assert [line for line in text.split("\n") if line != line.rstrip()] == []
        assert [line for line in text.split("\n") if line.lstrip().startswith("#") and len(line) > 130] == []


@pytest.mark.parametrize(("kind", "pattern"), [("don_vi", "don_vi/*.yaml"), ("tinh", "tinh.yaml"), ("quyet_dinh", "quyet_dinh.yaml")])
def test_editors_find_no_fault(begun: Places, kind: str, pattern: str) -> None:
    """The schema that the first line names exists and takes every new file as it is."""
    schema = json.loads((PROJECT / "data" / "luoc_do" / f"{kind}.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    files = sorted(begun.year_data.glob(pattern))
    assert files
    for path in files:
        named = re.search(r"\$schema=(\S+)", path.read_text("utf-8").split("\n")[0])
        assert named and (path.parent / named[1]).resolve() == (begun.data / "luoc_do" / f"{kind}.schema.json").resolve()
        assert [e.message for e in validator.iter_errors(_typed(path))] == []


def _typed(path: Path) -> Any:
    """What an editor sees: empty values are null."""
    found = yaml_of(path) or {}
    return json.loads(re.sub(r'(?<=: )""', "null", json.dumps(found)))


def test_people_are_carried_over_without_levels(begun: Places) -> None:
    """Names, posts and the head as the year before; no level; so are the province's signers and council."""
    for path in begun.submissions.iterdir():
        was = yaml_of(SAMPLE / path.name)
        now = yaml_of(path)
        assert now["thanh_vien"] == [{**member, "xep_loai": ""} for member in was["thanh_vien"]]
        assert [now.get(key) for key in ("minh_hoa", "nguoi_ky", "noi_nhan")] == [
            was.get(key) for key in ("minh_hoa", "nguoi_ky", "noi_nhan")
        ]
    was, now = yaml_of(PROJECT / "data" / str(YEAR) / "tinh.yaml"), yaml_of(begun.province)
    assert (now["nguoi_ky"], now["can_cu"], now["hoi_dong_tham_dinh"]["thanh_vien"]) == (
        *(was["nguoi_ky"], was["can_cu"]),
        was["hoi_dong_tham_dinh"]["thanh_vien"],
    )
    assert (now["hoi_dong_tham_dinh"]["ngay_hop"], now["thoi_gian"]["trinh"], now.get("so_ngay_van_ban"), now.get("han_muc")) == (
        "",
        "",
        None,
        None,
    )


def test_weaknesses_are_brought_forward(begun: Places) -> None:
    """What last year's report named stands beside C.1.2 and beside the narrative that answers it."""
    text = text_of(begun, "25-so-noi-vu")
    beside_row = told(text[text.index("\n  C.1.1:") : text.index("\n  C.1.2:")])
    beside_report = told(text[text.index("\n  nguyen_nhan: |") : text.index("\n  khac_phuc_ky_truoc: |")])
    for line in yaml_of(SAMPLE / "25-so-noi-vu.yaml")["bao_cao"]["han_che"].strip().split("\n"):
        assert line in beside_row and line in beside_report


def test_what_last_year_had_to_answer_is_told(begun: Places) -> None:
    """Whether C.2.1 and C.3.1 applied last year decides whether C.2.2 and C.3.2 apply now."""
    text = told(text_of(begun, "25-so-noi-vu"))
    assert "Năm 2023, hàng C.2.1: không áp dụng. Năm 2023 tập thể lãnh đạo Sở Nội vụ không bị cấp trên gợi ý" in text
    assert "Năm 2023, hàng C.3.1: có chấm điểm" in text
    before = last(C={"can_cu": "phe_binh", "ty_le": "90%", "ly_do": "Chậm", "minh_chung": "Công văn số 1"})
    assert "> Năm 2023, hàng C.2.1: có chấm điểm; bị phê bình; Công văn số 1; trừ điểm vì: Chậm" in new_text(before)
    other = LastYear(YEAR, before.submission, same_law=False)
    assert "Chưa có tệp năm 2023 dùng được cho hàng này" in new_text(other) and "hàng C.2.1: có" not in new_text(other)


def last(C: dict[str, str] | None = None, **changed: Any) -> LastYear:
    """Sở Nội vụ's sample file with some of it changed; `C`: what row C.2.1 says."""
    answers = yaml_of(SAMPLE / "25-so-noi-vu.yaml")
    found = Submission.model_validate({**answers, "cham_diem": {**answers["cham_diem"], **({"C.2.1": C} if C else {})}})
    return LastYear(YEAR, found.model_copy(update=changed))


def new_text(before: LastYear) -> str:
    unit = assess(Places(PROJECT / "data", PROJECT / "build", YEAR), "25").files.units["so-noi-vu"].unit
    return unit_file(unit, LAW, YEAR + 1, before)


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.stem)
def test_filled_in_it_says_what_a_file_written_by_hand_says(begun: Places, path: Path, tmp_path: Path) -> None:
    """Every answer of the sample year, written where the new file asks for it, is read back as the same object, without a problem."""
    filled = tmp_path / path.name
    filled.write_text(fill_in(text_of(begun, path.stem), {**yaml_of(path), "nam": str(YEAR + 1)}), "utf-8")
    now, was = (load(file, "tep", Submission) for file in (filled, path))
    assert _kinds(now) == _kinds(was)
    assert now.value is not None and was.value is not None and now.value == was.value.model_copy(update={"year": YEAR + 1})


def _kinds(loaded: Loaded[Submission]) -> list[str]:
    return [p.what for p in loaded.problems]


def test_filled_in_it_is_assessed_as_a_file_written_by_hand(begun: Places, tmp_path: Path) -> None:
    """The new file of Ban Dân tộc (with a row that does not apply), filled in and put in place of the sample file: not one figure changes."""
    name = "43-ban-dan-toc.yaml"
    (tmp_path / "data").mkdir()
    places = Places(tmp_path / "data", tmp_path / "build", YEAR)
    for linked in ("quy_dinh", "don_vi.yaml"):
        (places.data / linked).symlink_to(PROJECT / "data" / linked)
    places.submissions.mkdir(parents=True)
    shutil.copy(PROJECT / "data" / str(YEAR) / "tinh.yaml", places.province)
    answers = yaml_of(SAMPLE / name)
    (places.submissions / name).write_text(
        fill_in(text_of(begun, "43-ban-dan-toc"), answers).replace(f"nam: {YEAR + 1}", f"nam: {YEAR}"), "utf-8"
    )
    written = assess(places, "43")
    (places.submissions / name).write_bytes((SAMPLE / name).read_bytes())
    by_hand = assess(places, "43")
    assert written.assessments["ban-dan-toc"] == by_hand.assessments["ban-dan-toc"]
    assert written.assessments["ban-dan-toc"].self_sheet.total is not None


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second time only what is missing is written; what a clerk has begun, and a link, stay as they are."""
    places = copy(tmp_path)
    begin_year(places)
    mine, gone, link = (sorted(places.submissions.iterdir())[i] for i in (24, 30, 31))
    fresh = mine.read_bytes()
    mine.write_text("của tôi\n", "utf-8")
    gone.unlink()
    link.unlink()
    link.symlink_to("kia.yaml")
    done = begin_year(places)
    assert (done.written, len(done.kept)) == ((gone,), 57)
    assert mine.read_text("utf-8") == "của tôi\n" and link.is_symlink() and not (places.submissions / "kia.yaml").exists()
    mine.unlink()
    begin_year(places)
    assert mine.read_bytes() == fresh
    assert list(places.year_data.rglob("*.tam")) == []


def test_links_are_refused(tmp_path: Path) -> None:
    """Files are not written to where a link leads."""
    places = copy(tmp_path)
    (tmp_path / "kia").mkdir()
    places.year_data.symlink_to(tmp_path / "kia")
    with pytest.raises(DataError, match="thư mục là một liên kết"):
        begin_year(places)
    assert list((tmp_path / "kia").iterdir()) == []


def test_a_fault_of_last_year(tmp_path: Path) -> None:
    """A unit whose file of last year has errors gets its new file all the same; file and comment say that nothing was carried over."""
    places = copy(tmp_path)
    before = places.data / str(YEAR) / "don_vi"
    for name, old, new in (("25-so-noi-vu", "nam: 2023", "nam: 2022"), ("26-so-tu-phap", "cham_diem:", "cham_diem")):
        text = (before / f"{name}.yaml").read_text("utf-8")
        (before / f"{name}.yaml").write_text(text.replace(old, new, 1), "utf-8")
    third = next(before.glob("27-*"))
    third.unlink()
    done = begin_year(places)
    assert len(done.written) == 58
    assert [re.sub(r".*/", "", line) for line in done.not_carried] == [
        "25-so-noi-vu.yaml (1 lỗi)",
        f"{next(before.glob('26-*')).name} (1 lỗi)",
        f"{third.name} (chưa có)",
    ]
    text = told(text_of(places, "25-so-noi-vu"))
    assert text.count("Hạn chế đã nêu năm 2023: chưa có tệp năm 2023 dùng được") == 2
    assert "Năm 2023 chưa có tệp dùng được nên chưa chép được họ tên" in text
    assert {p.kind for p in assess(places, "25").files.units["so-noi-vu"].submission.problems} == {Kind.OWED}


def alone(folder: Path, *regulations: str) -> Places:
    """The register and regulations without any year."""
    (folder / "quy_dinh").mkdir()
    for name in regulations:
        (folder / "quy_dinh" / name).symlink_to(PROJECT / "data" / "quy_dinh" / LAW.folder)
    shutil.copy(PROJECT / "data" / "don_vi.yaml", folder)
    return Places(folder, folder / "build", 2030)


def test_without_a_year_before(tmp_path: Path) -> None:
    """The first year ever: the only regulation there is, one blank member each."""
    places = alone(tmp_path, LAW.folder)
    done = begin_year(places)
    assert len(done.written) == 58 and len(done.not_carried) == 1
    assert {p.kind for p in assessing.check(places).files.problems} == {Kind.OWED}


def test_which_regulation(tmp_path: Path) -> None:
    """Of two regulations nobody guesses; the new year's own tinh.yaml decides, and stays as it is."""
    places = alone(tmp_path, LAW.folder, "khac")
    with pytest.raises(DataError, match="chưa biết năm 2030 áp dụng quy định nào — tạo tệp này có ba dòng nam: 2030, quy_dinh: "):
        begin_year(places)
    places.year_data.mkdir()
    places.province.write_text("nam: 2030\nquy_dinh: khac\nngay_lap: 31/12/2030\n", "utf-8")
    done = begin_year(places)
    assert len(done.written) == 57 and done.kept == (places.province,)
    assert places.province.read_text("utf-8").startswith("nam: 2030\nquy_dinh: khac\n")


def test_one_unit(tmp_path: Path) -> None:
    """A unit that joins during the year gets its file alone; an unknown one is named."""
    places = copy(tmp_path)
    assert begin_year(places, "so-noi-vu").written == (places.submissions / "25-so-noi-vu.yaml",)
    with pytest.raises(DataError, match="không có đơn vị «so-noi»"):
        begin_year(places, "so-noi")


def test_odd_words_stay_yaml() -> None:
    """Quotes, colons, hashes, braces and long lines in what is carried over are read back as they were."""
    before = last()
    assert before.submission is not None and before.submission.members and before.submission.report
    post, name = 'Giám đốc: "A" #1 \\ & *b', "- {Trần}: 'S' #"
    members = [before.submission.members[0].model_copy(update={"post": post, "name": name})]
    report = before.submission.report.model_copy(update={"shortcomings": "a: b # c\n- " + "dài " * 100 + "\n{{ x }}\n: *z\n\u2028lén: vào"})
    text = new_text(LastYear(YEAR, before.submission.model_copy(update={"members": members, "report": report, "recipients": [post]})))
    tree, problems = read_tree(text, "tep")
    assert isinstance(tree, Mapping) and problems == []
    found = plain(tree)
    assert (found["thanh_vien"][0]["chuc_vu"], found["thanh_vien"][0]["ho_ten"], found["noi_nhan"]) == (post, name, [post])
    assert "lén" not in found and "> {{ x }}" in text


def test_no_weakness_named() -> None:
    """Last year's report may have named none; what it left undone stands in for shortcomings."""
    assert new_text(last(report=None)).count("> Tệp năm 2023 không nêu hạn chế nào.") == 2
    undone = Report.model_validate({"ton_tai": "Việc chậm"})
    assert new_text(last(report=undone)).count("> Việc chậm") == 2


def test_comments_and_quotes() -> None:
    """Wrapped with a hanging indent; a note too long stands above its key; straight quotes with what must be escaped."""
    assert comment("một hai " * 20, 2, "  ").count("\n") == 1 and comment("a\n\nb") == "# a\n# b"
    assert blank("gio", 2, "Giờ") == "  gio:                        # Giờ"
    assert blank("gio", 2, "dài " * 30).endswith("\n  gio:")
    assert quoted('a "b" \\c') == '"a \\"b\\" \\\\c"'


def test_what_the_command_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many files, which stay, what could not be carried over, what to do next; without a year nothing is done."""
    places = copy(tmp_path)
    next((places.data / str(YEAR) / "don_vi").glob("56-*")).unlink()
    words = ["new-year", "--data", str(places.data), "--year", str(YEAR + 1)]
    assert main(words) == 0
    first = capsys.readouterr().out
    assert f"Đã tạo 58 tệp trong {places.data}/2024/\n" in first and "56-hoi-lhtn.yaml (chưa có)" in first
    assert f"xem lại {places.province}" in first and "make check YEAR=2024 UNIT=25" in first
    assert main([*words, "--unit", "10"]) == 0
    second = capsys.readouterr().out
    assert "Đã tạo 0 tệp" in second and "Đã có, giữ nguyên 1 tệp: don_vi/10-" in second and "UNIT=10" in second
    assert main(words[:3]) == 2
    assert "thêm --year và năm" in capsys.readouterr().err
