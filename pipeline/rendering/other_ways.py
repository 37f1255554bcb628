"""Readings taken another way and what they would change for a collective -> one sentence for each reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.model.assessment import PROPOSED, WAITING, Assessment
from pipeline.model.explanation import OtherReading
from pipeline.model.regulation import Regulation
from pipeline.rendering.vietnamese import either, listing, lower_first, with_comma

COUNCIL = "Hội đồng thẩm định"


def other_readings(regulation: Regulation, a: Assessment, others: Sequence[OtherReading], short: bool = False) -> list[str]:
    """One sentence for each reading: "Cách hiểu n5: đang áp dụng «...»; nếu hiểu «...» hoặc «...» thì mức là ...".

    `short`: for the printed sheet, whose last part says which way is applied.
    """
    return [_ways(regulation, a, list(group), short) for _, group in groupby(others, key=lambda other: other.reading)]


def _ways(regulation: Regulation, a: Assessment, others: Sequence[OtherReading], short: bool) -> str:
    reading, applied = regulation.readings[others[0].reading], others[0].applied
    if applied is None and a.decided_by:
        now = "chưa chọn cách hiểu chung; mức của tập thể này theo quyết định riêng nêu trên"
    elif applied is None:
        now = "chưa chọn cách nào, chờ người có thẩm quyền quyết định"
    elif a.total is None and any(other.total for other in others):
        now = f"theo cách đang áp dụng «{_bare(reading.ways[applied])}» chưa tính được tổng điểm"
    else:
        now = "" if short else f"đang áp dụng «{_bare(reading.ways[applied])}»"
    ways: dict[str, list[str]] = {}
    for other in others:
        ways.setdefault(", ".join(_changes(regulation, a, other)), []).append(f"«{_bare(reading.ways[other.way])}»")
    return (
        f"Cách hiểu {reading.code}: {'; '.join([*filter(None, [now]), *(f'nếu hiểu {either(w)} thì {what}' for what, w in ways.items())])}."
    )


def _changes(regulation: Regulation, a: Assessment, other: OtherReading) -> list[str]:
    """What is not as it is now: rows to be scored again, the total, the level."""
    if other.scored_again:
        by = {who: [r.code for r in other.scored_again if r.appraised == (who == COUNCIL)] for who in (COUNCIL, "đơn vị")}
        rows = [f"hàng {listing(codes)} (điểm do {who} chấm)" for who, codes in by.items() if codes]
        return [f"cần chấm lại {listing(rows)} vì điểm đã chấm quá điểm tối đa của hàng, nên chưa tính được tổng điểm"]
    found = []
    if other.total != ("" if a.total is None else f"{a.total:.2f}"):
        found.append(f"điểm là {with_comma(other.total)}" if other.total else "chưa tính được tổng điểm")
    before = (a.level,) if a.level else tuple(a.possible)
    if (other.levels, other.state == PROPOSED) != (before, a.state == PROPOSED):
        names = either([lower_first(regulation.level_name(level)) for level in other.levels])
        said = {PROPOSED: f"mức là {names}", WAITING: f"mức chờ quyết định ({names})"}
        found.append(said.get(other.state, f"chưa đủ dữ liệu để xếp mức ({names})"))
    return found


def _bare(text: str) -> str:
    return lower_first(text.rstrip("."))
