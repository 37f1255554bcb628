"""A new year's files: everything a clerk has to answer, nothing answered for them; only `thiếu`; nothing overwritten."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline import dossiers
from pipeline.desk.comments import comment, quoted
from pipeline.desk.new_year import begin_year
from pipeline.desk.unit_file import unit_file
from pipeline.model.assessment import Assessment
from pipeline.model.submission import Submission
from pipeline.places import PROJECT, Places
from pipeline.problems import DataError, Kind
from pipeline.reading.shape import load
from pipeline.reading.tree import Mapping, read_tree
from tests.support import YEAR, assess, book, plain, yaml_of

LAW = book("453-QD-TU-2022").regulation()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The year after the sample year, begun from a copy of it."""
    data = tmp_path_factory.mktemp("nam-moi") / "data"
    shutil.copytree(PROJECT / "data", data)
    places = Places(data, data.parent / "build", YEAR + 1)
    done = begin_year(places)
    assert (len(done.written), done.kept, done.without) == (58, (), ())
    return places


def test_only_owed(begun: Places) -> None:
    """Right after it was begun a year has no error and no warning, and at most a screen of lines for each unit."""
    problems = dossiers.check(begun).files.problems
    assert {p.kind for p in problems} == {Kind.OWED}
    counts = [sum(unit.name in p.place.file for p in problems) for unit in begun.submissions.iterdir()]
    assert len(counts) == 56 and max(counts) <= 40


def test_every_row_with_its_wording(begun: Places) -> None:
    """Each unit's file has exactly the rows of its section, in order, each under its wording and points."""
    for unit in dossiers.check(begun).files.register:
        text = (begun.submissions / f"{unit.folder}.yaml").read_text("utf-8")
        rows = list(LAW.rows(unit.section))
        assert list(yaml_of(begun.submissions / f"{unit.folder}.yaml")["cham_diem"]) == [row.code for _, _, row in rows]
        told = re.sub(r"\n *# *", " ", text)
        assert [row.code for _, _, row in rows if f"{row.code} (tối đa {row.points} điểm): {row.text}" not in told] == []


def test_people_are_carried_over_without_levels(begun: Places) -> None:
    """Names, posts and the head as the year before; no level."""
    for path in begun.submissions.iterdir():
        was = yaml_of(begun.data / str(YEAR) / "don_vi" / path.name)["thanh_vien"]
        assert yaml_of(path)["thanh_vien"] == [{**member, "xep_loai": ""} for member in was]


def test_weaknesses_are_brought_forward(begun: Places) -> None:
    """What last year's report named stands beside C.1.2 and beside the narrative that answers it."""
    text = (begun.submissions / "25-so-noi-vu.yaml").read_text("utf-8")
    before_row = re.sub(r"\n *# *", " ", text[: text.index("\n  C.1.2:")])
    before_report = re.sub(
        r"\n *# *", " ", text[text.index("\n  nguyen_nhan:") : text.index("\n  khac_phuc_ky_truoc:", text.index("bao_cao:") + 2000)]
    )
    for line in yaml_of(begun.data / str(YEAR) / "don_vi" / "25-so-noi-vu.yaml")["bao_cao"]["han_che"].strip().split("\n"):
        assert line in before_row and line in before_report


def test_what_last_year_had_to_answer_is_told(begun: Places) -> None:
    """Whether C.2.1 and C.3.1 applied last year decides whether C.2.2 and C.3.2 apply now."""
    text = re.sub(r"\n *# *", " ", (begun.submissions / "25-so-noi-vu.yaml").read_text("utf-8"))
    assert "Năm 2023, hàng C.2.1: không áp dụng: Năm 2023 tập thể lãnh đạo Sở Nội vụ không bị cấp trên gợi ý" in text
    assert "Năm 2023, hàng C.3.1: có chấm điểm" in text


def test_nothing_is_overwritten(begun: Places) -> None:
    """A second time only what is missing is written; what a clerk has begun, and a link, stay as they are."""
    path = begun.submissions / "25-so-noi-vu.yaml"
    others = sorted(begun.submissions.iterdir())
    gone, link = others[30], others[31]
    path.write_text("của tôi\n", "utf-8")
    gone.unlink()
    link.unlink()
    link.symlink_to("kia.yaml")
    done = begin_year(begun)
    assert (done.written, len(done.kept)) == ((gone,), 57)
    assert path.read_text("utf-8") == "của tôi\n" and link.is_symlink()
    link.unlink()
    path.unlink()
    assert set(begin_year(begun).written) == {link, path}


