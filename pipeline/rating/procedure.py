"""A unit's file, its appraisal and the decision -> how far the three steps of Điều 5 have come and which opinions are owed."""

from __future__ import annotations

import datetime as dt

from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import Assessment
from pipeline.model.procedure import GIVEN, OWED, WAIVED, OpinionState, Step, Steps
from pipeline.model.province import Decisions
from pipeline.model.regulation import Body, Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit


def steps(
    regulation: Regulation,
    unit: Unit,
    submission: Submission | None,
    appraisal: Appraisal | None,
    assessment: Assessment,
    decisions: Decisions | None,
) -> Steps:
    """`submission` and `appraisal` None = absent or with errors: that step is not done.

    An opinion asked together with the proposal holds up the decision, not the appraisal. A level recorded before there is a proposal
    stands beside it, but decides nothing yet.
    """
    rule = regulation.procedure
    bodies = [rule.body(code) for code in unit.bodies]
    opinions = tuple(opinion_state(body, appraisal) for body in bodies)
    before = [o for o, body in zip(opinions, bodies) if body.when == "truoc_tham_dinh"]
    complete = submission is not None and assessment.self_sheet is not None and assessment.self_sheet.total is not None
    ready = appraisal is not None and all(o.state != OWED for o in before)
    consulted = appraisal is not None and all(o.state != OWED for o in opinions)
    appraised = ready and assessment.sheet is not None and not assessment.missing
    decided = appraised and consulted and assessment.level is not None and assessment.official is not None
    return Steps(
        (
            Step("tu_danh_gia", complete, _held(submission), rule.self_assessment.citation),
            Step("xin_y_kien", consulted, None, rule.consultation.citation, holds=not ready),
            Step("tham_dinh", appraised, appraisal.date if appraisal else None, rule.appraisal.citation),
            Step("quyet_dinh", decided, decisions.date if decisions else None, rule.decision.citation),
        ),
        opinions,
    )


def _held(submission: Submission | None) -> dt.date | None:
    return submission.conference.date if submission and submission.conference else None


def opinion_state(body: Body, appraisal: Appraisal | None) -> OpinionState:
    """Given, still owed, or the appraisal goes on without it because a named person confirmed so."""
    if opinion_given(appraisal, body.code):
        state = GIVEN
    elif appraisal and f"y_kien.{body.code}" in appraisal.confirmed:
        state = WAIVED
    else:
        state = OWED
    return OpinionState(body.code, state, body.when)


def opinion_given(appraisal: Appraisal | None, body: str) -> bool:
    opinion = appraisal.opinion(body) if appraisal else None
    return bool(opinion and opinion.level)
