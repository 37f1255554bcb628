"""What the year at a glance says of each unit, and the page as text: escaped, alike for like data, colours that can be read."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from pipeline.glancing import look
from pipeline.model.submission import Submission
from pipeline.overview.filled import filled
from pipeline.overview.page import HERE, page
from pipeline.overview.rows import province_lines, rows
from pipeline.overview.year import YearOverview
from pipeline.places import Places
from pipeline.reading.shape import load
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
    assert rows(ready)[0][-1] == "Đã đủ, chưa lập"
    draft = overview(write_year(tmp_path / "b", don_vi=TEXT.replace("tu_nhan: tot", "tu_nhan:")))
    assert draft.units[0].state == "du_thao" and rows(draft)[0][4] == "1"
    faulty = overview(write_year(tmp_path / "c", don_vi=TEXT.replace("tu_nhan: tot", "tu_nhan: toott")))
    assert (faulty.units[0].state, faulty.units[0].self_score, rows(faulty)[0][2]) == ("loi", None, "-")
    assert province_lines(faulty)[-1].startswith("Hồ sơ của tỉnh: dự thảo")


def test_opinions_owed(tmp_path: Path) -> None:
    """Without an appraisal every body asked owes one."""
    found = overview(write_year(tmp_path, tham_dinh=None))
    assert found.units[0].owed_opinions == ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh")
    assert {(b.name, b.asked, b.given) for b in found.bodies if b.asked} == {(name, 1, 0) for name in found.units[0].owed_opinions}
    assert any(line.startswith("Ý kiến còn thiếu: ") for line in province_lines(found))


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
