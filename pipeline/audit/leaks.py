"""Everything readable in a unit's dossier + what belongs to others -> what of the appraisal or of another unit stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.audit.needles import Needles
from pipeline.audit.passages import Passage
from pipeline.audit.text import tight
from pipeline.model.audit import AuditFinding

POINTS = re.compile(r"(?<![\d.,/])(\d{1,3})[.,](\d{1,2})(?![\d%/]|[.,]\d|\s*%)")


@dataclass(frozen=True)
class Secrets:
    """What one unit's dossier may not hold: `allowed` sequences are in its own file, the forms, the regulation or the year's settings."""

    unit: str
    needles: Needles
    allowed: frozenset[tuple[str, ...]]
    points: frozenset[Decimal]  # of the appraisal, where the unit has no such figure itself
    phrases: tuple[str, ...]  # words of the appraisal and the decision
    own: str  # tight


def leak_findings(passages: Iterable[Passage], secrets: Secrets) -> Iterator[AuditFinding]:
    for passage in passages:
        yield from _named(passage, secrets)
        yield from _figures(passage, secrets)


def _named(passage: Passage, secrets: Secrets) -> Iterator[AuditFinding]:
    for place, sequence in secrets.needles.inside(passage.words):
        needle = secrets.needles.found[sequence]
        if secrets.unit not in needle.owners and sequence not in secrets.allowed:
            yield AuditFinding(passage.file, passage.page_of_word(place), f"có {needle.kind}: «{needle.text[:100]}»")


def _figures(passage: Passage, secrets: Secrets) -> Iterator[AuditFinding]:
    for page, text in passage.numbered:
        close = tight(text)
        for match in POINTS.finditer(text) if secrets.points else ():
            if Decimal(f"{match[1]}.{match[2]}") in secrets.points and match[0] not in secrets.own:
                yield AuditFinding(passage.file, page, f"có điểm thẩm định «{match[0]}»")
        for phrase in secrets.phrases:
            if tight(phrase) in close and tight(phrase) not in secrets.own:
                yield AuditFinding(passage.file, page, f"có nội dung thẩm định, quyết định: «{phrase}»")
