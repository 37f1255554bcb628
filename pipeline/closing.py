"""Dossiers as published -> what is made of all of them: the year in one file, the workbook, the archive's note, the parcel's fate, the manifest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.archiving import archive
from pipeline.assembling import UNSOUND, WHOLE, whole_year
from pipeline.audit.dossier import stops
from pipeline.bundling import BUNDLE
from pipeline.freshness import DossierRecord
from pipeline.glancing import write_page
from pipeline.keys import Tools, digest, whole_key
from pipeline.model.explanation import Explanation
from pipeline.model.files import DossierPlan
from pipeline.overview.year import year_overview
from pipeline.packing import keep_or_discard
from pipeline.places import PROVINCE, Places
from pipeline.planning import PlannedYear
from pipeline.problems import OutputError
from pipeline.progress import Stages
from pipeline.publishing import write_file
from pipeline.recording import input_digests, record
from pipeline.rendering.province_view import province_view
from pipeline.report import PARCEL, Report


@dataclass
class Closing:
    """The end of one build: `records` and `manifest` as they are now, the report to which faults go."""

    places: Places
    tools: Tools
    stages: Stages
    report: Report
    records: dict[str, DossierRecord]
    manifest: dict[str, Any]

    def bind_year(self, plans: Sequence[DossierPlan]) -> None:
        """The year in one file: the province's bundle, then those of the units that have one, in the order of the list."""
        bound = [p for p in sorted(plans, key=lambda p: p.folder != PROVINCE) if p.folder in self.records]
        if PROVINCE not in {p.folder for p in bound}:
            return
        target = self.places.out / PROVINCE / WHOLE
        key = whole_key({f"{p.code} {p.owner}": self.records[p.folder].bundle for p in bound}, self.tools)
        known = self.manifest.get("toan_tap", {})
        if known.get("key") == key and target.is_file() and digest(target.read_bytes()) == known.get("sha256"):
            return
        if known.get("key") == key:
            self.report.damaged.append(f"{PROVINCE}: tệp {WHOLE} mất, bị sửa hoặc hỏng")
        with self.stages.run("Ghép toàn tập", 1) as step:
            try:
                pages = whole_year(
                    self.places.out,
                    self.places.staging / WHOLE,
                    bound,
                    target,
                    dt.datetime.fromisoformat(self.tools.declared),
                    self.places.year,
                )
            except OutputError as error:
                self.report.fail(str(error), error.exit_code)
                return
            step(1)
        self.manifest["toan_tap"] = {"key": key, "sha256": digest(target.read_bytes()), "pages": pages}

    def tabulate(self, explanations: Mapping[str, Explanation], told: Mapping[str, Any], draft: bool) -> None:
        """The Standing Committee's workbook: made in every build, published once it reads as ket_qua.json (`told`), kept where it is the same."""
        from pipeline.audit.summary_file import (
            Against,
            summary_findings,
        )  # here: a unit's build need not wait for the spreadsheet libraries
        from pipeline.summary.workbook import workbook

        result, target = self.report.result, self.places.workbook
        with self.stages.run("Lập bảng tổng hợp", 1) as step:
            data = workbook(province_view(result.files, result.assessments, result.quota, explanations), draft)
            against = Against(told, result.files.register, result.files.regulation, draft)
            if words := stops(list(summary_findings(data, f"{PROVINCE}/{target.name}", against))):
                self.report.fail(f"{target.name}: {UNSOUND}\n{words}", OutputError.exit_code)
                return
            if not target.is_file() or target.read_bytes() != data:
                write_file(target, data)
            step(1)
        self.manifest["tong_hop"] = {"sha256": digest(data)}

    def settle_archive(self) -> None:
        """What every published PDF was checked with; a verdict of veraPDF against one is a fault."""
        names = [f"{folder}/{stem}.pdf" for folder, record in sorted(self.records.items()) for stem in record.documents]
        names += [f"{folder}/{BUNDLE}" for folder in sorted(self.records)] + [f"{PROVINCE}/{WHOLE}"]
        known = self.manifest.get("pdfa")
        with self.stages.run("Ghi nhận PDF/A", 1) as step:
            found = archive(
                self.places.out, [n for n in names if (self.places.out / n).is_file()], known if isinstance(known, dict) else {}
            )
            step(1)
        self.manifest["pdfa"], self.report.archive = found.entry, found.line
        for fault in found.faults:
            self.report.fail(fault, OutputError.exit_code)

    def settle_parcel(self, year: PlannedYear | None, had_one: bool) -> None:
        """A parcel made earlier stays while all that is in it stays; else it goes, and the closing table says so."""
        kept = keep_or_discard(self.places, self.manifest.pop("goi_trinh", None), self.records, year, self.tools)
        if kept:
            self.manifest["goi_trinh"] = kept.to_json()
        elif had_one:
            self.report.parcel = PARCEL

    def write_down(self) -> None:
        """What the next build and whoever checks a file will go by."""
        files = self.report.result.files
        read = {unit.unit.folder for unit in files.units.values() if unit.submission.usable is not None}
        left = {unit.folder for unit in files.register} - read
        data = {
            "nam": self.places.year,
            "quy_dinh": files.regulation.folder,
            "cong_cu": self.tools.key(),
            "dau_vao": input_digests(self.places, read, left, self.manifest.get("dau_vao", {})),
            "pdfa": self.manifest["pdfa"],
        }
        data |= {key: self.manifest[key] for key in ("toan_tap", "tong_hop", "goi_trinh") if key in self.manifest}
        record(self.places, data, self.records)

    def show_year(self, plans: Mapping[str, DossierPlan]) -> None:
        """The page that shows the year; one unit's build takes it away when it made something, since it would tell of before."""
        if PROVINCE in plans:
            write_page(self.places, year_overview(self.places, self.report.result, plans, self.records, self.tools))
        elif self.report.made:
            self.places.glance.unlink(missing_ok=True)
