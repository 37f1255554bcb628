"""The bill of materials: what the locks and LICENCES.md hold, sound CycloneDX, the same bytes whenever and wherever it is made."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections import deque
from typing import Any

import pytest

from pipeline.places import PROJECT
from tests.supply.licences import data, listed
from tests.supply.locks import every_pin
from tests.supply.sbom import bill, check


@functools.cache
def made() -> bytes:
    return bill()


def components() -> dict[str, dict[str, Any]]:
    return {c["name"]: c for c in json.loads(made())["components"]}


def test_same_bytes_for_the_same_input() -> None:
    """In another process, under another time zone, hash seed, language and declared epoch."""
    other = {**os.environ, "TZ": "Asia/Ho_Chi_Minh", "PYTHONHASHSEED": "7", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1000000000"}
    write = "import sys; from tests.supply.sbom import bill; sys.stdout.buffer.write(bill())"
    done = subprocess.run([sys.executable, "-c", write], cwd=PROJECT, env=other, capture_output=True, check=True)
    assert done.stdout == made()
    assert b"timestamp" not in made() and b"serialNumber" not in made() and str(PROJECT).encode() not in made()


def test_components_are_what_is_locked_and_used() -> None:
    """Packages with version, every hash and licence of the lists; programs, fonts and the colour profile beside them."""
    found = components()
    assert set(found) == {*every_pin(), *data()["programs"]}
    for row in listed():
        component, pin = found[row.name], every_pin()[row.name]
        assert (component["version"], component["licenses"]) == (pin.version, [{"expression": row.licence}])
        assert {h["content"] for e in component["externalReferences"] for h in e["hashes"]} == set(pin.hashes)
        assert component["scope"] == ("required" if row.used_for == "a build" else "optional")


def test_everything_hangs_together() -> None:
    """From the project everything is reached, and no line leads nowhere."""
    whole = json.loads(made())
    needs = {d["ref"]: d.get("dependsOn", []) for d in whole["dependencies"]}
    reached, ahead = set(), deque([whole["metadata"]["component"]["bom-ref"]])
    while ahead:
        reference = ahead.popleft()
        if reference not in reached:
            reached.add(reference)
            ahead += needs[reference]
    assert reached == set(needs) == {c["bom-ref"] for c in whole["components"]} | {whole["metadata"]["component"]["bom-ref"]}
    version = every_pin()
    assert f"pkg:pypi/jinja2@{version['jinja2'].version}" in needs[f"pkg:pypi/docxtpl@{version['docxtpl'].version}"]


def test_it_is_sound_and_a_damaged_one_is_not() -> None:
    """By the standard's own schema, strictly, as `make sbom` does before it writes; here all components, but few of their addresses, which take long."""
    whole = json.loads(made())
    for component in whole["components"][10:]:
        component.pop("externalReferences", None)
    shorter = json.dumps(whole)
    check(shorter.encode())
    with pytest.raises(ValueError, match="CycloneDX"):
        check(shorter.replace('"required"', '"somehow"', 1).encode())
