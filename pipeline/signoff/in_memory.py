"""Bytes of a PDF -> the open file, and an open file -> bytes, through a file in memory: qpdf reads and writes that by itself.

A BytesIO it would read and write piece by piece through Python, which takes several times as long; a file on disk could be full.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import pikepdf


def _file() -> IO[bytes]:
    return os.fdopen(os.memfd_create("pdf"), "w+b") if hasattr(os, "memfd_create") else tempfile.TemporaryFile()


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """As it stands: what is damaged is not mended but raises what pikepdf raises."""
    with _file() as file:
        file.write(data)
        file.flush()
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True, access_mode=pikepdf.AccessMode.mmap) as pdf:  # type: ignore[arg-type]
            yield pdf


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    """`how`: as for pikepdf's own save."""
    with _file() as file:
        pdf.save(file, **how)  # type: ignore[arg-type]
        file.seek(0)
        return file.read()
