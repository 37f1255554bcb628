"""Bytes of a clerk's file: encodings, letters lost, characters that no document may carry."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.problems import Kind
from pipeline.reading.text import SUSPECT, _fault, letters_lost, read_text
from tests.support import read_bytes

TEXT = "ten: Sở Nội vụ\nma: SNV\n"
VALUE = {"ten": "Sở Nội vụ", "ma": "SNV"}
NOT_UTF8 = (
    "tệp không phải mã UTF-8 (có vẻ là Windows-1258, TCVN3 hoặc VNI) — "
    "mở bằng trình soạn thảo, chọn Lưu với mã UTF-8 rồi kiểm tra lại dấu tiếng Việt"
)
UTF16 = "lỗi: tệp lưu theo mã UTF-16 không có dấu đầu tệp — lưu lại bằng mã UTF-8"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["UTF-8", "BOM", "CRLF", "CR", "NFD"],
)
def test_same_text_however_saved(raw: bytes, tmp_path: Path) -> None:
    """Marks, line ends and the form of accents change nothing."""
    assert read_bytes(tmp_path, raw) == (VALUE, [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_with_mark(encoding: str, tmp_path: Path) -> None:
    """Notepad's "Unicode" is read, with a warning."""
    raw = TEXT.encode(encoding)
    raw = raw if raw.startswith(b"\xff\xfe") else b"\xfe\xff" + raw
    assert read_bytes(tmp_path, raw) == (VALUE, ["tep:1:1: cảnh báo: tệp lưu theo mã UTF-16 — lưu lại bằng mã UTF-8"])


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (TEXT.encode("utf-16-le"), f"tep:1:1: {UTF16}"),
        (TEXT.encode("utf-16-be"), f"tep:1:1: {UTF16}"),
        ("a: chi\nb: 1\n".encode("utf-16-le"), f"tep:1:1: {UTF16}"),
        (TEXT.encode("utf-16")[:-1], "tep:1:1: lỗi: tệp UTF-16 bị hỏng — lưu lại bằng mã UTF-8"),
        (b"a: 1\nb: Ch\xfa \xfd\n", f"tep:2:6: lỗi: {NOT_UTF8}"),
        ("b: Sơ\u0309\n".encode("cp1258"), f"tep:1:5: lỗi: {NOT_UTF8}"),
        (b"a: " + b"x" * 1_000_000, "tep: lỗi: tệp lớn hơn 1 MB — kiểm tra xem có dán nhầm nội dung khác không"),
    ],
    ids=["UTF-16 LE", "UTF-16 BE", "UTF-16 of plain letters", "UTF-16 cut", "VNI", "Windows-1258", "too big"],
)
def test_bytes_refused(raw: bytes, line: str, tmp_path: Path) -> None:
    """One line that says how to save the file again."""
    assert read_bytes(tmp_path, raw) == (None, [line])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a:\n\tb: 1\n", "tep:2:1: lỗi: dòng lùi vào bằng phím Tab — dùng dấu cách"),
        ("a: |\n  x\n  \ty\n", "tep:3:3: lỗi: dòng lùi vào bằng phím Tab — dùng dấu cách"),
        (
            "a:\n\u00a0\u00a0b: 1\n",
            "tep:2:1: lỗi: dòng lùi vào bằng dấu cách đặc biệt (dán từ Word) — xóa đi và gõ lại bằng dấu cách thường",
        ),
        ("a:\u00a0b\n", "tep:1:3: lỗi: sau «a:» là dấu cách đặc biệt (dán từ Word) — xóa đi và gõ lại một dấu cách thường"),
        ("a: x\x00y\n", "tep:1:5: lỗi: ký tự không in được (U+0000) — xóa ký tự này và gõ lại"),
        ("a: x\x0by\n", "tep:1:5: lỗi: ký tự không in được (U+000B) — xóa ký tự này và gõ lại"),
        ("a: x\x85y\n", "tep:1:5: lỗi: ký tự không in được (U+0085) — xóa ký tự này và gõ lại"),
        ("a: x\ufffey\n", "tep:1:5: lỗi: ký tự không in được (U+FFFE) — xóa ký tự này và gõ lại"),
        ("a: x\u202ey\n", "tep:1:5: lỗi: ký tự đổi chiều chữ (U+202E) — xóa ký tự này và gõ lại"),
        ("a: x\u200by\n", "tep:1:5: lỗi: ký tự ẩn (U+200B) — xóa ký tự này và gõ lại"),
        ("a: S\ufffd\n", "tep:1:5: lỗi: chữ bị mất khi chuyển mã (U+FFFD) — xóa ký tự này và gõ lại"),
    ],
)
def test_characters_refused(text: str, line: str, tmp_path: Path) -> None:
    """Each character that would spoil a document is named with its line."""
    assert read_bytes(tmp_path, text.encode()) == (None, [line])


def test_one_problem_per_line(tmp_path: Path) -> None:
    """A pasted page full of the same fault stays readable."""
    _, found = read_bytes(tmp_path, "a: \u200b\u200b\u200b\nb: \u200b\n".encode())
    assert [line.split(":")[1] for line in found] == ["1", "2"]


@pytest.mark.parametrize("value", ["?a?ng u?y", "Đ?ng ?y", "?y ban nh?n d?n"])
def test_letters_lost(value: str) -> None:
    """Question marks inside words are letters that an ANSI save has eaten."""
    assert letters_lost(value)


@pytest.mark.parametrize("value", ["Vì sao? Do đâu? Làm gì?", "http://a.vn/x?a=1&b?c", "Có hay không?", "1?2"])
def test_letters_not_lost(value: str) -> None:
    """Ordinary questions and addresses are left alone."""
    assert not letters_lost(value)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file and a folder are data problems, in Vietnamese."""
    for path, what in ((tmp_path / "x.yaml", "chưa có tệp này"), (tmp_path, "không đọc được tệp")):
        text, problems = read_text(path, "x")
        assert text is None
        assert [(p.kind, p.what) for p in problems] == [(Kind.ERROR, what)]


def test_suspect_characters_are_those_with_a_fault() -> None:
    """The pattern that looks through a file at once and the words for a character say the same of every character there is."""
    every = [chr(code) for code in range(0x110000)]
    assert [c for c in every if bool(SUSPECT.match(c)) is not bool(_fault(c))] == []
