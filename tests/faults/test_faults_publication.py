"""Cases 35-38 of the forty faults: builds at once, killed, without room or permission, after files were taken away, put back or edited by hand."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.end_to_end.province import ROOT
from tests.end_to_end.reading import pdf_pages, squeezed
from tests.faults.false_office import HANGS, RECALLS, put_office
from tests.faults.mounts import fill, read_only, small_disk
from tests.faults.small_year import COUNCIL, ELSEWHERE, OTHER, STATE, TINH, Scene, copied

UNIT = ("--unit", "43")


def move(scene: Scene) -> None:
    scene.move_conference(ELSEWHERE)
    scene.move_council(COUNCIL)


# --- 35 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [((), UNIT), (UNIT, ())], ids=["year first", "unit first"])
def test_case_35_two_builds_at_once(moved: Scene, scene: Scene, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    """The second is refused at once (6) and told who is at work; done one after the other, both orders give the bytes of the one build that did all."""
    move(scene)
    gate = scene.folder / "mo"  # the first cannot be done before the second has been refused
    put_office(scene, f"while not Path({str(gate)!r}).exists():\n    time.sleep(0.02)\n" + RECALLS.format(memory=str(moved.folder / "nho")))
    running = scene.start(*first)
    lock = scene.build / ".khoa"
    while running.poll() is None and not lock.read_text("utf-8"):
        time.sleep(0.01)

    refused = scene.make("build", *second)

    assert running.poll() is None, scene.said()
    assert refused.returncode == 6
    assert f"đang có một lần lập hồ sơ khác chạy trên thư mục {scene.build} (tiến trình {running.pid}: build --year 2023" in refused.stderr
    gate.touch()
    assert refused.stderr.count("\n") == 1 and (" --unit 43" in refused.stderr) is (first == UNIT)
    assert running.wait(120) == 0, scene.said()
    again = scene.make("build", *second)
    assert again.returncode == 0, again.stderr
    assert scene.published() == moved.published()
    assert lock.read_text("utf-8") == "" and scene.left() == []


# --- 36 ----------------------------------------------------------------------------------------------------------------

KILLS = 10  # by each of two tests


@pytest.mark.parametrize("seed", [36, 63])
def test_case_36_killed_at_twenty_moments(year: Scene, moved: Scene, scene: Scene, seed: int) -> None:
    """Only the program itself is killed, as by a machine out of memory, while it goes back and forth between two versions of the data.

    A reader finds after each kill every dossier whole, of one version or the other; whatever it had started ends soon; the next run makes good
    everything, byte for byte what a build from nothing makes.
    """
    old, new = year.published(), moved.published()
    start = time.monotonic()
    _take_data(moved, scene)
    assert scene.start().wait(300) == 0 and scene.published() == new
    lasts, chance = time.monotonic() - start, random.Random(seed)

    for number in range(KILLS):
        _take_data((year, moved)[number % 2], scene)
        moment = chance.uniform(0, lasts)
        running = scene.start()
        time.sleep(moment)
        running.kill()
        running.wait()
        assert _torn(scene.published(), old, new) == [], f"killed after {moment:.2f} of {lasts:.2f} s"
        assert scene.processes_soon() == [], f"killed after {moment:.2f} of {lasts:.2f} s"

    _take_data(year, scene)
    done = scene.make()
    assert (done.returncode, done.stderr) == (0, "")
    assert scene.published() == old
    assert scene.left() == []


def test_case_36_killed_while_libreoffice_hangs(scene: Scene) -> None:
    """Nobody is left who could end it: it ends all the same, with its children, and the next build is not kept out."""
    scene.move_conference(ELSEWHERE)
    before, begun = scene.published(), scene.folder / "bat-dau"
    put_office(scene, f"Path({str(begun)!r}).touch()" + HANGS)
    running = scene.start(*UNIT)
    try:
        while running.poll() is None and not begun.exists():
            time.sleep(0.02)
        running.kill()
        running.wait()
        assert scene.processes_soon() == [] and scene.published() == before
    finally:
        for line in scene.processes():
            os.kill(int(line.split()[0]), signal.SIGKILL)
    shutil.rmtree(scene.programs)
    done = scene.make("build", *UNIT)
    assert done.returncode == 0, done.stderr
    assert scene.dossiers() != before and scene.left() == []


def _take_data(source: Scene, target: Scene) -> None:
    for path in (source.file("don_vi", 43), source.data / "2023" / "tinh.yaml"):
        shutil.copy(path, target.data / path.relative_to(source.data))


def _torn(now: Mapping[str, str], old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """What a reader finds that is of neither version; a unit's folder must be of one version as a whole, so must what is swapped with the province's."""
    wrong = [name for name in {*now, *old} if now.get(name) not in (old[name], new[name])]
    for folder in (OTHER, STATE, TINH):
        swapped = [name for name in old if name.startswith(f"{folder}/") and Path(name).name not in ("toan-tap.pdf", "tong-hop.xlsx")]
        if not any(all(now.get(name) == version[name] for name in swapped) for version in (old, new)):
            wrong.append(folder)
    return wrong


# --- 37 ----------------------------------------------------------------------------------------------------------------


def test_case_37_a_full_disk(year: Scene, tmp_path: Path) -> None:
    """Full at once, while documents are made, while they are bound: exit code 5 and what to do, the old dossiers as they were; with room again it goes on."""
    disk = tmp_path / "dia"
    with small_disk(disk, 24 << 20):
        scene = copied(year, disk)
        scene.move_conference(ELSEWHERE)
        before = scene.dossiers()
        for room in (0, 24 << 10, 96 << 10, 300 << 10):
            filler = fill(disk, room)
            done = scene.make("build", *UNIT)
            filler.unlink()
            assert done.returncode == 5, f"{room} bytes free: {done.stdout}{done.stderr}"
            assert "đĩa đã đầy, giải phóng dung lượng rồi chạy lại" in done.stderr and "Traceback" not in done.stderr
            assert scene.dossiers() == before and scene.left() == []
        assert scene.make("build", *UNIT).returncode == 0
        assert scene.dossiers() != before and scene.left() == []


def test_case_37_a_build_folder_that_may_only_be_read(scene: Scene) -> None:
    """Exit code 5, before anything is done."""
    scene.move_conference(ELSEWHERE)
    before = scene.published()
    with read_only(scene.build):
        done = scene.make("build", *UNIT)
    assert done.returncode == 5
    assert (
        done.stderr
        == f"lỗi: không ghi được vào thư mục {scene.build} — thư mục chỉ cho đọc, dùng thư mục khác hoặc báo người quản trị máy\n"
    )
    assert scene.published() == before and scene.left() == []


def test_case_37_forms_and_data_that_may_only_be_read(moved: Scene, scene: Scene) -> None:
    """Are no hindrance: a build writes below its build folder alone."""
    move(scene)
    put_office(scene, RECALLS.format(memory=str(moved.folder / "nho")))
    forms = scene.folder / "mau"
    shutil.copytree(ROOT / "templates_docx", forms)
    with read_only(forms), read_only(scene.data):
        done = scene.make("build", "--templates", str(forms))
    assert (done.returncode, done.stderr) == (0, "")
    assert scene.published() == moved.published() and scene.left() == []


# --- 38 ----------------------------------------------------------------------------------------------------------------


def test_case_38_a_unit_taken_away_and_one_renamed(scene: Scene) -> None:
    """No folder and no page of the unit that is gone; the other's dossier stands under its new name only, and no page is of before."""
    register = scene.data / "don_vi.yaml"
    head, gone, stays = re.split(r"(?m)^(?=  - stt: )", register.read_text("utf-8"))
    name, people = "Ban Dân tộc và Tôn giáo tỉnh", _people_of_nobody_else(scene, 9)
    assert "ma: tinh-doan" in gone and 'ten: "Ban Dân tộc tỉnh"' in stays
    stays = stays.replace('ten: "Ban Dân tộc tỉnh"', f'ten: "{name}"').replace("ma: ban-dan-toc", "ma: ban-dan-toc-ton-giao")
    register.write_text(head + stays, "utf-8")
    for kind in ("don_vi", "tham_dinh"):
        scene.file(kind, 9).unlink()
        path = scene.file(kind, 43)
        text = path.read_text("utf-8").replace("don_vi: ban-dan-toc\n", "don_vi: ban-dan-toc-ton-giao\n")
        path.with_name("43-ban-dan-toc-ton-giao.yaml").write_text(text, "utf-8")
        path.unlink()
    decisions = "chinh_thuc:\n  - don_vi: ban-dan-toc-ton-giao\n    muc: tot\n"
    (scene.data / "2023" / "quyet_dinh.yaml").write_text(decisions, "utf-8")

    done = scene.make()

    assert done.returncode == 0, done.stderr
    assert {p.name for p in scene.out.iterdir() if p.is_dir()} == {TINH, "43-ban-dan-toc-ton-giao"}
    whole = pdf_pages(scene.out / TINH / "toan-tap.pdf")
    bundle, province = (pdf_pages(scene.out / folder / "ho-so.pdf") for folder in ("43-ban-dan-toc-ton-giao", TINH))
    assert len(whole) == len(bundle) + len(province) and name in " ".join(bundle[0].split())
    for page in (*whole, *bundle, *province):
        assert re.search(r"HS (TINH|43)-2023 · tr\. ", page) and "HS 09-2023" not in page
        assert not any(person in " ".join(page.split()) for person in people)
    assert scene.left() == []


