"""ProvinceView -> the columns of the table of all collectives, each with its heads and a cell for every unit of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pipeline.model.assessment import INCOMPLETE, MET, NOT_MET, OPEN, PROPOSED, WAITING, Evidence, ScoreSheet
from pipeline.model.procedure import GIVEN, OWED, WAIVED
from pipeline.model.rating_rules import DefectRules
from pipeline.rating import effective
from pipeline.rendering.fields_conference import PENALTY_NAMES
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.vietnamese import lower_first, with_comma

Cell = str | int | Decimal | dt.date | None
Sheet = Callable[[UnitView], ScoreSheet | None]

TEXT, CENTRE, NUMBER, POINTS, DATE, DIFFERENCE = "chu", "giua", "so", "diem", "ngay", "chenh_lech"
SELF_TOTAL, APPRAISED_TOTAL, GROUP, PROPOSAL, OFFICIAL, PLACE = "TuCham", "ThamDinh", "Nhom", "MucDeXuat", "MucChinhThuc", "HanMuc"
INSIDE, OUTSIDE, AWAITED = "Trong hạn mức", "Ngoài hạn mức", "Chờ quyết định"
RESULTS = {MET: "Đạt", NOT_MET: "Không đạt", OPEN: "Chưa rõ"}
STATES = {PROPOSED: "Đã rõ mức", WAITING: "Chờ quyết định", INCOMPLETE: "Chưa đủ dữ liệu"}
OPINIONS = {GIVEN: "Đã có", OWED: "Chưa có", WAIVED: "Xác nhận bỏ qua"}
NOT_ASKED, NONE_YET, FAULTY = "-", "Chưa có", "Tệp của đơn vị còn lỗi"
NOT_SAID, UNWRITTEN = "Chưa ghi", "chưa ghi"
WHOM = {
    "thanh_vien": "Thành viên lãnh đạo",
    "don_vi_truc_thuoc": "Đơn vị trực thuộc",
    "dung_dau_don_vi_truc_thuoc": "Người đứng đầu đơn vị trực thuộc",
    "tap_the": "Tập thể lãnh đạo",
}
DEFECTS = {info.alias for info in DefectRules.model_fields.values()}


@dataclass(frozen=True)
class Column:
    """`head` stands below `group` where there is one; `name`: under which formulas know its cells; `turn`: a printed page begins here."""

    group: str
    head: str
    look: str
    width: int
    cells: tuple[Cell, ...]
    name: str = ""
    turn: bool = False


@dataclass(frozen=True)
class _Maker:
    """Cells of one column: what each unit has, blank for one whose own file cannot be used."""

    view: ProvinceView
    units: dict[str, UnitView]

    def column(
        self, group: str, head: str, look: str, width: int, of: Callable[[UnitView], Cell], name: str = "", turn: bool = False
    ) -> Column:
        found = (self.units.get(u.code) for u in self.view.files.register)
        return Column(group, head, look, width, tuple(of(v) if v else None for v in found), name, turn)


def columns(view: ProvinceView) -> list[Column]:
    """In the order in which they are read: who, how many points, which level, why, who said what, when."""
    make = _Maker(view, {v.unit.code: v for v in view.units})
    first = [*_who(view), *_scores(make), *_levels(make), *_quota(make), *_dates(make), _state(make)]
    return [*first, *_conditions(make), *_opinions(make), *_votes(make)]


def _who(view: ProvinceView) -> Iterator[Column]:
    register = view.files.register
    yield Column("", "STT", NUMBER, 5, tuple(u.number for u in register))
    yield Column("", "Cơ quan, đơn vị", TEXT, 44, tuple(u.name for u in register))
    yield Column("", "Nhóm", NUMBER, 7, tuple(u.group for u in register), GROUP)


def _scores(make: _Maker) -> Iterator[Column]:
    both: tuple[tuple[str, Sheet, str], ...] = (
        ("Điểm tự chấm", lambda v: v.assessment.self_sheet, SELF_TOTAL),
        ("Điểm thẩm định", lambda v: v.assessment.sheet, APPRAISED_TOTAL),
    )
    for group, sheet, name in both:
        for rule in make.view.regulation.scoring.parts:
            yield make.column(group, f"Mục {rule.code}", POINTS, 8, partial(_part, sheet, rule.code))
        yield make.column(group, "Tổng", POINTS, 9, partial(_total, sheet), name)
    yield make.column("", "Chênh lệch", DIFFERENCE, 9, _difference)


def _part(sheet: Sheet, part: str, v: UnitView) -> Decimal | None:
    found = sheet(v)
    return found.parts[part] if found else None


def _total(sheet: Sheet, v: UnitView) -> Decimal | None:
    found = sheet(v)
    return found.total if found else None


def _difference(v: UnitView) -> Decimal | None:
    own, appraised = v.assessment.self_sheet, v.assessment.sheet
    return None if own is None or appraised is None or own.total is None or appraised.total is None else appraised.total - own.total


def _levels(make: _Maker) -> Iterator[Column]:
    view, group = make.view, "Mức xếp loại"

    def short(level: str | None) -> str:
        return view.regulation.level_short(level) if level else NONE_YET

    yield make.column(group, "Tự nhận", CENTRE, 17, lambda v: short(v.submission.proposed))
    yield make.column(
        group, "Đề xuất", CENTRE, 17, lambda v: short(v.assessment.level) if v.assessment.level else view.level_text(v.assessment), PROPOSAL
    )
    yield make.column(group, "Chính thức", CENTRE, 17, lambda v: short(v.assessment.official), OFFICIAL)


def _quota(make: _Maker) -> Iterator[Column]:
    view = make.view
    group = f"Hạn mức {lower_first(view.regulation.level_name(view.regulation.quota.chosen))}"
    yield make.column(group, "Đủ điều kiện", CENTRE, 9, partial(_eligible, view))
    yield make.column(group, "Thứ hạng", NUMBER, 8, lambda v: view.explanations[v.unit.code].rank)
    yield make.column(group, "Kết quả", CENTRE, 13, lambda v: place(view, v.unit.code), PLACE)


def _eligible(view: ProvinceView, v: UnitView) -> str:
    """Nobody is told "no" while the highest level is still possible."""
    open_yet = v.assessment.level is None and view.regulation.quota.chosen in v.assessment.possible
    return "Có" if v.assessment.candidate else RESULTS[OPEN] if open_yet else "Không"


def place(view: ProvinceView, code: str) -> str | None:
    """None for a unit that does not compete."""
    quota = view.quota
    found = ((INSIDE, quota.chosen), (AWAITED, quota.waiting), (OUTSIDE, quota.outside))
    return next((word for word, codes in found if code in codes), None)


def _state(make: _Maker) -> Column:
    rated = make.column("", "Tình trạng", CENTRE, 13, lambda v: STATES[v.assessment.state])
    return Column(rated.group, rated.head, rated.look, rated.width, tuple(FAULTY if cell is None else cell for cell in rated.cells))


def _conditions(make: _Maker) -> Iterator[Column]:
    """Conditions of the highest level one by one, in the regulation's words; defects and discipline in words."""
    regulation = make.view.regulation
    highest = next(level for level in regulation.heading.levels if level.code == regulation.quota.chosen)
    group = f"Điều kiện mức {lower_first(highest.name)} ({highest.citation})"
    for i, rule in enumerate(regulation.rating.conditions):
        head = f"{rule.text} ({rule.citation.removeprefix(highest.citation).strip()})"
        yield make.column(group, head, CENTRE, 15, partial(_result, rule.code), turn=i == 0)
    lowest = regulation.heading.levels[-1]
    yield make.column("", f"Khuyết điểm ({lowest.citation})", TEXT, 30, _defects)
    yield make.column("", "Xử lý kỷ luật", TEXT, 30, partial(_discipline, make.view))


