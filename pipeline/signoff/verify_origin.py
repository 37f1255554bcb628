"""A file's bytes + the hashes that builds recorded -> which PDF of which build it begins with, and which of its descriptions were changed since."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.signoff.signing_sheet import SigningRow

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it would say on the terminal stands in our own lines

# What signing programs leave behind; everything else in the descriptions stays as built.
TRACES = ("Producer", "ModDate", "ModifyDate", "MetadataDate", "DocumentID", "InstanceID", "CreatorTool", "History")


@dataclass(frozen=True)
class BuiltFile:
    """A PDF as a build recorded it: where it was published, what it is, hash and bytes (0 = not recorded), its signatures in signing order."""

    year: int
    path: str
    what: str
    sha256: str
    size: int
    rows: tuple[SigningRow, ...] = ()
    draft: bool = False


def find_built(data: bytes, built: Sequence[BuiltFile]) -> BuiltFile | None:
    """The one whose bytes the file begins with; the longest where several do."""
    digests = dict(_prefixes(data, {file.size or len(data) for file in built}))
    fitting = [file for file in built if digests.get(file.size or len(data)) == file.sha256]
    return max(fitting, key=lambda file: file.size or len(data), default=None)


def _prefixes(data: bytes, sizes: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Length and hash of the beginnings of these lengths, in one pass."""
    running, done, whole = hashlib.sha256(), 0, memoryview(data)
    for size in sorted(s for s in sizes if s <= len(data)):
        running.update(whole[done:size])
        done = size
        yield size, running.copy().hexdigest()


def changed_descriptions(data: bytes, built: int) -> list[str]:
    """Title, author, language and the like that the part after the first `built` bytes changed; signing programs' own traces aside."""
    before, after = _descriptions(data[:built]), _descriptions(data)
    if before is None or after is None:
        return ["không đọc lại được"]
    return sorted(
        {key.strip("/").split("}")[-1] for key in before.keys() | after.keys() if before.get(key) != after.get(key)} - set(TRACES)
    )


def _descriptions(data: bytes) -> dict[str, str] | None:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
                found = {key: str(meta[key]) for key in meta}
            return found | {str(key): str(value) for key, value in pdf.docinfo.items()} | {"Lang": str(pdf.Root.get("/Lang", ""))}
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return None
