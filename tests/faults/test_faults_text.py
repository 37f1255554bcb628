"""Faults 5 to 12 and 16: what editors, keyboards and Word do to a file before anybody reads it. All in the whole program, old output beside it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from pipeline.places import PROVINCE
from tests.end_to_end.reading import docx_text
from tests.faults.bad_input import SmallYear, decomposed, windows_1258
from tests.support import UNIT

pytest_plugins = ("tests.faults.odd_year",)

FILE = f"data/2023/don_vi/{UNIT}.yaml"
AGAIN = "xóa ký tự này và gõ lại"
ALONE = ("--unit", "25")


def twice(key: str) -> str:
    return f"mục «{key}» viết hai lần (lần đầu ở dòng {{}}) — xóa một trong hai"


def test_case_05_duplicate_keys(odd: SmallYear) -> None:
    """The same key twice at the top, nested, and once composed and once decomposed: 2, both lines named, all of them at once."""
    odd.edit("tu_nhan: tot\n", f"tu_nhan: tot\ntu_nhan: hoan_thanh\nđiểm: 1\n{decomposed('điểm')}: 2\n")
    odd.edit("  co_mat: 3\n", "  co_mat: 3\n  co_mat: 2\n")
    top, nested = odd.place("tu_nhan: hoan_thanh")[0], odd.place("  co_mat: 2")[0]
    assert odd.refused(2, *ALONE) == [
        f"{FILE}:{top}:1: lỗi: {twice('tu_nhan').format(top - 1)}",
        f"{FILE}:{top + 1}:1: lỗi: không có mục «điểm» ở đây — có phải ý bạn là «cham_diem»?",
        f"{FILE}:{top + 2}:1: lỗi: {twice('điểm').format(top + 1)}",
        f"{FILE}:{nested}:3: lỗi: {twice('co_mat').format(nested - 1)}",
    ]


@pytest.mark.parametrize(
    ("indent", "what"),
    [
        ("\t", "dòng lùi vào bằng phím Tab — dùng dấu cách"),
        ("\xa0\xa0", "dòng lùi vào bằng dấu cách đặc biệt (dán từ Word) — xóa đi và gõ lại bằng dấu cách thường"),
    ],
    ids=["Tab", "dấu cách của Word"],
)
def test_case_06_indent_from_elsewhere(odd: SmallYear, indent: str, what: str) -> None:
    """A tab, a no-break space: 2, the line, and that an ordinary space is meant."""
    odd.edit("  A.1.2: 100%", f"{indent}A.1.2: 100%")
    assert odd.refused(2, *ALONE) == [f"{FILE}:6:1: lỗi: {what}"]


@pytest.fixture(scope="module")
def elsewhere(published: SmallYear, tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """The odd unit's file decomposed, with a byte order mark and Windows line ends, built from nothing."""
    year = SmallYear(tmp_path_factory.mktemp("khac") / "nam")
    published.copy_data(year)
    text = decomposed(year.unit.read_text("utf-8"))
    year.unit.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    told = year.run("build", *ALONE)
    assert (told.code, told.err) == (0, "")
    return year


def test_case_07_mark_and_line_ends_of_windows(published: SmallYear, elsewhere: SmallYear, odd: SmallYear) -> None:
    """A byte order mark and CRLF: accepted without a word, the same bytes as from the LF file, and nothing is stale."""
    assert elsewhere.hashes(UNIT) == published.hashes(UNIT) != {}
    odd.unit.write_bytes(b"\xef\xbb\xbf" + odd.unit.read_bytes().replace(b"\n", b"\r\n"))
    told = odd.run("build", *ALONE)
    assert (told.code, told.err) == (0, "") and "mọi hồ sơ đã mới nhất" in told.out
    assert odd.hashes(UNIT) == published.hashes(UNIT)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_case_08_utf_16(odd: SmallYear, published: SmallYear, encoding: str) -> None:
    """With its mark it is read, with a warning (nothing is stale); without it: 2, save as UTF-8."""
    text = odd.unit.read_text("utf-8")
    odd.unit.write_bytes(f"\ufeff{text}".encode(encoding))
    told = odd.run("build", *ALONE)
    assert (told.code, told.lines) == (0, [f"{FILE}:1:1: cảnh báo: tệp lưu theo mã UTF-16 — lưu lại bằng mã UTF-8"])
    assert "mọi hồ sơ đã mới nhất" in told.out and odd.hashes(UNIT) == published.hashes(UNIT)
    odd.unit.write_bytes(text.encode(encoding))
    assert odd.refused(2, *ALONE) == [f"{FILE}:1:1: lỗi: tệp lưu theo mã UTF-16 không có dấu đầu tệp — lưu lại bằng mã UTF-8"]


