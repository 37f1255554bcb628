"""Facts of some units as an official states them -> a whole year in memory, and what `explain` and the printed sheet say of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pipeline.assessing import YearResult, assess_year
from pipeline.explaining import explain_year
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.year import File, UnitFiles, YearFiles
from pipeline.problems import Place
from pipeline.rendering.fields_explanation import explanation_fields
from pipeline.rendering.province_view import ProvinceView, province_view
from pipeline.rendering.told import told
from tests.rating.build import FOLDER, appraisal, submission, units
from tests.support import book


Ways = tuple[tuple[str, str], ...]  # readings taken another way


@cache
def law(ways: Ways = ()) -> Regulation:
    """The regulation, some of its readings taken another way."""
    return book(FOLDER.name).regulation(dict(ways))


def file(name: str, value: Any) -> File[Any]:
    return File(name, value, [], lambda *path: Place(name))


def year_of(
    stated: Mapping[int, Mapping[str, Any]], decided: list[dict[str, Any]] | None = None, basis: str | None = None, ways: Ways = ()
) -> YearResult:
    """`stated`: number in the list -> its facts; `decided`: entries of `y_kien` in quyet_dinh.yaml."""
    read = law(ways)

    def under(reading: str, way: str) -> Regulation:
        return law(tuple(sorted({**dict(ways), reading: way}.items())))

    files = {}
    for number, own in stated.items():
        unit, facts = units()[number], {**own, "don_vi": number}
        council = None if own.get("chua_tham_dinh") == "co" else file(f"tham_dinh/{unit.folder}.yaml", appraisal(read, unit, facts))
        files[unit.code] = UnitFiles(unit, file(f"don_vi/{unit.folder}.yaml", submission(read, unit, facts)), council)
    province = ProvinceYear.model_validate({"nam": "2023", "quy_dinh": read.folder, "ngay_lap": "29/12/2023", "han_muc": {"co_so": basis}})
    decisions = Decisions.model_validate({"y_kien": decided or []})
    register = [unit.unit for unit in files.values()]
    return assess_year(YearFiles(2023, read, register, files, file("tinh.yaml", province), file("quyet_dinh.yaml", decisions), under))


def view_of(result: YearResult) -> ProvinceView:
    return province_view(result.files, result.assessments, result.quota, explain_year(result))


def words_of(result: YearResult) -> dict[int, str]:
    """Number -> what `explain` prints; the printed sheets are made as well."""
    view = view_of(result)
    assert len(explanation_fields(view)["phieu"]) == len(view.units)
    return {v.unit.number: "\n".join(told(view, v)) for v in view.units}
