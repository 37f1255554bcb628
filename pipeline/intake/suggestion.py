"""The row of section C and the condition of Điều 6 about being suggested for review -> contradictions between the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.intake.places_of import Files, seen_from
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.model.submission import Suggestion
from pipeline.problems import Kind, Problem

ROWS, FACT = "cham_diem", ("dieu_kien", "goi_y_kiem_diem", "co_khong")


def suggestion_agrees_with_scoring(
    files: Files, rows: Mapping[str, RowEntry], suggestion: Suggestion | None, regulation: Regulation
) -> Iterator[Problem]:
    """Facts as they count: the unit's own, or with what the appraisal restated (then only what it touched is reported)."""
    code = regulation.scoring.suggestion_row.code
    row = rows.get(code)
    if row is None or not (files.restated(ROWS, code) or files.restated(*FACT)):
        return
    scored = row.share is not None or row.points is not None or row.planned is not None
    at_row, at_fact = files.place(ROWS, code), files.place(*FACT)
    if scored and not row.ground:
        yield Problem(at_row, Kind.OWED, f"hàng {code} được chấm mà chưa ghi căn cứ", "thêm can_cu: goi_y hoặc can_cu: phe_binh")
    if scored and row.ground == "goi_y" and suggestion and suggestion.happened == "khong":
        here = at_row if files.restated(ROWS, code) else at_fact
        what = (
            f"hàng {code} chấm theo gợi ý kiểm điểm, nhưng dieu_kien.goi_y_kiem_diem ({seen_from(here, at_fact)}) ghi không"
            if here is at_row
            else f"dieu_kien.goi_y_kiem_diem ghi không, nhưng hàng {code} ({seen_from(here, at_row)}) chấm theo gợi ý kiểm điểm"
        )
        yield Problem(here, Kind.ERROR, what, "sửa một trong hai: can_cu: phe_binh, hoặc co_khong: co")
    if row.not_applicable and suggestion and suggestion.happened == "co" and suggestion.whom == "tap_the":
        here = at_fact if files.restated(*FACT) else at_row
        what = (
            f"tập thể bị gợi ý kiểm điểm, nhưng hàng {code} ({seen_from(here, at_row)}) ghi không áp dụng"
            if here is at_fact
            else f"hàng {code} ghi không áp dụng, nhưng tập thể bị gợi ý kiểm điểm ({seen_from(here, at_fact)})"
        )
        yield Problem(here, Kind.ERROR, what, f"chấm điểm hàng {code}, hoặc sửa co_khong")


def grounds_where_they_belong(files: Files, rows: Mapping[str, RowEntry], regulation: Regulation) -> Iterator[Problem]:
    """`can_cu` says what the suggestion row scores; it means nothing on other rows or where the row does not apply."""
    code = regulation.scoring.suggestion_row.code
    for other, entry in rows.items():
        if entry.ground and (other != code or entry.not_applicable):
            what = f"«can_cu» chỉ ghi ở hàng {code} khi hàng này được chấm"
            yield Problem(files.place(ROWS, other, "can_cu"), Kind.ERROR, what, "xóa dòng can_cu")
