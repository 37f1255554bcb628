"""ProvinceView -> the collectives level by level, as one table: a heading row with the count, then a row each."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.vietnamese import count, listing, lower_first, score

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
NOBODY = "Không có tập thể nào"


def level_rows(view: ProvinceView, official: bool, note: Callable[[UnitView], str]) -> list[dict[str, str]]:
    """Inside a level the order of the regulation's list, numbered anew (as in the annex of a decision)."""
    rows: list[dict[str, str]] = []
    blank = {"stt": "", "ten": "", "diem": "", "ghi_chu": ""}
    for roman, level in zip(ROMAN, view.regulation.heading.levels):
        units = view.with_level(level.code, official)
        rows.append({**blank, "de_muc": f"{roman}- {level.name} ({count(len(units))} tập thể)"})
        for i, v in enumerate(units, 1):
            total = score(v.assessment.total) or "..."
            rows.append({"de_muc": "", "stt": str(i), "ten": v.unit.collective, "diem": total, "ghi_chu": note(v)})
        if not units:
            rows.append({**blank, "de_muc": "", "ten": NOBODY})
    if open_units := view.with_level(None, official):
        rows.append({**blank, "de_muc": f"Chưa rõ mức ({count(len(open_units))} tập thể)"})
        for i, v in enumerate(open_units, 1):
            total = score(v.assessment.total) or "..."
            rows.append({"de_muc": "", "stt": str(i), "ten": v.unit.collective, "diem": total, "ghi_chu": view.level_text(v.assessment)})
    return rows


def level_counts_sentence(view: ProvinceView, official: bool = False) -> str:
    """ "08 tập thể hoàn thành xuất sắc nhiệm vụ, 40 tập thể ... và 02 tập thể ..."."""
    counts = [(len(view.with_level(level.code, official)), lower_first(level.name)) for level in view.regulation.heading.levels]
    return listing([f"{count(number)} tập thể {name}" for number, name in counts])
