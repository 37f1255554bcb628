"""`why` and what is made again: by content alone, part by part; a real LibreOffice converts what changed and nothing else."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.province import ROOT, Province

STATE = "43-ban-dan-toc"
MINUTES = "5-bien-ban-hoi-nghi"
FRESH = "mới nhất: nội dung, biểu mẫu, thể thức, công cụ và tệp đúng như lần lập cuối"


def why(province: Province, *more: str, **environment: str) -> dict[str, str]:
    """File -> reason, as the table on the terminal has them; the line below it under ''."""
    done = province.run("why", *more, environment=environment)
    assert done.returncode == 0, done.stderr
    rows = dict(re.findall(r"(?m)^ ([\w/-]+) +(\S.*?) *$", done.stdout))
    return {name: reason for name, reason in rows.items() if "/" in name} | {"": done.stdout.rstrip().splitlines()[-1]}


def changed(told: dict[str, str]) -> dict[str, str]:
    return {name: reason for name, reason in told.items() if name and reason != FRESH}


@pytest.fixture
def province(built: Province, tmp_path: Path) -> Province:
    return built.copy(tmp_path)


def other_office(folder: Path, answer: str) -> dict[str, str]:
    """A LibreOffice that says it is another and notes what it converts."""
    folder.mkdir()
    program = folder / "soffice"
    real = shutil.which("soffice")
    told = f"echo {answer!r}; exit" if answer else f'exec "{real}" "$@"'
    counts = f'for f in "$@"; do case "$f" in *.docx) echo "$f" >> "{folder}/converted";; esac; done'
    program.write_text(f'#!/bin/bash\ncase " $* " in *" --version "*) {told};; esac\n{counts}\nexec "{real}" "$@"\n')
    program.chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


def test_nothing_changed_and_a_comment_change_nothing(province: Province) -> None:
    """Every document of the unit and of the province, time stamps or not."""
    assert changed(why(province)) == {}
    path = province.file("don_vi", 43)
    path.write_text("# Ghi chú của người nhập liệu\n" + path.read_text("utf-8"), "utf-8")
    os.utime(path, (1_900_000_000, 1_900_000_000))
    told = why(province, "--unit", "43")
    assert changed(told) == {} and len(told) == 8
    assert told[""] == "7 tệp: 7 mới nhất, 0 sẽ được lập lại"
    assert set(why(province, "--unit", "tinh").values()) - {FRESH} == {"13 tệp: 13 mới nhất, 0 sẽ được lập lại"}


def test_one_narrative_is_one_document(province: Province, tmp_path: Path) -> None:
    """Told before, and LibreOffice is given that one alone."""
    path = province.file("don_vi", 43)
    text, count = re.subn(r"(?m)^  dia_diem: .*$", '  dia_diem: "Hội trường Thành ủy Bắc Giang"', path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")
    assert changed(why(province)) == {
        f"{STATE}/{MINUTES}": "lập lại: đã thay đổi: nội dung",
        f"{STATE}/ho-so": "lập lại: có tài liệu phải lập lại (1)",
    }
    done = province.run("build", environment=other_office(tmp_path / "dem", ""))
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "dem" / "converted").read_text().split()) == 1
    assert changed(why(province)) == {}


def test_a_file_edited_by_hand_is_told_and_made_again(province: Province) -> None:
    """Before by `why`, afterwards in the closing table; the bytes are those of before."""
    before = province.snapshot(STATE)
    page, word = (province.out / STATE / f"{MINUTES}{ending}" for ending in (".pdf", ".docx"))
    page.write_bytes(page.read_bytes() + b"\n")
    word.unlink()
    (province.out / STATE / "ho-so.pdf").write_bytes(b"%PDF-1.7\n")
    assert changed(why(province)) == {
        f"{STATE}/{MINUTES}": f"lập lại: mất tệp {MINUTES}.docx",
        f"{STATE}/ho-so": "lập lại: có tài liệu phải lập lại (1)",
    }
    done = province.run()
    assert done.returncode == 0 and f"1 tệp không còn như khi lập, đã lập lại: {STATE}: mất tệp {MINUTES}.docx" in " ".join(
        done.stdout.split()
    )
    assert province.snapshot(STATE) == before


def test_a_form_and_another_libreoffice(province: Province, tmp_path: Path) -> None:
    """A form: the documents that it shapes. Another LibreOffice: everything."""
    forms = tmp_path / "mau"
    shutil.copytree(ROOT / "templates_docx", forms)
    form = forms / "bieu_mau" / "bien-ban-hoi-nghi.docx"
    form.write_bytes((forms / "bieu_mau" / "bao-cao-tong-ket.docx").read_bytes())
    told = changed(why(province, "--unit", "43", "--templates", str(forms)))
    assert told == {
        f"{STATE}/{MINUTES}": "lập lại: đã thay đổi: nội dung, biểu mẫu",  # this form prints other fields
        f"{STATE}/ho-so": "lập lại: có tài liệu phải lập lại (1)",
    }
    everything = why(province, "--unit", "43", **other_office(tmp_path / "khac", "LibreOffice 24.8.1.1 1(Build:1)"))
    documents = {reason for name, reason in everything.items() if name and not name.endswith("ho-so")}
    assert documents == {"lập lại: đã thay đổi: phiên bản LibreOffice"}
    assert everything[""] == "7 tệp: 0 mới nhất, 7 sẽ được lập lại"
