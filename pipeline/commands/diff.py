"""The data as they stand and another version of them -> which figures, levels and documents differ, and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline import assessing
from pipeline.assessing import YearResult
from pipeline.changes.keys import FileChange, compare_files
from pipeline.changes.versions import version
from pipeline.changes.words import unit_lines, year_lines
from pipeline.changes.year import province_documents, quota_changes, unit_change, version_of
from pipeline.commands.year import places_of
from pipeline.forms.contract import meanings
from pipeline.intake.unit_names import find_unit
from pipeline.model.unit import Unit
from pipeline.places import Places
from pipeline.problems import DataError
from pipeline.terminal import say_problems


def run(options: argparse.Namespace) -> int:
    if not options.against:
        print("lỗi: lệnh diff cần --against — viết phiên bản git (HEAD~1) hoặc thư mục dữ liệu để so sánh", file=sys.stderr)
        return DataError.exit_code
    places = places_of(options)
    with version(places, options.against) as found:
        if not found.own_law:
            print(
                f"Chương trình không đọc được quy định của bản {options.against} (viết theo cách cũ): cả hai bản tính theo quy định hiện nay."
            )
        other, now, before = found.places, _read(places, "hiện nay"), _read(found.places, options.against)
        if now is None or before is None:
            return DataError.exit_code
        unit = find_unit(now.files.register, options.unit) if options.unit else None
        for line in _lines(places, other, before, now, unit):
            print(line)
        faulty = [*_faulty(now, "hiện nay", unit), *_faulty(before, options.against, unit)]
    for line in faulty:
        print(line, file=sys.stderr)
    return DataError.exit_code if faulty else 0


def _faulty(result: YearResult, name: str, unit: Unit | None) -> list[str]:
    """Units whose own file or appraisal has errors in that version: no figures of theirs can be compared."""
    codes = [c for c, f in result.files.units.items() if not f.sound and (unit is None or c == unit.code)]
    return [
        f"{result.files.units[c].unit.name}: tệp của đơn vị hoặc tệp thẩm định có lỗi trong bản {name}, chưa so được đủ điểm, mức, tài liệu"
        for c in codes
    ]


def _read(places: Places, name: str) -> YearResult | None:
    """None when that version cannot be read at all; why is told, with the file's name inside its data folder."""
    try:
        return assessing.check(places)
    except DataError as error:
        print(f"Bản {name} không dùng được:", file=sys.stderr)
        root = f"{places.data.as_posix()}/"
        say_problems([replace(p, place=replace(p.place, file=p.place.file.removeprefix(root))) for p in error.problems])
        return None


def _lines(places: Places, other: Places, before: YearResult, now: YearResult, unit: Unit | None) -> Iterator[str]:
    old, new, words = version_of(other, before), version_of(places, now), meanings(places.templates)
    if unit:
        yield from unit_lines(unit_change(old, new, unit.code), list(_files(places, other, now, [unit])), words)
        return
    changes = [unit_change(old, new, u.code) for u in now.files.register]
    gone = [u.name for u in before.files.register if new.unit(u.code) is None]
    yield from year_lines(
        changes, quota_changes(old, new), province_documents(old, new), list(_files(places, other, now, now.files.register)), words
    )
    if gone:
        yield f"Không còn trong danh sách: {', '.join(gone)}."


def _files(places: Places, other: Places, now: YearResult, units: list[Unit]) -> Iterator[FileChange]:
    """The units' files and the council's, what all units share, the regulation."""
    law = Path("quy_dinh") / now.files.regulation.folder
    names = [f"{places.year}/{folder}/{u.folder}.yaml" for u in units for folder in ("don_vi", "tham_dinh")]
    names += [f"{places.year}/tinh.yaml", f"{places.year}/quyet_dinh.yaml", "don_vi.yaml"]
    laws = {p.relative_to(root).as_posix() for root in (places.data, other.data) for p in (root / law).rglob("*.yaml")}
    for name in [*names, *sorted(laws)]:
        if change := compare_files(other.data / name, places.data / name, places.shown(places.data / name)):
            yield change
