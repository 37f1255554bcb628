"""`diff`: what a change of the data does to figures, levels and documents, and what is told of why; folders and git revisions."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.places import PROJECT
from tests.end_to_end.province import small_data

UNIT = "2023/don_vi/43-ban-dan-toc.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A province of three units, and beside it `truoc`: the same as it was."""
    small_data(tmp_path / "data")
    for folder in ("data", "truoc"):
        if folder == "truoc":
            shutil.copytree(tmp_path / "data", tmp_path / folder, symlinks=True)
    return tmp_path / "data"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r}: {text.count(old)}"
    path.write_text(text.replace(old, new), "utf-8")


def diff(data: Path, capsys: pytest.CaptureFixture[str], *more: str, against: str = "") -> tuple[int, str, str]:
    code = main(["diff", "--year", "2023", "--data", str(data), "--against", against or str(data.parent / "truoc"), *more])
    said = capsys.readouterr()
    return code, said.out.replace(f"{data.as_posix()}/", ""), said.err


def test_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same data, for one unit and for the year."""
    assert diff(data, capsys, "--unit", "43") == (0, "Ban Dân tộc tỉnh (43-ban-dan-toc)\n  Không có gì khác.\n", "")
    assert diff(data, capsys) == (0, "Không có gì khác.\n", "")


def test_a_comment_changes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Said in as many words."""
    edit(data / UNIT, "nam: 2023\n", "nam: 2023  # năm\n")
    assert diff(data, capsys, "--unit", "43") == (
        0,
        "Ban Dân tộc tỉnh (43-ban-dan-toc)\n  NGUYÊN NHÂN\n"
        f"    {UNIT}: chỉ khác ghi chú hoặc cách trình bày, không ảnh hưởng đến kết quả\n",
        "",
    )


