"""A document follows the standard that is in force on its date: a later decree is a new entry, old years stay as they were."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from pathlib import Path

import pytest

from pipeline import assessing
from pipeline.assessing import YearResult
from pipeline.explaining import explain_year
from pipeline.forms.catalogue import Profiles, read_profiles
from pipeline.forms.compose import compose
from pipeline.forms.standards import read_standards
from pipeline.freshness import DossierRecord, Reason
from pipeline.model.explanation import Explanation
from pipeline.model.files import DossierPlan
from pipeline.places import PROJECT, TEMPLATES, Places
from pipeline.planning import plan_province, plan_units
from pipeline.problems import TemplateError
from pipeline.rendering.strict import render
from pipeline.signoff import layout_docx
from pipeline.signoff.word import read
from pipeline.staging import Ordering, Work

LATER = dt.date(2023, 12, 15)
DECLARED = dt.datetime(2023, 12, 29)
STATE_UNIT, PARTY_UNIT, REPORT = "43-ban-dan-toc", "10-ban-can-su-dang-ubnd", "1-bao-cao-chi-dao-kiem-diem"


def add(folder: Path, code: str, replaces: str, since: str) -> Path:
    """Templates with one more standard: the words of the one it replaces, and a number line of its own."""
    if not folder.exists():
        shutil.copytree(TEMPLATES, folder)
    read_profiles.cache_clear()
    path = folder / "the_thuc.yaml"
    text = path.read_text("utf-8")
    entry = text.split(f"  - ma: {replaces}\n")[1].split("  - ma: ")[0]
    entry = "".join(line for line in entry.splitlines(keepends=True) if "tu_ngay" not in line and "thay_cho" not in line)
    entry = entry.replace('"Số:', '"Văn bản số:').replace('"Số ', '"Văn bản số ')
    path.write_text(f"{text.rstrip()}\n  - ma: {code}\n    tu_ngay: {since}\n    thay_cho: {replaces}\n{entry}", "utf-8")
    shutil.copy(folder / "the_thuc" / f"{replaces}.docx", folder / "the_thuc" / f"{code}.docx")
    return folder


def add_figures(folder: Path) -> None:
    """The invented standard's own: like the one before, save for its number line."""
    component = '{kieu: SoKyHieu, ten: "Số, ký hiệu", co: [13, 13], chu: "Văn bản số: .*"}'
    with (folder / "quy_cach.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n  - the_thuc: nha_nuoc_2\n    nguon: Giả định\n    theo: nha_nuoc\n    thanh_phan:\n      - {component}\n")


@functools.cache
def rated() -> tuple[YearResult, dict[str, Explanation]]:
    """The sample year; which forms are filled in with it is another matter."""
    year = assessing.check(Places(PROJECT / "data", PROJECT / "build", 2023))
    return year, explain_year(year)


def planned(templates: Path) -> dict[str, DossierPlan]:
    year, explanations = rated()
    plans = [*plan_units(year, templates), plan_province(year, explanations, templates)]
    return {plan.folder: plan for plan in plans}


@pytest.fixture(scope="module")
def before() -> dict[str, DossierPlan]:
    return planned(TEMPLATES)


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return read_profiles(TEMPLATES)


@pytest.mark.parametrize(("kind", "first"), [("nha_nuoc", (2020, 3, 5)), ("dang", (2018, 4, 3)), ("doan", (2013, 10, 29))])
def test_each_kind_has_a_first_day(profiles: Profiles, kind: str, first: tuple[int, int, int]) -> None:
    """On that day it holds; a document of the day before is told in words, with both dates."""
    day = dt.date(*first)
    assert profiles.of(kind, day).code == profiles.of(kind, dt.date(2023, 12, 31)).code == kind
    with pytest.raises(TemplateError, match=f"văn bản ngày {day - dt.timedelta(1):%d/%m/%Y}; .* có hiệu lực từ {day:%d/%m/%Y}"):
        profiles.of(kind, day - dt.timedelta(1))


def test_the_document_dated_too_early_is_named(profiles: Profiles) -> None:
    with pytest.raises(TemplateError, match="cho văn bản 43-ban-dan-toc/2-bao-cao-tong-ket ngày 14/12/2002;"):
        profiles.of("nha_nuoc", dt.date(2002, 12, 14), "43-ban-dan-toc/2-bao-cao-tong-ket")


def test_an_unknown_kind_is_named(profiles: Profiles) -> None:
    with pytest.raises(TemplateError, match="không có thể thức «mat_tran»"):
        profiles.of("mat_tran", LATER)


def test_a_later_standard_takes_over_on_its_day(tmp_path: Path) -> None:
    """And a third after it; only the code of the first is a kind."""
    folder = add(add(tmp_path / "mau", "nha_nuoc_2", "nha_nuoc", "15/12/2023"), "nha_nuoc_3", "nha_nuoc_2", "01/01/2030")
    found = read_profiles(folder)
    days = [LATER - dt.timedelta(1), LATER, dt.date(2029, 12, 31), dt.date(2030, 1, 1)]
    assert [found.of("nha_nuoc", day).code for day in days] == ["nha_nuoc", "nha_nuoc_2", "nha_nuoc_2", "nha_nuoc_3"]
    assert found.of("dang", LATER).code == "dang"
    with pytest.raises(TemplateError, match="«nha_nuoc_2»"):
        found.of("nha_nuoc_2", LATER)


