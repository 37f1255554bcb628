"""The year's files -> every document, the bundles, the closing table."""

from __future__ import annotations

import argparse
import sys

from pipeline import dossiers
from pipeline.commands.score import unsettled
from pipeline.commands.year import places_of
from pipeline.places import Places
from pipeline.problems import DataError, Kind, counts, errors
from pipeline.progress import Stages
from pipeline.report import Report
from pipeline.terminal import say_problems, summary

REMARKS_SHOWN = 6  # of matters of taste; all of them stand in the manifest


def run(options: argparse.Namespace) -> int:
    places, stages = places_of(options), Stages()
    report = dossiers.build(places, options.unit or None, stages, options.workers)
    problems = report.result.files.problems
    say_problems(problems)
    for fault in report.faults:
        print(f"lỗi: {fault}", file=sys.stderr)
    for remark in report.remarks[:REMARKS_SHOWN]:
        print(remark.replace(".pdf: ", f".pdf: {Kind.WARNING.value}: trình bày: ", 1), file=sys.stderr)
    summary(_rows(report, places, bool(options.unit)), stages.seconds)
    for line in unsettled(report.result):
        print(line)
    return report.exit_code or (DataError.exit_code if errors(problems) else 0)


def _rows(report: Report, places: Places, one_unit: bool) -> list[tuple[str, str]]:
    failed = [f.unit.name for f in report.result.files.units.values() if f.submission.usable is None]
    rows = [
        ("Hồ sơ lập mới", f"{len(report.made)} (gồm {report.documents} tài liệu)"),
        ("Giữ nguyên", f"{len(report.kept)}" + ("" if report.made else " - mọi hồ sơ đã mới nhất")),
        ("Dự thảo", f"{len(report.drafts)}" + (f": {', '.join(report.drafts)}" if report.drafts else "")),
        ("Đơn vị lỗi", f"{len(failed)}" + (f": {', '.join(failed)}" if failed else "")),
        ("Vấn đề", counts(report.result.files.problems)),
        ("Trình bày", f"{len(report.remarks)} chỗ nên xem lại" + (" (ghi trong manifest.json)" if report.remarks else "")),
        ("Lưu trữ", report.archive),
        ("Kết quả", places.out.as_posix() + "/"),
    ]
    if report.old:
        rows.insert(4, ("Hồ sơ cũ", ", ".join(report.old)))
    if report.parcel:
        rows.append(("Gói trình", report.parcel))
    if one_unit:
        rows.append(("Lưu ý", "chỉ lập hồ sơ của đơn vị này; hồ sơ của tỉnh và ket_qua.json chưa cập nhật theo"))
    return rows
