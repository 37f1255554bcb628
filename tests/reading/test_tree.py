"""YAML text: what its own rules would change silently is kept as text or refused in words a clerk understands."""

from __future__ import annotations

import time
import unicodedata

import pytest

from pipeline.reading.tree import Mapping, Scalar, read_tree
from tests.support import read

QUOTE = 'đặt cả giá trị trong dấu nháy kép "..."'
INDENT = (
    "dòng này hoặc dòng trước viết sai cách lùi đầu dòng hoặc dấu — "
    "so với mẫu: các mục cùng cấp lùi vào bằng nhau, sau dấu hai chấm có dấu cách"
)
JOINED = (
    "giá trị kéo dài nhiều dòng sẽ bị nối thành một dòng, mất các đoạn văn — "
    "viết dấu | sau dấu hai chấm rồi xuống dòng, lùi vào hai dấu cách"
)
DEEP = "tệp lồng quá sâu hoặc quá nhiều mục — kiểm tra xem có dán nhầm nội dung khác không"
CUT = "viết mỗi mục một dòng, hoặc đặt giá trị trong dấu nháy kép"
ANCHOR = 'dùng ký hiệu & hoặc * của YAML — viết giá trị trong dấu nháy kép "..."'
TAG = 'dùng ký hiệu ! của YAML — viết giá trị trong dấu nháy kép "..."'
STAR = f"giá trị bắt đầu bằng ký tự *, & hoặc ! — {QUOTE}"


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "on",
        "NO",
        "08",
        "010",
        "12:30",
        "0912345678",
        "2023-01-05",
        "1_000",
        "1.234",
        "9,5",
        "1E+400",
        ".nan",
        "null",
        "~",
        "=",
        "true",
        "x#3",
        "A & B < C >",
    ],
)
def test_scalars_stay_text(value: str) -> None:
    """YAML's own types never touch what a clerk wrote."""
    assert read(f"a: {value}\n") == ({"a": value}, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |\n  một\n  hai\n", "một\nhai\n"),
        ("a:\n  một\n", "một"),
        ("a: một\n\n\n", "một"),
        ('a: "Sở, ban: ngành # 1"\n', "Sở, ban: ngành # 1"),
        ('a: "{{ x }} {% raw %}"\n', "{{ x }} {% raw %}"),
        ("---\na: x\n...\n", "x"),
        ("a: x # ghi chú\n", "x"),
    ],
)
def test_text_as_written(text: str, value: str) -> None:
    """The ways of writing that our examples use."""
    assert read(text) == ({"a": value}, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "tep:3:1: lỗi: mục «a» viết hai lần (lần đầu ở dòng 1) — xóa một trong hai"),
        ("x:\n  a: 1\n  a : 2\n", "tep:3:3: lỗi: mục «a» viết hai lần (lần đầu ở dòng 2) — xóa một trong hai"),
        ("a: &x 1\n", f"tep:1:4: lỗi: {ANCHOR}"),
        ("a: &x [*x]\n", f"tep:1:4: lỗi: {ANCHOR}"),
        ("a: *x\n", f"tep:1:4: lỗi: {ANCHOR}"),
        ("a: **đậm** chữ\n", f"tep:1:1: lỗi: {STAR}"),
        ("a: !!int 1\n", f"tep:1:4: lỗi: {TAG}"),
        ("a: 1\n---\nb: 2\n", "tep:2:1: lỗi: tệp có nhiều tài liệu (dòng ---) — để mỗi tệp một tài liệu, xóa dòng ---"),
        ("[" * 5000, f"tep:1:21: lỗi: {DEEP}"),
        ("- " * 5000, f"tep:1:41: lỗi: {DEEP}"),
        ("a:\n" + "  - x\n" * 20_000, f"tep:20000:5: lỗi: {DEEP}"),
        ("[a]: b\n", "tep:1:1: lỗi: tên mục phải là chữ — xem lại dấu ngoặc { } [ ] và dấu hai chấm"),
        ("", "tep:1:1: lỗi: tệp trống — chép lại từ tệp mẫu rồi điền"),
        ("# ghi chú\n", "tep:1:1: lỗi: tệp trống — chép lại từ tệp mẫu rồi điền"),
        ("a: một\n  hai\n", f"tep:1:4: lỗi: {JOINED}"),
        ('a: "một\n  hai"\n', f"tep:1:4: lỗi: {JOINED}"),
        ("a: >\n  một\n  hai\n", "tep:1:4: lỗi: dùng dấu > làm mất các đoạn văn — thay dấu > bằng dấu |"),
        ("a: b\tc\n", "tep:1:4: lỗi: giá trị có phím Tab — thay bằng dấu cách"),
        ('a: "\\x00"\n', "tep:1:4: lỗi: ký tự không in được (U+0000) — xóa ký tự này và gõ lại"),
        ('a: "\\f"\n', "tep:1:4: lỗi: ký tự không in được (U+000C) — xóa ký tự này và gõ lại"),
        ('a: "\\u202e"\n', "tep:1:4: lỗi: ký tự đổi chiều chữ (U+202E) — xóa ký tự này và gõ lại"),
        (
            'a: "\\ud800"\n',
            "tep:1:5: lỗi: ký hiệu «\\ud800» trong dấu nháy kép không đọc được — viết \\\\ nếu cần in dấu \\, nếu không thì xóa",
        ),
        (
            'a: "C:\\Users"\n',
            "tep:1:7: lỗi: ký hiệu «\\Users» trong dấu nháy kép không đọc được — viết \\\\ nếu cần in dấu \\, nếu không thì xóa",
        ),
        (
            "a: ?a?ng u?y\n",
            "tep:1:4: lỗi: chữ có dấu đã bị thay bằng dấu hỏi (tệp từng được lưu theo mã ANSI) — gõ lại giá trị, lưu tệp bằng mã UTF-8",
        ),
        (
            "a: QĐ số 12 #3\n",
            "tep:1:4: cảnh báo: phần «#3» bị bỏ vì sau dấu # là ghi chú — nếu là nội dung, đặt cả giá trị trong dấu nháy kép",
        ),
        ("a: {diem: 2,5}\n", f'tep:1:13: lỗi: giá trị của «diem» bị cắt tại dấu phẩy trong ngoặc {{ }}, còn dư «5» — {CUT}: diem: "...,5"'),
        (
            "a: {ly_do: “a, b”}\n",
            f'tep:1:16: lỗi: giá trị của «ly_do» bị cắt tại dấu phẩy trong ngoặc {{ }}, còn dư «b”» — {CUT}: ly_do: "...,b”"',
        ),
        ("a: {diem:2.5}\n", "tep:1:5: lỗi: «diem:2.5» bị đọc thành một tên mục vì thiếu dấu cách sau dấu hai chấm — viết diem: 2.5"),
        (
            'a: "Đề án" được duyệt\n',
            "tep:1:1: lỗi: sau dấu nháy kép đóng còn chữ — bỏ dấu nháy kép ở đầu và cuối cụm từ, "
            "dùng “ ” cho cụm từ đó, rồi đặt cả giá trị trong dấu nháy kép",
        ),
        ("a: 'Đề án' được duyệt\n", f"tep:1:1: lỗi: sau dấu nháy đơn đóng còn chữ — {QUOTE}"),
        ("a: Kết luận: đạt\n", f"tep:1:1: lỗi: giá trị có dấu hai chấm — {QUOTE}"),
        ("a: @x\n", f"tep:1:1: lỗi: giá trị bắt đầu bằng ký tự @, % hoặc ` — {QUOTE}"),
        ('a: "x\nb: 1\n', "tep:1:4: lỗi: dấu nháy mở mà không đóng — thêm dấu nháy kép ở cuối giá trị"),
        ('a: "x\nb: "y"\n', "tep:1:4: lỗi: dấu nháy mở mà không đóng — thêm dấu nháy kép ở cuối giá trị"),
        ("a: {b: 1\nc: 2\n", "tep:1:4: lỗi: dấu ngoặc { } hoặc [ ] không đúng — viết mỗi mục một dòng, không dùng dấu ngoặc"),
        ("a:1\nb: 2\n", "tep:1:1: lỗi: thiếu dấu cách sau dấu hai chấm — viết thêm một dấu cách sau dấu hai chấm"),
        ("a:\n- x\n-y\n", "tep:3:1: lỗi: thiếu dấu cách sau dấu gạch ngang — viết thêm một dấu cách sau dấu gạch ngang"),
        (
            "b: 2\nmột dòng\nc: 3\n",
            "tep:2:1: lỗi: dòng không có dấu hai chấm — viết theo mẫu «ten_muc: giá trị»; nội dung dài viết sau dấu |",
        ),
        ("a:\n  b: 1\n c: 2\n", f"tep:3:2: lỗi: {INDENT}"),
        ("a: 1\n  b: 2\n", f"tep:2:4: lỗi: {INDENT}"),
    ],
)
def test_traps(text: str, line: str) -> None:
    """Each trap of YAML has one message, at the place that caused it."""
    assert read(text)[1] == [line]


