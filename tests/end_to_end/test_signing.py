"""A dossier of real LibreOffice that people signed where it was published: never made again over the signatures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.province import Province
from tests.signoff.authority import Authority

STATE = "43-ban-dan-toc"


def sign(path: Path, rows: list[dict[str, str]], authority: Authority) -> bytes:
    """In place, as people do: everyone with a certificate of their own."""
    people = {name: authority.person(name) for name in {row["name"] for row in rows}}
    data = path.read_bytes()
    for row in rows:
        data = people[row["name"]].sign(data, row["field"])
    path.write_bytes(data)
    return data


def rows_of(province: Province) -> list[dict[str, str]]:
    manifest = json.loads((province.out / "manifest.json").read_text("utf-8"))
    return list(manifest["predicate"]["ho_so"][STATE]["signing"])


@pytest.mark.parametrize("signed", ["ho-so.pdf", "5-bien-ban-hoi-nghi.pdf"])
def test_what_is_signed_where_it_was_published_is_not_made_again(built: Province, tmp_path: Path, signed: str) -> None:
    """Whether the unit's file changed or not: exit code 4, the path, every file of the dossier as it was; other dossiers go on."""
    mine = built.copy(tmp_path)
    rows = [row for row in rows_of(mine) if signed == "ho-so.pdf" or row["file"].endswith(signed)]
    sign(mine.out / STATE / signed, rows[:1], Authority())
    before = mine.snapshot(STATE)

    for change in (False, True):
        if change:
            mine.edit("don_vi", 43, "diem: 5,47", "diem: 5,37")
        done = mine.run("build", "--unit", "43")
        assert done.returncode == 4
        assert f"{STATE}/{signed}: tệp đã được ký số, hồ sơ này giữ nguyên không lập lại" in done.stderr
        assert mine.snapshot(STATE) == before
    done = mine.run("verify", str(mine.out / STATE / signed))
    assert done.returncode == 4 and "chữ ký nguyên vẹn" in done.stdout
    assert done.stdout.count("dữ liệu hiện nay đã khác") > 0 and "89,60" in done.stdout and "89,50" in done.stdout
