"""Official levels beside the proposals -> the quota refuses what no settlement of the open units could make lawful; reasons owed; who decides."""

from __future__ import annotations

from pipeline.model.assessment import Assessment
from pipeline.model.province import OfficialLevel
from pipeline.problems import Kind
from pipeline.rating.claims import Claim
from pipeline.rating.official import Head, beside_the_proposal, record_official
from pipeline.rating.year import settle_year
from tests.rating.build import rate, regulation

APART, TOGETHER = "khong_gom_xuat_sac", "gom_xuat_sac"


def year(totals: list[str], absent: int = 0) -> dict[str, Assessment]:
    """Units with these totals, and `absent` ones that nobody has appraised yet."""
    found = {f"u{i}": rate({"tong_diem": total}) for i, total in enumerate(totals)}
    found |= {f"x{i}": rate({"chua_tham_dinh": "co"}) for i in range(absent)}
    for code, a in found.items():
        a.code = code
    settle_year(regulation(), found, {}, APART)
    return found


def record(
    units: dict[str, Assessment], levels: dict[str, str], basis: str = APART, reason: str | None = "Kết luận", head: Head | None = None
) -> list[Claim]:
    listed = [OfficialLevel(don_vi=code, muc=level, ly_do=reason) for code, level in levels.items()]
    found = record_official(regulation(), units, listed, dict.fromkeys(units, head), basis, {})
    return found + [c for i, entry in enumerate(listed) for c in beside_the_proposal(regulation(), units[entry.unit or ""], i, entry)]


def said(claims: list[Claim], kind: Kind = Kind.ERROR) -> list[tuple[object, str]]:
    return [(c.path[1], c.what) for c in claims if c.kind is kind]


def test_the_quota_is_kept_also_while_a_unit_has_no_level() -> None:
    """Six units, one without a level: even as HTT it leaves four for two XS, of which 20% is none."""
    units = year(["90"] * 5, absent=1)
    found = record(units, {"u0": "xuat_sac", "u1": "xuat_sac"})

    what = (
        "02 tập thể hoàn thành xuất sắc nhiệm vụ vượt quá 20% của 04 tập thể hoàn thành tốt nhiệm vụ "
        "(đã coi 01 tập thể chưa có mức đều hoàn thành tốt nhiệm vụ) (Điều 6 khoản 1 đoạn cuối)"
    )
    assert said(found) == [(0, what), (1, what)]
    assert [units[c].official for c in ("u0", "u1")] == [None, None]


def test_what_some_settlement_makes_lawful_is_not_refused() -> None:
    """One XS of five HTT, the fifth of which is still open."""
    units = year(["90"] * 5, absent=1)

    assert said(record(units, {"u0": "xuat_sac"})) == []
    assert units["u0"].official == "xuat_sac"


def test_too_many_even_if_every_open_unit_were_rated_well() -> None:
    """14 of 55, one open (finding: accepted silently)."""
    units = year(["90"] * 55, absent=1)
    found = record(units, {f"u{i}": "xuat_sac" for i in range(14)})

    assert len(said(found)) == 14


def test_an_official_level_without_a_proposal_owes_its_reason() -> None:
    units = year(["90"], absent=1)
    found = record(units, {"x0": "tot"}, reason=None)

    what = "mức chính thức của «x0» ghi khi đơn vị chưa có mức đề xuất (chưa có kết quả thẩm định) mà chưa nêu lý do"
    assert (said(found, Kind.OWED), units["x0"].official, units["x0"].level) == ([(0, what)], "tot", None)
    assert record(year(["90"], absent=1), {"x0": "tot"}) == []


def test_a_level_outside_the_rules_is_recorded_with_a_warning() -> None:
    """Điều 5 khoản 3 gives the decision to the Standing Committee; while the case is open nothing else would show the difference."""
    units = {"u0": rate({"tong_diem": "84", "khuyet_diem": {"suy_thoai": {"co_khong": "chua_ro"}}})}
    units["u0"].code = "u0"
    settle_year(regulation(), units, {}, APART)
    found = record(units, {"u0": "tot"})

    (place, what), *others = said(found, Kind.WARNING)
    assert (place, others, units["u0"].official, units["u0"].level) == (0, [], "tot", None)
    levels = "«hoàn thành nhiệm vụ» hoặc «không hoàn thành nhiệm vụ»"
    assert what.startswith(f"mức chính thức của «u0» là «hoàn thành tốt nhiệm vụ», ngoài mức theo quy định: {levels} (Điều 6 khoản")
    assert what.endswith("vẫn ghi nhận vì Ban Thường vụ Tỉnh ủy quyết định (Điều 5 khoản 3)")


def test_another_level_than_the_proposal_needs_its_reason_only() -> None:
    """Both are printed beside each other, with the reason."""
    units = year(["84"])

    assert (record(units, {"u0": "tot"}), units["u0"].official, units["u0"].level) == ([], "tot", "hoan_thanh")


def test_the_place_of_the_head_s_level_is_named() -> None:
    found = record(year(["90"]), {"u0": "tot"}, head=Head("xuat_sac", "dòng 9"))

    assert said(found)[0][1].startswith("người đứng đầu xếp «hoàn thành xuất sắc nhiệm vụ» (dòng 9), cao hơn mức quyết định cho tập thể")
