"""`diff`: what a change of the data does to figures, levels and documents, and what is told of why; folders and git revisions."""

from __future__ import annotations

import re
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
    code = main(["diff", "--year", "2023", "--data", str(data), f"--against={against or data.parent / 'truoc'}", *more])
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
    why = "tệp của đơn vị hoặc tệp thẩm định có lỗi trong bản hiện nay, chưa so được đủ điểm, mức, tài liệu"
    assert complaint == f"Ban Thường vụ Tỉnh đoàn: {why}\nBan Dân tộc tỉnh: {why}\n"


def test_errors_of_the_other_version_are_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures that were not there then are no news: which version has the error, for the unit asked about only, and exit code 2."""
    edit(data.parent / "truoc" / UNIT, "tu_nhan:", "tu_nhann:")
    code, _, complaint = diff(data, capsys, "--unit", "43")
    version = (data.parent / "truoc").as_posix()
    why = f"tệp của đơn vị hoặc tệp thẩm định có lỗi trong bản {version}, chưa so được đủ điểm, mức, tài liệu"
    assert (code, complaint) == (2, f"Ban Dân tộc tỉnh: {why}\n")
    assert diff(data, capsys, "--unit", "10")[0] == 0


def test_the_units_sheet_among_the_provinces(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The council's word touches no document of the unit, but its sheet with both scores."""
    path = data / "2023/tham_dinh/43-ban-dan-toc.yaml"
    edit(path, "\ny_kien:", '\ncham_diem:\n  A.1.1:\n    ty_le: 80%\n    ly_do: "Chậm"\n\ny_kien:')
    code, said, _ = diff(data, capsys, "--unit", "43")
    lines = [line.strip() for line in said.splitlines()]
    assert code == 0 and "thẩm định, tổng: 89,60 → 88,60 (-1,00)" in lines and "TÀI LIỆU IN KHÁC" not in lines
    assert lines[lines.index("TÀI LIỆU CỦA TỈNH IN KHÁC") + 1].startswith("7-bieu-tham-dinh/43-ban-dan-toc (Biểu thẩm định: ")


