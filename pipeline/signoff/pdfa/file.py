"""Bytes of a PDF -> hits on its head and its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.signoff.pdfa.rules import Hit

HEAD = re.compile(rb"%PDF-1\.[0-7](?:\r\n|\r|\n)")
BINARY = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)%[\x80-\xff]{4}")
END = b"%%EOF"


def file_hits(data: bytes) -> Iterator[Hit]:
    if not HEAD.match(data):
        yield Hit("phien-ban")
    if not BINARY.match(data[:1024]):
        yield Hit("dau-nhi-phan")
    end = data.rfind(END)
    if end >= 0 and data[end + len(END) :] not in (b"", b"\r\n", b"\r", b"\n"):
        yield Hit("cuoi-tep")
