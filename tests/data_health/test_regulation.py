"""data/quy_dinh/453-QD-TU-2022 and data/don_vi.yaml -> the same wording, points, citations and units as the source text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.data_health import nguon
from tests.data_health.citations import mentioned, places, resolve

FOLDER = nguon.REGULATION
FILES = sorted(FOLDER.rglob("*.yaml"))
KEYS = {"ma": "id", "noi": "where", "nguon": "source", "sua": "corrected"}
SECTION_OF = {
    "B.I": [1],
    "B.II": [2, 3, 4, 5, 6, 9],
    "B.III": [7],
    "B.IV": [8],
    "B.V": [10],
    "B.VI": [11, 12],
    "B.VII": range(13, 19),
    "B.VIII": [20],
    "B.IX": [19, 44],
    "B.X": [21],
    "B.XI": [22, 23, 24],
    "B.XII": range(25, 44),
    "B.XIII": [45],
    "B.XIV": [46, 47],
    "B.XV": [48],
    "B.XVI": [49, 50, 51],
    "B.XVII": range(52, 57),
}
GROUP_OF = {1: [*range(1, 9), 10, 11, 12], 2: range(13, 21), 3: range(21, 25), 4: range(25, 52), 5: [9, *range(52, 57)]}
BODY_OF = {"thuong_truc_tinh_uy": [*range(1, 21)], "dang_doan_hdnd": range(21, 25), "ban_can_su_dang_ubnd": range(25, 57)}
VALUES = {
    "diem",
    "tong_diem",
    "so_chu_so",
    "tran",
    "ty_le",
    "tu",
    "den",
    "duoi",
    "muc_toi_thieu",
    "hinh_thuc",
    "truoc",
    "truoc_ngay",
    "luc_hoi",
    "can_xac_nhan",
    "chuyen_sang",
    "phan_bo",
    "ket_qua",
    "bieu_mau",
}
GROUPING = {"khoang_diem", "dieu_kien", "chuyen_diem", "tieu_chi", "chu_the", "muc_xep_loai", "nhom", "bang", "tai_lieu", "cach_hieu"}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def errata() -> list[dict[str, str]]:
    return [
        {KEYS[k]: e[k] for k in KEYS} | {"apply": {"co": "true", "khong": "false"}[e["ap_dung"]]}
        for e in read(FOLDER / "errata.yaml")["dinh_chinh"]
    ]


SOURCE = nguon.sections(errata())
CRITERIA = {path.stem: read(path) for path in sorted((FOLDER / "tieu_chi").glob("*.yaml"))}
REGISTER = read(FOLDER.parents[1] / "don_vi.yaml")["don_vi"]


def test_every_section_is_there() -> None:
    assert set(CRITERIA) == set(SOURCE) == {"A", "C", *(f"B.{n}" for n in nguon.ROMAN)}


@pytest.mark.parametrize("code", sorted(SOURCE))
def test_section_is_the_source_letter_by_letter(code: str) -> None:
    written, source = CRITERIA[code], SOURCE[code]

    assert (written["ma"], written["tieu_de"], written["tong_diem"]) == (code, source.title, source.total)
    assert [row(c) for c in written["tieu_chi"]] == [
        (r.code, r.points, r.text, [(d.code, d.points, d.text) for d in r.dashes]) for r in source.rows
    ]


def row(criterion: dict[str, Any]) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    return (
        criterion["ma"],
        criterion["diem"],
        criterion["noi_dung"],
        [(d["ma"], d["diem"], d["noi_dung"]) for d in criterion.get("gach_dau_dong", [])],
    )


@pytest.mark.parametrize("code", sorted(SOURCE))
def test_points_add_up(code: str) -> None:
    criteria = CRITERIA[code]["tieu_chi"]

    assert sum(int(c["diem"]) for c in criteria) == {"A": 40, "C": 10}.get(code, 50) == int(CRITERIA[code]["tong_diem"])
    assert [c["ma"] for c in criteria if "gach_dau_dong" in c and sum(int(d["diem"]) for d in c["gach_dau_dong"]) != int(c["diem"])] == []
    assert all(("gach_dau_dong" in c) == (code in "AC") for c in criteria)


def test_a_criterion_cites_its_own_row() -> None:
    assert [c["can_cu"] for s in CRITERIA.values() for c in s["tieu_chi"]] == [
        f"Phụ lục, mục {code}, tiêu chí {i}" for code, s in CRITERIA.items() for i, _ in enumerate(s["tieu_chi"], 1)
    ]


def walk(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every mapping with the keys that lead to it."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from walk(item, (*path, key))
    for item in value if isinstance(value, list) else ():
        yield from walk(item, path)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_citation_exists_in_the_source(path: Path) -> None:
    cited = [node["can_cu"] for _, node in walk(read(path)) if "can_cu" in node]

    assert {citation: bad for citation in cited if (bad := resolve(citation, SOURCE))} == {}


@pytest.mark.parametrize("path", [*FILES, FOLDER.parents[1] / "don_vi.yaml"], ids=lambda p: p.stem)
def test_every_article_named_in_words_exists(path: Path) -> None:
    """Reasons and comments also name articles."""
    assert mentioned(path.read_text(encoding="utf-8")) - places() == set()


@pytest.mark.parametrize("path", [p for p in FILES if p.stem not in ("errata", "cach_hieu")], ids=lambda p: p.stem)
def test_every_value_stands_beside_its_citation(path: Path) -> None:
    """A value without can_cu or cach_hieu in the same group; a dash is cited through its criterion."""
    alone = [
        (where, node)
        for where, node in walk(read(path))
        if any(isinstance(node.get(key), (str, list)) for key in VALUES - GROUPING) and not {"can_cu", "cach_hieu"} & node.keys()
    ]

    assert [item for item in alone if item[0][-1:] != ("gach_dau_dong",)] == []


def test_every_reading_is_present_and_whole() -> None:
    readings = read(FOLDER / "cach_hieu.yaml")["cach_hieu"]

    assert [r["ma"] for r in readings] == [f"n{i}" for i in range(1, 41)]
    assert [r["ma"] for r in readings if r["chon"] not in (*r["cac_cach"], "khong") or len(r["cac_cach"]) < 2] == []
    assert [(r["ma"], key) for r in readings for key in ("van_de", "ly_do", "pham_vi", "xu_ly", "can_cu") if not r[key].strip()] == []
    assert [r["ma"] for r in readings if r["chon"] == "khong" and r["xu_ly"] not in ("nguoi_quyet", "chan")] == []


def test_every_reading_referred_to_exists() -> None:
    known = {r["ma"] for r in read(FOLDER / "cach_hieu.yaml")["cach_hieu"]}
    used = [
        node[key]
        for path in FILES
        if path.stem != "cach_hieu"
        for _, node in walk(read(path))
        for key in ("cach_hieu", "can_tu_nhan_cach_hieu")
        if key in node
    ]

    assert {code for found in used for code in ([found] if isinstance(found, str) else found)} - known == set()


def test_units_are_the_list_in_its_order() -> None:
    assert [(int(u["stt"]), u["ten"]) for u in REGISTER] == nguon.units(errata())
    assert [u["stt"] for u in REGISTER] == [str(i) for i in range(1, 57)]
    assert len({u["ma"] for u in REGISTER}) == 56


@pytest.mark.parametrize(("key", "mapping"), [("phu_luc", SECTION_OF), ("nhom", GROUP_OF)])
def test_units_have_their_section_and_group(key: str, mapping: dict[Any, Any]) -> None:
    expected = {number: str(value) for value, numbers in mapping.items() for number in numbers}

    assert {int(u["stt"]): u[key] for u in REGISTER} == expected


def test_bodies_consulted_about_each_unit() -> None:
    """Điều 5 khoản 2 điểm (1); the emulation council is asked about all."""
    expected = {number: {body, "hoi_dong_tdkt"} for body, numbers in BODY_OF.items() for number in numbers}

    assert {int(u["stt"]): set(u["chu_the"]) for u in REGISTER} == expected
    assert set(BODY_OF) | {"hoi_dong_tdkt"} == {b["ma"] for b in read(FOLDER / "quy_trinh.yaml")["chu_the"]}


def test_the_six_documents_are_those_of_the_article() -> None:
    """Điều 7, word for word and in its order."""
    documents = read(FOLDER / "ho_so.yaml")["tai_lieu"]

    assert [(d["can_cu"], d["bieu_mau"][0]) for d in documents] == [(f"Điều 7 khoản {i}", str(i)) for i in range(1, 7)]
    assert [d["noi_dung"] for i, d in enumerate(documents, 1) if f"\n{i}. {d['noi_dung']}\n" not in nguon.source_text()] == []


def test_every_erratum_names_a_place_and_its_words() -> None:
    """Nothing is altered silently: the source words of a correction stand in the source text."""
    text = unicodedata.normalize("NFC", nguon.source_text())
    wrong = [e["id"] for e in errata() if e["id"].startswith("E") and e["source"] not in text.replace("\n", " ")]

    assert wrong == []
    assert len({e["id"] for e in errata()}) == len(errata())


@pytest.mark.parametrize("path", [*FILES, FOLDER / "nguon" / "van_ban.txt", FOLDER.parents[1] / "don_vi.yaml"], ids=lambda p: p.stem)
def test_text_is_nfc_without_stray_characters(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert [c for c in set(text) - {"\n", "\t"} if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") or c in "\u00a0"] == []


@pytest.mark.parametrize(
    "citation",
    [
        "Điều 6 khoản 5",
        "Điều 6 khoản 2 gạch đầu dòng 3",
        "Điều 11",
        "Điều 10 khoản 3 gạch đầu dòng 4",
        "Điều 5 khoản 2 điểm (3)",
        "Phụ lục, mục B.II, tiêu chí 11",
        "Phụ lục, mục B.XVIII",
        "Phụ lục, mục C, tiêu chí 1, gạch đầu dòng 3",
        "Điều 6 khoản 2 đoạn cuối",
        "khoản 2 Điều 6",
    ],
)
def test_the_resolver_refuses_what_is_not_there(citation: str) -> None:
    assert resolve(citation, SOURCE) == [citation]
