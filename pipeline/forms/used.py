"""A form and its standard as files -> which fields their templates ask for, so that a document hangs on nothing it does not print."""

from __future__ import annotations

import functools
from pathlib import Path

from pipeline.forms.asked import fields_of
from pipeline.forms.lines import read_lines
from pipeline.forms.tags import tags_of


def used_fields(folder: Path, form: str, profile: str) -> frozenset[str]:
    """First parts of the paths (`hang` of `hang[].ten`) in the form or anywhere in its standard; both are usable templates."""
    return _asked((folder / "bieu_mau" / form).read_bytes()) | _asked((folder / "the_thuc" / f"{profile}.docx").read_bytes())


@functools.cache
def _asked(template: bytes) -> frozenset[str]:
    return frozenset(a.path.replace("[", ".").partition(".")[0] for a in fields_of(tags_of(read_lines(template)).tags).asked)
