"""A year as read and what the last build recorded -> of every document and bundle whether a build would make it again, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.assessing import YearResult
from pipeline.bundling import BUNDLE
from pipeline.explaining import explain_year
from pipeline.freshness import DossierRecord, Reason, bundle_reason, key_of_bundle, read_records, signed_since, stale_reason
from pipeline.keys import Tools, document_key, tools_of
from pipeline.model.files import DossierPlan
from pipeline.places import Places
from pipeline.planning import plan_province, plan_units
from pipeline.recording import recorded


@dataclass(frozen=True)
class Traced:
    """One file below the year's folder, without ending; no reason = it is what a build would make."""

    file: str
    reason: Reason | None
    signed: bool = False  # people signed it where it stands: the dossier stays as it is


def trace(places: Places, result: YearResult, folder: str | None) -> list[Traced]:
    """`folder`: of one dossier, else of all. Raises EnvironmentFault when LibreOffice or a font is missing: then nothing can be called fresh."""
    plans = [*plan_units(result, places.templates), plan_province(result, explain_year(result), places.templates)]
    tools, records = tools_of(result.files.province.value, places.templates), read_records(recorded(places))
    province = result.files.province.value
    secrecy = (province.secrecy if province else None) or ""
    wanted = [plan for plan in plans if folder in (None, plan.folder)]
    return [traced for plan in wanted for traced in _traced(places, plan, records.get(plan.folder), tools, secrecy)]


def _traced(places: Places, plan: DossierPlan, record: DossierRecord | None, tools: Tools, secrecy: str) -> Iterator[Traced]:
    folder = places.out / plan.folder
    signed = {path.relative_to(folder).with_suffix("").as_posix() for path in signed_since(folder, plan, record)}
    stale = []
    for document in plan.documents:
        reason = stale_reason(folder, document, document_key(document, tools), record.documents.get(document.stem) if record else None)
        stale += [document.stem] if reason else []
        yield Traced(f"{plan.folder}/{document.stem}", reason, document.stem in signed)
    bundle = BUNDLE.removesuffix(".pdf")
    yield Traced(f"{plan.folder}/{bundle}", _of_bundle(places, plan, record, tools, secrecy, stale), bundle in signed)


def _of_bundle(
    places: Places, plan: DossierPlan, record: DossierRecord | None, tools: Tools, secrecy: str, stale: list[str]
) -> Reason | None:
    if stale:
        return Reason(f"có tài liệu phải lập lại ({len(stale)})")
    assert record is not None  # no stale document, so every one of them is recorded
    return bundle_reason(places.out / plan.folder, key_of_bundle(plan, record, tools, secrecy), record, BUNDLE)