def test_another_unit_moves_the_quota(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sample year: a unit comes in because the council cut another; said with that unit's total."""
    for name in ("data", "truoc"):
        shutil.copytree(PROJECT / "data", tmp_path / name)
    edit(tmp_path / "data/2023/tham_dinh/38-so-giao-duc-dao-tao.yaml", "    diem: 3,5\n", "    diem: 3\n")
    code, said, _ = diff(tmp_path / "data", capsys, "--unit", "13")
    lines = [line.strip() for line in said.splitlines()]
    assert code == 0 and "mức đề xuất: Hoàn thành tốt nhiệm vụ → Hoàn thành xuất sắc nhiệm vụ" in lines
    assert lines[-2:] == [
        "Điểm, điều kiện của chính đơn vị không đổi; mức thay đổi theo đơn vị khác:",
        "Sở Giáo dục và Đào tạo, tổng điểm khi xét xuất sắc: 96,90 → 96,40 (-0,50)",
    ]


def test_sheets_that_differ_alike_share_a_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The three sheets of the council, when the head of the council is another; each of the other papers has its own."""
    edit(data / "2023/tinh.yaml", "vai_tro: chu_tich\n", "vai_tro: uy_vien\n")
    _, said, _ = diff(data, capsys)
    sheets = [line.strip() for line in said.splitlines() if line.strip().startswith("7-bieu-tham-dinh")]
    assert len(sheets) == 1 and sheets[0].startswith("7-bieu-tham-dinh (3 tài liệu): ")


def test_a_reading_chosen_otherwise(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which file and line; a member more touches the minutes; a new name of the register its documents."""
    law = data / "quy_dinh"
    source = law.resolve()
    law.unlink()
    shutil.copytree(source, law)
    path = law / "453-QD-TU-2022" / "cach_hieu.yaml"
    text = path.read_text("utf-8")
    start = text.index("- ma: n16\n")
    path.write_text(text[:start] + text[start:].replace("    chon: b\n", "    chon: a\n", 1), "utf-8")
    line = text[:start].count("\n") + 1 + text[start : text.index("    chon: b\n", start)].count("\n")
    edit(data / "2023/tham_dinh/43-ban-dan-toc.yaml", "\ny_kien:", '\ncham_diem:\n  A.1.1:\n    ty_le: 80%\n    ly_do: "Chậm"\n\ny_kien:')
    _, said, _ = diff(data, capsys)
    assert re.search(rf"quy_dinh/453-QD-TU-2022/cach_hieu.yaml:{line}:\d+: cach_hieu thứ \d+\.chon: b → a", said)


def test_a_member_more_and_a_new_name(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The minutes and what counts the members; every document that bears the name; the lines that are why."""
    text = (data / UNIT).read_text("utf-8")
    edit(
        data / UNIT,
        "\ntu_nhan:",
        '  - ho_ten: Nguyễn Văn A\n    chuc_vu: "Phó Trưởng ban"\n    dung_dau: khong\n    xep_loai: tot\n\ntu_nhan:',
    )
    many = text.count("  - ho_ten: ") - text[text.index("\ntu_nhan:") :].count("- ho_ten: ")
    _, said, _ = diff(data, capsys, "--unit", "43")
    assert "5-bien-ban-hoi-nghi (Biên bản hội nghị kiểm điểm): " in said
    assert f"thanh_vien thứ {many + 1}.ho_ten: thêm «Nguyễn Văn A»" in said
    edit(data / "don_vi.yaml", 'ten: "Ban Dân tộc tỉnh"', 'ten: "Ban Dân tộc và Tôn giáo tỉnh"')
    _, said, _ = diff(data, capsys, "--unit", "43")
    assert said.startswith("Ban Dân tộc và Tôn giáo tỉnh (43-ban-dan-toc)\n") and "Giữ nguyên" not in said
    assert re.search(r"don_vi.yaml:\d+:\d+: don_vi thứ 3.ten: Ban Dân tộc tỉnh → Ban Dân tộc và Tôn giáo tỉnh", said)


def test_the_regulation_is_a_reason(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed rule is named with its file and line."""
    law = data / "quy_dinh" / "453-QD-TU-2022"
    if (data / "quy_dinh").is_symlink():
        source = (data / "quy_dinh").resolve()
        (data / "quy_dinh").unlink()
        shutil.copytree(source, data / "quy_dinh")
    edit(
        law / "xep_loai.yaml", 'tu_85_den_95\n    ten: "từ 85 điểm đến dưới 95 điểm"\n', 'tu_85_den_95\n    ten: "từ 85 đến dưới 95 điểm"\n'
    )
    _, said, _ = diff(data, capsys)
    assert "quy_dinh/453-QD-TU-2022/xep_loai.yaml:" in said and "khoang_diem thứ 3.ten" in said


def test_git(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
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
    code, _, complaint = diff(data, capsys, against=f"--output={tmp_path / 'lot'}")
    assert code == 2 and "không có phiên bản git «--output=" in complaint and not list(tmp_path.glob("lot*"))
    (tmp_path / "kho" / "moi").mkdir()
    code, _, complaint = diff(tmp_path / "kho" / "moi", capsys, against="HEAD")
    assert code == 2
    shutil.copytree(data, tmp_path / "kho" / "moi", dirs_exist_ok=True)
    code, _, complaint = diff(tmp_path / "kho" / "moi", capsys, against="HEAD")
    assert code == 2 and "phiên bản «HEAD» chưa có thư mục dữ liệu" in complaint
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        code, _, complaint = diff(data, capsys, against="HEAD")
    assert code == 5 and "máy chưa có git" in complaint
    shutil.rmtree(tmp_path / "kho" / ".git")
    code, _, complaint = diff(data, capsys, against="HEAD")
    assert code == 2 and "không nằm trong kho git nào" in complaint


def test_what_to_compare_with_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is guessed."""
    assert main(["diff", "--year", "2023"]) == 2
    assert capsys.readouterr().err.startswith("lỗi: lệnh diff cần --against")
