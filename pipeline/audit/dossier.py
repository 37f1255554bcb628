"""A staged folder whose bundle is made + what it is held against -> every finding: facts, structure, leaks, traces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.audit.agreement import disagreements
from pipeline.audit.bundles import bundle_findings, read_bundle
from pipeline.audit.crosscheck import Crosscheck
from pipeline.audit.documents import ReadDocument, read_documents
from pipeline.audit.leaks import Secrets, leak_findings
from pipeline.audit.passages import hidden, passages
from pipeline.audit.to_sign import signature_findings
from pipeline.audit.traces import author_findings, trace_findings
from pipeline.model.audit import AuditFinding, Facts, ScoringTable
from pipeline.model.files import DossierPlan

BUNDLE = "ho-so.pdf"
MOST = 20  # findings told of one dossier
SPARE = ("toan-tap.pdf", "tong-hop.xlsx", "truoc/ho-so.pdf")  # what the province keeps beside its documents


@dataclass(frozen=True)
class Held:
    """`facts`, `scores`: of the dossier, or of one document by its stem; `secrets` None = the province's own papers."""

    plan: DossierPlan
    folder: Path
    crosscheck: Crosscheck
    facts: Facts
    scores: ScoringTable | None = None
    of_document: Mapping[str, tuple[Facts, ScoringTable]] | None = None
    secrets: Secrets | None = None
    machine: tuple[str, ...] = ()


def audit(held: Held) -> list[AuditFinding]:
    """Each finding once, in the order of files and pages."""
    return sorted(dict.fromkeys(_findings(held)))


def _findings(held: Held) -> Iterator[AuditFinding]:
    documents = read_documents(held.plan, held.folder)
    bundle = read_bundle(held.plan, held.folder / BUNDLE, documents)
    yield from _disagreements(held, documents)
    yield from bundle_findings(bundle, documents)
    yield from signature_findings(bundle, documents)
    yield from _strangers(held)
    found = list(passages(documents, bundle))
    if held.secrets:
        yield from leak_findings(found, held.secrets)
    yield from trace_findings(chain(found, hidden(documents)), held.facts.own, held.machine)
    yield from author_findings(documents, bundle)


def fact_findings(held: Held) -> Iterator[AuditFinding]:
    """What the documents say otherwise than the facts, and nothing else."""
    return _disagreements(held, read_documents(held.plan, held.folder))


def _disagreements(held: Held, documents: Iterable[ReadDocument]) -> Iterator[AuditFinding]:
    for document in documents:
        facts, scores = (held.of_document or {}).get(document.plan.stem, (held.facts, held.scores))
        yield from disagreements(document, held.crosscheck, facts, scores)


def _strangers(held: Held) -> Iterator[AuditFinding]:
    planned = {BUNDLE, *SPARE} | {f"{d.stem}{ending}" for d in held.plan.documents for ending in (".docx", ".pdf")}
    for path in sorted(held.folder.rglob("*")):
        name = path.relative_to(held.folder).as_posix()
        if path.is_file() and name not in planned:
            yield AuditFinding(f"{held.plan.folder}/{name}", 0, "tệp không thuộc hồ sơ")


def stops(findings: list[AuditFinding]) -> str:
    """'' = the dossier may be published."""
    stopping = [str(f) for f in findings if f.stops]
    more = [f"... và {len(stopping) - MOST} lỗi khác"] if len(stopping) > MOST else []
    return "\n".join([*stopping[:MOST], *more])
