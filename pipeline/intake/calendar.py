"""Dates of a year -> impossible orders (lỗi) and deadlines missed (cảnh báo): draft, conference, file, appraisal, decision (Điều 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from pipeline.intake.places_of import seen_from
from pipeline.model.appraisal import Appraisal
from pipeline.model.province import Decisions, ProvinceYear
from pipeline.model.regulation import Body, Procedure, Regulation
from pipeline.model.submission import Conference, Submission
from pipeline.problems import Kind, Place, Problem, errors
from pipeline.reading.shape import Loaded

ERROR, WARNING = Kind.ERROR, Kind.WARNING


def own_calendar(loaded: Loaded[Submission], submission: Submission, regulation: Regulation, year: int) -> Iterator[Problem]:
    """The draft before the conference, the conference and the papers before the last day for the file."""
    meeting = submission.conference or Conference()
    yield from _draft(loaded, meeting, regulation.procedure)
    rule = regulation.procedure.deadlines.file
    if meeting.date and meeting.date > rule.last_day(year):
        what = f"hội nghị sau ngày {rule.last_day(year):%d/%m/%Y}, hạn cuối để nộp hồ sơ, nên hồ sơ nộp muộn ({rule.citation})"
        yield Problem(loaded.place("hoi_nghi", "ngay"), WARNING, what)
    for key, number in (submission.numbers or {}).items():
        if number and number.date and number.date > rule.last_day(year):
            what = f"văn bản ngày {number.date:%d/%m/%Y}, sau hạn cuối nộp hồ sơ {rule.last_day(year):%d/%m/%Y} ({rule.citation})"
            yield Problem(loaded.place("so_ngay_van_ban", key, "ngay"), WARNING, what)


def _draft(loaded: Loaded[Submission], meeting: Conference, procedure: Procedure) -> Iterator[Problem]:
    rule = procedure.deadlines.draft
    if not meeting.draft_sent or not meeting.date:
        return
    here, held = loaded.place("hoi_nghi", "gui_du_thao"), loaded.place("hoi_nghi", "ngay")
    if meeting.draft_sent > meeting.date:
        yield Problem(here, ERROR, f"gửi dự thảo sau ngày hội nghị ({seen_from(here, held)})", "sửa gui_du_thao hoặc ngay")
    elif days_between(meeting.draft_sent, meeting.date, rule.days or "lich") < (rule.days_before or 0):
        what = f"gửi dự thảo chưa đủ {rule.days_before} ngày trước hội nghị ({seen_from(here, held)}; {rule.citation})"
        yield Problem(here, WARNING, what)


def days_between(first: dt.date, last: dt.date, kind: str) -> int:
    """Calendar days (`lich`), or working days (`lam_viec`: Monday to Friday) after `first` up to `last`."""
    days = (last - first).days
    if kind == "lich":
        return days
    return sum((first + dt.timedelta(days=i + 1)).weekday() < 5 for i in range(days))


def appraisal_calendar(
    loaded: Loaded[Appraisal], appraisal: Appraisal, own: Loaded[Submission], regulation: Regulation, year: int
) -> Iterator[Problem]:
    """Appraised after the conference, after the unit's papers and after the file came in; the file in time."""
    submission = own.value
    held = submission.conference.date if submission and submission.conference else None
    here = loaded.place("ngay")
    if appraisal.date and held and appraisal.date < held:
        there = seen_from(here, own.place("hoi_nghi", "ngay"))
        what = f"thẩm định ngày {appraisal.date:%d/%m/%Y}, trước hội nghị của đơn vị ngày {held:%d/%m/%Y} ({there})"
        yield Problem(here, ERROR, what, "sửa ngày thẩm định")
    yield from _after_papers(here, appraisal.date, "thẩm định", own)
    received, rule = appraisal.received, regulation.procedure.deadlines.file
    if received is None:
        return
    at = loaded.place("nhan_ho_so")
    if appraisal.date and received > appraisal.date:
        yield Problem(at, ERROR, f"nhận hồ sơ sau ngày thẩm định ({seen_from(at, here)})", "sửa nhan_ho_so hoặc ngay")
    if held and received < held:
        there = seen_from(at, own.place("hoi_nghi", "ngay"))
        yield Problem(at, ERROR, f"nhận hồ sơ trước hội nghị của đơn vị ngày {held:%d/%m/%Y} ({there})", "sửa nhan_ho_so")
    yield from _after_papers(at, received, "nhận hồ sơ", own)
    if received > rule.last_day(year):
        what = f"hồ sơ nhận ngày {received:%d/%m/%Y}, quá hạn {rule.last_day(year):%d/%m/%Y} ({rule.citation})"
        yield Problem(at, WARNING, what)


