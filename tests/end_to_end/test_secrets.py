"""No file of a finished year tells a secret or anything of the machine and the clerk that made it."""

from __future__ import annotations

from tests.end_to_end.province import CLERK, CLERKS_OWN, Province
from tests.supply.secret_scan import marks_of_this_machine, secrets_in

KINDS = {".docx", ".pdf", ".xlsx", ".json", ".csv", ".html", ""}


def test_nothing_confidential_is_published(built: Province) -> None:
    """Every file, seen and unseen, of a build by a clerk whose name, host, address, password and token are known."""
    marks = marks_of_this_machine() | marks_of_this_machine({**CLERKS_OWN, "HOME": str(built.build.parent / "home" / CLERK)})
    assert len(marks) >= 5
    files = [path for path in sorted(built.out.rglob("*")) if path.is_file()]
    assert {path.suffix for path in files} >= KINDS
    assert [line for path in files for line in secrets_in(path.relative_to(built.out).as_posix(), path.read_bytes(), marks)] == []
