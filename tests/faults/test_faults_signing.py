"""Case 40 of the forty faults: places to sign that are lost or doubled; real bundles signed in turn and in each wrong way; the same bytes on any machine."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.faults.false_office import put_office
from tests.faults.small_year import ELSEWHERE, STATE, Scene
from tests.signoff.authority import Authority
from tests.signoff.test_verify import added, late_field

# --- places to sign ------------------------------------------------------------------------------------------------------

EDIT = """
mark = '<w:bookmarkStart w:id="{id}" w:name="KY_TU_thu_ky"/>'
for path in inputs:
    with zipfile.ZipFile(path) as archive:
        parts = {{n: archive.read(n) for n in archive.namelist()}}
    text = parts["word/document.xml"].decode()
    {change}
    parts["word/document.xml"] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
real()
"""
LOSE = """assert 'w:name="KY_TU_thu_ky"' in text; text = text.replace("KY_TU_thu_ky", "KHONG_AI")"""
DOUBLE = """end = text.rindex("</w:p>"); text = text[:end] + mark + '<w:bookmarkEnd w:id="9001"/>' + text[end:]"""


@pytest.mark.parametrize(
    ("change", "said"),
    [(LOSE, "không thấy chỗ ký «thu_ky»"), (DOUBLE, "chỗ ký «thu_ky» có nhiều hơn một dấu KY_TU_thu_ky")],
    ids=["0", "2"],
)
def test_case_40_a_place_to_sign_found_not_once(scene: Scene, change: str, said: str) -> None:
    """LibreOffice gets a Word file whose mark is lost, or stands a second time (it gives that one another name): exit code 4, nothing published."""
    put_office(scene, EDIT.format(id=9001, change=change))
    scene.move_conference(ELSEWHERE)
    before = scene.dossiers()

    done = scene.make("build", "--unit", "43")

    assert done.returncode == 4 and said in done.stderr and done.stderr.startswith(f"lỗi: {STATE}/5-bien-ban-hoi-nghi: ")
    assert scene.dossiers() == before and scene.left() == []


# --- signed --------------------------------------------------------------------------------------------------------------


def record_of(scene: Scene) -> dict[str, Any]:
    manifest = json.loads((scene.out / "manifest.json").read_text("utf-8"))
    found: dict[str, Any] = manifest["predicate"]["ho_so"][STATE]
    return found


def resaved(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


def test_case_40_signed_in_turn_and_in_each_wrong_way(year: Scene, tmp_path: Path) -> None:
    """A real bundle: all sign in turn, sound and known by the bytes it begins with.

    Signed out of turn, saved again, one byte turned, a field put in: each is told of its file and of no other.
    """
    record, authority = record_of(year), Authority()
    rows = record["signing"]
    people = {name: authority.person(name) for name in {row["name"] for row in rows}}
    built = (year.out / STATE / "ho-so.pdf").read_bytes()
    stages = [built]
    for row in rows:
        stages.append(people[row["name"]].sign(stages[-1], row["field"]))
    two, whole = stages[2], stages[-1]
    spot = len(built) // 2
    files = {
        "du.pdf": whole,
        "hai.pdf": two,
        "sai-luot.pdf": people[rows[1]["name"]].sign(built, rows[1]["field"]),
        "luu-lai.pdf": resaved(two),
        "mot-byte.pdf": two[:spot] + bytes([two[spot] ^ 1]) + two[spot + 1 :],
        "them-o.pdf": added(two, late_field),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert hashlib.sha256(whole[: len(built)]).hexdigest() == record["bundle"] and len(built) == record["size"]

    done = year.run("verify", *(str(tmp_path / name) for name in files), "--trust", str(authority.trust_file(tmp_path)))

    assert done.returncode == 4 and done.stderr == ""
    told = dict(zip(files, _told_of_each(done.stdout, [str(tmp_path / name) for name in files])))
    complete = told["du.pdf"]
    assert len(rows) >= 6 and complete.count("chữ ký nguyên vẹn, chứng thư tin cậy") == len(rows) and "lỗi" not in complete
    assert f"đúng là gói hồ sơ ({STATE}/ho-so.pdf) của lần lập năm 2023" in complete
    assert "đạt: điểm, mức, họ tên, ngày và số phiếu in trong tệp đúng với dữ liệu hiện nay" in complete
    assert "Kết luận: ĐẠT, đã đủ chữ ký." in complete
    assert told["hai.pdf"].count("chữ ký nguyên vẹn, chứng thư tin cậy") == 2 and "lỗi" not in told["hai.pdf"]
    first, second = (", ".join((row["name"], row["post"])) for row in rows[:2])
    assert f"lỗi: {second} ký lượt 2 khi chưa có chữ ký của {first} (lượt 1)" in told["sai-luot.pdf"]
    for name in ("luu-lai.pdf", "mot-byte.pdf"):
        assert "không phải tệp do lần lập này làm ra, hoặc đã bị lưu lại sau khi lập" in told[name]
        assert "nội dung đã bị sửa sau khi ký" in told[name] or "không đọc được" in told[name]
    assert "ô ký «KY_09_them» không có trong danh sách ký, được thêm vào sau khi lập" in told["them-o.pdf"]
    assert sum("Kết luận: KHÔNG ĐẠT" in words for words in told.values()) == 4


def _told_of_each(text: str, paths: list[str]) -> list[str]:
    starts = [text.index(path) for path in paths]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)])]
