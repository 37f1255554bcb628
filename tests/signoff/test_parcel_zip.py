"""The parcel's zip: same files, same bytes; names and attributes that every system opens; sums that say what lies in it."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile

import pytest

from pipeline.signoff.parcel import SUMS, packed, with_sums

FILES = {"2-b/09-x.pdf": b"%PDF-", "0-danh-muc.docx": b"PK", "2-b/09-x.docx": b"PK2", "10.txt": b""}


def test_the_same_files_give_the_same_bytes() -> None:
    """In whatever order they come."""
    assert packed(FILES) == packed(dict(reversed(FILES.items())))
    assert packed(FILES) != packed({**FILES, "10.txt": b"x"})


def test_entries_are_sorted_and_say_nothing_of_the_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(FILES))) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        assert [e.filename for e in entries] == sorted(FILES)
        assert {name: archive.read(name) for name in FILES} == FILES
    assert {(e.date_time, e.create_system, e.external_attr, e.compress_type) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16, zipfile.ZIP_STORED)
    }
    assert not any(e.is_dir() for e in entries)


def test_names_are_said_to_be_utf8_in_both_places() -> None:
    """An entry's own header and the directory at the end agree."""
    data = packed(FILES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            signature, _, flags = struct.unpack_from("<IHH", data, entry.header_offset)
            assert (signature, flags, entry.flag_bits) == (0x04034B50, 0x800, 0x800)


def test_a_name_with_diacritics_is_a_slip_of_the_program() -> None:
    with pytest.raises(UnicodeEncodeError):
        packed({"tờ-trình.pdf": b""})


def test_sums_name_every_other_file() -> None:
    """As `sha256sum -c` reads them."""
    files = with_sums(FILES)
    lines = [line.split("  ") for line in files[SUMS].decode().splitlines()]
    assert {name: sha for sha, name in lines} == {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}
    assert [name for _, name in lines] == sorted(FILES) and files.keys() - FILES.keys() == {SUMS}
