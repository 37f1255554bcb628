"""A published PDF + the data as they are now -> what is printed in it otherwise than the data say today: scores, levels, names, dates, votes.

The documents are read back from the build folder, where their hashes must be the recorded ones; so what holds for them holds for the file.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from pipeline.bundling import BUNDLE
from pipeline.assessing import YearResult
from pipeline.audit.dossier import fact_findings
from pipeline.auditing import Auditor
from pipeline.assessing import check
from pipeline.explaining import explain_year, results
from pipeline.freshness import DossierRecord
from pipeline.keys import digest
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.places import PROVINCE, Places
from pipeline.planning import plan_province, plan_units
from pipeline.problems import PipelineError


@dataclass(frozen=True)
class Comparison:
    """`differs`: in words, [] = nothing; `why`: the reason it could not be made, '' = it was."""

    differs: tuple[str, ...] = ()
    why: str = ""


def compare(places: Places, path: str, record: DossierRecord) -> Comparison:
    """`path` of the PDF below the year's folder, of a dossier with this record."""
    folder, _, name = path.partition("/")
    if not places.year_data.is_dir():
        return Comparison(why=f"không có dữ liệu năm {places.year} ở {places.data.as_posix()}")
    try:
        result = check(places, None if folder == PROVINCE else folder.split("-")[0])
        plan = _plan(result, folder, places)
    except PipelineError:
        return Comparison(why="dữ liệu hiện nay có lỗi, chạy lệnh check để xem")
    if plan is None:
        return Comparison(why="dữ liệu hiện nay của hồ sơ này có lỗi, chạy lệnh check để xem")
    documents = tuple(d for d in plan.documents if name in (BUNDLE, f"{d.stem}.pdf"))
    if not documents or not all(_as_recorded(places, folder, d, record) for d in documents):
        return Comparison(why="tệp gốc không còn nguyên trong thư mục kết quả")
    entries = {e["ma"]: e for e in results(result, explain_year(result))["don_vi"]} if folder == PROVINCE else {}
    held = Auditor(result, entries, places).held(dataclasses.replace(plan, documents=documents), places.out / folder)
    return Comparison(tuple(map(str, sorted(set(fact_findings(held))))))


def _plan(result: YearResult, folder: str, places: Places) -> DossierPlan | None:
    if folder == PROVINCE:
        return plan_province(result, explain_year(result), places.templates)
    return next((p for p in plan_units(result, places.templates) if p.folder == folder), None)


def _as_recorded(places: Places, folder: str, document: DocumentPlan, record: DossierRecord) -> bool:
    known = record.documents.get(document.stem)
    if known is None:
        return False
    files = {places.out / folder / f"{document.stem}{ending}": sha for ending, sha in ((".docx", known.docx), (".pdf", known.pdf))}
    return all(
        path.is_file() and digest(path.read_bytes()[: known.size if path.suffix == ".pdf" else None]) == sha for path, sha in files.items()
    )