def test_twin_keys_in_two_unicode_forms() -> None:
    """`điểm` typed on two keyboards is one key (the text is NFC before it is parsed)."""
    text = unicodedata.normalize("NFC", "điểm: 1\n" + unicodedata.normalize("NFD", "điểm") + ": 2\n")
    assert read(text)[1] == ["tep:2:1: lỗi: mục «điểm» viết hai lần (lần đầu ở dòng 1) — xóa một trong hai"]


def test_every_trap_is_reported() -> None:
    """A file with several traps gives them all at once, each at its own line."""
    text = "a: ?a?ng u?y\nb: {diem:2.5}\nc: >\n  x\nd: 1\nd: 2\n"
    assert [line.split(":")[1] for line in read(text)[1]] == ["1", "2", "3", "6"]


def test_places() -> None:
    """Line and column of keys and values count from 1, in characters."""
    tree, _ = read_tree("điểm: x\nb:\n  - y\n", "tep")
    assert isinstance(tree, Mapping)
    assert [str(tree.keys[k]) for k in tree.keys] == ["tep:1:1", "tep:2:1"]
    value = tree.entries["điểm"]
    assert isinstance(value, Scalar) and str(value.place) == "tep:1:7"


@pytest.mark.parametrize("text", ["[" * 500_000, "{a: " * 200_000, "- " * 400_000, "a: |\n" + "  x\n" * 200_000, "? " * 400_000])
def test_huge_files_are_quick(text: str) -> None:
    """Files made to exhaust the parser end within a second."""
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 1
