"""What the year at a glance says of each unit, and the page as text: escaped, alike for like data, colours that can be read."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from pipeline.desk.new_year import begin_year
from pipeline.glancing import look
from pipeline.model.submission import Submission
from pipeline.overview.charts import charts
from pipeline.overview.filled import filled
from pipeline.overview.page import HERE, page
from pipeline.overview.rows import province_lines, rows
from pipeline.overview.year import UnitOverview, YearOverview
from pipeline.places import PROJECT, Places
from pipeline.problems import Kind, owed
from pipeline.reading.shape import load
from tests.intake.test_one_thing_missing import keys_of, tree_of, without
from tests.support import VALID, assess, book, write_year

LAW = book("453-QD-TU-2022").regulation()
TEXT = (VALID / "don_vi.yaml").read_text("utf-8")


def overview(places: Places) -> YearOverview:
    return look(places, assess(places))


def share(folder: Path, text: str) -> tuple[int, int]:
    path = folder / "tep.yaml"
    path.write_text(text, "utf-8")
    value = load(path, "tep", Submission).value
    assert value is not None
    found = filled(value, LAW, "B.XII")
    return found.answered, found.asked


def test_filled_counts_each_item(tmp_path: Path) -> None:
    """A complete file is 100%; each blank is one item less; nothing answered is 0, also where whole groups are absent."""
    whole = share(tmp_path, TEXT)
    assert whole[0] == whole[1] > 80
    for old, new in (("tu_nhan: tot", "tu_nhan:"), ("  A.1.1: 100%", "  A.1.1:"), ("  chu_tri: Nguyễn Thị A", "  chu_tri:")):
        assert TEXT.count(old) >= 1
        if old != new:
            assert share(tmp_path, TEXT.replace(old, new, 1)) == (whole[0] - 1, whole[1])
    nothing = "don_vi: so-noi-vu\nnam: 2023\ncham_diem: {}\ndieu_kien:\nkhuyet_diem:\nky_luat:\nthanh_vien:\ntu_nhan:\n"
    answered, asked = share(tmp_path, nothing)
    assert answered == 0 and asked > 80


def test_states(tmp_path: Path) -> None:
    """Ready, a draft, a file with errors: in the overview, in the terminal's rows and in the lines below them."""
    ready = overview(write_year(tmp_path / "a"))
    assert [(u.state, u.published) for u in ready.units] == [("du", "chua_lap")]
    assert rows(ready)[0][-2:] == ("Đã đủ", "chưa lập") and rows(ready)[0][6] == "T/T/T"
    draft = overview(write_year(tmp_path / "b", don_vi=TEXT.replace("tu_nhan: tot", "tu_nhan:")))
    assert draft.units[0].state == "du_thao" and rows(draft)[0][3] == "0/1/0" and rows(draft)[0][6] == "-/T/T"
    assert rows(draft, "so-noi-vu") == rows(draft) and rows(draft, "so-tu-phap") == []
    faulty = overview(write_year(tmp_path / "c", don_vi=TEXT.replace("tu_nhan: tot", "tu_nhan: toott")))
    assert (faulty.units[0].state, faulty.units[0].self_score, rows(faulty)[0][2]) == ("loi", None, "-")
    assert province_lines(faulty)[-1].startswith("Hồ sơ của tỉnh: dự thảo")


def test_opinions_owed(tmp_path: Path) -> None:
    """Without an appraisal every body asked owes one."""
    found = overview(write_year(tmp_path, tham_dinh=None))
    assert found.units[0].owed_opinions == ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh")
    assert {(b.name, b.asked, b.given) for b in found.bodies if b.asked} == {(name, 1, 0) for name in found.units[0].owed_opinions}
    assert any(line.startswith("Ý kiến còn thiếu: ") for line in province_lines(found))


@pytest.mark.parametrize(
    ("old", "new", "given", "waived"),
    [
        ("  hoi_dong_tdkt:\n    muc: tot\n", "  hoi_dong_tdkt:\n    muc:\n", 0, 0),
        ("  hoi_dong_tdkt:\n    muc: tot\n", "", 0, 0),
        (
            "  hoi_dong_tdkt:\n    muc: tot\n",
            "\nxac_nhan:\n  - diem: y_kien.hoi_dong_tdkt\n    nguoi: Nguyễn Văn A\n    ghi_chu: Đồng ý tiến hành\n",
            0,
            1,
        ),
    ],
)
def test_an_opinion_is_owed_as_the_rating_sees_it(old: str, new: str, given: int, waived: int, tmp_path: Path) -> None:
    """A blank level is no opinion; one that a named person goes on without is not owed."""
    council = (VALID / "tham_dinh.yaml").read_text("utf-8")
    assert council.count(old) == 1
    found = overview(write_year(tmp_path, tham_dinh=council.replace(old, new)))
    name = "Hội đồng Thi đua - Khen thưởng tỉnh"
    owing = () if waived else ("Sở Nội vụ",)
    assert [(b.asked, b.given, b.waived, b.owing) for b in found.bodies if b.name == name] == [(1, given, waived, owing)]
    assert (name in found.units[0].owed_opinions) is (not waived)
    assert (f"Còn thiếu ý kiến của {name}" in page(found)) is (not waived)


