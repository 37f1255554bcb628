"""What makes a document stale: its key holds every value a form may print, charts among them."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.keys import Machine, Tools, document_key
from pipeline.model.files import DocumentPlan
from pipeline.places import TEMPLATES
from pipeline.rendering.chart_levels import GroupBar, LevelChart
from pipeline.rendering.picture import Picture

TOOLS = Tools(Machine("LibreOffice 7", "phông", "mã", {}), "2023-12-29", TEMPLATES)


def key(value: Any) -> str:
    return document_key(DocumentPlan("a", "bao-cao-tong-hop.docx", "dang", "A", "A", "B", {"x": value}, ()), TOOLS).whole


def chart(n: int, name: str = "Nhóm 1") -> Picture:
    return Picture(LevelChart(("Tốt",), (GroupBar(name, (n,)),)))


def test_a_chart_is_in_the_key_with_its_numbers() -> None:
    """The same chart gives the same key, another number or word another."""
    assert key(chart(3)) == key(chart(3))
    assert len({key(chart(3)), key(chart(4)), key(chart(3, "Nhóm 2")), key("3")}) == 4


def test_a_value_no_form_can_print_has_no_key() -> None:
    with pytest.raises(TypeError):
        key(object())
