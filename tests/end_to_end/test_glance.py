"""The page of the year beside real dossiers: who writes it, what it leads to, when it says that something is old, when it goes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from pipeline.places import Places
from pipeline.publishing import build_lock
from tests.end_to_end.province import UNITS, Province

STATE = "43-ban-dan-toc"


def states(province: Province) -> list[str]:
    """What is said of each unit's published dossier, in the order of the list."""
    text = (province.out / "index.html").read_text("utf-8")
    return re.findall(r'<tbody [^>]*data-ban-lap="(\w+)"', text)


def test_a_build_leaves_a_page_that_leads_to_every_file(built: Province) -> None:
    """Every Word and PDF file of every dossier has its link, every link its file; nothing of the page is in the sums."""
    text = (built.out / "index.html").read_text("utf-8")
    links = {unquote(link) for link in re.findall(r'<a href="([^"#]+)"', text)}
    made = {p.relative_to(built.out).as_posix() for ending in ("docx", "pdf") for p in built.out.rglob(f"*.{ending}")}
    assert links == made | {"ket_qua.json", "danh-sach-ky.csv"} | {p for p in links if p.endswith(".xlsx") and (built.out / p).is_file()}
    assert states(built) == ["moi_nhat"] * len(UNITS)
    assert "index.html" not in (built.out / "SHA256SUMS").read_text("utf-8")


def test_status_says_what_a_build_said(built: Province, tmp_path: Path) -> None:
    """The same bytes while nothing has changed; a changed file and a lost document are told; a build of that unit takes the page away."""
    province = built.copy(tmp_path)
    before = (built.out / "index.html").read_text("utf-8").replace(built.data.as_posix(), "")  # problems name their files

    def page() -> str:
        done = province.run("status")
        assert done.returncode == 0, done.stderr
        return (province.out / "index.html").read_text("utf-8").replace(province.data.as_posix(), "")

    assert page() == before
    (province.out / STATE / "2-bao-cao-tong-ket.docx").unlink()
    page()
    assert states(province) == ["moi_nhat", "moi_nhat", "cu"]
    path = province.file("don_vi", 10)
    path.write_text(re.sub(r"(?m)^  dia_diem: .*", '  dia_diem: "Phòng họp số 2"', path.read_text("utf-8"), count=1), "utf-8")
    page()
    assert states(province) == ["moi_nhat", "cu", "cu"]
    assert province.run("build", "--unit", "43").returncode == 0
    assert not (province.out / "index.html").exists()
    page()
    assert states(province) == ["moi_nhat", "cu", "moi_nhat"]


def test_status_of_one_unit_and_while_a_build_runs(built: Province, tmp_path: Path) -> None:
    """One row for the unit asked for; while another build holds the folder the table is told all the same and the page left to that build."""
    province = built.copy(tmp_path)
    done = province.run("status", "--unit", "43")
    assert "Ban Dân tộc tỉnh" in done.stdout and "Tỉnh đoàn" not in done.stdout
    (province.out / "index.html").unlink()
    with build_lock(Places(province.data, province.build, 2023)):
        done = province.run("status")
    assert (done.returncode, (province.out / "index.html").exists()) == (0, False)
    assert "Ban Dân tộc tỉnh" in done.stdout and "Đang có một lần lập hồ sơ khác chạy" in done.stdout
