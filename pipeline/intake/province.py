"""tinh.yaml and quyet_dinh.yaml -> contradictions and what the province's documents still owe."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.intake.calendar import province_calendar
from pipeline.intake.known_keys import unknown_keys
from pipeline.intake.places_of import seen_from
from pipeline.intake.wrong_years import wrong_years
from pipeline.model.province import ALL, PAPERS, SHEETS, Decisions, HumanDecision, ProvinceYear
from pipeline.model.regulation import Regulation
from pipeline.model.submission import Submission
from pipeline.model.unit import Unit
from pipeline.model.values import name_key
from pipeline.problems import DataError, Kind, Problem, errors
from pipeline.reading.shape import Loaded


def check_province(loaded: Loaded[ProvinceYear], year: int, regulation: Regulation) -> Iterator[Problem]:
    province = loaded.value
    assert province is not None
    bases = [basis.code for basis in regulation.quota.bases]
    if province.quota and province.quota.basis and province.quota.basis not in bases:
        what = f"giá trị «{province.quota.basis}» không có ở đây"
        yield Problem(loaded.place("han_muc", "co_so"), Kind.ERROR, what, "viết một trong: " + ", ".join(bases))
    slips = list(wrong_years(loaded, year))
    if province.declared is not None and loaded.place("ngay_lap") in [slip.place for slip in slips]:
        raise DataError([*loaded.problems, *slips])  # every file carries this date
    yield from slips
    if province.declared is None:
        blank = Problem(loaded.place("ngay_lap"), Kind.ERROR, "chưa ghi ngày lập hồ sơ", "viết ngay_lap: ngày/tháng/năm")
        raise DataError([*loaded.problems, blank])
    if province.year is not None and province.year != year:
        yield Problem(loaded.place("nam"), Kind.ERROR, f"tệp nằm trong năm {year} nhưng ghi nam: {province.year}", f"viết nam: {year}")
    if errors(loaded.problems):
        return
    yield from province_calendar(loaded)
    numbered = [*PAPERS, *(body.number_key for body in regulation.procedure.bodies)]
    yield from unknown_keys(loaded, "so_ngay_van_ban", province.numbers or {}, numbered)
    yield from unknown_keys(loaded, "so_ban_trinh", (key for key in province.copies or {} if key != ALL), [*numbered, *SHEETS])
    council = province.council
    needed = (
        ("nguoi_ky.ban_to_chuc", province.signers and province.signers.organiser),
        ("nguoi_ky.ban_thuong_vu", province.signers and province.signers.committee),
        ("hoi_dong_tham_dinh.thanh_vien", council and council.members),
        ("hoi_dong_tham_dinh.ngay_hop", council and council.date),
        ("hoi_dong_tham_dinh.dia_diem", council and council.place),
        ("can_cu", province.grounds),
    )
    # a key that is there without a value has its own line
    absent = [name for name, value in needed if not value and (value is not None or not loaded.holds(*name.split(".")))]
    if absent:
        yield Problem(loaded.place(), Kind.OWED, f"tài liệu của tỉnh còn thiếu: {', '.join(absent)}", "thêm các mục này vào tinh.yaml")
    roles = [m.role for m in council.members or []] if council else []
    for role in ("chu_tich", "thu_ky"):
        if roles and roles.count(role) != 1:
            yield Problem(
                loaded.place("hoi_dong_tham_dinh", "thanh_vien"),
                Kind.ERROR,
                f"hội đồng phải có đúng một người giữ vai_tro: {role}",
                "sửa vai_tro của các thành viên",
            )


def check_decisions(loaded: Loaded[Decisions], register: list[Unit], read: Mapping[str, Loaded[Submission]]) -> Iterator[Problem]:
    """`read`: the units' files that have been read, for the names of members."""
    decisions = loaded.value
    if decisions is None:
        return
    codes = [u.code for u in register]
    groups: list[tuple[str, list[Any]]] = [("y_kien", list(decisions.open_cases or [])), ("chinh_thuc", list(decisions.official or []))]
    for key, items in groups:
        seen: dict[str, int] = {}
        for i, item in enumerate(items):
            first = seen.setdefault(item.unit or "", i)
            if item.unit and item.unit not in codes:
                yield _unknown_unit(loaded, key, i, item.unit, codes)
            elif item.unit and first != i:
                line = loaded.place(key, first, "don_vi").line
                what = f"đơn vị «{item.unit}» ghi hai lần trong «{key}» (lần đầu ở dòng {line})"
                yield Problem(loaded.place(key, i, "don_vi"), Kind.ERROR, what, "xóa một trong hai")
    yield from _decided_members(loaded, decisions, codes, read)
    for i, case in enumerate(decisions.open_cases or []):
        for key, value in (("ngay", case.date), ("ly_do", case.reason)):
            if not value and key not in {"ngay", "ly_do"} & _blank(case):
                yield Problem(
                    loaded.place("y_kien", i), Kind.OWED, f"ý kiến quyết định về «{case.unit}» chưa ghi «{key}»", f"thêm {key}: ..."
                )


def _unknown_unit(loaded: Loaded[Decisions], key: str, i: int, unit: str, codes: list[str]) -> Problem:
    near = difflib.get_close_matches(unit, codes, 1, 0.5)
    return Problem(
        loaded.place(key, i, "don_vi"),
        Kind.ERROR,
        f"không có đơn vị «{unit}»",
        f"có phải ý bạn là «{near[0]}»?" if near else "viết mã đơn vị trong don_vi.yaml",
    )


def _decided_members(
    loaded: Loaded[Decisions], decisions: Decisions, codes: list[str], read: Mapping[str, Loaded[Submission]]
) -> Iterator[Problem]:
    """A decided rating must name a member whom the unit lists, each once."""
    seen: dict[tuple[str | None, str], int] = {}
    for i, decided in enumerate(decisions.members or []):
        first = seen.setdefault((decided.unit, name_key(decided.name)), i)
        if first != i and decided.name:
            line = loaded.place("thanh_vien", first, "ho_ten").line
            what = f"«{decided.name}» của «{decided.unit}» ghi hai lần (lần đầu ở dòng {line})"
            yield Problem(loaded.place("thanh_vien", i, "ho_ten"), Kind.ERROR, what, "xóa một trong hai")
        own = read.get(decided.unit or "")
        if decided.unit and decided.unit not in codes:
            yield _unknown_unit(loaded, "thanh_vien", i, decided.unit, codes)
        elif decided.name and own and own.value and name_key(decided.name) not in [name_key(m.name) for m in own.value.members or []]:
            here = loaded.place("thanh_vien", i, "ho_ten")
            there = seen_from(here, own.place("thanh_vien"))
            what = f"«{decided.name}» không có trong danh sách thành viên của «{decided.unit}» ({there})"
            yield Problem(here, Kind.ERROR, what, "viết đúng họ tên như tệp của đơn vị")


def _blank(case: HumanDecision) -> set[str]:
    """Keys written but left blank have their own message already."""
    names = {"date": "ngay", "reason": "ly_do"}
    return {names[n] for n in case.model_fields_set if n in names}
