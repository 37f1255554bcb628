"""Score sheets -> the rows of the scoring table (six columns, sections, criteria, dashes, totals) and the lists around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pipeline.model.assessment import ScoredRow, ScoreSheet
from pipeline.model.criteria import Criterion, Dash, Section
from pipeline.model.rating_rules import DefectRules
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission, Targets
from pipeline.rendering.letterhead import MISSING
from pipeline.rendering.vietnamese import capital, count, ordinal, score, short_score

AGREED = "Thẩm định: Thống nhất với lý do của đơn vị."
NOT_APPLICABLE = "Không áp dụng"
NONE = "Không có"


def table_rows(regulation: Regulation, section: str, own: ScoreSheet, appraised: ScoreSheet | None) -> list[dict[str, Any]]:
    """`appraised` None leaves the column "Điểm thẩm định" empty, as in the unit's own dossier."""
    rows: list[dict[str, Any]] = []
    for part in regulation.parts(section):
        rows.append(_row("muc", ten=_heading(regulation, part)))
        for criterion in part.criteria:
            if criterion.dashes:
                rows.append(_criterion(criterion, own, appraised))
            rows += [_scored(criterion, row, own, appraised) for row in criterion.rows]
        rows[-1]["giu"] = "x"  # no sum stands alone at the head of a page
        rows.append(
            _row(
                "tong",
                ten=f"Cộng mục {part.part}",
                toi_da=short_score_of(part.total),
                tu_cham=score(own.parts[part.part]),
                tham_dinh=score(appraised.parts[part.part]) if appraised else "",
            )
        )
    rows[-1]["giu"] = "x"
    rows.append(
        _row(
            "tong",
            ten="TỔNG ĐIỂM",
            toi_da=short_score_of(regulation.scoring.total.points),
            tu_cham=score(own.total),
            tham_dinh=score(appraised.total) if appraised else "",
        )
    )
    return rows


def short_score_of(points: int | None) -> str:
    return str(points or 0)


