"""One unit of the year -> its problems, score and dossier shown anew at each save, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys

from pipeline.commands.year import places_of
from pipeline.model.unit import Unit
from pipeline.problems import DataError, counts, in_order
from pipeline.rating.levels import by_self_score
from pipeline.rendering.vietnamese import listing, score
from pipeline.report import Report
from pipeline.terminal import fresh_screen, say_problems, table
from pipeline.watching import Round, rounds, watched_unit

WAITING = "Đang chờ lần lưu tệp tiếp theo; bấm Ctrl+C để dừng."


def run(options: argparse.Namespace) -> int:
    if not options.unit:
        print("lỗi: lệnh watch cần --unit — viết số thứ tự hoặc mã đơn vị", file=sys.stderr)
        return DataError.exit_code
    places = places_of(options)
    unit = watched_unit(places, options.unit)
    try:
        for found in rounds(places, unit, lambda number, saved: _begin(unit, number, saved), options.workers):
            _show(unit, found)
    except KeyboardInterrupt:
        print("Đã dừng theo dõi; hồ sơ đã phát hành vẫn nguyên vẹn.")
    return 0


def _begin(unit: Unit, number: int, saved: tuple[str, ...]) -> None:
    fresh_screen()
    print(f"{unit.name} (số {unit.number}), lần {number}" + (f", vừa lưu {listing(list(saved))}" if saved else ""), flush=True)


def _show(unit: Unit, found: Round) -> None:
    """What the round found and did; problems first, since they are what the clerk mends next."""
    if isinstance(found.fault, DataError):
        say_problems(found.fault.problems)
    elif found.fault:
        print(f"lỗi: {found.fault}", file=sys.stderr)
    if found.report:
        say_problems(found.report.result.files.problems)
        for fault in found.report.faults:
            print(f"lỗi: {fault}", file=sys.stderr)
        table([*_score(unit, found.report), *_dossier(unit, found.report), ("Thời gian", f"{found.seconds:.1f} giây".replace(".", ","))])
    print(WAITING, flush=True)


def _score(unit: Unit, report: Report) -> list[tuple[str, str]]:
    """The self-assessment as it stands; "..." while a row is blank."""
    regulation, assessment = report.result.files.regulation, report.result.assessments.get(unit.code)
    sheet = assessment.self_sheet if assessment else None
    if sheet is None or assessment is None:
        return []
    parts = [f"{code} {score(points) or '...'}" for code, points in sheet.parts.items()]
    submission = report.result.files.units[unit.code].submission.usable
    levels = [regulation.level_name(code) for code in by_self_score(regulation, assessment)]
    proposed = regulation.level_name(submission.proposed) if submission and submission.proposed else "chưa ghi"
    return [
        ("Điểm tự chấm", f"{', '.join(parts)}; tổng {score(sheet.total) or '...'}"),
        ("Mức theo điểm", " hoặc ".join(levels)),
        ("Mức tự nhận", proposed),
    ]


def _dossier(unit: Unit, report: Report) -> list[tuple[str, str]]:
    problems = in_order(report.result.files.units[unit.code].submission.problems)
    if report.result.files.units[unit.code].submission.usable is None:
        state = "chưa lập được vì tệp còn lỗi" + ("; hồ sơ lập trước vẫn giữ nguyên" if unit.folder in report.old else "")
    elif unit.folder in report.old or report.faults:
        state = "chưa lập được, xem lỗi ở trên; hồ sơ lập trước vẫn giữ nguyên"
    else:
        state = "DỰ THẢO, còn mục chưa ghi đủ" if report.drafts else "đã đủ, sẵn sàng ký"
    made = list(report.stale.get(unit.folder, ())) if unit.folder in report.made else []
    changed = ", ".join(made) or ("ghép lại gói hồ sơ" if report.made else "không, mọi tài liệu đã mới nhất")
    return [("Vấn đề", counts(problems)), ("Hồ sơ", state), ("Lập lại", changed)]