def _after_papers(here: Place, date: dt.date | None, what: str, own: Loaded[Submission]) -> Iterator[Problem]:
    """Nothing is received or appraised before it is signed; the latest paper stands for all."""
    numbers = (own.value.numbers if own.value else None) or {}
    dated = [(number.date, key) for key, number in numbers.items() if number and number.date]
    if date is None or not dated or date >= max(dated)[0]:
        return
    signed, key = max(dated)
    there = seen_from(here, own.place("so_ngay_van_ban", key, "ngay"))
    found = f"{what} ngày {date:%d/%m/%Y}, trước ngày {signed:%d/%m/%Y} của văn bản «{key}» trong hồ sơ ({there})"
    yield Problem(here, ERROR, found, "sửa một trong hai ngày")


def appraisal_in_campaign(loaded: Loaded[Appraisal], province: Loaded[ProvinceYear], bodies: Iterable[Body]) -> Iterator[Problem]:
    """Appraised after opinions were asked and before the proposal was handed in (Điều 5 khoản 2); `bodies`: those asked about the unit."""
    date = loaded.value.date if loaded.value else None
    campaign = province.value.campaign if province.value else None
    if date is None or campaign is None or errors(province.problems):  # dates that contradict each other are mended first
        return
    here, asked, handed_in = loaded.place("ngay"), campaign.opinions_asked, campaign.submitted
    if asked and date < asked and any(body.when == "truoc_tham_dinh" for body in bodies):
        there = seen_from(here, province.place("thoi_gian", "xin_y_kien"))
        what = f"thẩm định ngày {date:%d/%m/%Y}, trước ngày xin ý kiến {asked:%d/%m/%Y} ({there})"
        yield Problem(here, ERROR, what, "sửa một trong hai ngày")
    if handed_in and date > handed_in:
        there = seen_from(here, province.place("thoi_gian", "trinh"))
        what = f"thẩm định ngày {date:%d/%m/%Y}, sau ngày trình {handed_in:%d/%m/%Y} ({there})"
        yield Problem(here, ERROR, what, "sửa một trong hai ngày")


def province_calendar(loaded: Loaded[ProvinceYear]) -> Iterator[Problem]:
    """Opinions asked, due, the council's meeting, the proposal handed in: in this order."""
    province = loaded.value
    assert province is not None
    campaign, council = province.campaign, province.council
    steps = [
        (("thoi_gian", "xin_y_kien"), campaign and campaign.opinions_asked, "ngày xin ý kiến"),
        (("thoi_gian", "han_y_kien"), campaign and campaign.opinions_due, "hạn cho ý kiến"),
        (("hoi_dong_tham_dinh", "ngay_hop"), council and council.date, "ngày họp Hội đồng thẩm định"),
        (("thoi_gian", "trinh"), campaign and campaign.submitted, "ngày trình Ban Thường vụ Tỉnh ủy"),
    ]
    known = [(path, date, name) for path, date, name in steps if date]
    for (before, first, earlier), (path, second, later) in zip(known, known[1:]):
        if second < first:
            here = loaded.place(*path)
            what = f"{later} {second:%d/%m/%Y} trước {earlier} {first:%d/%m/%Y} ({seen_from(here, loaded.place(*before))})"
            yield Problem(here, ERROR, what, "sửa một trong hai ngày")


def decision_calendar(
    loaded: Loaded[Decisions], province: Loaded[ProvinceYear], appraisals: Iterable[Loaded[Appraisal]]
) -> Iterator[Problem]:
    """Decided after every appraisal and after the proposal."""
    decided = loaded.value.date if loaded.value else None
    if decided is None:
        return
    here = loaded.place("ngay")
    for appraisal in appraisals:
        if appraisal.value and appraisal.value.date and appraisal.value.date > decided:
            there = seen_from(here, appraisal.place("ngay"))
            what = f"quyết định ngày {decided:%d/%m/%Y}, trước ngày thẩm định {appraisal.value.date:%d/%m/%Y} ({there})"
            yield Problem(here, ERROR, what, "sửa ngày quyết định hoặc ngày thẩm định")
    campaign = province.value.campaign if province.value else None
    if campaign and campaign.submitted and campaign.submitted > decided:
        there = seen_from(here, province.place("thoi_gian", "trinh"))
        what = f"quyết định ngày {decided:%d/%m/%Y}, trước ngày trình {campaign.submitted:%d/%m/%Y} ({there})"
        yield Problem(here, ERROR, what, "sửa một trong hai ngày")
