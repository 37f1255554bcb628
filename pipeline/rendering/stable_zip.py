"""Files of a zip, or its bytes -> bytes of such a zip without anything of the clock or the machine (sorted names, 1980, fixed attributes)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from pipeline.forms.package import members

FIRST = "[Content_Types].xml"


def stable_zip(data: bytes) -> bytes:
    """Read and packed again."""
    return packed(members(data))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Office files want [Content_Types].xml first; everything else is sorted."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(parts, key=lambda n: (n != FIRST, n)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, parts[name])
    return buffer.getvalue()
