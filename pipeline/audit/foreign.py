"""Every unit's files, appraisals and decisions -> what may stand in the dossier of nobody else: names, people, symbols, sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.needles import Needles
from pipeline.audit.text import texts_in
from pipeline.model.appraisal import Appraisal
from pipeline.model.province import Decisions
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit

UNIT, SYMBOL, PERSON, SENTENCE = "tên đơn vị khác", "ký hiệu của đơn vị khác", "tên người của đơn vị khác", "câu trong tệp của đơn vị khác"
COUNCIL, DECIDED = "câu trong tệp thẩm định", "nội dung quyết định"
APPRAISAL = "tham_dinh"  # an owner that no dossier of a unit belongs to
UnitTexts = tuple[Unit, Submission | None, Appraisal | None]


def needles_of(units: Iterable[UnitTexts], decisions: Decisions | None) -> Needles:
    found = Needles()
    for unit, submission, appraisal in units:
        for name in {unit.name, unit.collective, *_headings(unit)}:
            found.add(unit.code, UNIT, name)
        found.add(unit.code, SYMBOL, unit.symbol)
        if submission:
            for person in people(submission):
                found.add(unit.code, PERSON, person)
            found.add_sentences(unit.code, SENTENCE, texts_in(submission.model_dump()))
        if appraisal:
            found.add_sentences(APPRAISAL, COUNCIL, texts_in(appraisal.model_dump()))
    if decisions:
        found.add_sentences(APPRAISAL, DECIDED, texts_in(decisions.model_dump()))
        if decisions.number:
            found.add(APPRAISAL, DECIDED, f"{decisions.number}-QĐ/TU")
    return found


def _headings(unit: Unit) -> Iterator[str]:
    """As letterheads have it, in capitals."""
    yield unit.name.upper()
    if unit.heading:
        yield " ".join(unit.heading.upper().split(" / "))


def people(submission: Submission) -> Iterator[str]:
    meeting = submission.conference
    named = [m.name for m in submission.members or []]
    named += [meeting.chair, meeting.secretary, *(a.name for a in meeting.absent or [])] if meeting else []
    named += [submission.signer.name] if submission.signer else []
    yield from (name for name in named if name and " " in name)


def own_texts(unit: Unit, submission: Submission) -> tuple[str, ...]:
    """What a dossier may say because the unit's own file or its entry in the register says it."""
    return tuple(texts_in([unit.model_dump(), unit.collective, *_headings(unit), submission.model_dump()]))
