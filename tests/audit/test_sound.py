"""Dossiers as they are made pass: nothing of the audit is set off by what is right."""

from __future__ import annotations

from tests.audit.cases import Case


def test_a_unit(unit: Case) -> None:
    assert unit.found() == []


def test_the_province(province: Case) -> None:
    assert province.found() == []
