"""Every single key of a ready year's files, taken out alone, is missed: a `lỗi`, or a draft whose cover names it. What may be absent is listed here."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.places import PROJECT, TEMPLATES
from pipeline.planning import plan_units, province_missing
from pipeline.problems import DataError, Kind
from tests.support import FILES, VALID, YEAR, assess, write_year

Keys = tuple[str | int, ...]
# What may be absent; a tuple of keys stands for everything below it too.
MAY_BE_ABSENT: dict[str, set[Keys]] = {
    "don_vi": {
        ("minh_hoa",),
        ("cham_diem", "B.1", "minh_chung"),  # evidence of a row is the unit's to name
        ("cham_diem", "B.4", "minh_chung"),
        ("thanh_vien", 1),  # who leaves out a member who did not vote is not found out
        ("thanh_vien", 2),
        ("thanh_vien", 3),
        ("so_ngay_van_ban",),  # left blank for the văn thư
        ("hoi_nghi", "thu_ky_chuc_vu"),
        ("hoi_nghi", "y_kien"),
    },
    "tinh": {("han_muc",), ("minh_hoa",)},  # the base of the quota may still be open; then levels that hang on it are
    "quyet_dinh": {("so",), ("ngay",)},  # blank until the decision is issued
    "tham_dinh": {("cham_diem",), ("thanh_vien",), ("kien_nghi",)},  # only what the council changes
}
ROWS = ("A.1.1", "A.1.2", "B.1", "B.4", "C.2.1")  # one of each way to write a row


class _Blocks(yaml.SafeDumper):
    """Narratives after `|`, as clerks write them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Blocks.add_representer(str, _text)


def keys_of(tree: Any, above: Keys = ()) -> Iterator[Keys]:
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, below in pairs:
        if above == ("cham_diem",) and key not in ROWS:
            continue
        yield (*above, key)
        yield from keys_of(below, (*above, key))


def without(tree: Any, keys: Keys) -> str:
    """The file as text; `keys` () takes out nothing."""
    tree = copy.deepcopy(tree)
    node = tree
    for key in keys[:-1]:
        node = node[key]
    if keys:
        del node[keys[-1]]
    return str(yaml.dump(tree, Dumper=_Blocks, allow_unicode=True, sort_keys=False, width=9999))


SAMPLE = PROJECT / "data" / str(YEAR)  # its unit file has a row of every kind; the smaller valid year has the rest


def tree_of(kind: str) -> Any:
    return yaml.load((SAMPLE / FILES[kind] if kind == "don_vi" else VALID / f"{kind}.yaml").read_text("utf-8"), yaml.BaseLoader)


def said_without(folder: Path, kind: str, tree: Any, keys: Keys) -> str:
    """What stops the documents or stands on the covers of drafts; '' = everything would look ready."""
    others: dict[str, str | None] = {"tham_dinh": None, "quyet_dinh": None} if kind == "don_vi" else {}
    try:
        result = assess(write_year(folder, **{kind: without(tree, keys), **others}))
    except DataError as error:
        return "\n".join(map(str, error.problems))
    errors = [str(p) for p in result.files.problems if p.kind is Kind.ERROR]
    covers = [line for plan in plan_units(result, TEMPLATES) for line in plan.missing] if kind == "don_vi" else province_missing(result)
    return "\n".join([*errors, *covers])


@pytest.mark.parametrize("kind", MAY_BE_ABSENT)
def test_whatever_is_taken_out_is_missed(kind: str, tmp_path: Path) -> None:
    tree = tree_of(kind)
    assert said_without(tmp_path / "data", kind, tree, ()) == ""
    silent = {keys for keys in keys_of(tree) if not said_without(tmp_path / "data", kind, tree, keys)}
    allowed = {keys for keys in keys_of(tree) if any(keys[: len(a)] == a for a in MAY_BE_ABSENT[kind])}
    assert silent <= allowed
    assert MAY_BE_ABSENT[kind] & set(keys_of(tree)) <= silent


@pytest.mark.parametrize(
    ("kind", "keys", "said"),
    [
        ("don_vi", ("hoi_nghi", "thu_ky"), "biên bản hội nghị còn thiếu ở “hoi_nghi”: thu_ky"),
        ("don_vi", ("cham_diem", "B.4", "ly_do"), "B.4"),
        ("don_vi", ("dang_ky_nam_sau",), "chưa ghi mức đăng ký năm sau"),
        ("don_vi", ("hoi_nghi", "vang"), "triệu tập"),
        ("don_vi", ("hoi_nghi", "vang", 0, "ly_do"), "chưa ghi lý do vắng của"),
        ("don_vi", ("hoi_nghi", "gui_du_thao"), "gui_du_thao"),
        ("don_vi", ("bao_cao", "uu_diem"), "uu_diem"),
        ("tham_dinh", ("phieu", "tot"), "biên bản thẩm định còn thiếu ở «phieu»: tot"),
        ("tham_dinh", ("trach_nhiem_dung_dau", "van_ban"), "biểu thẩm định còn thiếu ở «trach_nhiem_dung_dau»: van_ban"),
        ("tinh", ("nguoi_ky", "ban_thuong_vu"), "ban_thuong_vu"),
    ],
)
def test_the_cover_says_it_in_the_clerks_words(kind: str, keys: Keys, said: str, tmp_path: Path) -> None:
    tree = tree_of(kind)
    assert said in said_without(tmp_path / "data", kind, tree, keys)


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("    xep_loai: xuat_sac\n", "thanh_vien thứ 1: “xep_loai” còn để trống (điền giá trị)"),
        ("  dia_diem: ", "hoi_nghi: “dia_diem” còn để trống (điền giá trị)"),
    ],
)
def test_the_cover_says_whose_value_is_blank(old: str, said: str, tmp_path: Path) -> None:
    """A cover has no lines to look at: the entry is named."""
    text = (SAMPLE / FILES["don_vi"]).read_text("utf-8")
    start = text.index(old)
    end = text.index("\n", start)
    key = text[start : text.index(":", start) + 1]
    places = write_year(tmp_path / "data", don_vi=text[:start] + key + text[end:], tham_dinh=None, quyet_dinh=None)
    assert said in plan_units(assess(places), TEMPLATES)[0].missing