def _discipline(view: ProvinceView, v: UnitView) -> str:
    """Every case that counts, as the council corrected them; persons without their names."""
    number = v.unit.number
    facts = effective.facts(view.regulation, v.submission, v.appraisal, number, {}) if v.appraisal else None
    cases = (facts or effective.own_facts(view.regulation, v.submission, number)).discipline
    told = [f"{WHOM.get(c.whom or '', UNWRITTEN)}: {PENALTY_NAMES.get(c.penalty or '', UNWRITTEN)}" for c in cases or ()]
    return NOT_SAID if cases is None else "; ".join(told) or "Không"


def _found(v: UnitView, code: str) -> Evidence | None:
    return next((e for e in v.assessment.evidence if e.code == code), None)


def _result(code: str, v: UnitView) -> str | None:
    found = _found(v, code)
    return RESULTS[found.result] if found else None


def _defects(v: UnitView) -> str | None:
    """What stands against the collective, or is not clear yet."""
    looked_at = [e for e in v.assessment.evidence if e.code in DEFECTS]
    if looked_at and all(e.result == OPEN for e in looked_at):
        return RESULTS[OPEN]
    against = [f"{e.text}: {with_comma(e.value)} ({RESULTS[e.result].lower()})" for e in looked_at if e.result != MET]
    return "; ".join(against) or ("Không" if looked_at else None)


def _opinions(make: _Maker) -> Iterator[Column]:
    for body in make.view.regulation.procedure.bodies:
        yield make.column("Ý kiến của chủ thể được hỏi", body.name, CENTRE, 16, partial(_opinion, make.view, body.code))


def _opinion(view: ProvinceView, body: str, v: UnitView) -> str:
    """The level the body agrees to; "-" where it is not asked about the unit."""
    state = next((o.state for o in view.explanations[v.unit.code].steps.opinions if o.body == body), None)
    said = v.appraisal.opinion(body) if v.appraisal else None
    if state is None:
        return NOT_ASKED
    return view.regulation.level_short(said.level) if state == GIVEN and said and said.level else OPINIONS[state]


def _votes(make: _Maker) -> Iterator[Column]:
    group = "Phiếu của Hội đồng thẩm định"
    yield make.column(group, "Hợp lệ", NUMBER, 8, lambda v: v.appraisal.votes.valid if v.appraisal and v.appraisal.votes else None)
    for level in make.view.regulation.heading.levels:
        yield make.column(group, level.short, NUMBER, 9, partial(_votes_for, level.code))


def _votes_for(level: str, v: UnitView) -> int | None:
    return v.appraisal.votes.by_level.get(level) if v.appraisal and v.appraisal.votes else None


def _dates(make: _Maker) -> Iterator[Column]:
    yield make.column("Ngày", "Họp kiểm điểm", DATE, 12, lambda v: v.submission.conference.date if v.submission.conference else None)
    yield make.column("Ngày", "Nhận hồ sơ", DATE, 12, lambda v: v.appraisal.received if v.appraisal else None)
    yield make.column("Ngày", "Thẩm định", DATE, 12, lambda v: v.appraisal.date if v.appraisal else None)