def test_a_score_down_to_its_documents(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The row, its part, the total, both sheets; the documents that print it and those that do not; the line that is why."""
    edit(data / UNIT, "  A.1.1: 100%\n", '  A.1.1:\n    ty_le: 80%\n    ly_do: "Chậm"\n')
    code, said, _ = diff(data, capsys, "--unit", "43")
    lines = [line.strip() for line in said.splitlines()]
    assert code == 0 and "tự chấm, hàng A.1.1: 5,00 → 4,00 (-1,00)" in lines
    assert [line for line in lines if line.startswith(("tự chấm, mục", "tự chấm, tổng", "thẩm định, tổng"))] == [
        "tự chấm, mục A: 37,85 → 36,85 (-1,00)",
        "tự chấm, tổng: 89,60 → 88,60 (-1,00)",
        "thẩm định, tổng: 89,60 → 88,60 (-1,00)",
    ]
    assert "Giữ nguyên: 1-bao-cao-chi-dao-kiem-diem, 2-bao-cao-tong-ket, 6-dang-ky-xep-loai-nam-sau" in lines
    assert lines[-3:] == [
        f"{UNIT}: cham_diem.A.1.1: bỏ «100%»",
        f"{UNIT}:9:12: cham_diem.A.1.1.ty_le: thêm «80%»",
        f"{UNIT}:10:12: cham_diem.A.1.1.ly_do: thêm «Chậm»",
    ]


def test_a_narrative_touches_its_document_alone(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No figure, no level; of a long text only the words that differ."""
    path = data / UNIT
    text = path.read_text("utf-8")
    first = text[text.index("  nhiem_vu_nam_sau: |\n") + len("  nhiem_vu_nam_sau: |\n") :].split("\n")[0]
    edit(path, first, f"{first} Thêm một việc.")
    _, said, _ = diff(data, capsys, "--unit", "43")
    assert "ĐIỂM" not in said and "MỨC" not in said
    assert (
        "Giữ nguyên: 1-bao-cao-chi-dao-kiem-diem, 3-bao-cao-kiem-diem-tap-the, 4-bieu-tu-cham-diem, 5-bien-ban-hoi-nghi, 6-dang-ky-xep-loai-nam-sau"
        in said
    )
    assert "bao_cao.nhiem_vu_nam_sau: «" in said and "Thêm một việc.»" in said


def test_a_level_and_the_article(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A condition lost: which, by which article, and the levels before and after."""
    edit(data / "2023/don_vi/10-ban-can-su-dang-ubnd.yaml", "  doi_moi_sang_tao:\n    dat: co", "  doi_moi_sang_tao:\n    dat: khong")
    _, said, _ = diff(data, capsys, "--unit", "10")
    assert "Có đổi mới, sáng tạo, có sản phẩm cụ thể: có (đạt) → không (không đạt) [Điều 6 khoản 1 gạch đầu dòng 2]" in said
    assert "mức theo điểm tự chấm: Hoàn thành xuất sắc nhiệm vụ → Hoàn thành tốt nhiệm vụ" in said


def test_what_all_units_share(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The base of the quota in tinh.yaml: under the quota, with the line that is why."""
    edit(data / "2023/tinh.yaml", "  co_so: khong_gom_xuat_sac", "  co_so: gom_xuat_sac")
    code, said, _ = diff(data, capsys)
    assert code == 0 and "cách lấy cơ sở: khong_gom_xuat_sac → gom_xuat_sac [Điều 6 khoản 1 đoạn cuối]" in said
    assert "2023/tinh.yaml:10:10: han_muc.co_so: khong_gom_xuat_sac → gom_xuat_sac" in said


def test_a_file_gone_and_a_faulty_file(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The unit cannot be compared: said, with exit code 2; the others are."""
    (data / UNIT).unlink()
    edit(data / "2023/don_vi/09-tinh-doan.yaml", "tu_nhan:", "tu_nhann:")
    code, said, complaint = diff(data, capsys)
    assert code == 2 and f"{UNIT}: tệp không còn" in said
    assert "Tệp của Ban Thường vụ Tỉnh đoàn đang có lỗi" in complaint and "Tệp của Ban Dân tộc tỉnh đang có lỗi" in complaint


def test_the_regulation_is_a_reason(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed rule is named with its file and line."""
    law = data / "quy_dinh" / "453-QD-TU-2022"
    if (data / "quy_dinh").is_symlink():
        source = (data / "quy_dinh").resolve()
        (data / "quy_dinh").unlink()
        shutil.copytree(source, data / "quy_dinh")
    edit(law / "xep_loai.yaml", 'tu_85_den_95\n    ten: "từ 85 điểm đến dưới 95 điểm"\n', 'tu_85_den_95\n    ten: "từ 85 đến dưới 95 điểm"\n')
    _, said, _ = diff(data, capsys)
    assert "quy_dinh/453-QD-TU-2022/xep_loai.yaml:" in said and "khoang_diem thứ 3.ten" in said


def test_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision of a repository; one that is not there; a folder outside any repository."""
    small_data(tmp_path / "kho" / "data")
    data = tmp_path / "kho" / "data"
    if (data / "quy_dinh").is_symlink():
        (data / "quy_dinh").unlink()
        shutil.copytree(PROJECT / "data" / "quy_dinh", data / "quy_dinh")
    who = ["-c", "user.name=A", "-c", "user.email=a@b"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "một"]):
        subprocess.run(["git", *command], cwd=tmp_path / "kho", check=True)
    edit(data / UNIT, "  A.1.1: 100%\n", '  A.1.1:\n    ty_le: 80%\n    ly_do: "Chậm"\n')
    code, said, _ = diff(data, capsys, "--unit", "43", against="HEAD")
    assert code == 0 and "tự chấm, tổng: 89,60 → 88,60 (-1,00)" in said
    code, _, complaint = diff(data, capsys, against="khong-co")
    assert code == 2 and "không có thư mục, cũng không có phiên bản git «khong-co»" in complaint
    shutil.rmtree(tmp_path / "kho" / ".git")
    code, _, complaint = diff(data, capsys, against="HEAD")
    assert code == 2 and "không nằm trong kho git nào" in complaint


def test_what_to_compare_with_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is guessed."""
    assert main(["diff", "--year", "2023"]) == 2
    assert capsys.readouterr().err.startswith("lỗi: lệnh diff cần --against")
