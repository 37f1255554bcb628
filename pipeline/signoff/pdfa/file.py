"""Bytes of a PDF -> hits on its head, its end and the lengths of its streams: what a library mends or passes over when it opens a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.signoff.pdfa.rules import Hit

HEAD = re.compile(rb"%PDF-1\.[0-7](?:\r\n|\r|\n)")
BINARY = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)%[\x80-\xff]{4}")
END = b"%%EOF"
STREAM = re.compile(rb">>\s*stream\r?\n")
LENGTH = re.compile(rb"/Length (\d+)\b(?! \d+ R)")
AFTER = re.compile(rb"\r?\n?endstream\b")


def file_hits(data: bytes) -> Iterator[Hit]:
    if not HEAD.match(data):
        yield Hit("phien-ban")
    if not BINARY.match(data[:1024]):
        yield Hit("dau-nhi-phan")
    end = data.rfind(END)
    if end >= 0 and data[end + len(END) :] not in (b"", b"\r\n", b"\r", b"\n"):
        yield Hit("cuoi-tep")
    if not all(_lengths_fit(data)):
        yield Hit("do-dai-luong")


def _lengths_fit(data: bytes) -> Iterator[bool]:
    """Of every stream in turn whose dictionary states its length (others are found by the library)."""
    position = 0
    while start := STREAM.search(data, position):
        position = start.end()
        stated = LENGTH.search(data, max(data.rfind(b" obj", 0, start.start()), 0), start.start())
        if stated:
            end = position + int(stated[1])
            fits = AFTER.match(data, end) is not None
            yield fits
            position = end if fits else position
