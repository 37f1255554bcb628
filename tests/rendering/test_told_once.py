"""Readings told once for many collectives: which, in which words; nothing that changes a level or a total is hidden that way."""

from __future__ import annotations

import re
from functools import cache

import pytest

from pipeline import assessing
from pipeline.explaining import explain_year
from pipeline.model.assessment import PROPOSED
from pipeline.places import PROJECT, Places
from pipeline.rendering.fields_explanation import explain_unit, explanation_fields
from pipeline.rendering.province_view import ProvinceView, province_view
from pipeline.rendering.told_once import _ranges, told_once


@cache
def sample_year() -> ProvinceView:
    result = assessing.check(Places(PROJECT / "data", PROJECT / "build", 2023))
    return province_view(result.files, result.assessments, result.quota, explain_year(result))


@pytest.mark.parametrize(("numbers", "words"), [([1], "1"), ([1, 2, 3, 5], "1 đến 3, 5"), ([2, 4, 6], "2, 4, 6"), ([], "")])
def test_numbers_as_ranges(numbers: list[int], words: str) -> None:
    assert _ranges(numbers) == words


def test_only_what_settles_nothing_is_told_once() -> None:
    """In no collective does such a reading give another level or total."""
    view = sample_year()
    once = told_once(view)
    assert set(once) == {"n15"}
    for v in view.units:
        for other in view.explanations[v.unit.code].readings:
            if other.reading in once:
                assert other.state != PROPOSED
                assert other.total == f"{v.assessment.total:.2f}"


def test_the_last_part_lists_every_way_of_reading() -> None:
    """A reason may speak of "cách b"; the way applied is marked; who reads the sheet needs no code."""
    view = sample_year()
    fields = explanation_fields(view)
    for told in fields["cach_hieu"]:
        reading = view.regulation.readings[f"n{told['so']}"]
        applied = view.regulation.applied(reading.code, view.quota.basis)
        assert [way.split(":")[0].removesuffix(" (đang áp dụng)") for way in told["cach"]] == [f"Cách {way}" for way in reading.ways]
        assert sum("(đang áp dụng)" in way for way in told["cach"]) == (applied is not None)
        assert told["chon"] == (
            f"Áp dụng cách {applied}." if applied else "Chưa chọn cách hiểu chung, người có thẩm quyền quyết định từng trường hợp."
        )
    printed = str(fields["phieu"])
    assert "«" not in printed and not re.search(r"(cách hiểu|Xem) n\d", printed, re.IGNORECASE)
    assert "Xem vấn đề 5" in printed


def test_the_sheets_leave_it_to_the_last_part() -> None:
    """The terminal still says it of each unit."""
    view = sample_year()
    fields = explanation_fields(view)
    assert [c["khac"] for c in fields["cach_hieu"] if c["so"] == "15"] == [told_once(view)["n15"]]
    assert not [s["tieu_de"] for s in fields["phieu"] if any("Vấn đề 15" in line for line in s["cach_hieu"])]
    for sheet, v in zip(fields["phieu"], view.units, strict=True):  # a reference leads somewhere: below the table or to the last part
        rows = {row["ket_qua"].removeprefix("Xem vấn đề ") for row in sheet["hang"] if row["ket_qua"].startswith("Xem vấn đề ")}
        below = {line.split(":")[0].removeprefix("Vấn đề ") for line in sheet["cach_hieu"]}
        assert rows <= below | {"15"}, v.unit.name
    told = [v.unit.number for v in view.units if any("Cách hiểu n15" in line for line in explain_unit(view, v)["cach_hieu"])]
    assert f"{len(told)} tập thể" in told_once(view)["n15"].replace("\u00a0", " ")
