"""What makes a document stale: its key holds every value a form may print, charts among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.freshness import DocumentRecord, Reason, stale_reason
from pipeline.keys import Machine, Tools, digest, document_key
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


def test_the_reason_names_what_changed(tmp_path: Path) -> None:
    """Each thing a document is made from; several together; a record of before knows only that something did."""
    plan = DocumentPlan("a", "bao-cao-tong-hop.docx", "dang", "A", "A", "B", {"x": "1"}, ())
    made = document_key(plan, TOOLS)
    record = DocumentRecord(made.whole, parts=dict(made.parts))

    def reason(plan: DocumentPlan = plan, **tools: Any) -> str:
        machine = replace(TOOLS.machine, **{k: v for k, v in tools.items() if k != "declared"})
        key = document_key(plan, replace(TOOLS, machine=machine, declared=tools.get("declared", TOOLS.declared)))
        found = stale_reason(tmp_path, plan, key, record)
        assert found is not None
        return found.text

    assert reason() == "mất tệp a.docx"  # nothing changed, so the files are looked at
    assert reason(replace(plan, fields={"x": "2"})) == "đã thay đổi: nội dung"
    assert reason(replace(plan, profile="nha_nuoc")) == "đã thay đổi: thể thức"
    assert reason(replace(plan, form="to-trinh.docx")) == "đã thay đổi: biểu mẫu"
    assert reason(office="LibreOffice 8") == "đã thay đổi: phiên bản LibreOffice"
    assert reason(fonts="khác") == "đã thay đổi: phông chữ"
    assert reason(code="khác") == "đã thay đổi: chương trình"
    assert reason(libraries={"lxml": "9"}) == "đã thay đổi: phiên bản thư viện"
    assert reason(replace(plan, fields={"x": "2"}), declared="2024-01-01") == "đã thay đổi: nội dung, ngày lập (ngay_lap)"
    record.parts = {}
    assert reason(code="khác") == "đã thay đổi: dữ liệu, biểu mẫu hoặc công cụ"
    record.key = ""
    assert reason() == "chưa có"


def test_a_damaged_file_is_a_reason(tmp_path: Path) -> None:
    plan = DocumentPlan("a", "bao-cao-tong-hop.docx", "dang", "A", "A", "B", {"x": "1"}, ())
    made = document_key(plan, TOOLS)
    for ending in (".docx", ".pdf"):
        (tmp_path / f"a{ending}").write_bytes(b"xong")
    record = DocumentRecord(made.whole, digest(b"xong"), digest(b"xong"), parts=dict(made.parts))
    assert stale_reason(tmp_path, plan, made, record) is None
    (tmp_path / "a.pdf").write_bytes(b"xong roi")
    assert stale_reason(tmp_path, plan, made, record) == Reason("tệp a.pdf bị sửa hoặc hỏng", damaged=True)
