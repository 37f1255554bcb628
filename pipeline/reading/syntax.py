"""A YAML parser's complaint + the text -> one Vietnamese problem that says what to write."""

from __future__ import annotations

import re

import yaml

from pipeline.problems import Kind, Place, Problem

QUOTE = 'đặt cả giá trị trong dấu nháy kép "..."'
UNCLOSED = ("dấu nháy mở mà không đóng", "thêm dấu nháy kép ở cuối giá trị")
RULES: list[tuple[str, str, str]] = [
    (
        r'^\s*(?:- )?(?:[\w.]+:\s+)?"[^"]*"\s*[^\s,}\]#]',
        "sau dấu nháy kép đóng còn chữ",
        "bỏ dấu nháy kép ở đầu và cuối cụm từ, dùng “ ” cho cụm từ đó, rồi đặt cả giá trị trong dấu nháy kép",
    ),
    (r"^\s*(?:- )?(?:[\w.]+:\s+)?'[^']*'\s*[^\s,}\]#]", "sau dấu nháy đơn đóng còn chữ", QUOTE),
    (r"^\s*(?:- )?[\w.]+:\s+[^\"'|>{\[#].*:(\s|$)", "giá trị có dấu hai chấm", QUOTE),
    (r"^\s*(?:- )?(?:[\w.]+:\s+)?[@`%]", "giá trị bắt đầu bằng ký tự @, % hoặc `", QUOTE),
    (r"^\s*(?:- )?(?:[\w.]+:\s+)?[*&!]", "giá trị bắt đầu bằng ký tự *, & hoặc !", QUOTE),
    (r"^\s*(?:- )?[\w.]+:\s*\{\{|\{%", "giá trị có dấu {{ hoặc {%", QUOTE),
    (r"^\s*-[^\s-]", "thiếu dấu cách sau dấu gạch ngang", "viết thêm một dấu cách sau dấu gạch ngang"),
    (r"^\s*[\w.]+:\S", "thiếu dấu cách sau dấu hai chấm", "viết thêm một dấu cách sau dấu hai chấm"),
    (r"^\s*[^\s:#-][^:]*$", "dòng không có dấu hai chấm", "viết theo mẫu «ten_muc: giá trị»; nội dung dài viết sau dấu |"),
]


def explain_syntax(error: Exception, text: str, shown: str) -> Problem:
    """The first fault of a file that does not parse, at the line that caused it."""
    if isinstance(error, RecursionError):
        return Problem(Place(shown, 1, 1), Kind.ERROR, "tệp lồng quá sâu", "kiểm tra xem có dán nhầm nội dung khác không")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return Problem(Place(shown, 1, 1), Kind.ERROR, "tệp không đọc được như một tệp YAML", "chép lại từ tệp mẫu rồi điền")
    lines = text.split("\n")
    reported = error.problem or ""
    if "anchor" in reported or "alias" in reported:
        return _at(shown, mark.line, mark.column, "giá trị bắt đầu bằng ký tự *, & hoặc !", QUOTE)
    if "quoted scalar" in (error.context or "") and "end of stream" in reported:
        start = error.context_mark or mark
        return _at(shown, start.line, start.column, *UNCLOSED)
    if "escape" in reported or "hexdecimal" in reported:
        return _escape(shown, lines[mark.line], mark)
    if "flow" in (error.context or ""):
        start = error.context_mark or mark
        return _at(shown, start.line, start.column, "dấu ngoặc { } hoặc [ ] không đúng", "viết mỗi mục một dòng, không dùng dấu ngoặc")
    written = [n for n in range(min(mark.line, len(lines) - 1), -1, -1) if lines[n].strip()]
    for number in written[:2]:
        for pattern, what, write in RULES:
            if re.search(pattern, lines[number]):
                return _at(shown, number, _column(lines[number]), what, write)
    last = written[0] if written else 0
    return _at(
        shown,
        last,
        mark.column if last == mark.line else _column(lines[last]),
        "dòng này hoặc dòng trước viết sai cách lùi đầu dòng hoặc dấu",
        "so với mẫu: các mục cùng cấp lùi vào bằng nhau, sau dấu hai chấm có dấu cách",
    )


def _escape(shown: str, line: str, mark: yaml.Mark) -> Problem:
    """`"C:\\Users"` or `"\\ud800"`: YAML reads a backslash inside double quotes as the start of a code."""
    start = max(line.rfind("\\", 0, mark.column + 1), 0)
    code = re.match(r"\\(?:u\w{0,4}|U\w{0,8}|x\w{0,2}|.)?", line[start:])
    return _at(
        shown,
        mark.line,
        start,
        f"ký hiệu «{code[0] if code else ''}» trong dấu nháy kép không đọc được",
        "viết \\\\ nếu cần in dấu \\, nếu không thì xóa",
    )


def _column(line: str) -> int:
    return len(line) - len(line.lstrip())


def _at(shown: str, line: int, column: int, what: str, write: str) -> Problem:
    return Problem(Place(shown, line + 1, column + 1), Kind.ERROR, what, write)