def _people_of_nobody_else(scene: Scene, number: int) -> set[str]:
    """Names that only this unit's file knows; they stand in the year's file as published."""
    own = scene.file("don_vi", number)
    others = "".join(p.read_text("utf-8") for p in (scene.data / "2023").rglob("*.yaml") if p.name != own.name)
    people = {name for name in re.findall(r"(?m)^ *-? ho_ten: (.+)$", own.read_text("utf-8")) if name not in others}
    before = " ".join(" ".join(pdf_pages(scene.out / TINH / "toan-tap.pdf")).split())
    assert people and all(name in before for name in people)
    return people


def test_case_38_an_older_file_put_back_and_files_edited_by_hand(year: Scene, moved: Scene, tmp_path: Path) -> None:
    """Data of before with a time stamp of long ago; a PDF, a Word file and a bundle changed or gone: made again as they were, and told file by file."""
    scene = copied(moved, tmp_path)
    _take_data(year, scene)
    for path in (scene.file("don_vi", 43), scene.data / "2023" / "tinh.yaml"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    page, word, bundle = (scene.out / OTHER / name for name in ("5-bien-ban-hoi-nghi.pdf", "6-dang-ky-xep-loai-nam-sau.docx", "ho-so.pdf"))
    page.write_bytes(page.read_bytes().replace(b"%%EOF", b"%%eof"))
    word.unlink()
    stamp = bundle.stat()
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    os.utime(bundle, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    done = scene.make()

    assert done.returncode == 0, done.stderr
    said = squeezed(done.stdout)
    assert squeezed("2 tệp không còn như khi lập, đã lập lại") in said  # a bundle whose documents are made again is not asked about
    assert squeezed(f"tệp {page.name} bị sửa hoặc hỏng") in said and squeezed(f"mất tệp {word.name}") in said
    assert scene.published() == year.published()
    assert scene.left() == []