@pytest.mark.parametrize(
    ("replaces", "since", "fault"),
    [
        ("nha_nuoc", "04/3/2020", "thay_cho «nha_nuoc» không phải thể thức có trước"),
        ("nha_nuoc", "05/3/2020", "thay_cho «nha_nuoc» không phải thể thức có trước"),
        ("nha_nuoc", '""', "«nha_nuoc_2» chưa có tu_ngay"),
    ],
)
def test_a_standard_out_of_order_is_refused(tmp_path: Path, replaces: str, since: str, fault: str) -> None:
    with pytest.raises(TemplateError, match=fault):
        read_profiles(add(tmp_path / "mau", "nha_nuoc_2", replaces, since))


def test_a_standard_that_replaces_an_unknown_one_or_one_already_replaced_is_refused(tmp_path: Path) -> None:
    """Each kind is one line."""
    folder = add(tmp_path / "mau", "nha_nuoc_2", "nha_nuoc", "15/12/2023")
    path = folder / "the_thuc.yaml"
    text = path.read_text("utf-8")
    entry = text[text.index("  - ma: nha_nuoc_2") :]
    path.write_text(text + "\n" + entry.replace("nha_nuoc_2", "nha_nuoc_3"), "utf-8")
    with pytest.raises(TemplateError, match="hai thể thức cùng thay cho «nha_nuoc»"):
        read_profiles(folder)
    path.write_text(text.replace("thay_cho: nha_nuoc", "thay_cho: khong_co"), "utf-8")
    read_profiles.cache_clear()
    with pytest.raises(TemplateError, match="thay_cho «khong_co»"):
        read_profiles(folder)


def test_documents_follow_their_own_date(tmp_path: Path, before: dict[str, DossierPlan]) -> None:
    """Dated before: exactly as they were. Dated after, or undated with a later declared date: the later standard's words and looks."""
    after = planned(add(tmp_path / "mau", "nha_nuoc_2", "nha_nuoc", "15/12/2023"))
    assert after[PARTY_UNIT] == before[PARTY_UNIT] and after["tinh"] == before["tinh"]
    changed = set()
    for old, new in zip(before[STATE_UNIT].documents, after[STATE_UNIT].documents):
        assert (new == old) == (new.profile == "nha_nuoc")
        if new != old:
            changed.add(new.stem)
            assert new.profile == "nha_nuoc_2" and (not new.fields["so"] or new.fields["so"].startswith("Văn bản số"))
    assert 0 < len(changed) < 6


def test_no_document_changes_when_the_later_standard_comes_after_the_year(tmp_path: Path, before: dict[str, DossierPlan]) -> None:
    """An old year is rebuilt as it was."""
    assert planned(add(tmp_path / "mau", "dang_2", "dang", "01/7/2025")) == before


def test_provincial_papers_follow_theirs(tmp_path: Path, before: dict[str, DossierPlan]) -> None:
    """The council's sheets by the date of appraisal, papers with a number by its date."""
    after = planned(add(tmp_path / "mau", "dang_2", "dang", "28/12/2023"))
    found = {d.stem: d.profile for d in after["tinh"].documents}
    assert set(found.values()) == {"dang", "dang_2"}
    assert found["2-bao-cao-tong-hop"] == "dang_2"


def test_a_standard_without_figures_is_told_before_anything_is_made(tmp_path: Path) -> None:
    """Its entry in quy_cach.yaml, which may lean on the one it replaces."""
    folder = add(tmp_path / "mau", "nha_nuoc_2", "nha_nuoc", "15/12/2023")
    plan = planned(folder)[STATE_UNIT]
    work = Work(plan, DossierRecord(), {d.stem: Reason("") for d in plan.documents}, tmp_path / "ra")
    with pytest.raises(TemplateError, match="chưa có số đo của thể thức nha_nuoc_2"):
        list(Ordering(folder, tmp_path, "", DECLARED).orders([work]))
    assert not (tmp_path / "ra").exists()


def test_a_document_is_measured_by_the_standard_of_its_date(tmp_path: Path) -> None:
    """The later standard's figures accept its number line, those of the one before do not."""
    folder = add(tmp_path / "mau", "nha_nuoc_2", "nha_nuoc", "15/12/2023")
    add_figures(folder)
    document = next(d for d in planned(folder)[STATE_UNIT].documents if d.stem == REPORT)
    data = render(compose(folder, document.form, document.profile), document.fields, document.title, document.author, DECLARED, REPORT)
    standards = read_standards(folder)
    assert layout_docx.findings(read(data), standards[document.profile]) == []
    assert [f for f in layout_docx.findings(read(data), standards["nha_nuoc"]) if "Số, ký hiệu" in f]
