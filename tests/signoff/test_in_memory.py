"""PDFs in memory: the same bytes as by way of Python's streams, and nothing is mended on the way."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.signoff.in_memory import opened, saved
from tests.signoff.small_pdf import draw

HOW = {"deterministic_id": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate}


def test_bytes_are_those_of_a_stream() -> None:
    """Read from memory and written to memory, also after its source is closed."""
    data = draw(["Bí thư Tỉnh ủy"])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, **HOW)
    with pikepdf.new() as copy:
        with opened(data) as pdf:
            assert saved(pdf, **HOW) == plain.getvalue()
            copy.pages.extend(pdf.pages)
        with opened(saved(copy)) as again:
            assert len(again.pages) == 1


@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda _: b"", lambda _: b"%PDF-1.7"])
def test_what_is_damaged_is_not_mended(spoil: object) -> None:
    """Cut in half, empty, or only a head."""
    with pytest.raises((pikepdf.PdfError, ValueError)), opened(spoil(draw(["một"]))):  # type: ignore[operator]
        pass
