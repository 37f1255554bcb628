"""A Regulation -> what in its folder names something it does not have, and facts for which its table has not exactly one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model.assessment import CANDIDATE, every_world
from pipeline.model.explanation import COMPOSED, DECISION, NOT_HIGHEST, SCORE
from pipeline.model.rating_rules import DefectRules, RatingRules
from pipeline.model.regulation import NONE, Regulation
from pipeline.problems import Kind, Place, Problem


def incoherent(regulation: Regulation, shown: str) -> list[Problem]:
    """`shown`: the folder's name in messages."""
    rating = Place(f"{shown}/xep_loai.yaml")
    found = [*_bands(regulation.rating, rating), *_branches(regulation, rating), *_rows(regulation, rating)]
    found += [] if found else _table(regulation, rating)  # a row that names an unknown band would be found twice
    found += [*_quota(regulation, Place(f"{shown}/han_muc.yaml")), *_places(regulation, Place(f"{shown}/ho_so.yaml"))]
    return [*found, *_carried(regulation, Place(f"{shown}/cham_diem.yaml"))]


def findings(rating: RatingRules) -> set[str]:
    """What is found about a unit, and stands in a document."""
    return {c.code for c in rating.conditions} | defects() | {SCORE, "ky_luat", "thanh_vien_khong_hoan_thanh"}


def defects() -> set[str]:
    return {info.alias or name for name, info in DefectRules.model_fields.items()}


def _unknown(place: Place, where: str, named: Iterable[str], known: Iterable[str], kind: str) -> Iterator[Problem]:
    listed = sorted(known)
    for code in named:
        if code not in listed:
            yield Problem(place, Kind.ERROR, f"{where}: không có {kind} «{code}»", f"viết một trong: {', '.join(listed)}")


def _bands(rating: RatingRules, place: Place) -> Iterator[Problem]:
    """From 0 points up without a hole; the last one without an end."""
    edges = [(band.low, band.high) for band in rating.bands]
    whole = bool(edges) and edges[0][0] == 0 and edges[-1][1] is None
    if not whole or any(high != low or high is None for (_, high), (low, _) in zip(edges, edges[1:])):
        yield Problem(place, Kind.ERROR, "khoang_diem: các khoảng điểm không nối liền nhau từ 0 điểm", "sửa tu, den của từng khoảng")


def _branches(regulation: Regulation, place: Place) -> Iterator[Problem]:
    rating, levels = regulation.rating, [level.code for level in regulation.heading.levels]
    for branch in rating.branches_in_force:
        where = f"nhanh «{branch.name}»"
        yield from _unknown(place, where, [branch.level], levels, "mức")
        yield from _unknown(place, where, branch.bands, [b.code for b in rating.bands], "khoảng điểm")
        for ground in branch.in_force:
            yield from _unknown(place, where, [ground.finding], findings(rating) | COMPOSED | {NOT_HIGHEST}, "nội dung xét")
            yield from _unknown(place, where, ground.parts, defects(), "khuyết điểm")
            readings = [code for code in (ground.noted, ground.unclear) if code not in (None, NONE)]
            yield from _unknown(place, where, [code for code in readings if code], regulation.readings, "cách hiểu")


def _rows(regulation: Regulation, place: Place) -> Iterator[Problem]:
    rating = regulation.rating
    levels = [CANDIDATE, *(level.code for level in regulation.heading.levels)]
    worlds = list(every_world())
    for row in rating.table:
        where = f"bang, dòng {row.code}"
        yield from _unknown(place, where, row.bands, [b.code for b in rating.bands], "khoảng điểm")
        yield from _unknown(place, where, row.result, levels, "mức")
        yield from _unknown(place, where, row.readings, regulation.readings, "cách hiểu")
        for key, cell in (
            ("defect", row.defect),
            ("discipline", row.discipline),
            ("failed_member", row.failed_member),
            ("conditions", row.conditions),
        ):
            yield from _unknown(place, where, cell, {getattr(world, key) for world in worlds}, "giá trị")


def _table(regulation: Regulation, place: Place) -> Iterator[Problem]:
    """Facts that can all be true at once have exactly one row in every band."""
    words = regulation.rating.words
    for band in regulation.rating.bands:
        for world in every_world():
            rows = [row.code for row in regulation.rating.table if world.fits(row, band.code)]
            if len(rows) != 1:
                facts = [
                    words.defect[world.defect],
                    words.discipline[world.discipline],
                    words.failed_member[world.failed_member],
                    words.conditions[world.conditions],
                ]
                many = f"có {len(rows)} dòng ({', '.join(rows)})" if rows else "không có dòng nào"
                what = f"bang: {band.name}, {', '.join(facts)}: {many}"
                yield Problem(place, Kind.ERROR, what, "mỗi trường hợp phải có đúng một dòng")


def _quota(regulation: Regulation, place: Place) -> Iterator[Problem]:
    quota, levels = regulation.quota, [level.code for level in regulation.heading.levels]
    yield from _unknown(place, "muc_dat, muc_con_lai, ngoai_han_muc", [quota.chosen, quota.other, *quota.outside], levels, "mức")
    yield from _unknown(place, "co_so_mac_dinh", [quota.default_basis], [*(b.code for b in quota.bases), "chua_chon"], "cơ sở tính")
    named = [n for n in (quota.basis_reading, quota.tie_reading, quota.own_claim_reading, quota.outside_reading) if n]
    yield from _unknown(place, "cach_hieu, ..._cach_hieu", [*quota.readings, *named], regulation.readings, "cách hiểu")
    ways = regulation.readings[quota.basis_reading].ways if quota.basis_reading in regulation.readings else {}
    yield from _unknown(place, "co_so, cach", [b.way or "" for b in quota.bases] if ways else [], ways, "cách")


def _carried(regulation: Regulation, place: Place) -> Iterator[Problem]:
    """Rows that answer last year's are rows every unit has."""
    rule, common = regulation.scoring.carried, [part.code for part in regulation.scoring.parts if part.own != "co"]
    rows = {row.code for code in common for row in regulation.sections[code].rows}
    yield from _unknown(place, "nam_truoc", [*rule.weaknesses, *rule.follows, *rule.follows.values()], rows, "hàng")


def _places(regulation: Regulation, place: Place) -> Iterator[Problem]:
    """Whatever an explanation names must be found somewhere."""
    listed = {p.finding for p in regulation.dossier.places}
    used = {ground.finding for branch in regulation.rating.branches_in_force for ground in branch.in_force}
    for code in sorted((findings(regulation.rating) | used & {NOT_HIGHEST} | {DECISION}) - listed):
        yield Problem(place, Kind.ERROR, f"noi_ghi: thiếu nội dung «{code}»", "ghi tài liệu và mục có nội dung này")
