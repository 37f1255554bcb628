"""Files by their names in the parcel -> SHA256SUMS over them, and one zip whose bytes are the same wherever and whenever it is made."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

SUMS = "SHA256SUMS"
UTF8 = 0x800  # flag of an entry: its name is UTF-8, so that no program guesses
FLAGS_AT = 6  # bytes into an entry's own header


def with_sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """As `sha256sum -c` reads it, by name."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return {**files, SUMS: "".join(lines).encode("ascii")}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Sorted by name, dated 1980, stored: the files are compressed themselves, and no version of a compressor changes the bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            name.encode("ascii")  # a name with diacritics would be a slip of the program
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
        entries = archive.infolist()
        for entry in entries:
            entry.flag_bits |= UTF8  # for the directory at the end
    whole = bytearray(buffer.getvalue())
    for entry in entries:
        place = entry.header_offset + FLAGS_AT
        whole[place : place + 2] = entry.flag_bits.to_bytes(2, "little")
    return bytes(whole)
