"""The province's papers of the sample year: who signs and dates on the cover, people with two roles as a list, tables without empty columns."""

from __future__ import annotations

import dataclasses
import functools

from pipeline.forms.catalogue import read_forms, read_profiles
from pipeline.model.files import DossierPlan
from pipeline.places import PROJECT
from pipeline.rendering.fields_province import province_dossier
from pipeline.rendering.fields_results import synthesis
from pipeline.rendering.special_cases import special_cases

from tests.rendering.test_told_once import sample_year

TEMPLATES = PROJECT / "templates_docx"
NBSP = "\u00a0"


@functools.cache
def dossier() -> DossierPlan:
    return province_dossier(sample_year(), read_forms(TEMPLATES), read_profiles(TEMPLATES), ["«A» chưa ghi"])


def test_the_cover_names_signers_as_the_units_do() -> None:
    signers = {d.stem: d.signers.replace(NBSP, " ") for d in dossier().documents}
    assert signers["1-to-trinh"] == "Trưởng ban Tạ Hữu A"
    assert signers["3-bien-ban-tham-dinh"] == "thư ký Đặng Văn Đ; chủ trì Phùng Thị Đ"
    assert signers["4-quyet-dinh"] == "T/M BAN THƯỜNG VỤ, Phó Bí thư Phùng Thị Đ"
    sheets = {who for stem, who in signers.items() if stem.startswith("7-")}
    assert sheets == {"thư ký Đặng Văn Đ; T/M HỘI ĐỒNG, Chủ tịch Phùng Thị Đ"}


def test_the_cover_names_the_year_and_the_index_writes_dates_one_way() -> None:
    plan = dossier()
    assert plan.owner.endswith("năm 2023") and plan.missing == ("“A” chưa ghi",)
    dated = [d.number for d in plan.documents if d.number]
    assert len(dated) > 56 and all(f"ngày{NBSP}" in number for number in dated)


def test_people_with_two_roles_are_a_list() -> None:
    cases = special_cases(sample_year())
    assert all(not case["muc"] and case["cau"].endswith(".") for case in cases[:-1])
    last = cases[-1]
    assert last["cau"].endswith("):") and len(last["muc"]) == 12
    assert last["muc"][0] == "Đảng đoàn Hội đồng nhân dân tỉnh: chủ thể cho ý kiến;"
    assert all(line.endswith(";") for line in last["muc"][:-1]) and last["muc"][-1].endswith(".")


def test_open_levels_are_counted_only_where_there_are_any() -> None:
    view = sample_year()
    told = synthesis(view)
    assert told["co_chua_ro"] == "" and [row["loai"] for row in told["nhom"]] == ["nhom"] * 5 + ["tong"]
    unit = view.units[0]
    opened = dataclasses.replace(unit, assessment=dataclasses.replace(unit.assessment, level=None))
    told = synthesis(dataclasses.replace(view, units=(opened, *view.units[1:])))
    assert told["co_chua_ro"] and told["nhom"][-1]["chua_ro"] == "01"