def _row(kind: str, **values: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {"stt": "", "ten": "", "toi_da": "", "giu": "", "tu_cham": "", "tham_dinh": "", "ly_do": [""]}
    return {"loai": kind, **blank, **values}


def _heading(regulation: Regulation, part: Section) -> str:
    values = {"{tieu_de}": part.title, "{diem}": str(part.total), "{so}": part.code.rpartition(".")[2]}
    words = regulation.part_rule(part).heading
    for mark, value in values.items():
        words = words.replace(mark, value)
    return words


def _criterion(criterion: Criterion, own: ScoreSheet, appraised: ScoreSheet | None) -> dict[str, Any]:
    maxima = [own.rows[r.code].maximum for r in criterion.rows]
    total = sum((m.printed or Decimal(0) for m in maxima), Decimal(0))
    return _row(
        "tieu_chi",
        stt=criterion.code.split(".")[1],
        ten=criterion.text,
        toi_da=_maximum(total, sum((m.standard for m in maxima), Decimal(0))),
        tu_cham=_points(criterion, own),
        tham_dinh=_points(criterion, appraised) if appraised else "",
    )


def _points(criterion: Criterion, sheet: ScoreSheet) -> str:
    rows = [sheet.rows[r.code] for r in criterion.rows if sheet.rows[r.code].applies]
    if not rows:
        return NOT_APPLICABLE
    return "" if any(r.points is None for r in rows) else score(sum((r.points for r in rows if r.points is not None), Decimal(0)))


def _scored(criterion: Criterion, row: Dash, own: ScoreSheet, appraised: ScoreSheet | None) -> dict[str, Any]:
    mine, theirs = own.rows[row.code], appraised.rows[row.code] if appraised else None
    shown = theirs or mine
    maximum = shown.maximum.printed if shown.applies else shown.maximum.printed or Decimal(0)
    return _row(
        "hang",
        stt="-" if criterion.dashes else criterion.code.split(".")[1],
        ten=row.text,
        toi_da=_maximum(maximum, shown.maximum.standard),
        tu_cham=_cell(mine),
        tham_dinh=_cell(theirs) if theirs else "",
        ly_do=_reasons(mine, theirs),
    )


def _maximum(points: Decimal | None, standard: Decimal) -> str:
    """ "7 (4)" where points were carried over, "0 (1)" where a content does not apply: all rows still add up to the total."""
    if points is None or points == standard:
        return short_score(points)
    return f"{short_score(points)} ({short_score(standard)})"


def _cell(row: ScoredRow) -> str:
    return score(row.points) if row.applies else NOT_APPLICABLE


def _reasons(mine: ScoredRow, theirs: ScoredRow | None) -> list[str]:
    own = mine.not_applicable or (mine.reason if mine.cut else None) or ""
    if theirs is None:
        return [own]
    if not theirs.changed:
        agreed = [AGREED] if mine.cut or mine.not_applicable else []
        return [f"Đơn vị: {own}", *agreed] if own else [""]
    council = theirs.not_applicable or theirs.reason or ""
    return [*([f"Đơn vị: {own}"] if own else []), *([f"Thẩm định: {council}"] if council else [])] or [""]


def table_notes(regulation: Regulation, sheet: ScoreSheet) -> list[str]:
    """Why maxima differ from the standard points, in the words of the table's own numbering."""
    more = {code: row for code, row in sheet.rows.items() if row.maximum.printed and row.maximum.printed > row.maximum.standard}
    differs = any((row.maximum.printed or 0) != row.maximum.standard for row in sheet.rows.values())
    if not differs:
        return []
    cited = _shortened(dict.fromkeys(c for row in more.values() for c in row.maximum.why))
    source = f" ({'; '.join(cited)})" if cited else ""
    carried = f"điểm chuẩn của {named(more)} đã được cộng dồn điểm của nội dung không áp dụng{source}; " if more else ""
    return [f"Ghi chú: {carried}số trong ngoặc là điểm chuẩn của Quy định."]


def _shortened(citations: Iterable[str]) -> list[str]:
    """Places of one section said once: "tiêu chí 2" is part of "tiêu chí 2 và tiêu chí 3"."""
    found: dict[str, list[str]] = {}
    for where, _, last in (c.rpartition(", ") for c in citations):
        found.setdefault(where, []).append(last)
    kept = {
        where: [a for a in lasts if not any(a != b and re.search(rf"{re.escape(a)}(?!\w)", b) for b in lasts)]
        for where, lasts in found.items()
    }
    return [", ".join([where, *lasts] if where else lasts) for where, lasts in kept.items()]


def named(codes: Iterable[str]) -> str:
    """C.1.1, C.1.2 -> "nội dung thứ nhất, thứ hai, tiêu chí 1, mục C"; B.1, B.2 -> "tiêu chí 1, 2, mục B": they have no contents."""
    contents: dict[str, list[str]] = {}
    whole: dict[str, list[str]] = {}
    for part, criterion, *dash in (code.split(".") for code in codes):
        if dash:
            contents.setdefault(f"tiêu chí {criterion}, mục {part}", []).append(ordinal(int(dash[0])))
        else:
            whole.setdefault(part, []).append(criterion)
    named = [f"tiêu chí {', '.join(criteria)}, mục {part}" for part, criteria in whole.items()]
    return "; ".join([*named, *(f"nội dung {', '.join(dashes)}, {where}" for where, dashes in contents.items())])


def evidence_rows(regulation: Regulation, section: str, sheet: ScoreSheet) -> list[dict[str, str]]:
    rows = [
        {"ma": capital(named([r.code])), "ket_qua": r.how, "minh_chung": r.evidence}
        for _, _, d in regulation.rows(section)
        if (r := sheet.rows[d.code]).evidence and r.applies
    ]
    return rows or [{"ma": "", "ket_qua": "", "minh_chung": "..." if sheet.blank else NONE}]


def condition_rows(regulation: Regulation, submission: Submission) -> list[dict[str, str]]:
    """Conditions of Điều 6 khoản 1 and defects of khoản 4 as the unit states them; where nothing has to be proved the cell stays empty."""
    rules, written, defects = regulation.rating, submission.conditions, submission.defects
    found: list[tuple[Any, str | None, str | None]] = []
    if written:
        for key, item in (
            ("doan_ket_tieu_bieu", written.exemplary),
            ("doi_moi_sang_tao", written.innovative),
            ("cai_cach_hanh_chinh", written.reforming),
        ):
            owed = MISSING if item and item.met == "co" else None
            found.append((rules.condition(key), item.met if item else None, (item.evidence if item else None) or owed))
        suggestion = written.suggestion
        found.append(
            (
                rules.condition("goi_y_kiem_diem"),
                _negative(suggestion.happened if suggestion else None),
                suggestion.document if suggestion else None,
            )
        )
    if defects:
        for rule, finding in ((rules.defects.disunity, defects.disunity), (rules.defects.degeneration, defects.degeneration)):
            found.append((rule, _negative(finding.happened if finding else None), finding.document if finding else None))
    rows = [
        {"noi_dung": rule.text, "can_cu": rule.citation, "gia_tri": WORDS.get(value or "", ""), "minh_chung": note or ""}
        for rule, value, note in found
    ]
    rows += _target_rows(rules.defects, defects.targets if defects else None)
    return [{"stt": str(i), **row} for i, row in enumerate(rows, 1)]


def _target_rows(rules: DefectRules, targets: Targets | None) -> list[dict[str, str]]:
    """The counts of targets, and "Đạt" where they leave no doubt; what anything less means is the appraisal's business."""
    targets = targets or Targets.model_construct(**dict.fromkeys(Targets.model_fields))
    least = Fraction(100 if rules.targets.below is None else rules.targets.below) / 100
    counts = ((rules.targets, targets.done, targets.assigned, least), (rules.key_targets, targets.key_done, targets.key, Fraction(1)))
    excuse = f"Bất khả kháng: {targets.document}" if targets.force_majeure == "co" and targets.document else ""
    return [
        {
            "noi_dung": rule.text,
            "can_cu": rule.citation,
            "gia_tri": _reached(done, whole, enough),
            "minh_chung": excuse if rule is rules.key_targets else "",
        }
        for rule, done, whole, enough in counts
    ]


def _reached(done: int | None, whole: int | None, enough: Fraction) -> str:
    if whole == 0:
        return NONE
    clear = done is not None and whole is not None and Fraction(done, whole) >= enough
    return f"Đạt ({count(done)}/{count(whole)})" if clear else f"{count(done)}/{count(whole)}"


WORDS = {"co": "Đạt", "khong": "Không đạt", "chua_ro": "Chưa rõ"}


def _negative(value: str | None) -> str | None:
    return {"co": "khong", "khong": "co"}.get(value or "", value)
