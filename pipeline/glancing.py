"""A year as read and what the last build recorded -> the year at a glance, and its page in the build folder."""

from __future__ import annotations

from pipeline.assessing import YearResult
from pipeline.explaining import explain_year
from pipeline.freshness import read_records
from pipeline.keys import tools_of
from pipeline.overview.page import page
from pipeline.overview.year import YearOverview, year_overview
from pipeline.places import Places
from pipeline.planning import plan_province, plan_units
from pipeline.publishing import write_file
from pipeline.recording import recorded


def look(places: Places, result: YearResult) -> YearOverview:
    """`result`: of the whole year. Raises EnvironmentFault when LibreOffice or a font is missing: then nothing can be called fresh."""
    plans = [*plan_units(result, places.templates), plan_province(result, explain_year(result), places.templates)]
    tools = tools_of(result.files.province.value, places.templates)
    return year_overview(places, result, {p.folder: p for p in plans}, read_records(recorded(places)), tools)


def write_page(places: Places, overview: YearOverview) -> None:
    """Whole or not at all."""
    write_file(places.glance, page(overview).encode())
