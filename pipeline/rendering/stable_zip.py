"""Bytes of a zip -> bytes of the same zip without anything of the clock or the machine (sorted names, 1980, fixed attributes)."""

from __future__ import annotations

import io
import zipfile

FIRST = "[Content_Types].xml"


def stable_zip(data: bytes) -> bytes:
    """Office files want [Content_Types].xml first; everything else is sorted."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != FIRST, n)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
