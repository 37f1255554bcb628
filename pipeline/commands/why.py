"""The year's files and what is published -> of each document of a dossier whether it is up to date and why, on the terminal; writes nothing."""

from __future__ import annotations

import argparse

from pipeline import assessing
from pipeline.commands.year import places_of
from pipeline.intake.unit_names import find_unit
from pipeline.places import PROVINCE
from pipeline.problems import DataError, errors
from pipeline.terminal import grid, say_problems
from pipeline.tracing import Traced, trace

FRESH = "mới nhất: nội dung, biểu mẫu, thể thức, công cụ và tệp đúng như lần lập cuối"
SIGNED = "đã ký số: hồ sơ giữ nguyên, không lập lại"


def run(options: argparse.Namespace) -> int:
    """`--unit`: one dossier, document by document ("tinh": the province's); without it every document that is not up to date."""
    places = places_of(options)
    result = assessing.check(places)
    found = errors(result.files.problems)
    say_problems(found)
    folder = PROVINCE if options.unit == PROVINCE else find_unit(result.files.register, options.unit).folder if options.unit else None
    traced = trace(places, result, folder)
    grid(("Tệp", "Vì sao"), [(t.file, _words(t)) for t in traced if folder or t.reason or t.signed], ())
    stale = sum(t.reason is not None for t in traced)
    print(f"{len(traced)} tệp: {len(traced) - stale} mới nhất, {stale} sẽ được lập lại" + _unread(len(found)))
    return DataError.exit_code if found else 0


def _words(traced: Traced) -> str:
    return SIGNED if traced.signed else f"lập lại: {traced.reason.text}" if traced.reason else FRESH


def _unread(faults: int) -> str:
    return "; đơn vị có tệp còn lỗi không lập được hồ sơ mới" if faults else ""
