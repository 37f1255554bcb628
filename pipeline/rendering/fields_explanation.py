"""ProvinceView -> why each unit has its level: conditions with value, article and place, what is missing to the next level, readings."""

from __future__ import annotations

from typing import Any

from pipeline.model.assessment import MET, NOT_MET, OPEN, Assessment, Evidence
from pipeline.rendering.province_view import ProvinceView, UnitView, quota_position
from pipeline.rendering.vietnamese import listing, lower_first, score

RESULTS = {MET: "Đạt", NOT_MET: "Không đạt", OPEN: "Chưa rõ"}


def explanation_fields(view: ProvinceView) -> dict[str, Any]:
    sheets = [explain_unit(view, v) for v in view.units]
    used = list(dict.fromkeys(n for v in view.units for n in v.assessment.readings))
    order = [n for n in view.regulation.readings if n in used]
    found = []
    for code in order:
        reading = view.regulation.readings[code]
        chosen = reading.ways.get(reading.chosen, "chờ người có thẩm quyền quyết định.")
        found.append({"ma": code, "van_de": reading.issue, "can_cu": reading.citation, "chon": chosen, "ly_do": reading.why})
    return {"phieu": sheets, "cach_hieu": found}


def explain_unit(view: ProvinceView, v: UnitView) -> dict[str, Any]:
    """One unit's sheet; the same words go to the terminal (`explain`)."""
    a = v.assessment
    names = [view.regulation.readings[n] for n in a.readings if n in view.regulation.readings]
    return {
        "tieu_de": f"{v.unit.number:02d}. {v.unit.collective}",
        "muc": view.level_text(a),
        "tu_cham": score(a.self_sheet.total if a.self_sheet else None) or "chưa đủ điểm",
        "tham_dinh": score(a.total) or "chưa có",
        "can_cu": "; ".join(a.levels.citations) if a.levels else "chưa có kết quả thẩm định",
        "ket_luan": conclusions(view, a),
        "dieu_kien": [_row(e) for e in a.evidence],
        "cach_hieu": [f"Cách hiểu {r.code}: {r.issue}" for r in names],
    }


def _row(e: Evidence) -> dict[str, str]:
    return {"can_cu": e.citation, "noi_dung": e.text, "gia_tri": _comma(e.value), "ket_qua": RESULTS[e.result], "noi": ""}


def _comma(value: str) -> str:
    """A score is kept with a point (ket_qua.json) and printed with a comma."""
    return value.replace(".", ",") if value.replace(".", "").isdigit() else value


def conclusions(view: ProvinceView, a: Assessment) -> list[str]:
    """Sentences from the level reached to what the next higher one would need."""
    found = []
    if a.levels:
        bands = [b.name for b in view.regulation.rating.bands if b.code in a.levels.bands]
        found.append(f"Điểm thẩm định thuộc khoảng {listing(bands)}; áp dụng dòng {listing(list(a.levels.rows))} của bảng quyết định.")
    position = quota_position(view, a)
    if position:
        found.append(position)
    if a.decided_by:
        found.append(f"Trường hợp quy định chưa rõ; đồng chí {a.decided_by} quyết định: {(a.decided_reason or '').rstrip('.')}.")
    if a.missing:
        found.append(f"Còn thiếu: {listing(a.missing)}.")
    higher = _next_higher(view, a)
    if higher:
        found.append(higher)
    if a.official and a.level and a.official != a.level:
        found.append(
            f"Mức chính thức: {lower_first(view.regulation.level_name(a.official))}; lý do khác đề xuất: {(a.official_reason or '').rstrip('.')}."
        )
    return found + [f"Lưu ý: {w}." for w in (*a.conflicts, *a.warnings)]


def _next_higher(view: ProvinceView, a: Assessment) -> str:
    """The nearest higher level and what is missing: points, conditions, rank."""
    if not a.level or a.total is None or view.regulation.rank(a.level) == 0:
        return ""
    rank = view.regulation.rank(a.level) - 1
    target = view.regulation.heading.levels[rank]
    band = view.regulation.rating.bands[len(view.regulation.rating.bands) - 1 - rank]
    lacking = []
    if band.low is not None and a.total < band.low:
        lacking.append(f"thêm {score(band.low - a.total)} điểm ({band.citation})")
    relevant = [e for e in a.evidence if e.result == NOT_MET and "gạch đầu dòng 5" not in e.citation]
    if rank > 0:
        relevant = [e for e in relevant if not e.citation.startswith("Điều 6 khoản 1")]
    lacking += [f"điều kiện «{lower_first(e.text)}» ({e.citation})" for e in relevant]
    if a.candidate and rank == 0:
        lacking.append(f"thứ hạng trong hạn mức ({view.regulation.quota.citation})")
    return f"Để đạt mức {lower_first(target.name)} còn thiếu: {listing(lacking)}." if lacking else ""
