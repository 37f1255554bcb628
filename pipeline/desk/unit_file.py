"""A unit, the regulation and the unit's file of the year before -> the text of its new file: every row with its wording, answers empty."""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.desk.comments import blank, comment, quoted
from pipeline.desk.last_year import LastYear, to_answer
from pipeline.key_words import all_words
from pipeline.model.regulation import Regulation
from pipeline.model.submission import PENALTIES, Conditions, Conference, Member, Report, SelfGrades, Targets, Votes
from pipeline.model.unit import Unit
from pipeline.model.values import LEVELS

NOBODY = Member(ho_ten=None, chuc_vu=None, dung_dau="co", xep_loai=None)  # shows how a person is written


def unit_file(unit: Unit, regulation: Regulation, year: int, last: LastYear) -> str:
    """Whatever is not known yet is an empty value, so that the program lists it as still to be filled in."""
    before = last.submission
    parts = regulation.parts(unit.section)
    own = next((part for part in parts if part.code == unit.section), parts[-1])
    return (
        templates()
        .get_template("don_vi.yaml.j2")
        .render(
            unit=unit,
            year=year,
            last=last,
            before=before,
            citation=regulation.scoring.total.citation,
            parts=parts,
            examples=[parts[0].rows[0].code, own.rows[0].code],
            to_answer=to_answer(regulation, last),
            suggestion_row=regulation.scoring.suggestion_row.code,
            conditions=[c for c in regulation.rating.conditions if c.code in all_words()[Conditions.__name__]],
            findings=[("mat_doan_ket", regulation.rating.defects.disunity), ("suy_thoai", regulation.rating.defects.degeneration)],
            targets=regulation.rating.defects.targets,
            target_keys=_keys(Targets, "van_ban", "danh_muc_chu_yeu", "ly_do"),
            penalties=", ".join(PENALTIES[1:]),
            members=(before.members if before else None) or [NOBODY],
            levels=", ".join(f"{level.code} ({level.name.lower()})" for level in regulation.heading.levels),
            documents=regulation.dossier.documents,
            conference=_keys(Conference, "vang", "y_kien", "phieu"),
            votes=_keys(Votes),
            levels_of_votes=LEVELS,
            grades=_keys(SelfGrades),
            narratives=_keys(Report, "chi_dao_kiem_diem", "tu_danh_gia"),
        )
    )


def _keys(model: type, *without: str) -> list[str]:
    return [key for key in all_words()[model.__name__] if key not in without]


def _words(model: str, key: str) -> str:
    return all_words()[model][key].comment


def _title(model: str, key: str) -> str:
    return all_words()[model][key].tieu_de


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
    environment.globals.update(comment=comment, blank=blank, quoted=quoted, words=_words, title=_title)
    return environment
