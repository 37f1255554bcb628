"""Documents as read back + facts + the table of facts -> everything in them that does not say what the data say."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.crosscheck import Crosscheck
from pipeline.audit.documents import ReadDocument
from pipeline.audit.grouped import grouped_findings
from pipeline.audit.scoring import scoring_findings
from pipeline.audit.sentences import sentence_findings
from pipeline.audit.tables import table_findings
from pipeline.model.audit import AuditFinding, Facts, ScoringTable


def disagreements(document: ReadDocument, crosscheck: Crosscheck, facts: Facts, scores: ScoringTable | None) -> Iterator[AuditFinding]:
    rule = crosscheck.of(document.code)
    yield from sentence_findings(document, rule, facts)
    yield from table_findings(document, rule, facts)
    if rule.grouped:
        yield from grouped_findings(document, rule.grouped.heads, facts.rows[rule.grouped.rows])
    if rule.scoring and scores:
        yield from scoring_findings(document, rule.scoring, scores)
