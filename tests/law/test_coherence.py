"""A regulation's folder that contradicts itself -> what is wrong, in which file, before anything is rated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.law.regulation import read_regulation
from pipeline.problems import DataError, in_order
from tests.rating.build import FOLDER

TABLE, QUOTA, PLACES = "xep_loai.yaml", "han_muc.yaml", "ho_so.yaml"
LEVELS = "hoan_thanh, khong_hoan_thanh, tot, xuat_sac"
# file, words, words instead, messages expected
EDITS = [
    (
        TABLE,
        "- xet: doi_moi_sang_tao",
        "- xet: doi_moi",
        [
            "nhanh «từ 95 điểm trở lên và đủ các điều kiện»: không có nội dung xét «doi_moi» — viết một trong: cai_cach_hanh_chinh, chi_tieu, "
            "chi_tieu_chu_yeu, co_khuyet_diem, diem, doan_ket_tieu_bieu, doi_moi_sang_tao, goi_y_kiem_diem, khong_khuyet_diem, khong_ky_luat, "
            "ky_luat, ky_luat_tap_the, ky_luat_thanh_vien, mat_doan_ket, ngoai_muc_dat, suy_thoai, thanh_vien, thanh_vien_khong_hoan_thanh"
        ],
    ),
    (
        TABLE,
        "gom: [mat_doan_ket",
        "gom: [doan_ket",
        [
            "nhanh «từ 70 điểm đến dưới 85 điểm, không có khuyết điểm»: không có khuyết điểm «doan_ket» — viết một trong: chi_tieu, "
            "chi_tieu_chu_yeu, ky_luat_tap_the, ky_luat_thanh_vien, mat_doan_ket, suy_thoai"
        ],
    ),
    (
        TABLE,
        "ket_qua: [ung_vien]",
        "ket_qua: [ung_cu]",
        ["bang, dòng R17: không có mức «ung_cu» — viết một trong: hoan_thanh, khong_hoan_thanh, tot, ung_vien, xuat_sac"],
    ),
    (
        TABLE,
        "cach_hieu: [n7, n39]",
        "cach_hieu: [n7, n93]",
        ["bang, dòng R17: không có cách hiểu «n93» — viết một trong: " + ", ".join(sorted(f"n{i}" for i in range(1, 41)))],
    ),
    (
        TABLE,
        "dieu_kien: [co]",
        "dieu_kien: [khong]",
        [
            "bang: từ 95 điểm trở lên, không có khuyết điểm nêu tại khoản 4, không có kỷ luật phải tính, không có thành viên lãnh đạo không "
            "hoàn thành nhiệm vụ, không đủ các điều kiện của mức hoàn thành xuất sắc nhiệm vụ: có 2 dòng (R17, R18) — mỗi trường hợp phải có "
            "đúng một dòng",
            "bang: từ 95 điểm trở lên, không có khuyết điểm nêu tại khoản 4, không có kỷ luật phải tính, không có thành viên lãnh đạo không "
            "hoàn thành nhiệm vụ, đủ các điều kiện của mức hoàn thành xuất sắc nhiệm vụ: không có dòng nào — mỗi trường hợp phải có đúng "
            "một dòng",
        ],
    ),
    (TABLE, "    den: 85", "    den: 84", ["khoang_diem: các khoảng điểm không nối liền nhau từ 0 điểm — sửa tu, den của từng khoảng"]),
    (
        QUOTA,
        "muc_con_lai: tot",
        "muc_con_lai: kha",
        [f"muc_dat, muc_con_lai, ngoai_han_muc: không có mức «kha» — viết một trong: {LEVELS}"],
    ),
    (
        PLACES,
        "- xet: ngoai_muc_dat",
        "- xet: diem",
        ["noi_ghi: thiếu nội dung «ngoai_muc_dat» — ghi tài liệu và mục có nội dung này"],
    ),
]


@pytest.mark.parametrize(("file", "words", "instead", "expected"), EDITS, ids=[edit[2].strip() for edit in EDITS])
def test_what_the_folder_names_exists(tmp_path: Path, file: str, words: str, instead: str, expected: list[str]) -> None:
    folder = tmp_path / FOLDER.name
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert words in text
    (folder / file).write_text(text.replace(words, instead, 1), encoding="utf-8")

    with pytest.raises(DataError) as found:
        read_regulation(folder, "quy_dinh")

    assert [str(p) for p in in_order(found.value.problems)] == [f"quy_dinh/{file}: lỗi: {message}" for message in expected]
