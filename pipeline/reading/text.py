"""Bytes of a clerk's file -> NFC text, or the problems that make it unreadable."""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from pathlib import Path

from pipeline.problems import Kind, Place, Problem

LETTERS = Path(__file__).with_name("letters.txt")
MAX_BYTES = 1_000_000
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
INVISIBLE = set("\u200b\u200c\u200d\u2060\ufeff")
SPACES_FROM_WORD = "\u00a0\u202f\u2007\u3000"
PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
SUSPECT = re.compile(  # every character `_fault` has a word for, found at once: a large file has a million that are sound
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffd" + "".join(sorted(BIDI | INVISIBLE)) + PLANES + "]"
)


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """`shown` is the file's name in messages. Gives None with at least one error when nothing can be parsed."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # a file pasted full by mistake is not taken into memory
    except FileNotFoundError:
        return None, [Problem(Place(shown), Kind.ERROR, "chưa có tệp này", "chép lại từ tệp mẫu rồi điền")]
    except OSError:
        return None, [
            Problem(Place(shown), Kind.ERROR, "không đọc được tệp", "kiểm tra quyền đọc, và đây phải là tệp chứ không phải thư mục")
        ]
    return text_of(raw, shown)


def text_of(raw: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """What the bytes of a file say."""
    if len(raw) > MAX_BYTES:
        return None, [Problem(Place(shown), Kind.ERROR, "tệp lớn hơn 1 MB", "kiểm tra xem có dán nhầm nội dung khác không")]
    text, problems = _decode(raw, shown)
    if text is None:
        return None, problems
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    problems += _bad_characters(text, shown)
    return (None if any(p.kind is Kind.ERROR for p in problems) else text), problems


def _decode(raw: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        warning = Problem(Place(shown, 1, 1), Kind.WARNING, "tệp lưu theo mã UTF-16", "lưu lại bằng mã UTF-8")
        try:
            return raw.decode("utf-16"), [warning]
        except UnicodeDecodeError:
            return None, [Problem(Place(shown, 1, 1), Kind.ERROR, "tệp UTF-16 bị hỏng", "lưu lại bằng mã UTF-8")]
    if raw.count(b"\x00") > len(raw) // 4:
        return None, [Problem(Place(shown, 1, 1), Kind.ERROR, "tệp lưu theo mã UTF-16 không có dấu đầu tệp", "lưu lại bằng mã UTF-8")]
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        sound = raw[: error.start].decode("utf-8")
        return None, [
            Problem(
                Place(shown, sound.count("\n") + 1, len(sound) - sound.rfind("\n")),
                Kind.ERROR,
                "tệp không phải mã UTF-8 (có vẻ là Windows-1258, TCVN3 hoặc VNI)",
                "mở bằng trình soạn thảo, chọn Lưu với mã UTF-8 rồi kiểm tra lại dấu tiếng Việt",
            )
        ]


def _bad_characters(text: str, shown: str) -> list[Problem]:
    """One problem per line and fault, so that a pasted page does not give a thousand messages."""
    found: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip(" \t" + SPACES_FROM_WORD))]
        if "\t" in indent:
            found.append(Problem(Place(shown, number, indent.index("\t") + 1), Kind.ERROR, "dòng lùi vào bằng phím Tab", "dùng dấu cách"))
        elif set(indent) & set(SPACES_FROM_WORD):
            found.append(
                Problem(
                    Place(shown, number, 1),
                    Kind.ERROR,
                    "dòng lùi vào bằng dấu cách đặc biệt (dán từ Word)",
                    "xóa đi và gõ lại bằng dấu cách thường",
                )
            )
        if suspect := SUSPECT.search(line):
            found.append(
                Problem(
                    Place(shown, number, suspect.start() + 1),
                    Kind.ERROR,
                    f"{_fault(suspect[0])} (U+{ord(suspect[0]):04X})",
                    "xóa ký tự này và gõ lại",
                )
            )
        key = re.match(r"\s*(?:- )?([^\s:#\"'][^:#]*):" + f"[{SPACES_FROM_WORD}]", line)
        if key:
            found.append(
                Problem(
                    Place(shown, number, key.end()),
                    Kind.ERROR,
                    f"sau «{key[1]}:» là dấu cách đặc biệt (dán từ Word)",
                    "xóa đi và gõ lại một dấu cách thường",
                )
            )
    return found


def _fault(character: str) -> str:
    """Why this character may not stand in a document, or ''."""
    if character == "\ufffd":
        return "chữ bị mất khi chuyển mã"
    if character in BIDI:
        return "ký tự đổi chiều chữ"
    if character in INVISIBLE:
        return "ký tự ẩn"
    return "ký tự không in được" if not printable(character) else ""


def printable(character: str) -> bool:
    """True when XML 1.0 and our documents can carry the character (controls, surrogates and non-characters cannot)."""
    code = ord(character)
    if character in "\t\n":
        return True
    if code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF:
        return False
    return not (code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF) and not 0x2028 <= code <= 0x2029


def faulty_characters(value: str) -> list[tuple[str, str]]:
    """Characters of a parsed value that no document may carry (they come from escapes such as "\\x00"): (why, U+XXXX)."""
    return [(_fault(c), f"U+{ord(c):04X}") for c in dict.fromkeys(SUSPECT.findall(value))]


@functools.cache
def known_letters() -> frozenset[str]:
    """Every character the documents' font has (letters.txt)."""
    ranges = (line.partition("-") for line in LETTERS.read_text("ascii").splitlines() if not line.startswith("#"))
    return frozenset(chr(c) for first, _, last in ranges for c in range(int(first, 16), int(last or first, 16) + 1))


def foreign_letters(value: str) -> list[str]:
    """Characters that no document can print: symbols, emoji, other scripts."""
    if known_letters().issuperset(value):
        return []
    return [c for c in dict.fromkeys(value) if c not in known_letters() and c not in "\t\n" and not _fault(c)]


def letters_lost(value: str) -> bool:
    """True for text like `?a?ng u?y`: an ANSI save has turned letters into question marks."""
    return value.count("?") > 1 and "://" not in value and len(re.findall(r"(?<=\w)\?(?=\w)|(?<!\S)\?(?=\w)", value)) >= 2
