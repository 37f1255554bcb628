"""Year's files, assessments and quota -> what every provincial document may say, computed once: levels, counts, special cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import WAITING, Assessment, QuotaResult
from pipeline.model.explanation import Doubt, Explanation
from pipeline.model.province import ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.model.year import YearFiles
from pipeline.rendering.vietnamese import count, either, listing, lower_first, short_date

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


def quota_sentences(view: ProvinceView) -> list[str]:
    """The arithmetic of the quota: base, rounding, what the other reading gives (Điều 6 khoản 1 đoạn cuối)."""
    rule, quota = view.regulation.quota, view.quota
    chosen, other = (lower_first(view.regulation.level_name(level)) for level in (rule.chosen, rule.other))
    n = count(quota.n_min) if quota.n is not None else f"{count(quota.n_min)} đến {count(quota.n_max)}"
    found = [
        f"{rule.text} ({rule.citation}).",
        f"Số tập thể đạt từ {other} trở lên trước khi chọn: N = {n}; số tập thể đủ điều kiện {chosen}: {count(len(quota.candidates))}.",
    ]
    for basis in rule.bases:
        divisor = 100 if basis.includes_excellent == "co" else 100 + (rule.percent or 0)
        applied = " (cơ sở đã chọn)" if basis.code == quota.basis else ""
        arithmetic = f"{n} × {rule.percent} ÷ {divisor}, làm tròn xuống, được nhiều nhất {_limits(view, basis.code)} tập thể"
        found.append(f"Nếu tính theo {basis.name}{applied}: {arithmetic}{_difference(view, basis.code)}.")
    if quota.basis is None:
        found.append("Ban Tổ chức Tỉnh ủy chưa chọn cơ sở tính; các tập thể nằm giữa hai giới hạn chờ quyết định.")
    return found


def _difference(view: ProvinceView, basis: str) -> str:
    """Who would be in or out under a basis that is not the one applied."""
    inside, there = set(view.quota.chosen), set(view.quota.by_basis.get(basis, ()))
    if basis == view.quota.basis or inside == there:
        return ""
    names = {v.unit.code: v.unit.name for v in view.units}
    more = [names[c] for c in view.quota.candidates if c in there - inside]
    fewer = [names[c] for c in view.quota.candidates if c in inside - there]
    return (f"; khi đó thêm {listing(more)}" if more else "") + (f"; khi đó không còn {listing(fewer)}" if fewer else "")


def _limits(view: ProvinceView, basis: str) -> str:
    low, high = view.quota.limits[basis]
    return count(low) if low == high else f"{count(low)} đến {count(high)}"


def special_cases(view: ProvinceView) -> list[str]:
    """What the Standing Committee should hear about: open cases, decisions of people, candidates outside the quota, differences."""
    found = []
    for v in view.units:
        a, explanation = v.assessment, view.explanations[v.unit.code]
        if not a.level:
            reason = listing(a.missing) if a.missing else doubt_words(explanation.doubt)
            found.append(f"{v.unit.name}: {lower_first(view.level_text(a))}; {reason}.")
        elif explanation.decision:
            found.append(f"{v.unit.name}: {decision_words(view.regulation, explanation)}.")
        elif a.candidate and a.level != view.regulation.quota.chosen:
            found.append(f"{v.unit.name}: {lower_first(explanation.quota)}")
        found += [f"{v.unit.name}: {w}." for w in (*a.conflicts, *a.warnings)]
    return found or ["Không có."]


def doubt_words(doubt: Doubt | None) -> str:
    """What left a case open, without blaming the regulation for an unclear fact or the other way round."""
    if doubt is None:
        return "chưa đủ căn cứ"
    found = [f"dữ kiện chưa rõ: {listing(list(doubt.facts))}"] if doubt.facts else []
    found += [f"các cách tính tổng điểm cho kết quả ở các khoảng khác nhau: {either(list(doubt.bands))}"] if doubt.bands else []
    found += list(doubt.quota)
    if doubt.readings and not doubt.quota:
        found.append(f"quy định chưa rõ (cách hiểu {', '.join(doubt.readings)})")
    return "; ".join(found)


def decision_words(regulation: Regulation, explanation: Explanation) -> str:
    """Why the case was open; who decided, when, which level, why."""
    decision = explanation.decision
    assert decision is not None
    day = f" ngày {short_date(decision.date)}" if decision.date else ""
    reason = f"; lý do: {decision.reason.rstrip('.')}" if decision.reason else ""
    level = lower_first(regulation.level_name(decision.level))
    return f"{doubt_words(explanation.doubt)}; đồng chí {decision.who} quyết định{day}: {level}{reason}"