@pytest.mark.parametrize(
    "encoded",
    [windows_1258("Chậm một tháng"), b"Ch\xcbm m\xe9t th\xb8ng", b"Cha\xe4m mo\xe4t tha\xf9ng"],
    ids=["Windows-1258", "TCVN3", "VNI"],
)
def test_case_09_encodings_of_the_nineties(odd: SmallYear, encoded: bytes) -> None:
    """Vietnamese as Windows-1258, TCVN3 and VNI save it, in a file that is UTF-8 otherwise: 2, the first such letter, which encodings it may be."""
    before, after = odd.unit.read_bytes().split("Số hóa tài liệu".encode())
    odd.unit.write_bytes(before + "Số ".encode() + encoded + after)
    whole = (before.decode() + "Số " + encoded.decode("latin-1")).split("\n")
    column = next(n for n, c in enumerate(whole[-1], 1) if c > "~" and c != "ố")
    assert odd.refused(2, *ALONE) == [
        f"{FILE}:{len(whole)}:{column}: lỗi: tệp không phải mã UTF-8 (có vẻ là Windows-1258, TCVN3 hoặc VNI) — "
        "mở bằng trình soạn thảo, chọn Lưu với mã UTF-8 rồi kiểm tra lại dấu tiếng Việt"
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["không dấu đầu tệp", "có dấu đầu tệp"])
def test_case_09_place_is_in_letters_of_the_file(odd: SmallYear, mark: bytes) -> None:
    """Line and column are what an editor shows, with a byte order mark too."""
    odd.unit.write_bytes(mark + "# Sở Nội vụ\n# Số ".encode() + b"\xcb\n")
    (line,) = odd.refused(2, *ALONE)
    assert line.startswith(f"{FILE}:2:6: lỗi: tệp không phải mã UTF-8")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (
            "?a?ng u?y xa?",
            "lỗi: chữ có dấu đã bị thay bằng dấu hỏi (tệp từng được lưu theo mã ANSI) — gõ lại giá trị, lưu tệp bằng mã UTF-8",
        ),
        ("S\ufffd N\ufffdi v\ufffd", f"lỗi: chữ bị mất khi chuyển mã (U+FFFD) — {AGAIN}"),
    ],
    ids=["dấu hỏi", "U+FFFD"],
)
def test_case_10_letters_lost(odd: SmallYear, value: str, line: str) -> None:
    """Letters that an earlier save has eaten: 2 and the line; such a file never prints."""
    odd.edit("minh_chung: QĐ số 12", f"minh_chung: {value}")
    (told,) = odd.refused(2, *ALONE)
    number, _ = odd.place(value)
    assert told.startswith(f"{FILE}:{number}:") and told.endswith(line)


def test_case_11_decomposed_letters(published: SmallYear, elsewhere: SmallYear, odd: SmallYear) -> None:
    """NFD: the build from nothing has the hashes of the NFC file's, a search of the PDF for composed words finds them, no letter is left decomposed."""
    assert elsewhere.unit.read_text("utf-8-sig") != unicodedata.normalize("NFC", elsewhere.unit.read_text("utf-8-sig"))
    assert elsewhere.hashes(UNIT) == published.hashes(UNIT) != {}
    bundle = elsewhere.out / UNIT / "ho-so.pdf"
    for wanted in ("Dòng thứ ba của cùng một mục", "BÁO CÁO KIỂM ĐIỂM", "Số hóa tài liệu", "Bằng dấu phẩy"):
        assert found_in(bundle, wanted), wanted
    text = "".join(docx_text(path) for path in sorted((elsewhere.out / UNIT).glob("*.docx")))
    assert text == unicodedata.normalize("NFC", text)
    odd.unit.write_text(decomposed(odd.unit.read_text("utf-8")), "utf-8")
    assert "mọi hồ sơ đã mới nhất" in odd.run("build", *ALONE).out


