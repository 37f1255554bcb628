"""Year's files, assessments and quota -> what every provincial document may say, computed once: levels, counts, special cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import WAITING, Assessment, QuotaResult
from pipeline.model.explanation import Explanation
from pipeline.model.province import ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.model.year import YearFiles
from pipeline.rendering.vietnamese import either, lower_first

UNKNOWN = "Chưa rõ"


@dataclass(frozen=True)
class UnitView:
    unit: Unit
    submission: Submission
    appraisal: Appraisal | None
    assessment: Assessment


@dataclass(frozen=True)
class ProvinceView:
    """Units whose own file can be used, in the order of the regulation's list."""

    files: YearFiles
    regulation: Regulation
    province: ProvinceYear
    units: tuple[UnitView, ...]
    quota: QuotaResult
    explanations: Mapping[str, Explanation]

    @property
    def year(self) -> int:
        return self.files.year

    @property
    def declared(self) -> dt.date:
        assert self.province.declared is not None  # without it the year is not built
        return self.province.declared

    def standing(self, date: dt.date | None) -> dt.date:
        """The date whose presentation standard holds: the document's own, unless it is a slip of another year (told at intake)."""
        return date if date and date.year in (self.year, self.year + 1) else self.declared

    @property
    def regulation_name(self) -> dict[str, str]:
        heading = self.regulation.heading
        date = heading.date
        return {
            "ngan": f"Quy định số {heading.symbol}",
            "day_du": f"Quy định số {heading.symbol}, ngày {date:%d/%m/%Y} của {heading.issuer} về {heading.title.removeprefix('Quy định về ')}",
            "dieu_doi_tuong": heading.subjects_article,
            "dieu_xep_loai": heading.levels_article,
        }

    def level_text(self, assessment: Assessment) -> str:
        """The proposed level, or the possible ones while a person or data is awaited."""
        if assessment.level:
            return self.regulation.level_name(assessment.level)
        names = [lower_first(self.regulation.level_name(level)) for level in assessment.possible]
        return f"{'Chờ quyết định' if assessment.state == WAITING else 'Chưa đủ dữ liệu'} ({either(names)})"

    def with_level(self, level: str | None, official: bool = False) -> list[UnitView]:
        return [v for v in self.units if ((v.assessment.official if official else None) or v.assessment.level) == level]

    def asked(self, body: str) -> list[UnitView]:
        return [v for v in self.units if body in v.unit.bodies]

    def owed_opinions(self) -> dict[str, list[Unit]]:
        """Body -> units about which its opinion is still owed."""
        owed: dict[str, list[Unit]] = {}
        for view in self.units:
            for body in self.explanations[view.unit.code].steps.owed:
                owed.setdefault(body, []).append(view.unit)
        return owed


def province_view(
    files: YearFiles, assessments: Mapping[str, Assessment], quota: QuotaResult, explanations: Mapping[str, Explanation]
) -> ProvinceView:
    assert files.province.value is not None
    units = tuple(
        UnitView(f.unit, f.submission.usable, f.appraisal.usable if f.appraisal else None, assessments[c])
        for c, f in files.units.items()
        if f.submission.usable
    )
    return ProvinceView(files, files.regulation, files.province.value, units, quota, explanations)