def test_a_unit_filled_in_is_as_one_written_by_hand(begun: Places) -> None:
    """Every answer of the sample year's file, put after the colon where the new file asks for it, gives the same assessment."""
    was = yaml_of(PROJECT / "data" / "2023" / "don_vi" / "43-ban-dan-toc.yaml")
    path = begun.submissions / "43-ban-dan-toc.yaml"
    text = path.read_text("utf-8")
    for code, row in was["cham_diem"].items():
        value = (
            row
            if isinstance(row, str)
            else "\n" + "".join(f"    {key}: {quoted(v)}\n" for key, v in row.items() if isinstance(v, str)).rstrip("\n")
        )
        text = text.replace(f"\n  {code}:\n", f"\n  {code}: {value}\n".replace(": \n", ":\n"))
    path.write_text(text, "utf-8")
    scores = [assess_one(places, "43").self_sheet for places in (begun, Places(PROJECT / "data", begun.build, YEAR))]
    assert scores[0] and scores[1] and scores[0].total == scores[1].total is not None


def assess_one(places: Places, unit: str) -> Assessment:
    return next(iter(assess(places, unit).assessments.values()))


def test_without_a_year_before(tmp_path: Path) -> None:
    """The first year ever: the only regulation there is, one blank member each, and the clerk is told; two regulations: nobody guesses."""
    (tmp_path / "quy_dinh").mkdir()
    (tmp_path / "quy_dinh" / LAW.folder).symlink_to(PROJECT / "data" / "quy_dinh" / LAW.folder)
    shutil.copy(PROJECT / "data" / "don_vi.yaml", tmp_path)
    places = Places(tmp_path, tmp_path / "build", 2030)
    done = begin_year(places)
    assert len(done.written) == 58 and len(done.without) == 56
    assert {p.kind for p in dossiers.check(places).files.problems} == {Kind.OWED}
    (tmp_path / "quy_dinh" / "khac").mkdir()
    with pytest.raises(DataError, match="chưa biết áp dụng quy định nào trong 2 quy định"):
        begin_year(Places(tmp_path, tmp_path / "build", 2040))


def test_odd_words_stay_yaml(begun: Places) -> None:
    """Quotes, colons, hashes and long lines in what is carried over."""
    unit = dossiers.check(begun, "25").files.units["so-noi-vu"].unit
    before = load(PROJECT / "data" / "2023" / "don_vi" / "25-so-noi-vu.yaml", "x", Submission).value
    assert before is not None and before.members and before.report
    post = 'Giám đốc: "A" #1 \\ & *b'
    members = [before.members[0].model_copy(update={"post": post})]
    report = before.report.model_copy(update={"shortcomings": "a: b # c\n- " + "dài " * 100 + "\n{{ x }}\n: *z"})
    text = unit_file(unit, LAW, 2024, before.model_copy(update={"members": members, "report": report}))
    tree, problems = read_tree(text, "tep")
    assert isinstance(tree, Mapping) and problems == []
    assert plain(tree)["thanh_vien"][0]["chuc_vu"] == post
    assert [line for line in text.split("\n") if line != line.rstrip() or len(line) > 200] == []


def test_comments_and_quotes() -> None:
    """Wrapped with a hanging indent; straight quotes with what must be escaped."""
    assert comment("một hai " * 20, 2, "  ").count("\n") == 1 and comment("a\n\nb") == "# a\n# b"
    assert quoted('a "b" \\c') == '"a \\"b\\" \\\\c"'


def test_one_unit(tmp_path: Path, begun: Places) -> None:
    """A unit that joins during the year gets its file alone."""
    shutil.copytree(begun.data, tmp_path / "data")
    places = Places(tmp_path / "data", tmp_path / "build", YEAR + 1)
    shutil.rmtree(places.year_data)
    done = begin_year(places, "so-noi-vu")
    assert done.written == (places.submissions / "25-so-noi-vu.yaml",)