def found_in(path: Path, words: str) -> bool:
    """As the search box of a PDF reader does it: by PDFium, on some page."""
    with pypdfium2.PdfDocument(path) as document:
        return any(page.get_textpage().search(words).get_next() is not None for page in document)


NARRATIVES = ("dac_diem_tinh_hinh", "viec_moi_sang_tao", "linh_vuc_noi_troi", "ton_tai", "han_che")
RAW = {
    "\x00": "ký tự không in được",
    "\x0b": "ký tự không in được",
    "\ufffe": "ký tự không in được",
    "\u202e": "ký tự đổi chiều chữ",
    "\u2066": "ký tự đổi chiều chữ",
}


@pytest.mark.parametrize("escaped", [False, True], ids=["nguyên dạng", "viết bằng ký hiệu"])
def test_case_12_characters_no_document_can_carry(odd: SmallYear, escaped: bool) -> None:
    """NUL, VT, U+FFFE and bidirectional controls: 2, line and code point of each; the narratives are never printed shortened."""
    expected = []
    for key, (letter, why) in zip(NARRATIVES, RAW.items()):
        odd.edit(f'{key}: "Nội dung"', f'{key}: "a\\u{ord(letter):04x}b"' if escaped else f'{key}: "a{letter}b"')
        number, column = odd.place(f'{key}: "a')
        expected.append(f"{FILE}:{number}:{column + len(key) + (2 if escaped else 4)}: lỗi: {why} (U+{ord(letter):04X}) — {AGAIN}")
    assert odd.refused(2, *ALONE) == expected


def test_case_12_surrogate_as_an_escape(odd: SmallYear) -> None:
    r"""`"\ud800"`, which cuts a document short in silence elsewhere: 2 at its place."""
    odd.edit('ton_tai: "Nội dung"', 'ton_tai: "a\\ud800b"')
    number, column = odd.place("\\ud800")
    assert odd.refused(2, *ALONE) == [
        f"{FILE}:{number}:{column}: lỗi: ký hiệu «\\ud800» trong dấu nháy kép không đọc được — viết \\\\ nếu cần in dấu \\, nếu không thì xóa"
    ]


def test_case_12_surrogate_as_bytes(odd: SmallYear) -> None:
    """A lone surrogate written as three bytes is no UTF-8: 2 at that place."""
    odd.unit.write_bytes(odd.unit.read_bytes().replace(b"tu_nhan: tot", b"tu_nhan: \xed\xa0\x80"))
    number, _ = odd.place("tu_nhan: ")
    (told,) = odd.refused(2, *ALONE)
    assert told.startswith(f"{FILE}:{number}:10: lỗi: tệp không phải mã UTF-8")


def test_case_16_rest_after_a_number_sign(odd: SmallYear, published: SmallYear) -> None:
    """`QĐ số 12 #3` is `QĐ số 12` to YAML: a warning that shows what was cut; nothing else happens, since that is what is printed already."""
    odd.edit("minh_chung: QĐ số 12\n", "minh_chung: QĐ số 12 #3\n")
    number, column = odd.place("QĐ số 12 #3")
    told = odd.run("build", *ALONE)
    what = "phần «#3» bị bỏ vì sau dấu # là ghi chú — nếu là nội dung, đặt cả giá trị trong dấu nháy kép"
    assert (told.code, told.lines) == (0, [f"{FILE}:{number}:{column}: cảnh báo: {what}"])
    assert odd.hashes(UNIT) == published.hashes(UNIT) and odd.hashes(PROVINCE) == published.hashes(PROVINCE)
