"""What went wrong -> one line a clerk can act on, and the exit code of the program."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

ADVICE = {
    errno.ENOSPC: "đĩa đã đầy, giải phóng dung lượng rồi chạy lại",
    errno.EDQUOT: "đã dùng hết dung lượng được cấp, giải phóng dung lượng rồi chạy lại",
    errno.EROFS: "thư mục chỉ cho đọc, dùng thư mục khác hoặc báo người quản trị máy",
    errno.EACCES: "tài khoản đang dùng không có quyền, dùng thư mục khác hoặc báo người quản trị máy",
}


class Kind(Enum):
    """How much a problem stops (contract: lỗi stops the file's documents, thiếu makes drafts, cảnh báo nothing)."""

    ERROR = "lỗi"
    OWED = "thiếu"
    WARNING = "cảnh báo"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a clerk finds it: file as typed by the clerk, line and column from 1 (0 = the file as a whole).

    In a workbook `cell` is its name (Chấm điểm!F12), line and column only say in which order cells are told.
    """

    file: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing wrong: what it is and what to write instead; `within`: the entry it belongs to, for readers who have no line to look at."""

    place: Place
    kind: Kind
    what: str
    write: str = ""
    within: str = ""

    def __str__(self) -> str:
        advice = f" — {self.write}" if self.write else ""
        return f"{self.place}: {self.kind.value}: {self.what}{advice}"

    def in_year(self, year: int) -> str:
        """The same line named from the year's folder: what is printed in documents must not say where the data lies."""
        line = str(self)
        return line[max(line.find(f"{year}/"), 0) :]

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.place.file, self.place.line, self.place.column, self.kind.value, self.what)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and column."""
    return sorted(dict.fromkeys(problems), key=lambda p: p.sort_key)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if p.kind is Kind.ERROR]


def owed(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if p.kind is Kind.OWED]


def counts(problems: Iterable[Problem]) -> str:
    """ "2 lỗi, 0 thiếu, 1 cảnh báo"."""
    each = in_order(problems)
    return ", ".join(f"{sum(p.kind is kind for p in each)} {kind.value}" for kind in Kind)


class PipelineError(Exception):
    """An expected failure; its text is Vietnamese and says what to do next."""

    exit_code = 1


class DataError(PipelineError):
    """The data cannot be used at all (the year is missing, the register is broken)."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class TemplateError(PipelineError):
    """A form in templates_docx/ cannot be filled."""

    exit_code = 3


class FormsError(TemplateError):
    """Forms that cannot be used; every problem of every form, in the order in which a reader meets them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(str(p) for p in self.problems))


class OutputError(PipelineError):
    """Conversion failed, or a finished file did not pass its check."""

    exit_code = 4


class EnvironmentFault(PipelineError):
    """The machine lacks something: LibreOffice, fonts, space, permission."""

    exit_code = 5


class BusyError(PipelineError):
    """Another build holds the build folder."""

    exit_code = 6


def machine_advice(error: OSError) -> str:
    """What to do about a machine that does not let a file be read or written, in the clerk's words."""
    return ADVICE.get(error.errno or 0, "kiểm tra quyền truy cập và dung lượng đĩa")
