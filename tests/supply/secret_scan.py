"""A finished file of any kind the project publishes -> secrets and marks of the machine in it, seen or unseen."""

from __future__ import annotations

import functools
import html
import io
import os
import re
import socket
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pikepdf
import pypdfium2
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import RegexBasedDetector

PRIVATE_KEY = re.compile(r"BEGIN [A-Z0-9 ]*PRIVATE KEY")  # every kind of PEM, of which detect-secrets knows some
ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
CONFIDENTIAL = re.compile(r"KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH|COOKIE|SESSION", re.IGNORECASE)  # names of such values in the environment
NOBODY = ("root", "user", "admin", "localhost", "builder", "runner")  # accounts and hosts that say nothing about anybody
SHORTEST = 5  # letters of a name that is looked for: a shorter one could be a word
# Left out: numbers of rows look like addresses; the others go by the words around a value and take as long as all the rest together.
LEFT_OUT = ("IPPublicDetector", "CloudantDetector", "IbmCloudIamDetector", "IbmCosHmacDetector", "SoftlayerDetector")


@functools.cache
def detectors() -> tuple[RegexBasedDetector, ...]:
    """Every kind of token and key that detect-secrets knows by its form (guesses by randomness would find every checksum)."""
    kinds: Iterable[type] = get_mapping_from_secret_type_to_class().values()
    return tuple(k() for k in kinds if issubclass(k, RegexBasedDetector) and k.__name__ not in LEFT_OUT)


def marks_of_this_machine(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What is looked for -> what it is: names of user and host, folders of this user, values of the environment that are meant for nobody."""
    found = {environment[k]: "user" for k in ("USER", "LOGNAME", "USERNAME", "SUDO_USER") if k in environment}
    found |= dict.fromkeys((socket.gethostname(), socket.getfqdn(), environment.get("HOSTNAME", "")), "host")
    found |= {folder: "folder" for folder in (environment.get("HOME", ""), str(Path.home())) if folder.count("/") > 1}
    found |= {
        value: f"value of {name}"
        for name, value in environment.items()
        if CONFIDENTIAL.search(name) and len(value) >= 8 and "/" not in value
    }
    return {mark: what for mark, what in found.items() if len(mark) >= SHORTEST and mark.lower() not in NOBODY}


def secrets_in(name: str, data: bytes, marks: Mapping[str, str]) -> Iterator[str]:
    """`name: what` for everything found; nothing twice."""
    found = {f"{inner}: {what}" for inner, text in texts(name, data) for what in _told(text, marks)}
    yield from sorted(found)


def _told(text: str, marks: Mapping[str, str]) -> Iterator[str]:
    for detector in detectors():
        yield from (f"{detector.secret_type} «{secret[:12]}»" for secret in detector.analyze_string(text))
    yield from (f"private key «{match}»" for match in PRIVATE_KEY.findall(text))
    yield from (f"e-mail address «{match}»" for match in ADDRESS.findall(text))
    yield from (f"{what} «{mark}»" for mark, what in marks.items() if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text))


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Everything a file says, and files within files."""
    if data.startswith(b"PK\x03\x04"):
        yield from _of_zip(name, data)
    elif data.startswith(b"%PDF-"):
        yield from ((name, text) for text in _of_pdf(data))
    else:
        text = data.decode("utf-8", "replace")
        yield name, text
        if "<" in text:
            yield name, html.unescape(re.sub(r"<[^>]*>", "", text))  # words that stand in pieces


def _of_zip(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        yield name, packed.comment.decode("utf-8", "replace")
        for entry in packed.infolist():
            yield (
                f"{name}/{entry.filename}",
                f"{entry.filename} {entry.comment.decode('utf-8', 'replace')} {entry.extra.decode('utf-8', 'replace')}",
            )
            yield from texts(f"{name}/{entry.filename}", packed.read(entry))


def _of_pdf(data: bytes) -> Iterator[str]:
    """Text of the pages; every string and stream of every object, packed or not; what stands between the objects."""
    yield STREAM.sub(b"", data).decode("latin-1")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            yield from _of_object(thing)
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_bounded()
            text.close()
            page.close()
    finally:
        document.close()


def _of_object(thing: pikepdf.Object) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for part in thing:
            yield from _inside(part)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for part in thing.values():
            yield from _inside(part)
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image" and "/Length1" not in thing:  # pictures, fonts
            yield thing.read_bytes().decode("utf-8", "replace")


def _inside(part: object) -> Iterator[str]:
    """Objects that stand in others; those referred to have their own turn."""
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        yield from _of_object(part)
