"""The rows of a scoring table as written -> problems: missing, foreign, contradictory.

Điều 4 khoản 2 (share of the plan; contents outside a unit's functions). Points against maxima are rating's business (claims.py).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipeline.model.criteria import CARRY, REFUSE
from pipeline.model.regulation import Regulation
from pipeline.model.rows import RowEntry
from pipeline.problems import Kind, Problem
from pipeline.reading.shape import Loaded

FORMS = {"share": "ty_le", "points": "diem", "planned": "ke_hoach", "not_applicable": "khong_ap_dung"}


def check_rows(
    loaded: Loaded[Any], regulation: Regulation, section: str, written: Mapping[str, RowEntry], complete: bool
) -> Iterator[Problem]:
    """`complete`: the unit's own file needs every row; the appraisal has only the rows it changes."""
    codes = [row.code for _, _, row in regulation.rows(section)]
    parts = [part.code for part in regulation.parts(section)]
    missing = [code for code in codes if code not in written]
    for code in written:
        if code not in codes:
            near = _near(code, codes, missing if complete else [])
            missing = [other for other in missing if other != near]  # a misspelt row is one slip, not two
            yield _foreign(loaded, code, codes, parts, near)
    if complete and missing:
        yield _missing(loaded, missing)
    for code, entry in written.items():
        if code in codes:
            yield from _forms(loaded, code, entry, regulation)
            yield from _subordinates(loaded, code, entry)
    if complete:
        yield from empty_criteria(loaded, regulation, section, written)


def _missing(loaded: Loaded[Any], codes: list[str]) -> Problem:
    """All of them in one line: whoever left out a part wants to see it at once."""
    what = f"thiếu hàng «{codes[0]}»" if len(codes) == 1 else f"thiếu {len(codes)} hàng: {', '.join(codes)}"
    write = f"thêm dòng {codes[0]}: và điểm hoặc tỷ lệ của hàng này" if len(codes) == 1 else "thêm mỗi hàng một dòng, có điểm hoặc tỷ lệ"
    return Problem(loaded.place("cham_diem"), Kind.ERROR, what, write)


def _near(code: str, codes: list[str], missing: list[str]) -> str | None:
    """`A11` means A.1.1; else only a row still missing is a likely guess."""
    same = [c for c in codes if _bare(c) == _bare(code)] or difflib.get_close_matches(code, missing, 1, 0.7)
    return same[0] if same else None


def _foreign(loaded: Loaded[Any], code: str, codes: list[str], parts: list[str], near: str | None) -> Problem:
    scored = f"đơn vị này chấm theo mục {', '.join(parts[:-1])} và {parts[-1]}, từ {codes[0]} đến {codes[-1]}"
    advice = f"có phải ý bạn là «{near}»?" if near else scored
    return Problem(loaded.key_place("cham_diem", code), Kind.ERROR, f"không có hàng «{code}» trong biểu của đơn vị này", advice)


def _bare(code: str) -> str:
    return "".join(c for c in code if c.isalnum()).upper()


def _forms(loaded: Loaded[Any], code: str, entry: RowEntry, regulation: Regulation) -> Iterator[Problem]:
    """Exactly one way of scoring a row."""
    place = loaded.place("cham_diem", code)
    used = [key for name, key in FORMS.items() if name in entry.model_fields_set]
    if len(used) > 1:
        yield Problem(place, Kind.ERROR, f"hàng {code} chấm bằng nhiều cách cùng lúc ({', '.join(used)})", "giữ lại một cách")
    computed = entry.subordinates and regulation.scoring.subordinates.method != "nguoi_cham"
    if not used and not computed and entry.model_fields_set:
        if "achieved" in entry.model_fields_set:
            yield Problem(place, Kind.ERROR, f"hàng {code} có thuc_hien mà thiếu ke_hoach", "thêm dòng ke_hoach")
        else:
            yield Problem(
                place, Kind.ERROR, f"hàng {code} chưa có điểm", "thêm một trong: ty_le, diem, ke_hoach và thuc_hien, khong_ap_dung"
            )
    if "planned" in entry.model_fields_set and "achieved" not in entry.model_fields_set:
        yield Problem(place, Kind.ERROR, f"hàng {code} có ke_hoach mà thiếu thuc_hien", "thêm dòng thuc_hien")
    if entry.planned == Decimal(0):
        yield Problem(
            loaded.place("cham_diem", code, "ke_hoach"),
            Kind.ERROR,
            "kế hoạch bằng 0 thì không tính được tỷ lệ",
            "ghi ty_le: ...% kèm ly_do",
        )


def _subordinates(loaded: Loaded[Any], code: str, entry: RowEntry) -> Iterator[Problem]:
    """No more rated well than there are."""
    found = entry.subordinates
    pairs = (
        (("tap_the", found.collectives_good, found.collectives), ("ca_nhan", found.individuals_good, found.individuals)) if found else ()
    )
    for key, good, whole in pairs:
        if good is not None and whole is not None and good > whole:
            here, there = (loaded.place("cham_diem", code, "xep_loai_cap_duoi", name) for name in (f"{key}_dat", key))
            what = f"{key}_dat là {good}, lớn hơn {key} {whole} (dòng {there.line})"
            yield Problem(here, Kind.ERROR, what, f"sửa {key}_dat hoặc {key}")


def empty_criteria(loaded: Loaded[Any], regulation: Regulation, section: str, written: Mapping[str, RowEntry]) -> Iterator[Problem]:
    """All contents of a criterion of A, or all of B, cannot be outside a unit's functions, unless the reading chosen provides for it."""
    rule = regulation.scoring.not_applicable.whole_criterion
    for part in regulation.parts(section):
        own = regulation.part_rule(part).own == "co"
        if part.part not in rule.parts or rule.fate not in ((REFUSE, CARRY) if own else (REFUSE,)):
            continue
        for name, rows in [(f"mục {part.code}", part.rows)] if own else [(f"tiêu chí {c.code}", c.rows) for c in part.criteria]:
            if all(row.code in written and written[row.code].not_applicable for row in rows):
                yield Problem(
                    loaded.place("cham_diem", rows[0].code),
                    Kind.ERROR,
                    f"mọi nội dung của {name} đều ghi không áp dụng",
                    f"chấm ít nhất một nội dung ({rule.citation})",
                )
