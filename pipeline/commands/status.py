"""The year's files and what is published -> where every unit stands: a table on the terminal, index.html for a browser."""

from __future__ import annotations

import argparse

from pipeline import dossiers
from pipeline.commands.year import places_of
from pipeline.glancing import look, write_page
from pipeline.overview.rows import HEADS, province_lines, rows
from pipeline.problems import DataError, errors
from pipeline.terminal import grid


def run(options: argparse.Namespace) -> int:
    places = places_of(options)
    result = dossiers.check(places)
    overview = look(places, result)
    write_page(places, overview)
    grid(HEADS, rows(overview), right=(0, 2, 3, 4, 5, 6, 7))
    for line in province_lines(overview):
        print(line)
    print(f"Trang xem trên trình duyệt: {places.shown(places.glance)}")
    return DataError.exit_code if errors(result.files.problems) else 0