def test_whatever_leaves_a_dossier_ready_leaves_it_whole(tmp_path: Path) -> None:
    """Each key of a ready file left out alone: where nothing is owed, every item is answered."""
    tree, ready = tree_of("don_vi"), set()
    for keys in keys_of(tree):
        files = assess(write_year(tmp_path / "data", don_vi=without(tree, keys), tham_dinh=None, quyet_dinh=None)).files.units["so-noi-vu"]
        if files.submission.usable and not owed(files.submission.problems):
            ready.add(keys)
            found = filled(files.submission.usable, LAW, "B.XII")
            assert found.answered == found.asked, keys
    assert {("so_ngay_van_ban",), ("hoi_nghi", "y_kien")} <= ready and ("tu_nhan",) not in ready


def test_a_reason_owed_keeps_a_draft_below_the_whole(tmp_path: Path) -> None:
    """Every item answered, a reason missing: 99%, not 100%."""
    place = TEXT.index("    ly_do: ")
    unit = overview(write_year(tmp_path, don_vi=TEXT[:place] + "    ly_do:" + TEXT[TEXT.index("\n", place) :])).units[0]
    assert unit.filled is not None and unit.filled.answered == unit.filled.asked
    assert (unit.state, unit.percent) == ("du_thao", 99)


def test_a_year_only_begun(tmp_path: Path) -> None:
    """New files of a new year: nothing filled in, nothing wrong, no score to draw; the page is made all the same."""
    (tmp_path / "data").mkdir()
    for name in ("don_vi.yaml", "quy_dinh", "2023"):
        (tmp_path / "data" / name).symlink_to(PROJECT / "data" / name)
    places = Places(tmp_path / "data", tmp_path / "build", 2024)
    begin_year(places)
    found = overview(places)
    assert len(found.units) == 56 and {u.state for u in found.units} == {"du_thao"}
    assert all(u.percent is not None and u.percent < 5 and u.count(Kind.OWED) and not u.count(Kind.ERROR) for u in found.units)
    assert [c.title for c in charts(found)] == ["Mức xếp loại theo nhóm"]
    assert page(found).count("<tbody id=") == 56


def candidate(overview: YearOverview, number: int, points: str) -> UnitOverview:
    first = overview.units[0]
    unit = first.unit.model_copy(update={"number": number, "name": f"Đơn vị {number}"})
    return dataclasses.replace(first, unit=unit, appraised_score=Decimal(points), candidate=True, rank=number, level="tot", official=None)


@pytest.mark.parametrize(("limit", "before"), [(0, 0), (2, 2), (3, 3), (5, 3)])
def test_the_line_of_the_quota_stands_where_it_cuts(limit: int, before: int, tmp_path: Path) -> None:
    """Between the last candidate inside and the first beyond; under all of them when the quota is not used up; bars as long as their scores."""
    found = overview(write_year(tmp_path))
    units = tuple(candidate(found, n, points) for n, points in ((1, "98"), (2, "96"), (3, "91")))
    drawn = charts(dataclasses.replace(found, units=units, quota=(10, limit)))[-1].drawn
    picture = etree.fromstring(str(drawn).encode())
    bars = picture.findall("{*}rect")
    line = next(e for e in picture.iter("{*}line") if e.get("class") == "han-muc")
    assert sum(float(bar.get("y", "")) < float(line.get("y1", "")) for bar in bars) == before
    assert [float(bar.get("width", "")) for bar in bars] == pytest.approx([280 * share for share in (0.8, 0.6, 0.1)])
    assert picture.get("role") == "img" and picture.findtext("{*}title") and "bắt đầu từ 90" in (picture.findtext("{*}desc") or "")


def test_every_unit_is_a_dot(tmp_path: Path) -> None:
    """In both charts of scores; what the picture says also stands in its sentence."""
    found = overview(write_year(tmp_path))
    units = tuple(candidate(found, n, "95.5") for n in range(1, 8))
    strip, levels, scatter, _ = charts(dataclasses.replace(found, units=units))
    assert str(strip.drawn).count("<circle") == str(scatter.drawn).count("<circle") == 7
    assert "nhóm 4: 7 tốt" in levels.told.lower()


def test_page_is_the_same_twice_and_holds_odd_names(tmp_path: Path) -> None:
    """Markup in a name is text on the page; no script of a clerk's runs."""
    found = overview(write_year(tmp_path))
    assert page(found) == page(found)
    odd = '</script><script>alert(1)</script> "A" & <b>'
    unit = dataclasses.replace(found.units[0], unit=found.units[0].unit.model_copy(update={"name": odd}))
    text = page(dataclasses.replace(found, units=(unit,)))
    assert odd not in text and "<script>alert" not in text and "&lt;b&gt;" in text
    assert text.count("<script>") == 1 == text.count("</script>")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", (HERE / "page.css").read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "least"),
    [*((n, 4.5) for n in ("chu", "mo", "nhan", "lien-ket", "loi", "thieu", "du")), *((f"muc-{i}", 3.0) for i in range(5)), ("vien", 3.0)],
)
def test_contrast(name: str, least: float) -> None:
    """WCAG 2: text at least 4.5 to 1 against both grounds, shapes and borders 3 to 1."""
    assert min(contrast(COLOURS[name], COLOURS[ground]) for ground in ("nen", "nen-2")) >= least


def test_numbers_on_bars_can_be_read() -> None:
    """White on the darkest and the red bar, black on the others."""
    assert all(contrast(COLOURS[f"muc-{i}"], "#ffffff" if i in (0, 3) else "#000000") >= 4.5 for i in range(4))
