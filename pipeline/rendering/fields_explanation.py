"""ProvinceView -> why each unit has its level: every branch of the article with value and place, what is missing, readings."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Any

from pipeline.model.assessment import CANDIDATE, MET, NOT_MET, OPEN, Assessment
from pipeline.model.explanation import DECISION, BranchFound, Doubt, Explanation, Finding
from pipeline.model.regulation import Reading, Regulation
from pipeline.rendering.doubts import decision_words, doubt_words
from pipeline.rendering.on_paper import on_paper, reading_number
from pipeline.rendering.other_ways import other_readings
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.quota_words import quota_sentences
from pipeline.rendering.told_once import told_once
from pipeline.rendering.vietnamese import capital, either, listing, lower_first, score, with_comma

NO_DOUBT = Doubt((), (), (), ())
RESULTS = {MET: "Đạt", NOT_MET: "Không đạt", OPEN: "Chưa rõ"}
BRANCH_RESULTS = {MET: "đủ điều kiện", NOT_MET: "không đủ điều kiện", OPEN: "chưa rõ"}
DECIDED_RESULTS = {MET: "áp dụng theo quyết định", NOT_MET: "không áp dụng theo quyết định"}
LOWEST_RESULTS = {MET: "áp dụng", NOT_MET: "không áp dụng", OPEN: "chưa rõ"}


def explanation_fields(view: ProvinceView) -> dict[str, Any]:
    once = told_once(view)
    sheets = [explain_unit(view, v, once, proposal_only=True) for v in view.units]
    used = {n for v in view.units for n in v.assessment.readings}
    used |= {other.reading for v in view.units for other in view.explanations[v.unit.code].readings}
    outside = view.regulation.quota.outside_reading
    if outside and set(view.quota.outside) & {v.unit.code for v in view.units}:
        used.add(outside)
    readings = [r for code, r in view.regulation.readings.items() if code in used]
    found = [{**_reading(view, r), "khac": once.get(r.code, "")} for r in readings]
    return on_paper({"phieu": sheets, "han_muc": quota_sentences(view), "cach_hieu": found}, view.regulation.readings)


def _reading(view: ProvinceView, reading: Reading) -> dict[str, Any]:
    """An unclear clause with every way to read it, so that a reason may speak of "cách b"."""
    applied = view.regulation.applied(reading.code, view.quota.basis)
    ways = [f"Cách {way}{' (đang áp dụng)' if way == applied else ''}: {words}" for way, words in reading.ways.items()]
    return {
        "so": reading_number(reading.code),
        "van_de": reading.issue,
        "can_cu": reading.citation,
        "cach": ways,
        "chon": f"Áp dụng cách {applied}." if applied else "Chưa chọn cách hiểu chung, người có thẩm quyền quyết định từng trường hợp.",
        "ly_do": reading.why,
    }


def explain_unit(view: ProvinceView, v: UnitView, elsewhere: Container[str] = (), proposal_only: bool = False) -> dict[str, Any]:
    """One unit's sheet; the same words go to the terminal (`explain`). `elsewhere`: readings told for all units together.

    `proposal_only`: nothing of the official level, as on paper that proposes.
    """
    a, explanation = v.assessment, view.explanations[v.unit.code]
    others = [o for o in explanation.readings if o.reading not in elsewhere]
    return {
        "tieu_de": f"{v.unit.number:02d}. {v.unit.collective}",
        "muc": view.level_text(a),
        "tu_cham": score(a.self_sheet.total if a.self_sheet else None) or "chưa đủ điểm",
        "tham_dinh": score(a.appraised_total) or ("chưa đủ điểm" if a.sheet else "chưa có"),
        "can_cu": _grounds(view.regulation, a),
        "ket_luan": conclusions(view, a, explanation, proposal_only),
        "hang": list(_tree(view.regulation, explanation.branches)),
        "cach_hieu": [*other_readings(view.regulation, a, others, short=True), *_without_effect(view, explanation, elsewhere)],
    }


def _without_effect(view: ProvinceView, explanation: Explanation, elsewhere: Container[str]) -> list[str]:
    """Readings a row refers to that change nothing here: said too, so that no reference leads nowhere."""
    told = {other.reading for other in explanation.readings}
    named = {f.reading for branch in explanation.branches for _, f in flat(branch) if f.reading and f.result != MET}
    return [
        f"Cách hiểu {code}: hiểu cách nào cũng không làm thay đổi kết quả của tập thể này."
        for code in view.regulation.readings
        if code in named - told and code not in elsewhere
    ]


def _grounds(regulation: Regulation, a: Assessment) -> str:
    """The articles of the level; through the quota those on the quota."""
    quota = regulation.quota
    if a.levels is None:
        return "chưa có kết quả thẩm định"
    if a.candidate and a.level in quota.outside and a.level != quota.chosen:
        return quota.outside_citation or quota.citation
    if a.decided_by:  # of the rows that left the case open, those that allow the level decided
        wanted = {CANDIDATE, a.level} if a.decided_level == quota.chosen else {a.level}
        rows = [row for row in regulation.rating.table if row.code in a.levels.rows and wanted & set(row.result)]
        return "; ".join(dict.fromkeys(row.citation for row in rows)) or "; ".join(a.levels.citations)
    waiting = [quota.citation] if a.candidate and not a.level else []
    return "; ".join(dict.fromkeys([*a.levels.citations, *waiting]))


def branch_title(regulation: Regulation, branch: BranchFound) -> str:
    """The lowest level has no conditions to satisfy: a unit falls under it."""
    words = LOWEST_RESULTS if branch.level == regulation.heading.levels[-1].code else BRANCH_RESULTS
    words = DECIDED_RESULTS if any(f.code == DECISION for f in branch.findings) else words
    return f"{regulation.level_name(branch.level)} ({branch.citation}), {branch.name}: {words[branch.result]}"


def flat(branch: BranchFound) -> Iterator[tuple[int, Finding]]:
    """The findings in order, each with its depth: what one is made up of follows it."""
    for finding in branch.findings:
        yield 0, finding
        yield from ((1, part) for part in finding.parts)


def _tree(regulation: Regulation, branches: tuple[BranchFound, ...]) -> Iterator[dict[str, str]]:
    """Short enough for a page (the terminal says it all): of a level's later branches that are not met, what fails alone; what a
    reading adds from another clause, only where it is not simply met."""
    blank = {"can_cu": "", "noi_dung": "", "gia_tri": "", "ket_qua": "", "noi": ""}
    said = set[str]()
    for branch in branches:
        yield {"loai": "muc", "ten": branch_title(regulation, branch), **blank}
        later = branch.level in said and branch.result == NOT_MET
        told = [
            f for f in branch.findings if f.result == NOT_MET or not later and (f.result == OPEN or f.citation.startswith(branch.citation))
        ]
        for depth, finding in flat(replace(branch, findings=tuple(told))):
            yield {"loai": "dong", "ten": "", **_cells(branch, depth, finding)}
        said.add(branch.level)


def _cells(branch: BranchFound, depth: int, f: Finding) -> dict[str, str]:
    text = f"+ {f.text}" if depth else f.text
    return {
        "can_cu": short_citation(branch.citation, f.citation),
        "noi_dung": text,
        "gia_tri": with_comma(f.value),
        "ket_qua": result_word(f),
        "noi": f.where,
    }


def short_citation(above: str, citation: str) -> str:
    """What the title row above does not say already: "gạch đầu dòng 5" under "Điều 6 khoản 1"."""
    article = above.split(" khoản ")[0]
    if citation.startswith(f"{above} "):
        return citation.removeprefix(f"{above} ")
    return citation.removeprefix(f"{article} ")


def result_word(f: Finding) -> str:
    """A condition whose clause is unclear refers to its reading when it is not simply met."""
    return f"Xem {f.reading}" if f.reading and f.result != MET else RESULTS[f.result]


def conclusions(view: ProvinceView, a: Assessment, explanation: Explanation, proposal_only: bool = False) -> list[str]:
    """Sentences from the level reached to what the next higher one would need."""
    regulation = view.regulation
    found = [_totals(regulation, a)] if a.levels and len(a.levels.bands) > 1 else []
    if explanation.quota:
        found.append(explanation.quota)
    if explanation.decision:
        found.append(capital(decision_words(regulation, explanation)) + ".")
    elif explanation.doubt and (told := replace(explanation.doubt, bands=())) != NO_DOUBT:
        found.append(capital(doubt_words(told)) + ".")
    if a.rated is None and a.self_sheet:
        names = either([lower_first(regulation.level_name(level)) for level in a.possible])
        found.append(f"Chưa có kết quả thẩm định nên chưa loại trừ mức nào: {names} ({regulation.rating.rated_total.citation}).")
    if a.rated is None and explanation.branches:
        found.append("Các điều kiện dưới đây xét theo số liệu tự đánh giá của đơn vị.")
    if a.missing:
        found.append(f"Còn thiếu: {listing(a.missing)}.")
    for option in explanation.possible:
        name = lower_first(regulation.level_name(option.level))
        unclear = f"; quy định chưa rõ, xem cách hiểu {', '.join(option.readings)}" if option.readings else ""
        when = f" nếu {', hoặc '.join(option.when)}" if option.when else " với các dữ kiện đã có"
        found.append(f"Có thể xếp {name}{when} ({'; '.join(option.citations)}{unclear}).")
    if explanation.gap and not explanation.quota:
        name = lower_first(regulation.level_name(explanation.gap.level))
        other = f" Hoặc: {listing(list(explanation.gap.other))}." if explanation.gap.other else ""
        found.append(f"Để đạt mức {name} còn thiếu: {listing(list(explanation.gap.lacking))}.{other}")
    if a.official and a.official != a.level and not proposal_only:
        found.append(_official(regulation, a, lower_first(regulation.level_name(a.official))))
    return found + [f"Lưu ý: {lower_first(w)}." for w in (*a.conflicts, *a.warnings)]


def _totals(regulation: Regulation, a: Assessment) -> str:
    """Why more than one band is possible: a total not known yet, or ways of adding up that disagree."""
    assert a.rated and a.levels
    bands = either([b.name for b in regulation.rating.bands if b.code in a.levels.bands])
    if a.total is None:
        low, high = (score(total) for total in a.rated.printed)
        return f"Tổng điểm chưa xác định, từ {low} đến {high} điểm, có thể thuộc khoảng {bands}."
    return f"Các cách tính tổng điểm cho kết quả ở các khoảng khác nhau: {bands}."


def _official(regulation: Regulation, a: Assessment, level: str) -> str:
    """The Standing Committee's level stands beside the proposal, with its reason where they differ."""
    if not a.level:
        return f"Mức chính thức đã ghi: {level}, trong khi chưa có mức đề xuất."
    reason = (a.official_reason or "").rstrip(".")
    return f"Mức chính thức: {level}; {f'lý do khác đề xuất: {reason}' if reason else 'chưa ghi lý do khác đề xuất'}."
