"""What left a case open, and who decided it -> words for the sheet, the terminal and the cases to report."""

from __future__ import annotations

from pipeline.model.explanation import Doubt, Explanation
from pipeline.model.regulation import Regulation
from pipeline.rendering.vietnamese import either, listing, lower_first, short_date


def doubt_words(doubt: Doubt | None, coded: bool = True) -> str:
    """What left a case open, without blaming the regulation for an unclear fact or the other way round.

    `coded`: with the readings' codes, where the paper explains them.
    """
    if doubt is None:
        return "chưa đủ căn cứ"
    found = [f"dữ kiện chưa rõ: {listing(list(doubt.facts))}"] if doubt.facts else []
    found += [f"các cách tính tổng điểm cho kết quả ở các khoảng khác nhau: {either(list(doubt.bands))}"] if doubt.bands else []
    found += list(doubt.quota)
    if doubt.readings and not doubt.quota:
        found.append("quy định chưa rõ" + (f" (cách hiểu {', '.join(doubt.readings)})" if coded else ""))
    return "; ".join(found)


def decision_words(regulation: Regulation, explanation: Explanation, coded: bool = True) -> str:
    """Why the case was open; who decided, when, which level, why."""
    decision = explanation.decision
    assert decision is not None
    day = f" ngày {short_date(decision.date)}" if decision.date else ""
    reason = f"; lý do: {decision.reason.rstrip('.')}" if decision.reason else ""
    level = lower_first(regulation.level_name(decision.level))
    return f"{doubt_words(explanation.doubt, coded)}; đồng chí {decision.who} quyết định{day}: {level}{reason}"
