"""Sheets and levels -> claims about what a clerk wrote: points above the maximum, a reason owed, a level the score does not support.

A claim names the path of keys in the clerk's file; the conductor turns it into a Problem with line and column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.assessment import CANDIDATE, Assessment, ScoredRow, ScoreSheet
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.model.submission import Submission
from pipeline.problems import Kind
from pipeline.rating.shares import plain


@dataclass(frozen=True)
class Claim:
    path: tuple[str | int, ...]
    kind: Kind
    what: str
    write: str = ""
    other: tuple[str | int, ...] = ()  # the second place of a contradiction


def row_claims(
    regulation: Regulation, section: str, sheet: ScoreSheet, written: dict[str, RowEntry], reasons: Mapping[str, str | None] | None = None
) -> Iterator[Claim]:
    """For the rows one scorer wrote: Điều 4 khoản 1 (maximum) and khoản 2 (reason for whoever cut).

    `reasons`: those the unit gave; where one reason is enough they also answer for the appraiser.
    """
    citations = {row.code: criterion.citation_of(row.code) for _, criterion, row in regulation.rows(section)}
    given = (reasons or {}) if regulation.scoring.reason.each == "khong" else {}
    for code, entry in written.items():
        row = sheet.rows.get(code)
        if row is None or row.points is None or row.maximum.printed is None:
            continue
        if above_maximum(regulation, row, entry):
            limit = plain(row.maximum.printed)
            yield Claim(
                ("cham_diem", code, "diem"),
                Kind.ERROR,
                f"hàng {code} chấm {plain(row.points)} điểm, quá điểm tối đa {limit} ({citations[code]})",
                f"viết số không quá {limit}",
            )
        elif row.cut and not entry.reason and "reason" not in entry.model_fields_set and not given.get(code):
            yield Claim(
                ("cham_diem", code),
                Kind.OWED,
                f"hàng {code} chấm {plain(row.points)}/{plain(row.maximum.printed)} điểm mà chưa nêu lý do trừ điểm "
                f"({regulation.scoring.reason.citation})",
                'thêm ly_do: "..."',
            )


def above_maximum(regulation: Regulation, row: ScoredRow, entry: RowEntry) -> bool:
    """Above a maximum (Điều 4 khoản 1); only a share of the plan may be, where the cap is read so."""
    if row.points is None or row.maximum.printed is None or row.maximum.granted:
        return False
    return row.points > row.maximum.printed and (entry.points is not None or regulation.scoring.cap.percent is not None)


def stuck_claims(regulation: Regulation, sheet: ScoreSheet) -> Iterator[Claim]:
    """A criterion without any content to score: nothing says where its points go, so at least one must be scored."""
    for criterion in sheet.stuck:
        rule = regulation.scoring.first_of_c
        citation = rule.citation if criterion == rule.criterion else regulation.scoring.not_applicable.whole_criterion.citation
        yield Claim(
            ("cham_diem",),
            Kind.OWED,
            f"tiêu chí {criterion} không còn nội dung nào để chấm nên chưa tính được tổng điểm ({citation})",
            f"chấm điểm ít nhất một nội dung của tiêu chí {criterion}",
        )


def own_level_claims(regulation: Regulation, submission: Submission, assessment: Assessment) -> Iterator[Claim]:
    """Warnings about the level the collective proposes for itself: against its score, against its votes."""
    found = assessment.self_levels
    if submission.proposed and found:
        best = regulation.quota.chosen if found.levels[0] == CANDIDATE else found.levels[0]
        if regulation.rank(submission.proposed) < regulation.rank(best):
            yield Claim(
                ("tu_nhan",),
                Kind.WARNING,
                f"tự nhận «{regulation.level_name(submission.proposed).lower()}», cao hơn mức mà điểm tự chấm và các điều kiện cho phép "
                f"(«{regulation.level_name(best).lower()}», {'; '.join(found.citations)})",
            )
    votes = submission.conference.votes if submission.conference else None
    counts = {level: count for level, count in (votes.by_level if votes else {}).items() if count}
    most = [level for level, count in counts.items() if count == max(counts.values())]
    if submission.proposed and most and submission.proposed not in most:
        names = " và ".join(f"«{regulation.level_name(level).lower()}»" for level in most)
        yield Claim(
            ("tu_nhan",),
            Kind.WARNING,
            f"tự nhận «{regulation.level_name(submission.proposed).lower()}», khác mức được nhiều phiếu nhất ở hội nghị: {names}",
            other=("hoi_nghi", "phieu"),
        )
