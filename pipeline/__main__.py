"""Command line -> the conductor's work, problems printed once in Vietnamese, exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path

from pipeline import dossiers
from pipeline.arguments import read_arguments
from pipeline.assessing import YearResult
from pipeline.explaining import explain_year, results
from pipeline.forms.check import require_usable
from pipeline.forms.projection import write_projections
from pipeline.intake.unit_names import find_unit
from pipeline.model.assessment import PROPOSED
from pipeline.places import Places
from pipeline.previewing import preview
from pipeline.problems import DataError, EnvironmentFault, FormsError, Kind, PipelineError, Place, Problem, errors, in_order
from pipeline.progress import Stages, summary
from pipeline.publishing import build_lock, write_json
from pipeline.rendering.province_view import province_view
from pipeline.rendering.told import told
from pipeline.rendering.vietnamese import count

FAULT_FILE = "su-co.txt"
REMARKS_SHOWN = 6  # of matters of taste; all of them stand in the manifest


def main(arguments: list[str] | None = None) -> int:
    options = read_arguments(arguments)
    try:
        if options.command == "forms":
            return _forms(options.templates)
        if options.command == "verify":
            return _verify(options.files, options.data, options.build, options.year, options.trust)
        year = options.year if options.year is not None else _only_year(options.data)
        places = Places(options.data, options.build, year, options.templates)
        if options.command == "preview":
            return _preview(places, options.form, options.unit or None)
        if options.command == "parcel":
            return _parcel(places, options.draft)
        if options.command == "build":
            return _build(places, options.unit or None, options.workers)
        return int({"check": _check, "score": _score, "explain": _explain}[options.command](places, options.unit or None))
    except DataError as error:
        _say(error.problems)
        return error.exit_code
    except FormsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except PipelineError as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        advice = (
            "đĩa đã đầy, giải phóng dung lượng rồi chạy lại" if error.errno == errno.ENOSPC else "kiểm tra quyền truy cập và dung lượng đĩa"
        )
        print(f"lỗi: không đọc hoặc ghi được {error.filename or 'tệp'} — {advice}", file=sys.stderr)
        return EnvironmentFault.exit_code
    except Exception as error:  # a fault of the program: whoever looks after it needs the whole trace, a clerk does not
        return _fault_of_the_program(options.build, error)
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu; hồ sơ đã phát hành vẫn nguyên vẹn.", file=sys.stderr)
        return 130


def _only_year(data: Path) -> int:
    """The year when the data hold just one; raises DataError when there is none or more than one to choose from."""
    years = sorted(int(p.name) for p in data.glob("[0-9][0-9][0-9][0-9]") if p.is_dir())
    if len(years) == 1:
        return years[0]
    what = f"dữ liệu có nhiều năm: {', '.join(map(str, years))}" if years else "chưa có dữ liệu của năm nào"
    raise DataError([Problem(Place(data.as_posix()), Kind.ERROR, what, "thêm --year và năm đánh giá")])


def _fault_of_the_program(build: Path, error: Exception) -> int:
    """Says so in one line and keeps the trace in a file; nothing is published. -> exit code 1."""
    trace = build / FAULT_FILE
    advice = f"gửi tệp {trace.as_posix()} cho người phụ trách chương trình"
    try:
        trace.parent.mkdir(parents=True, exist_ok=True)
        trace.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        advice = "báo người phụ trách chương trình (không ghi được tệp chi tiết vào thư mục kết quả)"
    what = f"chương trình gặp sự cố ngoài dự kiến ({type(error).__name__}); hồ sơ nào chưa lập xong thì bản cũ vẫn còn nguyên"
    print(f"lỗi: {what} — {advice}", file=sys.stderr)
    return 1


def _say(problems: list[Problem]) -> None:
    for problem in in_order(problems):
        print(problem, file=sys.stderr)


def _counts(problems: list[Problem]) -> str:
    return ", ".join(f"{sum(p.kind is kind for p in in_order(problems))} {kind.value}" for kind in Kind)


def _check(places: Places, unit: str | None) -> int:
    result = dossiers.check(places, unit)
    problems = result.files.problems
    _say(problems)
    print(f"Đã kiểm tra {len(result.files.units)} đơn vị: {_counts(problems)}.")
    return DataError.exit_code if errors(problems) else 0


def _score(places: Places, unit: str | None) -> int:
    result = dossiers.check(places, unit)
    _say(result.files.problems)
    if unit is None:
        with build_lock(places):
            write_json(places.results, results(result, explain_year(result)))
        print(f"Đã ghi {places.results.as_posix()}.")
    settled = sum(a.state == PROPOSED for a in result.assessments.values())
    print(f"{settled}/{len(result.assessments)} đơn vị đã rõ mức.")
    for line in _unsettled(result):
        print(line)
    return DataError.exit_code if errors(result.files.problems) else 0


def _unsettled(result: YearResult) -> list[str]:
    """Units whose level waits, with the reason, for whoever reads the terminal."""
    if len(result.files.units) < len(result.files.register):
        return []
    why = {a.code: "; ".join(a.missing) or "chờ người có thẩm quyền quyết định" for a in result.assessments.values() if a.state != PROPOSED}
    return [f"Chưa rõ mức: {result.files.units[code].unit.name} ({reason})" for code, reason in why.items()]


def _build(places: Places, unit: str | None, workers: int | None) -> int:
    stages = Stages()
    report = dossiers.build(places, unit, stages, workers)
    problems = report.result.files.problems
    _say(problems)
    for fault in report.faults:
        print(f"lỗi: {fault}", file=sys.stderr)
    for remark in report.remarks[:REMARKS_SHOWN]:
        print(remark.replace(".pdf: ", f".pdf: {Kind.WARNING.value}: trình bày: ", 1), file=sys.stderr)
    failed = [f.unit.name for f in report.result.files.units.values() if f.submission.usable is None]
    rows = [
        ("Hồ sơ lập mới", f"{len(report.made)} (gồm {report.documents} tài liệu)"),
        ("Giữ nguyên", f"{len(report.kept)}" + ("" if report.made else " - mọi hồ sơ đã mới nhất")),
        ("Dự thảo", f"{len(report.drafts)}" + (f": {', '.join(report.drafts)}" if report.drafts else "")),
        ("Đơn vị lỗi", f"{len(failed)}" + (f": {', '.join(failed)}" if failed else "")),
        ("Vấn đề", _counts(problems)),
        ("Trình bày", f"{len(report.remarks)} chỗ nên xem lại" + (" (ghi trong manifest.json)" if report.remarks else "")),
        ("Lưu trữ", report.archive),
        ("Kết quả", places.out.as_posix() + "/"),
    ]
    if report.old:
        rows.insert(4, ("Hồ sơ cũ", ", ".join(report.old)))
    if report.parcel:
        rows.append(("Gói trình", report.parcel))
    if unit:
        rows.append(("Lưu ý", "chỉ lập hồ sơ của đơn vị này; hồ sơ của tỉnh và ket_qua.json chưa cập nhật theo"))
    summary(rows, stages)
    for line in _unsettled(report.result):
        print(line)
    return report.exit_code or (DataError.exit_code if errors(problems) else 0)


def _explain(places: Places, unit: str | None) -> int:
    if not unit:
        print("lỗi: lệnh explain cần --unit — viết số thứ tự hoặc mã đơn vị", file=sys.stderr)
        return DataError.exit_code
    result = dossiers.check(places)
    wanted = find_unit(result.files.register, unit)
    if result.files.units[wanted.code].submission.usable is None:
        _say(result.files.units[wanted.code].submission.problems)
        print(f"lỗi: tệp của {wanted.name} còn lỗi — sửa các lỗi trên rồi chạy lại", file=sys.stderr)
        return DataError.exit_code
    view = province_view(result.files, result.assessments, result.quota, explain_year(result, wanted.code))
    for line in told(view, next(v for v in view.units if v.unit.code == wanted.code)):
        print(line)
    return 0


def _forms(templates: Path) -> int:
    require_usable(templates)
    changed = write_projections(templates)
    print(f"Biểu mẫu dùng được. Bản chữ ghi lại: {len(changed)}{''.join(f'{chr(10)}  {path.as_posix()}' for path in changed)}")
    return 0


def _verify(files: list[Path], data: Path, build: Path, year: int | None, trust: list[Path]) -> int:
    from pipeline.verifying import verify  # here: the library for signatures takes longer to load than most commands take to run

    results = verify(files, data, build, year, trust)
    for result in results:
        if result.verdict is None:
            print(f"lỗi: {result.path.as_posix()}: {result.refused}", file=sys.stderr)
            continue
        print(result.path.as_posix())
        for line in result.verdict.lines:
            print(f"  {line}")
        print(f"  Kết luận: {result.verdict.conclusion}.")
    return max(result.exit_code for result in results)


def _parcel(places: Places, draft: bool) -> int:
    from pipeline.parcelling import parcel  # here: as for verify

    made = parcel(places, draft, Stages())
    for fault in made.faults:
        print(f"lỗi: {fault.text}", file=sys.stderr)
    for remark in made.remarks:
        print(f"{Kind.WARNING.value}: {remark}", file=sys.stderr)
    if made.path:
        what = "gói trình DỰ THẢO" if draft else "gói trình"
        print(f"Đã lập {what}: {made.path.as_posix()} ({count(made.documents)} tài liệu, {count(made.pages)} trang).")
    return made.exit_code


def _preview(places: Places, form: str, unit: str | None) -> int:
    if not form:
        print("lỗi: lệnh preview cần --form — viết số hoặc tên biểu mẫu, ví dụ --form 4 --unit 25", file=sys.stderr)
        return DataError.exit_code
    made = preview(places, form, unit, Stages())
    for fault in made.faults:
        print(f"lỗi: {fault}", file=sys.stderr)
    for path in made.files:
        print(path.as_posix())
    return made.exit_code


if __name__ == "__main__":
    sys.exit(main())
