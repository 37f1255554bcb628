"""Documents of a dossier and who signs each -> the same with every signature numbered in signing order, under the name of its PDF field."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pipeline.forms.catalogue import Forms
from pipeline.model.files import DocumentPlan, Signature

NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def in_signing_order(documents: Sequence[DocumentPlan], forms: Forms, draft: bool) -> tuple[DocumentPlan, ...]:
    """The list of forms says when each form's turn comes (`thu_tu_ky`); nobody signs a draft.

    Within a turn the first signer signs every document, then the second: a secretary and a chair who sign 56 sheets take turns once.

    Names have the number first, all of one width, so that none is the beginning of another ("KY_05_..." and "KY_50_...").
    """
    if draft:
        return tuple(dataclasses.replace(document, signatures=()) for document in documents)
    turns = {form.code: form.signing_turn or 0 for form in forms.forms}
    places = [(i, j) for i, document in enumerate(documents) for j in range(len(document.signatures))]
    queue = sorted(places, key=lambda place: (turns[documents[place[0]].stem.split("/")[0]], place[1], place[0]))
    width = max(2, len(str(len(queue))))
    order = {place: number for number, place in enumerate(queue, 1)}
    return tuple(
        dataclasses.replace(
            document,
            signatures=tuple(_named(s, document.stem, order[i, j], width) for j, s in enumerate(document.signatures)),
        )
        for i, document in enumerate(documents)
    )


def _named(signature: Signature, stem: str, order: int, width: int) -> Signature:
    field = f"KY_{order:0{width}}_{NOT_PLAIN.sub('_', stem).strip('_')}_{signature.blank}"
    return dataclasses.replace(signature, order=order, field=field)
