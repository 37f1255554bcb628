"""Every single value of a ready year left blank, one at a time: every document can still be planned, as drafts or not at all; the program never fails."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml

from pipeline.explaining import explain_year, results
from pipeline.places import TEMPLATES
from pipeline.planning import plan_province, plan_units
from pipeline.problems import DataError
from tests.intake.test_one_thing_missing import Keys, _Blocks, keys_of
from tests.support import FILES, VALID, assess, write_year


def blanked(kind: str, keys: Keys) -> str:
    tree = yaml.load((VALID / f"{kind}.yaml").read_text("utf-8"), yaml.BaseLoader)
    tree = copy.deepcopy(tree)
    node = tree
    for key in keys[:-1]:
        node = node[key]
    node[keys[-1]] = None
    return str(yaml.dump(tree, Dumper=_Blocks, allow_unicode=True, sort_keys=False, width=9999))


@pytest.mark.parametrize("kind", FILES)
def test_a_blank_never_stops_the_program(kind: str, tmp_path: Path) -> None:
    """With the council's file and the decisions beside it: a refusal of the data is an answer, anything else is a fault."""
    tree = yaml.load((VALID / f"{kind}.yaml").read_text("utf-8"), yaml.BaseLoader)
    every = list(keys_of(tree))
    assert len(every) > 5
    for keys in every:
        try:
            result = assess(write_year(tmp_path / "data", **{kind: blanked(kind, keys)}))
        except DataError:
            continue
        explanations = explain_year(result)
        results(result, explanations)
        plan_units(result, TEMPLATES)
        plan_province(result, explanations, TEMPLATES)
