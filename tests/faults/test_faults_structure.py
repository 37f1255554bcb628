"""Faults 17, 18 and 20: keys and shapes that are not what the field wants, and files made to exhaust whoever reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.end_to_end.reading import docx_text, pdf_pages, squeezed
from tests.faults.bad_input import ROOT, SmallYear
from tests.support import UNIT

pytest_plugins = ("tests.faults.odd_year",)

FILE = f"data/2023/don_vi/{UNIT}.yaml"
ALONE = ("--unit", "25")
MEGABYTES, SECONDS = 200, 1.0


def test_case_17_unknown_and_missing_keys(odd: SmallYear) -> None:
    """Misspelt: did you mean; unknown: what there is; missing: at its parent's line. 2, all at once."""
    odd.edit('viec_moi_sang_tao: "Nội dung"', 'viec_moi_sag_tao: "Nội dung"')
    odd.edit("tu_nhan: tot\n", "mau_sac: xanh\n")
    odd.edit("    chuc_vu: NO\n    xep_loai: hoan_thanh\n", "    chuc_vu: NO\n")
    colour, member, key = odd.place("mau_sac")[0], odd.place("ho_ten: Trần Văn B")[0], odd.place("viec_moi_sag_tao")[0]
    told = odd.refused(2, *ALONE)
    assert told[0] == f"{FILE}:1:1: lỗi: thiếu mục «tu_nhan» — thêm dòng «tu_nhan:» và điền giá trị"
    assert told[1] == f"{FILE}:{member}:5: lỗi: thiếu mục «xep_loai» — thêm dòng «xep_loai:» và điền giá trị"
    assert told[2].startswith(f"{FILE}:{colour}:1: lỗi: không có mục «mau_sac» ở đây — bỏ mục này, hoặc dùng một trong: don_vi, nam, ")
    assert told[3:] == [f"{FILE}:{key}:3: lỗi: không có mục «viec_moi_sag_tao» ở đây — có phải ý bạn là «viec_moi_sang_tao»?"]


@pytest.mark.parametrize("written", ["null", "~", "None"])
def test_case_17_words_of_machines(odd: SmallYear, written: str) -> None:
    """What programs write for nothing would be printed as it stands: 2 in one line and in a narrative."""
    odd.edit("dia_diem: on", f"dia_diem: {written}")
    odd.edit('ton_tai: "Nội dung"', f"ton_tai: {written}")
    what = f"«{written}» là ký hiệu của máy tính, không phải nội dung — chưa có nội dung thì để trống sau dấu hai chấm"
    assert odd.refused(2, *ALONE) == [f"{FILE}:{odd.place(f'{key}: ')[0]}:{len(key) + 5}: lỗi: {what}" for key in ("dia_diem", "ton_tai")]


def test_case_17_blank_is_owed(odd: SmallYear) -> None:
    """A key without a value, a reason not given: contract.md makes a draft that says so (exit 0) where faults.md asked for 2. Every page says DỰ THẢO,
    the cover lists what is owed in the clerk's words, no page says "None"."""
    odd.edit("chuc_vu: NO", "chuc_vu:")
    odd.edit('viec_moi_sang_tao: "Nội dung"', "viec_moi_sang_tao:")
    odd.edit('    ly_do: "Bằng dấu phẩy"\n', "")
    told = odd.run("build", *ALONE)
    lines = odd.unit.read_text("utf-8").split("\n")
    reason = "hàng A.2.1 chấm 2,75/3 điểm mà chưa nêu lý do trừ điểm"
    assert told.code == 0 and told.lines[0].startswith(f"{FILE}:") and f": thiếu: {reason}" in told.lines[0]
    assert told.lines[1:3] == [
        f"{FILE}:{lines.index(written) + 1}:{len(written) + 1}: thiếu: «{written.strip(' :')}» còn để trống — điền giá trị"
        for written in ("    chuc_vu:", "  viec_moi_sang_tao:")
    ]
    pages = [" ".join(page.split()) for page in pdf_pages(odd.out / UNIT / "ho-so.pdf")]
    assert all("DỰ THẢO" in page for page in pages) and all(words in pages[0] for words in (reason, "“chuc_vu”", "“viec_moi_sang_tao”"))
    text = " ".join([*pages, *(docx_text(path) for path in sorted((odd.out / UNIT).glob("*.docx")))])
    assert [word for word in ("None", "null", "nan") if word in text.split()] == []


