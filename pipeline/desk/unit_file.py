"""A unit, the regulation and the unit's file of the year before -> the text of its new file: every row with its wording, answers empty."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.desk.comments import comment, quoted
from pipeline.key_words import all_words
from pipeline.model.regulation import Regulation
from pipeline.model.submission import PENALTIES, Conference, Member, Report, SelfGrades, Submission, Votes
from pipeline.model.unit import Unit
from pipeline.model.values import LEVELS

NOBODY = "Năm trước không có tệp dùng được: ghi từng người, mỗi người bốn dòng như mẫu."
CARRIED = "Họ tên, chức vụ chép từ năm trước: kiểm tra lại, thêm hoặc bớt người; xep_loai là mức hội nghị đề nghị."


def unit_file(unit: Unit, regulation: Regulation, year: int, before: Submission | None) -> str:
    """`before`: the unit's file of last year; None = there is none, or it cannot be used."""
    return (
        templates()
        .get_template("don_vi.yaml.j2")
        .render(
            unit=unit,
            year=year,
            illustrative=bool(before and before.illustrative == "co"),
            citation=regulation.scoring.total.citation,
            parts=regulation.parts(unit.section),
            before=carried_forward(regulation, unit, year, before),
            conditions=[c for c in regulation.rating.conditions if c.code in all_words()["Conditions"]],
            findings=[("mat_doan_ket", regulation.rating.defects.disunity), ("suy_thoai", regulation.rating.defects.degeneration)],
            targets=regulation.rating.defects.targets,
            penalties=", ".join(PENALTIES[1:]),
            members=(before.members if before else None) or [Member(ho_ten="", chuc_vu="", dung_dau="co", xep_loai=None)],
            members_note=CARRIED if before and before.members else NOBODY,
            levels=", ".join(f"{level.code} ({level.name.lower()})" for level in regulation.heading.levels),
            documents=regulation.dossier.documents,
            conference=_keys(Conference, "phieu"),
            votes=_keys(Votes),
            levels_of_votes=LEVELS,
            grades=_keys(SelfGrades),
            narratives=_keys(Report, "chi_dao_kiem_diem", "tu_danh_gia"),
            signer=before.signer if before else None,
            recipients=(before.recipients if before else None) or (),
        )
    )


def carried_forward(regulation: Regulation, unit: Unit, year: int, before: Submission | None) -> dict[str, list[str]]:
    """Row code or narrative -> what last year's file says that this year has to answer (Phụ lục, mục C)."""
    found: dict[str, list[str]] = defaultdict(list)
    rule, last = regulation.scoring.carried, year - 1
    for row in rule.weaknesses:
        found[row] += _weaknesses(last, before)
    found["khac_phuc_ky_truoc"] += _weaknesses(last, before)
    for row, answers in rule.follows.items():
        entry = before.rows.get(row) if before else None
        if entry is not None:
            said = f"không áp dụng: {entry.not_applicable}" if entry.not_applicable else "có chấm điểm"
            found[answers].append(f"Năm {last}, hàng {row}: {said}")
    return found


def _weaknesses(year: int, before: Submission | None) -> list[str]:
    if before is None:
        return [f"Hạn chế đã nêu năm {year}: chưa có tệp năm {year} dùng được, xem báo cáo kiểm điểm đã nộp."]
    told = before.report.shortcomings if before.report else None
    return [f"Hạn chế đã nêu năm {year}:", *_lines(told)] if told else [f"Năm {year} không nêu hạn chế nào."]


def _lines(text: str) -> Iterable[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _keys(model: type, *without: str) -> list[str]:
    return [key for key in all_words()[model.__name__] if key not in without]


def _words(model: str, key: str) -> str:
    return all_words()[model][key].comment


@functools.cache
def templates() -> Environment:
    """Forms of new files. No autoescape: what is written is YAML, and every value goes through `quoted` or `comment`."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(comment=comment, quoted=quoted, words=_words)
    return environment
