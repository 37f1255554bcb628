"""A unit's file of the year before -> what its new file has to answer or may carry over (Phụ lục, mục C: what was named has to be remedied)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.model.submission import Submission

REMEDIES = "khac_phuc_ky_truoc"  # the narrative that answers last year's weaknesses
GROUNDS = {"goi_y": "bị gợi ý kiểm điểm", "phe_binh": "bị phê bình"}


@dataclass(frozen=True)
class LastYear:
    """`submission`: None = there is no file of that year, or it cannot be used; `same_law`: its rows are this year's."""

    year: int
    submission: Submission | None = None
    same_law: bool = True


def to_answer(regulation: Regulation, last: LastYear) -> dict[str, list[str]]:
    """Row code or narrative -> lines for the clerk."""
    found: dict[str, list[str]] = defaultdict(list)
    rule = regulation.scoring.carried
    for key in (*rule.weaknesses, REMEDIES):
        found[key] += _weaknesses(last)
    for row, answers in rule.follows.items():
        found[answers] += _followed(regulation, last, row)
    return found


def _weaknesses(last: LastYear) -> list[str]:
    if last.submission is None:
        return [f"Hạn chế đã nêu năm {last.year}: chưa có tệp năm {last.year} dùng được; xem báo cáo kiểm điểm đã nộp."]
    report = last.submission.report
    told = (report.shortcomings or report.weaknesses_of_work or "") if report else ""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    return [f"Hạn chế đã nêu năm {last.year}, trả lời từng việc:", *lines] if lines else [f"Tệp năm {last.year} không nêu hạn chế nào."]


def _followed(regulation: Regulation, last: LastYear, row: str) -> Iterator[str]:
    """What last year's row was scored for, which this year's row asks about again."""
    if last.submission is None or not last.same_law:
        yield f"Chưa có tệp năm {last.year} dùng được cho hàng này; xem biểu chấm điểm đã nộp."
        return
    yield f"Năm {last.year}, hàng {row}: {_said(last.submission.rows.get(row))}"
    suggested = last.submission.conditions.suggestion if last.submission.conditions else None
    if row == regulation.scoring.suggestion_row.code and suggested and suggested.happened == "co":
        yield f"Năm {last.year} bị gợi ý kiểm điểm: {suggested.document or 'chưa ghi văn bản'}"


def _said(entry: RowEntry | None) -> str:
    if entry is None or not entry.model_fields_set:
        return "chưa ghi"
    if entry.not_applicable:
        return f"không áp dụng. {entry.not_applicable}"
    told = (GROUNDS.get(entry.ground or ""), entry.evidence, entry.reason and f"trừ điểm vì: {entry.reason}")
    return "; ".join(["có chấm điểm", *(t for t in told if t)])
