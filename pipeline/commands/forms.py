"""Every form in templates_docx/ -> its problems, or its text written anew beside it."""

from __future__ import annotations

import argparse

from pipeline.forms.check import require_usable
from pipeline.forms.projection import write_projections


def run(options: argparse.Namespace) -> int:
    require_usable(options.templates)
    changed = write_projections(options.templates)
    print(f"Biểu mẫu dùng được. Bản chữ ghi lại: {len(changed)}{''.join(f'{chr(10)}  {path.as_posix()}' for path in changed)}")
    return 0
