"""ProvinceView, one of its units -> its explanation as lines for the terminal, each figure with the clerk's file and line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.model.assessment import APPRAISED, DECIDED, OWN, ScoredRow
from pipeline.model.explanation import Finding
from pipeline.model.procedure import GIVEN, WAIVED, Steps
from pipeline.model.year import File, UnitFiles
from pipeline.rendering.fields_explanation import branch_title, explain_unit, flat, result_word
from pipeline.rendering.other_ways import other_readings
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.vietnamese import listing, lower_first, score, short_date, with_comma

STEP_NAMES = {"tu_danh_gia": "tự đánh giá", "xin_y_kien": "lấy ý kiến", "tham_dinh": "thẩm định", "quyet_dinh": "quyết định"}
OPINIONS = {GIVEN: "đã có ý kiến", WAIVED: "được xác nhận bỏ qua"}


def told(view: ProvinceView, v: UnitView) -> Iterator[str]:
    """From the level to every row of the score sheet."""
    files = view.files.units[v.unit.code]
    explanation, sheet = view.explanations[v.unit.code], explain_unit(view, v)
    yield sheet["tieu_de"]
    yield f"Mức đề xuất: {sheet['muc']}. Điểm tự chấm: {sheet['tu_cham']}; điểm thẩm định: {sheet['tham_dinh']}."
    yield f"Căn cứ: {sheet['can_cu']}."
    yield from _steps(view, explanation.steps)
    yield from ("- " + sentence for sentence in sheet["ket_luan"])
    yield ""
    yield "ĐIỀU KIỆN CỦA TỪNG MỨC"
    for branch in explanation.branches:
        yield branch_title(view.regulation, branch)
        for depth, finding in flat(branch):
            yield _finding(view, files, finding, "    " if depth else "  ")
    yield ""
    yield from _rows(view, v, files)
    if explanation.readings:
        yield ""
        yield "CÁCH HIỂU CÓ ẢNH HƯỞNG"
        yield from ("- " + line for line in other_readings(view.regulation, v.assessment, explanation.readings))


def _steps(view: ProvinceView, steps: Steps) -> Iterator[str]:
    done = []
    for step in steps.steps:
        state = f"đã xong{f' ngày {short_date(step.date)}' if step.date else ''}" if step.done else "chưa xong"
        done.append(f"{STEP_NAMES[step.code]} {state} ({step.citation})")
    yield f"Quy trình: {'; '.join(done)}."
    late = " (xin cùng lúc với trình, không giữ việc thẩm định)"
    bodies = [
        f"{view.regulation.procedure.body(o.body).name} "
        + OPINIONS.get(o.state, f"còn thiếu ý kiến{late if o.when == 'cung_trinh' else ''}")
        for o in steps.opinions
    ]
    yield f"Chủ thể tham gia: {'; '.join(bodies)}."


def _finding(view: ProvinceView, files: UnitFiles, f: Finding, indent: str) -> str:
    by: dict[str, File[Any]] = {OWN: files.submission, APPRAISED: files.appraisal or files.submission, DECIDED: view.files.decisions}
    places = [str(by[w.file].at(*w.path)) for w in f.written]
    where = f" - {listing(places)}" if places else ""
    return f"{indent}[{result_word(f)}] {f.text}: {with_comma(f.value)} ({f.citation}){where}"


def _rows(view: ProvinceView, v: UnitView, files: UnitFiles) -> Iterator[str]:
    """Every row with points, maximum, how they come about, line and article; the sums a reader can add up."""
    sheet = v.assessment.sheet or v.assessment.self_sheet
    assert sheet is not None
    yield "ĐIỂM THẨM ĐỊNH TỪNG HÀNG" if v.assessment.sheet else "ĐIỂM TỰ CHẤM TỪNG HÀNG"
    for part in view.regulation.parts(v.unit.section):
        for criterion in part.criteria:
            for row in criterion.rows:
                yield f"  {_row(sheet.rows[row.code])} ({criterion.citation_of(row.code)}) - {_row_place(files, sheet.rows[row.code])}"
        yield f"  Cộng mục {part.part}: {score(sheet.parts[part.part]) or 'chưa đủ điểm'}"
    yield f"  Tổng điểm: {score(sheet.total) or 'chưa đủ điểm'}"


def _row(row: ScoredRow) -> str:
    if not row.applies:
        return f"{row.code}: không áp dụng ({lower_first(row.not_applicable or 'đã chuyển điểm')})"
    standard = f", điểm chuẩn {score(row.maximum.standard)}" if row.maximum.printed != row.maximum.standard else ""
    how = f" = {row.how}" if row.how else ""
    reason = f"; lý do: {row.reason}" if row.cut and row.reason else ""
    return f"{row.code}: {score(row.points) or 'chưa chấm'}/{score(row.maximum.printed)}{standard}{how}{reason}"


def _row_place(files: UnitFiles, row: ScoredRow) -> str:
    file = files.appraisal if row.changed and files.appraisal else files.submission
    return str(file.at("cham_diem", row.code))
