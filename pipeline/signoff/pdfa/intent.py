"""An open PDF -> the same with the project's sRGB profile as its only output intent; hits of a file that has another."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectType

from pipeline.signoff.pdfa.rules import Hit
from pipeline.signoff.pdfa.walk import elements, entries, is_object, name

PROFILE = Path(__file__).parents[1] / "srgb" / "sRGB.icc"
CONDITION = "sRGB IEC61966-2.1"


@functools.cache
def profile() -> bytes:
    return PROFILE.read_bytes()


@functools.cache
def _digest() -> bytes:
    return hashlib.sha256(profile()).digest()


def set_intent(pdf: pikepdf.Pdf) -> None:
    """Whatever intents there were go; no colour changes: LibreOffice and ReportLab write sRGB values."""
    stream = pdf.make_stream(profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String(CONDITION),
        Info=pikepdf.String(CONDITION),
        DestOutputProfile=stream,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def intent_hits(pdf: pikepdf.Pdf) -> Iterator[Hit]:
    intents = [entries(i) for i in elements(pdf.Root.get("/OutputIntents"))]
    if len(intents) != 1 or name(intents[0].get("/S")) != "/GTS_PDFA1" or "/OutputConditionIdentifier" not in intents[0]:
        yield Hit("mot-ho-so-mau")
        return
    stream = intents[0].get("/DestOutputProfile")
    if stream is None or "/DestOutputProfileRef" in intents[0] or not is_object(stream, ObjectType.stream):
        yield Hit("ho-so-mau")
        return
    data = stream.read_bytes()
    if stream.get("/N") != 3 or not is_rgb(data):
        yield Hit("ho-so-mau")
    elif hashlib.sha256(data).digest() != _digest():
        yield Hit("ho-so-mau-la")


def is_rgb(data: bytes) -> bool:
    """An ICC profile, version 2 to 4, of a monitor or printer, for RGB, of the length it says."""
    return (
        len(data) > 128
        and int.from_bytes(data[:4]) == len(data)
        and data[36:40] == b"acsp"
        and data[12:16] in (b"mntr", b"prtr")
        and data[16:20] == b"RGB "
        and 2 <= data[8] <= 4
    )
