"""A dossier whose files lie in staging and were audited -> the whole folder published in one step; the year in one file."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from pipeline.audit.dossier import stops
from pipeline.audit.whole_year import whole_year_findings
from pipeline.bundling import BUNDLE, require_archival
from pipeline.freshness import DossierRecord
from pipeline.model.audit import AuditFinding
from pipeline.model.files import DossierPlan
from pipeline.places import WORKBOOK
from pipeline.problems import OutputError
from pipeline.publishing import carry_over, publish_folder, remove_ours
from pipeline.signoff.bundle import Part, combine
from pipeline.signoff.sign_fields import signed_file
from pipeline.staging import Work

WHOLE, PREVIOUS = "toan-tap.pdf", "truoc"
UNSOUND = "đọc lại tệp đã làm xong thấy không khớp dữ liệu hoặc có nội dung không được có, chưa phát hành:"


def files_of(record: DossierRecord) -> set[str]:
    """Names below its folder of the files that a dossier's record speaks of, and of those kept beside the province's."""
    return {f"{stem}{ending}" for stem in record.documents for ending in (".docx", ".pdf")} | {
        BUNDLE,
        WHOLE,
        WORKBOOK,
        f"{PREVIOUS}/{BUNDLE}",
    }


def take_away(folder: Path, record: DossierRecord) -> list[Path]:
    """Removes a dossier's own files; gives those that people signed, which stay, as does whatever else they put there."""
    signed = [path for path in sorted(folder.rglob("*.pdf")) if signed_file(path)]
    remove_ours(folder, files_of(record) - {path.relative_to(folder).as_posix() for path in signed})
    return signed


def publish(work: Work, folder: Path, findings: list[AuditFinding], ours: Collection[str]) -> None:
    """One swap, unless the audit found what stops it; what it only warns of stands in the record.

    `ours`: names of what the program made there before; any other file is somebody's and stays.
    """
    if words := stops(findings):
        raise OutputError(f"{work.plan.folder}: {UNSOUND}\n{words}")
    work.record.remarks = [str(finding) for finding in findings]
    carry_over(work.staged, folder, ours)
    publish_folder(work.staged, folder)


def keep_previous(staged: Path, folder: Path, old: DossierRecord | None, draft: bool) -> None:
    """A ready provincial bundle that a draft replaces stays beside it in tinh/truoc/ until the next ready one.

    The year in one file and the workbook stay too, until they are made anew.
    """
    for name in (WHOLE, WORKBOOK):
        if (folder / name).is_file():
            staged.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, staged / name)
    if not draft:
        return
    if old and not old.draft and (folder / BUNDLE).is_file():
        (staged / PREVIOUS).mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / BUNDLE, staged / PREVIOUS / BUNDLE)
    elif (folder / PREVIOUS).is_dir():
        shutil.copytree(folder / PREVIOUS, staged / PREVIOUS)


def whole_year(out: Path, scratch: Path, plans: Sequence[DossierPlan], target: Path, declared: dt.datetime, year: int) -> int:
    """The bundles of the plans, in their order; gives the page count of the one file for reading."""
    scratch.parent.mkdir(parents=True, exist_ok=True)
    parts = [Part(p.owner, out / p.folder / BUNDLE, f"HS {p.code}") for p in plans]
    pages = combine(scratch, parts, declared, f"Toàn tập hồ sơ xếp loại chất lượng năm {year}", "Ban Tổ chức Tỉnh ủy")
    require_archival(scratch, f"{target.parent.name}/{WHOLE}")
    if words := stops(
        list(whole_year_findings(scratch, f"{target.parent.name}/{target.name}", [(p.title, p.label, p.path) for p in parts]))
    ):
        raise OutputError(f"{target.name}: {UNSOUND}\n{words}")
    os.replace(scratch, target)
    return pages
