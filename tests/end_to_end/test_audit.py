"""The audit inside a build: a finding stops that dossier with exit code 4, names document and page, and the published one stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.end_to_end.province import ROOT, Province

STATE = "43-ban-dan-toc"


def test_a_finding_leaves_the_published_dossier(built: Province, tmp_path: Path) -> None:
    """The form says something else than the table of facts expects, so the reader would not find the level registered."""
    province = built.copy(tmp_path)
    before = {folder: province.snapshot(folder) for folder in (STATE, "tinh")}
    templates = tmp_path / "templates_docx"
    shutil.copytree(ROOT / "templates_docx", templates)
    table = templates / "doi_chieu.yaml"
    text = table.read_text("utf-8")
    assert text.count("Mức đăng ký năm {nam_sau}: {}") == 1
    table.write_text(text.replace("Mức đăng ký năm {nam_sau}: {}", "Mức đăng ký cho năm {nam_sau}: {}"), "utf-8")

    done = province.run("build", "--unit", "43", "--templates", str(templates))

    assert done.returncode == 4
    said = "không đọc được «Mức đăng ký cho năm 2024: ...» với dữ kiện «Hoàn thành tốt nhiệm vụ»"
    for ending in ("docx", "pdf"):
        assert f"{STATE}/6-dang-ky-xep-loai-nam-sau.{ending}" in done.stderr and said in done.stderr
    assert {folder: province.snapshot(folder) for folder in (STATE, "tinh")} == before
    assert province.run().returncode == 0


def test_a_stricter_audit_looks_again_but_makes_nothing_new(built: Province, tmp_path: Path) -> None:
    """Another table of facts: bundles are bound and read again, no document is, and every byte is as it was."""
    province = built.copy(tmp_path)
    before = province.snapshot(STATE)
    templates = tmp_path / "templates_docx"
    shutil.copytree(ROOT / "templates_docx", templates)
    with (templates / "doi_chieu.yaml").open("a", encoding="utf-8") as file:
        file.write('  - "Kết luận của Hội đồng"\n')

    done = province.run("build", "--unit", "43", "--templates", str(templates))

    assert done.returncode == 0, done.stderr
    assert "1 (gồm 0 tài liệu)" in done.stdout and province.snapshot(STATE) == before
