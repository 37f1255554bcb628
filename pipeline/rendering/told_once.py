"""ProvinceView -> readings whose other ways would leave most collectives without a level: told once, with the numbers of the collectives.

Beside each collective such a sentence would push most sheets over their page, and say the same everywhere.
"""

from __future__ import annotations

from itertools import count as counted
from itertools import groupby

from pipeline.model.assessment import PROPOSED
from pipeline.model.explanation import OtherReading
from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.vietnamese import count, either, lower_first


def told_once(view: ProvinceView) -> dict[str, str]:
    """Reading -> its sentence. Never one under which a collective would have another settled level or total."""
    found = {}
    for code in view.regulation.readings:
        touched = {v.unit.number: [o for o in view.explanations[v.unit.code].readings if o.reading == code] for v in view.units}
        others = {number: list_ for number, list_ in touched.items() if list_}
        unsettled = all(
            o.state != PROPOSED and not o.scored_again and o.applied is not None and o.total == _total(view, number)
            for number, list_ in others.items()
            for o in list_
        )
        if unsettled and 2 * len(others) > len(view.units):
            found[code] = _sentence(view, code, others)
    return found


def _total(view: ProvinceView, number: int) -> str:
    total = next(v.assessment.total for v in view.units if v.unit.number == number)
    return "" if total is None else f"{total:.2f}"


def _sentence(view: ProvinceView, code: str, others: dict[int, list[OtherReading]]) -> str:
    reading = view.regulation.readings[code]
    ways = dict.fromkeys(o.way for list_ in others.values() for o in list_)
    words = either([f"“{lower_first(reading.ways[way].rstrip('.'))}”" for way in ways])
    return (
        f"Nếu hiểu {words} thì {count(len(others))} tập thể chưa xếp được mức (số {_ranges(sorted(others))}); không nêu lại ở từng phiếu."
    )


def _ranges(numbers: list[int]) -> str:
    """[1, 2, 3, 5] -> "1 đến 3, 5"."""
    steps = counted()
    runs = [[n for _, n in run] for _, run in groupby(((next(steps), n) for n in numbers), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]} đến {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
