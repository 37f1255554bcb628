"""Which of the unit's discipline cases an entry of the appraisal speaks of: one rule for those who check and those who rate."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.submission import DisciplineCase
from pipeline.model.values import name_key


def cases_meant(entry: DisciplineCase, own: Sequence[DisciplineCase]) -> tuple[int, ...]:
    """Positions among the unit's cases; none = a case the unit has not listed, several = the entry does not say which.

    Whom and name are enough where the unit has one case of them, so that its penalty and document can be corrected; where it has
    several the penalty tells them apart, then the document.
    """
    mine = [i for i, case in enumerate(own) if same_subject(entry, case)]
    alike = [i for i in mine if entry.penalty and own[i].penalty == entry.penalty]
    if len(mine) < 2 or len(alike) == 1:
        return tuple(alike if len(alike) == 1 else mine)
    among = alike or mine
    return tuple(i for i in among if same_document(entry, own[i])) if entry.document else tuple(among)


def same_subject(one: DisciplineCase, other: DisciplineCase) -> bool:
    return one.whom == other.whom and name_key(one.name) == name_key(other.name)


def same_document(one: DisciplineCase, other: DisciplineCase) -> bool:
    return name_key(one.document) == name_key(other.document)