def test_case_18_text_where_a_list_is_due(odd: SmallYear) -> None:
    """2 at each; never a row or a line per letter."""
    dashes = "phải là danh sách — xuống dòng, mỗi mục bắt đầu bằng dấu gạch ngang «- »"
    slips = [
        ("danh_muc_chu_yeu:\n      - ", "danh_muc_chu_yeu: ", f"«danh_muc_chu_yeu» {dashes}"),
        ("ky_luat: []", "ky_luat: không", "«ky_luat» phải là danh sách — không có thì viết ky_luat: []"),
        ("vang: []", "vang: không", "«vang» phải là danh sách — không có thì viết vang: []"),
        ("y_kien: []", "y_kien: Nhất trí", f"«y_kien» {dashes}"),
    ]
    for old, new, _ in slips:
        odd.edit(old, new)
    places = [odd.place(new) for _, new, _ in slips]
    told = odd.refused(2, *ALONE)
    assert told == [f"{FILE}:{line}:{column + new.index(': ') + 2}: lỗi: {what}" for (line, column), (_, new, what) in zip(places, slips)]


def test_case_18_empty_lists(published: SmallYear) -> None:
    """Nothing in discipline, absence, opinions: said in words, no table without rows."""
    folder = published.out / UNIT
    minutes = folder / "5-bien-ban-hoi-nghi"
    for text in (docx_text(minutes.with_suffix(".docx")), "".join(pdf_pages(minutes.with_suffix(".pdf")))):
        for words in (
            "vắng 00 người.",
            "Không có ý kiến khác.",
            "Không có đơn vị trực thuộc, thành viên hoặc tập thể lãnh đạo bị xử lý kỷ luật.",
        ):
            assert squeezed(words) in squeezed(text)
    tables = [table for path in sorted(folder.glob("*.docx")) for table in Document(str(path)).tables]
    assert tables and all(len(table.rows) for table in tables)


TIMED = """
import json, re, shutil, sys, time
from pathlib import Path
from pipeline.__main__ import main
file, files, *arguments = sys.argv[1:]
main([*arguments, "--unit", "43"])  # what every command needs is loaded
found = []
for path in sorted(Path(files).iterdir()):
    shutil.copyfile(path, file)
    start = time.process_time()
    found.append([main([*arguments, "--unit", "25"]), time.process_time() - start])
peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]  # of this program alone; ru_maxrss has the parent's as well
print(json.dumps([found, int(peak) // 1024]))
"""
MANY = "".join(f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]\n" for before, key in zip("abcdefgh", "bcdefghi"))
ANCHOR = ':1:4: lỗi: dùng ký hiệu & hoặc * của YAML — viết giá trị trong dấu nháy kép "..."'
PASTED = "kiểm tra xem có dán nhầm nội dung khác không"
HOSTILE = (
    (b"a: &a [x, x, x, x, x, x, x, x, x]\n" + MANY.encode(), ANCHOR),
    (b"a: &x [*x]\n", ANCHOR),
    (b"[" * 5000, f":1:21: lỗi: tệp lồng quá sâu hoặc quá nhiều mục — {PASTED}"),
    (b"don_vi: so-noi-vu\n" + b"#" * 50_000_000, f": lỗi: tệp lớn hơn 1 MB — {PASTED}"),
)


def test_case_20_files_that_exhaust(odd: SmallYear, tmp_path: Path) -> None:
    """An alias bomb, a list that holds itself, 5,000 brackets, 50 MB, in a process of its own: 2, each whole check within a second of processor time
    and 200 MB; a build changes nothing."""
    files = tmp_path / "hai"
    files.mkdir()
    for number, (raw, _) in enumerate(HOSTILE):
        (files / f"{number}.yaml").write_bytes(raw)
    arguments = ["check", "--year", "2023", "--data", str(odd.data), "--build", str(odd.out.parent)]
    call = [sys.executable, "-c", TIMED, str(odd.unit), str(files), *arguments]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    checks, megabytes = json.loads(done.stdout.splitlines()[-1])
    assert done.stderr.replace(f"{odd.data.as_posix()}/", "data/").splitlines() == [f"{FILE}{line}" for _, line in HOSTILE]
    assert [code for code, _ in checks] == [2] * len(HOSTILE)
    assert max(seconds for _, seconds in checks) < SECONDS and megabytes < MEGABYTES
    assert odd.refused(2, *ALONE) == [f"{FILE}{HOSTILE[-1][1]}"]
