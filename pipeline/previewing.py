"""One form and one unit -> that document alone, as .docx, .pdf and page images, in a folder of its own beside the dossiers.

For whoever edits a form: nothing published is touched, and a page that breaks its standard can be looked at.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.assessing import check
from pipeline.explaining import explain_year
from pipeline.forms.check import require_usable
from pipeline.freshness import DocumentRecord, DossierRecord, Reason
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.places import Places
from pipeline.planning import plan_province, plan_units
from pipeline.problems import DataError, Kind, Place, Problem, errors
from pipeline.progress import Stages
from pipeline.publishing import build_lock
from pipeline.signoff.pictures import page_pictures
from pipeline.staging import Work, make_loose


@dataclass(frozen=True)
class Preview:
    """Files made, in the order in which to open them; what the checks say of the document."""

    files: tuple[Path, ...]
    faults: tuple[str, ...]
    exit_code: int


def preview(places: Places, form: str, only: str | None, stages: Stages) -> Preview:
    """`form`: its code, number or file name; without `only` (a unit) a form of the province. Raises DataError, FormsError."""
    with build_lock(places):
        require_usable(places.templates)
        result = check(places, only)
        plans = plan_units(result, places.templates) if only else [plan_province(result, explain_year(result), places.templates)]
        if not plans:
            raise DataError(errors(result.files.problems))
        plan, document = _wanted(plans[0], form)
        folder = places.previews / plan.folder
        shutil.rmtree(folder, ignore_errors=True)
        province = result.files.province.value
        assert province is not None and province.declared is not None
        work = Work(plan, DossierRecord(documents={document.stem: DocumentRecord()}), {document.stem: Reason("xem thử")}, folder)
        make_loose(work, places.templates, dt.datetime.fromisoformat(province.declared.isoformat()), stages)
        made = [folder / f"{document.stem}{ending}" for ending in (".docx", ".pdf")]
        found = [path for path in made if path.is_file()]
        pictures = page_pictures(made[1]) if made[1] in found else []
        return Preview((*found, *pictures), tuple(f.text for f in work.faults), max((f.exit_code for f in work.faults), default=0))


def _wanted(plan: DossierPlan, form: str) -> tuple[DossierPlan, DocumentPlan]:
    """The plan with that document only."""
    for document in plan.documents:
        if form in (document.stem, document.stem.split("-")[0], document.form, Path(document.form).stem):
            return dataclasses.replace(plan, documents=(document,)), document
    stems = [d.stem for d in plan.documents if "/" not in d.stem]
    near = difflib.get_close_matches(form, stems, 1, 0.5)
    advice = f"có phải ý bạn là «{near[0]}»?" if near else f"viết một trong: {', '.join(stems)}"
    raise DataError([Problem(Place("FORM"), Kind.ERROR, f"hồ sơ này không có biểu mẫu «{form}»", advice)])
