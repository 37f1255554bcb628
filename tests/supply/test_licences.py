"""LICENCES.md: what the lock files hold, at the same versions, each on terms that were thought about."""

from __future__ import annotations

import pytest

from tests.supply.licences import LIST, Row, data, installed, licence_of, listed, problems, rows, written
from tests.supply.locks import every_pin


def test_list_names_exactly_what_is_locked() -> None:
    """Every package of every lock file at its version, none else."""
    assert {row.name: row.version for row in listed()} == {pin.name: pin.version for pin in every_pin().values()}, "run `make licences`"


def test_list_says_what_packages_say_of_themselves() -> None:
    """The page is the one `make licences` writes; packages for other systems, which are not installed here, stand as they were found."""
    made = {row.name: row for row in rows()}
    assert len(made) > 100
    assert LIST.read_text("utf-8") == written(made.get(row.name, row) for row in listed()), "run `make licences`"


def test_every_licence_is_allowed() -> None:
    """Packages, programs, fonts and the colour profile alike; each allowed licence is used and has its reason."""
    expressions = [row.licence for row in listed()] + [entry["licence"] for entry in data()["programs"].values()]
    assert {e: problems(e) for e in expressions if problems(e)} == {}
    assert [licence for licence, why in data()["allowed"].items() if not any(licence in e for e in expressions) or len(why) < 10] == []


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("MIT", []),
        ("GPL-3.0-or-later OR MIT", []),
        ("MIT AND AGPL-3.0-only", ["AGPL-3.0-only is not allowed"]),
        ("GPL-3.0-only WITH GCC-exception-3.1", ["GPL-3.0-only WITH GCC-exception-3.1 is not allowed"]),
        ("(MIT OR ISC) AND (AGPL-3.0-only OR SSPL-1.0)", ["AGPL-3.0-only is not allowed"]),
        ("Proprietary", ["Unknown license key(s): Proprietary"]),
    ],
)
def test_what_is_not_allowed_is_told(expression: str, told: list[str]) -> None:
    """Of alternatives one suffices, of what is joined every part has to be allowed; words that are no SPDX are refused."""
    assert problems(expression) == told


def test_strong_copyleft_is_only_in_programs_of_their_own() -> None:
    """No library of the program is under the GPL or AGPL: these may be started, not linked."""
    assert [row for row in listed() if "GPL" in row.licence.replace("LGPL", "")] == []
    assert [row for row in listed() if "LGPL" in row.licence] == [
        Row("docxtpl", every_pin()["docxtpl"].version, "LGPL-2.1-only", "a build")
    ]


def test_named_by_hand_only_where_the_package_is_silent() -> None:
    """An entry whose package has learnt to say its licence, or is gone, goes too."""
    for name in data()["named"]:
        found = installed(name)
        assert name in every_pin()
        assert found is None or (found.metadata.get("License-Expression") is None and licence_of(found) == data()["named"][name]["licence"])
