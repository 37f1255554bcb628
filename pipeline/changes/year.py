"""Two years as assessed and planned -> what differs in each unit's figures, levels, conditions and documents, and in the quota."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.assessing import YearResult
from pipeline.explaining import explain_year
from pipeline.model.assessment import Assessment, ScoreSheet
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.model.unit import Unit
from pipeline.places import PROVINCE, Places
from pipeline.planning import plan_province, plan_units
from pipeline.rating.levels import by_self_score
from pipeline.rendering.vietnamese import with_comma


@dataclass(frozen=True)
class Version:
    """One version of the year: what was computed from it, what would be printed."""

    result: YearResult
    plans: Mapping[str, DossierPlan]

    def unit(self, code: str) -> Unit | None:
        return next((u for u in self.result.files.register if u.code == code), None)


@dataclass(frozen=True)
class PointChange:
    """A row, a part or the total of one sheet; None = blank or not there."""

    sheet: str  # tự chấm | thẩm định
    what: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True)
class WordChange:
    """A level, a place or a condition that reads otherwise; `citation` where an article says what it is for."""

    what: str
    old: str
    new: str
    citation: str = ""


@dataclass(frozen=True)
class DocumentChange:
    """A document that would be printed otherwise; `fields`: codes of the fields that differ, none when it is new or gone."""

    folder: str
    stem: str
    name: str
    fields: tuple[str, ...] = ()
    added: bool = False
    removed: bool = False


@dataclass(frozen=True)
class UnitChange:
    unit: Unit
    points: tuple[PointChange, ...]
    levels: tuple[WordChange, ...]
    conditions: tuple[WordChange, ...]
    documents: tuple[DocumentChange, ...]
    same: tuple[str, ...]  # documents of its dossier that stay as they are
    sheet: tuple[DocumentChange, ...] = ()  # its own sheet among the province's documents
    pushed_by: tuple[PointChange, ...] = ()  # others that compete otherwise, where its level changes and its own figures and facts do not

    @property
    def empty(self) -> bool:
        return not (self.points or self.levels or self.conditions or self.documents or self.sheet)


def version_of(places: Places, result: YearResult) -> Version:
    plans = [*plan_units(result, places.templates), plan_province(result, explain_year(result), places.templates)]
    return Version(result, {plan.folder: plan for plan in plans})


def unit_change(old: Version, new: Version, code: str) -> UnitChange:
    """`code`: of a unit that the version of now has."""
    unit = new.unit(code)
    assert unit is not None
    was, now = (v.result.assessments.get(code) or Assessment(code) for v in (old, new))
    before = old.plans.get((old.unit(code) or unit).folder)
    after = new.plans.get(unit.folder)
    documents = tuple(_documents(before, after))
    changed = {d.stem for d in documents}
    points = (*_points("tự chấm", was.self_sheet, now.self_sheet), *_points("thẩm định", was.sheet, now.sheet))
    levels, conditions = tuple(_levels(old, new, was, now)), tuple(_conditions(was, now))
    return UnitChange(
        unit,
        points,
        levels,
        conditions,
        documents,
        tuple(d.stem for d in after.documents if d.stem not in changed) if after else (),
        tuple(_documents(*(_sheet_alone(v.plans.get(PROVINCE), unit) for v in (old, new)))),
        tuple(_others_competing(old, new, code)) if levels and not (points or conditions) else (),
    )


def _sheet_alone(province: DossierPlan | None, unit: Unit) -> DossierPlan | None:
    """The province's plan with that unit's own sheet and nothing else."""
    kept = tuple(d for d in province.documents if d.stem.endswith(f"/{unit.folder}")) if province else ()
    return dataclasses.replace(province, documents=kept) if province else None


def _others_competing(old: Version, new: Version, code: str) -> Iterator[PointChange]:
    """Units whose place among the candidates, or total there, is not what it was."""
    for unit in new.result.files.register:
        was, now = (v.result.assessments.get(unit.code) or Assessment(unit.code) for v in (old, new))
        before, after = (a.total if a.candidate else None for a in (was, now))
        if unit.code != code and before != after:
            yield PointChange(unit.name, "tổng điểm khi xét xuất sắc", before, after)


def province_documents(old: Version, new: Version) -> tuple[DocumentChange, ...]:
    return tuple(_documents(old.plans.get(PROVINCE), new.plans.get(PROVINCE)))


def quota_changes(old: Version, new: Version) -> Iterator[WordChange]:
    was, now, citation = old.result.quota, new.result.quota, new.result.files.regulation.quota.citation
    yield from _differs("cách lấy cơ sở", was.basis or "chưa chọn", now.basis or "chưa chọn", citation)
    yield from _differs("cơ sở tính hạn mức", _number(was.n), _number(now.n), citation)
    yield from _differs("số đơn vị tối đa ở mức xuất sắc", _number(was.limit), _number(now.limit), citation)
    yield from _differs("đơn vị trong hạn mức", _names(old, was.chosen), _names(new, now.chosen), citation)


def _number(value: int | None) -> str:
    return "chưa rõ" if value is None else str(value)


def _names(version: Version, codes: tuple[str, ...]) -> str:
    names = {u.code: u.name for u in version.result.files.register}
    return ", ".join(names.get(code, code) for code in codes) or "chưa có"


def _points(name: str, old: ScoreSheet | None, new: ScoreSheet | None) -> Iterator[PointChange]:
    """Rows, then parts, then the total."""
    was, now = _numbers(old), _numbers(new)
    for what in dict.fromkeys([*was, *now]):
        if was.get(what) != now.get(what):
            yield PointChange(name, what, was.get(what), now.get(what))


def _numbers(sheet: ScoreSheet | None) -> dict[str, Decimal | None]:
    if sheet is None:
        return {}
    rows: dict[str, Decimal | None] = {f"hàng {code}": row.points for code, row in sheet.rows.items()}
    return {**rows, **{f"mục {part}": points for part, points in sheet.parts.items()}, "tổng": sheet.total}


def _levels(old: Version, new: Version, was: Assessment, now: Assessment) -> Iterator[WordChange]:
    def named(version: Version, codes: tuple[str | None, ...]) -> str:
        regulation = version.result.files.regulation
        return " hoặc ".join(regulation.level_name(code) for code in codes if code) or "chưa rõ"

    def by_score(version: Version, a: Assessment) -> str:
        return named(version, tuple(by_self_score(version.result.files.regulation, a)))

    claimed = [
        f.submission.value.proposed if (f := v.result.files.units.get(now.code)) and f.submission.value else None for v in (old, new)
    ]
    yield from _differs("mức tự nhận", named(old, (claimed[0],)), named(new, (claimed[1],)))
    yield from _differs("mức theo điểm tự chấm", by_score(old, was), by_score(new, now))
    yield from _differs("xét xuất sắc", _candidate(was), _candidate(now), new.result.files.regulation.quota.citation)
    yield from _differs("mức đề xuất", named(old, tuple(was.possible)), named(new, tuple(now.possible)))
    yield from _differs("mức chính thức", named(old, (was.official,)), named(new, (now.official,)))


def _candidate(a: Assessment) -> str:
    return f"đủ điều kiện, thứ {a.rank}" if a.candidate and a.rank else "đủ điều kiện" if a.candidate else "không"


def _conditions(was: Assessment, now: Assessment) -> Iterator[WordChange]:
    """Conditions of Điều 6 whose value or outcome differs."""
    results = {"dat": "đạt", "khong_dat": "không đạt", "chua_ro": "chưa rõ"}
    before = {e.code: e for e in was.evidence}
    for e in now.evidence:
        old = before.get(e.code)
        told = f"{with_comma(e.value)} ({results[e.result]})"
        yield from _differs(e.text, f"{with_comma(old.value)} ({results[old.result]})" if old else "chưa xét", told, e.citation)


def _differs(what: str, old: str, new: str, citation: str = "") -> Iterator[WordChange]:
    if old != new:
        yield WordChange(what, old, new, citation)


def _documents(old: DossierPlan | None, new: DossierPlan | None) -> Iterator[DocumentChange]:
    was, now = ({d.stem: d for d in plan.documents} if plan else {} for plan in (old, new))
    folder = (new or old).folder if new or old else ""  # type: ignore[union-attr]
    for stem in dict.fromkeys([*was, *now]):
        before, after = was.get(stem), now.get(stem)
        if before is None or after is None:
            yield DocumentChange(folder, stem, (after or before).name, (), before is None, after is None)  # type: ignore[union-attr]
        elif fields := tuple(_fields(before, after)):
            yield DocumentChange(folder, stem, after.name, fields)


def _fields(old: DocumentPlan, new: DocumentPlan) -> Iterator[str]:
    yield from _paths(dict(old.fields), dict(new.fields), "")
    for key in ("title", "number", "signers", "profile"):
        if getattr(old, key) != getattr(new, key):
            yield key


def _paths(old: Any, new: Any, path: str) -> Iterator[str]:
    """Paths, as truong.yaml writes them (`hang[].diem`), of what differs."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _paths(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, (list, tuple)) and isinstance(new, (list, tuple)) and len(old) == len(new):
        yield from dict.fromkeys(found for one, other in zip(old, new) for found in _paths(one, other, f"{path}[]"))
    elif _plain(old) != _plain(new):
        yield path


def _plain(value: Any) -> Any:
    return repr(value) if dataclasses.is_dataclass(value) else value
