"""The year's files and what is published -> where every unit stands: a table on the terminal, index.html for a browser."""

from __future__ import annotations

import argparse

from pipeline import assessing
from pipeline.commands.year import places_of
from pipeline.glancing import look, write_page
from pipeline.intake.unit_names import find_unit
from pipeline.overview.rows import HEADS, NUMBERS, key_lines, province_lines, rows
from pipeline.problems import BusyError, DataError, errors
from pipeline.publishing import build_lock
from pipeline.terminal import grid


def run(options: argparse.Namespace) -> int:
    """`--unit`: only that unit's row; the page always shows the whole year."""
    places = places_of(options)
    try:
        with build_lock(places):  # a page looked up before a build ends must not be written over that build's own
            result = assessing.check(places)
            overview = look(places, result)
            write_page(places, overview)
        page = f"Trang xem trên trình duyệt: {places.shown(places.glance)}"
    except BusyError:
        result = assessing.check(places)
        overview = look(places, result)
        page = "Đang có một lần lập hồ sơ khác chạy: lần ấy sẽ ghi trang xem trên trình duyệt khi xong."
    only = find_unit(result.files.register, options.unit).code if options.unit else ""
    grid(HEADS, rows(overview, only), NUMBERS)
    for line in [*key_lines(overview.regulation), *province_lines(overview), page]:
        print(line)
    return DataError.exit_code if errors(result.files.problems) else 0
