"""What comes back from signing: sound signatures in turn pass, and each way to spoil a file is told in words and by the exit code."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NameObject, StreamObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from pipeline import verifying
from pipeline.__main__ import main
from pipeline.comparing import Comparison
from pipeline.freshness import DocumentRecord, DossierRecord
from pipeline.problems import DataError, OutputError
from pipeline.recording import PREDICATE
from pipeline.signoff.blanks import place
from pipeline.signoff.bundle import Part, bundle
from pipeline.signoff.finished import normalise
from pipeline.signoff.front import front_pages, stamps
from pipeline.signoff.sign_fields import fields_of
from pipeline.signoff.verify_names import names
from pipeline.verifying import verify
from tests.signoff.authority import DAY, Authority, Person
from tests.signoff.small_pdf import DECLARED, archival, draw
from tests.signoff.test_sign_fields import CHAIR, SECRETARY, block, dossier, marked

FIRST, LAST = SECRETARY.field, CHAIR.field


UNCOMPARED = "ĐẠT về nguồn gốc và chữ ký, CHƯA đối chiếu với dữ liệu; "
NOTHING_SIGNED = "ĐẠT về nguồn gốc, CHƯA đối chiếu với dữ liệu; "
NO_DATA = "chưa đối chiếu được với dữ liệu hiện nay: không có dữ liệu năm 2023"


@dataclass(frozen=True)
class Made:
    """A small build of one dossier, two people who sign it, and the certificate of their authority."""

    build: Path
    bundle: bytes
    document: bytes
    secretary: Person
    chair: Person
    root: Path

    def told(self, data: bytes, trust: bool = True) -> tuple[int, list[str]]:
        """Exit code and lines for a file with these bytes; here are no data to hold it against, which is said of every known file."""
        path = self.build / "ky.pdf"
        path.write_bytes(data)
        [result] = verify([path], self.build / "khong-co", self.build, None, [self.root] if trust else [])
        assert result.verdict is not None
        lines = [line for line in map(str, result.verdict.lines) if NO_DATA not in line]
        assert (len(lines) < len(result.verdict.lines)) is lines[0].startswith("đạt: đúng là")
        return result.exit_code, [*lines, result.verdict.conclusion]

    @property
    def signed(self) -> bytes:
        return self.chair.sign(self.secretary.sign(self.bundle, FIRST), LAST)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("ky")
    authority = Authority()
    document, whole = build_dossier(folder / "build" / "2023" / "25-so")
    people = [authority.person(s.name) for s in (SECRETARY, CHAIR)]
    return Made(folder / "build", whole, document, people[0], people[1], authority.trust_file(folder))


def build_dossier(out: Path) -> tuple[bytes, bytes]:
    """Two documents (the first with two blanks), their bundle and the manifest beside them, as a build leaves them."""
    out.mkdir(parents=True)
    path = marked(out / "d1.pdf", block("thu_ky", 200) | block("chu_tri", 440))
    normalise(path, DECLARED, "Biên bản", "Sở", place(path, [SECRETARY, CHAIR], 60))
    archival(out / "d2.pdf", draw(["báo cáo"]))
    with pikepdf.open(path) as pdf:
        pages = {f.name: f.page + 1 for f in fields_of(pdf)}
    front = front_pages(dossier((SECRETARY, CHAIR)), [2, 1], "", [pages, {}])
    parts = [Part("Biên bản", path), Part("Báo cáo", out / "d2.pdf")]
    bundle(out / "ho-so.pdf", front, parts, stamps("25-2023", 6, draft=False), DECLARED, "Hồ sơ", "Sở")
    documents = {stem: DocumentRecord("k", "w", *recorded(out / f"{stem}.pdf")) for stem in ("d1", "d2")}
    digest, size = recorded(out / "ho-so.pdf")
    record = DossierRecord("k", digest, size, 6, False, documents, list(front.signing))
    (out.parent / "manifest.json").write_text(
        json.dumps({"predicateType": PREDICATE, "predicate": {"nam": 2023, "ho_so": {"25-so": record.to_json()}}}), "utf-8"
    )
    return path.read_bytes(), (out / "ho-so.pdf").read_bytes()


def recorded(path: Path) -> tuple[str, int]:
    data = path.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data)


def faults(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("lỗi: ")]


# --- sound -------------------------------------------------------------------------------------------------------------


def test_two_signers_in_order(made: Made) -> None:
    """Both sound and trusted, nobody missing; which bundle of which build; whose certificates."""
    code, lines = made.told(made.signed)
    assert (code, faults(lines)) == (0, [])
    assert lines[0] == "đạt: đúng là gói hồ sơ (25-so/ho-so.pdf) của lần lập năm 2023"
    assert [re.sub(r", ký lúc .*", "", line) for line in lines[1:3]] == [
        "đạt: lượt 1, Trần Thị B, Thư ký hội nghị (Biên bản): chữ ký nguyên vẹn, chứng thư tin cậy; chứng thư cấp cho «Trần Thị B»",
        "đạt: lượt 2, Nguyễn Văn A, Chủ trì hội nghị (Biên bản): chữ ký nguyên vẹn, chứng thư tin cậy; chứng thư cấp cho «Nguyễn Văn A»",
    ]
    assert lines[-1] == UNCOMPARED + "đã đủ chữ ký"


def test_the_first_of_two(made: Made) -> None:
    """Sound as far as it goes; who has still to sign is said."""
    code, lines = made.told(made.secretary.sign(made.document, FIRST))
    assert code == 0 and lines[0].startswith("đạt: đúng là tài liệu (25-so/d1.pdf)")
    assert lines[-2:] == [
        "còn thiếu: chữ ký lượt 2 của Nguyễn Văn A, Chủ trì hội nghị (Biên bản)",
        UNCOMPARED + "còn thiếu chữ ký của Nguyễn Văn A, Chủ trì hội nghị",
    ]


def test_nobody_yet(made: Made) -> None:
    code, lines = made.told(made.bundle)
    assert code == 0
    assert lines[-1] == NOTHING_SIGNED + "chưa ai ký, còn thiếu chữ ký của Trần Thị B, Thư ký hội nghị; Nguyễn Văn A, Chủ trì hội nghị"


def test_a_document_nobody_signs(made: Made) -> None:
    code, lines = made.told((made.build / "2023" / "25-so" / "d2.pdf").read_bytes())
    assert (code, lines[-1]) == (0, NOTHING_SIGNED + "tệp này không có chỗ ký")


def test_without_roots_nobody_is_called_trusted(made: Made) -> None:
    code, lines = made.told(made.signed, trust=False)
    assert code == 0 and "tin cậy" not in " ".join(lines)
    assert sum("chữ ký nguyên vẹn, chưa kiểm tra chứng thư" in line for line in lines) == 2
    assert "lưu ý: chưa kiểm tra chứng thư do ai cấp — thêm --trust và tệp chứng thư gốc của nơi cấp" in lines


def test_blanks_at_the_end_do_no_harm(made: Made) -> None:
    """Mail programs and copies add them."""
    assert made.told(made.signed + b"\r\n\n")[0] == 0


# --- who signed --------------------------------------------------------------------------------------------------------


def test_another_name_on_the_certificate_does_not_pass(made: Made) -> None:
    """It is shown beside the one expected, for a person to compare; neither the conclusion nor the exit code reads as complete."""
    assert not any("đối chiếu người ký" in line for line in made.told(made.signed)[1])
    code, lines = made.told(made.chair.sign(made.bundle, FIRST))
    assert (code, faults(lines)) == (4, [])
    assert "lưu ý: ô ký của Trần Thị B mang chứng thư cấp cho «Nguyễn Văn A» — đối chiếu người ký" in lines
    wrong = "ĐẠT về kỹ thuật, NGƯỜI KÝ CHƯA KHỚP: đối chiếu 1 chữ ký, CHƯA đối chiếu với dữ liệu"
    assert lines[-1] == f"{wrong}; còn thiếu chữ ký của Nguyễn Văn A, Chủ trì hội nghị"


def test_a_complete_file_of_a_wrong_signer_is_not_called_complete(made: Made) -> None:
    """The expected name with two letters more, and a title, is another person."""
    authority = Authority()
    trusted = dataclasses.replace(made, root=authority.trust_file(made.build))
    stranger, chair = authority.person("Trần Thị Bương Giả Mạo"), authority.person("Đồng chí NGUYỄN VĂN A (Chủ trì)")
    code, lines = trusted.told(chair.sign(stranger.sign(made.bundle, FIRST), LAST))
    assert (code, faults(lines)) == (4, [])
    assert lines[-1] == "ĐẠT về kỹ thuật, NGƯỜI KÝ CHƯA KHỚP: đối chiếu 1 chữ ký, CHƯA đối chiếu với dữ liệu"


def test_one_certificate_for_two_people(made: Made) -> None:
    """Whatever name it bears: nobody signs for another. Two certificates of one name are two."""
    authority = Authority()
    trusted = dataclasses.replace(made, root=authority.trust_file(made.build))
    for name in ("Kẻ Mạo Danh", "Trần Thị B, Nguyễn Văn A"):
        one = authority.person(name)
        code, lines = trusted.told(one.sign(one.sign(made.bundle, FIRST), LAST))
        fault = f"lỗi: một chứng thư (cấp cho «{name}») ký vào chỗ của nhiều người: Trần Thị B; Nguyễn Văn A"
        assert (code, faults(lines), lines[-1]) == (4, [fault], "KHÔNG ĐẠT (1 lỗi)")
        code, lines = trusted.told(authority.person(name).sign(one.sign(made.bundle, FIRST), LAST))
        assert faults(lines) == []


@pytest.mark.parametrize(
    ("holder", "same"),
    [
        ("Đặng Thanh B", True),
        ("ĐẶNG  THANH B", True),
        (unicodedata.normalize("NFD", "Đặng Thanh B"), True),
        ("CN=Đặng Thanh B,O=Tỉnh uỷ", True),
        ("TS. Đặng Thanh B (Bí thư)", True),
        ("Đặng Thanh Bương Giả Mạo", False),
        ("Lưu Đặng Thanh", False),
        ("Đặng B Thanh", False),
        ("Đặng Văn Thanh B", False),
        ("Dang Thanh B", False),
        ("Đăng Thanh B", False),
        ("Thanh B", False),
        ("", False),
    ],
)
def test_names_are_compared_by_whole_words(holder: str, same: bool) -> None:
    assert names(holder, "Đặng Thanh B") is same


def test_a_tone_counts_and_where_it_is_written_does_not() -> None:
    assert names("Lê Thị Hoà", "Lê Thị Hòa") and names("Thuỳ Dương", "Thùy Dương")
    assert not names("Lê Thị Hóa", "Lê Thị Hòa") and not names("Lê Thị Hoa", "Lê Thị Hòa")
    assert not names("Kẻ Mạo Danh", "")


# --- held against the data ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["không có dữ liệu năm 2023", "dữ liệu hiện nay có lỗi", "tệp gốc không còn nguyên"])
def test_a_file_not_held_against_the_data_is_called_so(made: Made, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    """Exit code 0, but the words say it; held and found right, the words are plain."""
    path = made.build / "ky.pdf"
    path.write_bytes(made.signed)
    for found, said in ((Comparison(why=why), UNCOMPARED + "đã đủ chữ ký"), (Comparison(), "ĐẠT, đã đủ chữ ký")):
        monkeypatch.setattr(verifying, "compare", lambda *_, found=found: found)
        [result] = verify([path], made.build / "khong-co", made.build, None, [made.root])
        assert result.verdict is not None and (result.exit_code, result.verdict.conclusion) == (0, said)


def test_the_whole_year_is_said_not_to_be_held_against_the_data(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "2023" / "tinh" / "toan-tap.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes((made.build / "2023" / "25-so" / "d2.pdf").read_bytes())
    whole = {"key": "k", "pages": 1, "sha256": recorded(path)[0]}
    manifest = {"predicateType": PREDICATE, "predicate": {"nam": 2023, "ho_so": {}, "toan_tap": whole}}
    (tmp_path / "2023" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    [result] = verify([path], tmp_path / "khong-co", tmp_path, None, [])
    assert result.verdict is not None and (result.exit_code, result.verdict.conclusion) == (0, NOTHING_SIGNED + "tệp này không có chỗ ký")
    assert list(map(str, result.verdict.lines))[1:] == [
        "lưu ý: toàn tập không được đối chiếu với dữ liệu hiện nay — kiểm tra tệp của từng hồ sơ"
    ]


# --- spoilt ------------------------------------------------------------------------------------------------------------


def test_the_wrong_order(made: Made) -> None:
    """The last signature allows nothing after it; who signed before their turn is said, also while the other is missing."""
    early = made.chair.sign(made.bundle, LAST)
    before = "lỗi: Nguyễn Văn A, Chủ trì hội nghị ký lượt 2 khi chưa có chữ ký của Trần Thị B, Thư ký hội nghị (lượt 1)"
    code, lines = made.told(early)
    assert (code, faults(lines)) == (4, [before])
    code, lines = made.told(made.secretary.sign(early, FIRST))
    assert code == 4 and before in lines
    assert any("đây là chữ ký sau cùng, ký xong tệp không được thay đổi gì nữa" in line for line in faults(lines))


def resaved(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


def test_saved_again(made: Made) -> None:
    """By any program that writes the file anew: neither the build nor the signatures are to be recognised."""
    code, lines = made.told(resaved(made.signed))
    assert code == 4 and lines[0] == "lỗi: không phải tệp do lần lập này làm ra, hoặc đã bị lưu lại sau khi lập"
    assert sum("nội dung đã bị sửa sau khi ký" in line for line in faults(lines)) == 2
    assert made.told(resaved(made.bundle))[1][0] == lines[0]


@pytest.mark.parametrize("place", ["as built", "signed"])
def test_one_byte(made: Made, place: str) -> None:
    signed = made.signed
    spot = signed.index(b"stream") + 40 if place == "as built" else signed.index(b"/Contents", len(made.bundle)) - 12
    spoilt = signed[:spot] + bytes([signed[spot] ^ 1]) + signed[spot + 1 :]
    code, lines = made.told(spoilt)
    assert code == 4 and any("nội dung đã bị sửa sau khi ký" in line or "không đọc được" in line for line in faults(lines))
    assert (lines[0].startswith("lỗi: không phải tệp")) == (place == "as built")


def added(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with a change appended, its bytes left as they were."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(data)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def late_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("KY_09_them", on_page=0, box=(10, 10, 60, 40)))


def late_language(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = TextStringObject("en-US")
    writer.update_root()


def late_title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = TextStringObject("Hồ sơ khác")
    writer.mark_update(info.container_ref)


def late_xmp(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    stream._data, stream._encoded_data = stream.data.replace(b"vi-VN", b"en-US"), None
    writer.mark_update(stream.container_ref)


def late_words(writer: IncrementalPdfFileWriter) -> None:
    extra = StreamObject(stream_data=b"BT ET")
    writer.add_stream_to_page(0, writer.add_object(extra))


def late_look(writer: IncrementalPdfFileWriter) -> None:
    """A picture of a signature in a blank that nobody has signed."""
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] == LAST:
            look = writer.add_object(StreamObject({NameObject("/Subtype"): NameObject("/Form")}, stream_data=b"0 0 9 9 re f"))
            field["/AP"][NameObject("/N")] = look
            writer.mark_update(field.container_ref)


CHANGES = {
    late_field: "ô ký «KY_09_them» không có trong danh sách ký, được thêm vào sau khi lập",
    late_language: "thông tin mô tả của tệp bị sửa sau khi lập: Lang",
    late_title: "thông tin mô tả của tệp bị sửa sau khi lập: Title",
    late_xmp: "thông tin mô tả của tệp bị sửa sau khi lập: language",
    late_words: "ngoài chữ ký, tệp còn bị sửa sau khi lập",
    late_look: "ngoài chữ ký, tệp còn bị sửa sau khi lập",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
@pytest.mark.parametrize("when", ["before signing", "between", "after"])
def test_a_change_that_leaves_the_bytes_before_it(made: Made, change: Callable[[IncrementalPdfFileWriter], None], when: str) -> None:
    """Also before the first signature, where every signature is sound in itself and the file still begins as built."""
    data = made.bundle
    for moment, person, field in (("before signing", made.secretary, FIRST), ("between", made.chair, LAST)):
        data = added(data, change) if when == moment else data
        data = person.sign(data, field) if not (change is late_look and when == "after" and field == LAST) else data
    code, lines = made.told(added(data, change) if when == "after" else data)
    assert code == 4 and lines[0].startswith("đạt: đúng là gói hồ sơ")
    assert f"lỗi: {CHANGES[change]}" in lines


def test_added_to_and_not_signed(made: Made) -> None:
    code, lines = made.told(added(made.bundle, lambda writer: writer.update_root()))
    assert code == 4 and "lỗi: chưa ai ký nhưng tệp đã bị thêm vào sau khi lập" in lines


def test_rubbish_behind_the_last_signature(made: Made) -> None:
    code, lines = made.told(made.signed + b"rac")
    assert code == 4 and "lỗi: cuối tệp có phần thừa không thuộc tệp PDF" in lines


def test_a_truncated_file(made: Made) -> None:
    """Cut in the signatures it still tells its build, cut before them nothing."""
    signed = made.signed
    code, lines = made.told(signed[: len(made.bundle) + 900])
    assert code == 4 and lines[0].startswith("đạt: ") and len(faults(lines)) >= 1
    code, lines = made.told(signed[: len(made.bundle) // 2])
    assert code == 4 and lines[0].startswith("lỗi: không phải tệp do lần lập này làm ra")


def test_a_file_of_another_build(made: Made, tmp_path: Path) -> None:
    """Its signatures are looked at all the same; so they are where there is no build at all."""
    other = tmp_path / "2022" / "manifest.json"
    other.parent.mkdir()
    path = tmp_path / "ky.pdf"
    path.write_bytes(made.signed)
    for manifest, said in (
        (None, "chưa có manifest.json của lần lập nào để đối chiếu tệp này"),
        (
            (made.build / "2023" / "manifest.json").read_text("utf-8").replace('"bundle": "', '"bundle": "0'),
            "không phải tệp do lần lập này",
        ),
    ):
        if manifest:
            other.write_text(manifest, "utf-8")
        [result] = verify([path], tmp_path / "khong-co", tmp_path, None, [made.root])
        assert result.verdict is not None and result.exit_code == 4
        assert said in result.verdict.lines[0].text
        assert sum("chữ ký nguyên vẹn, chứng thư tin cậy" in line.text for line in result.verdict.lines) == 2


def test_certificates_of_strangers_and_of_another_time(made: Made) -> None:
    """Not from the roots given, or not yet valid when it was signed."""
    stranger = Authority("Nơi khác").person(SECRETARY.name)
    code, lines = made.told(stranger.sign(made.bundle, FIRST))
    assert code == 4 and "chứng thư không tin cậy (không do chứng thư gốc đã cho cấp)" in lines[1]
    code, lines = made.told(stranger.sign(made.bundle, FIRST), trust=False)
    assert code == 0
    authority = Authority()
    late = authority.person(SECRETARY.name, valid=(-DAY, DAY * 9))
    trusted = dataclasses.replace(made, root=authority.trust_file(made.build))
    code, lines = trusted.told(late.sign(made.bundle, FIRST))
    assert code == 4 and "chứng thư không tin cậy (hết hạn hoặc chưa có hiệu lực lúc ký)" in lines[1], lines


# --- no input breaks it -------------------------------------------------------------------------------------------------


def holes(data: bytes) -> list[range]:
    """Where the signatures themselves stand: room is left there after each, which nothing vouches for."""
    ranges = re.findall(rb"/ByteRange \[0 (\d+) (\d+) \d+ *\]", data)
    return [range(int(one), int(two)) for one, two in ranges]


def test_damaged_files_get_a_verdict(made: Made) -> None:
    """Bytes changed, cut out, put in, doubled, at places drawn once and for all: never a trace, never sound."""
    chance, signed = random.Random(453), made.signed
    safe = holes(signed)
    assert len(safe) == 2
    for _ in range(60):
        spot, length = chance.randrange(len(signed)), chance.choice((1, 1, 7, 400))
        new = chance.choice((b"", chance.randbytes(length), signed[spot : spot + length] * 2))
        spoilt = signed[:spot] + new + signed[spot + length :]
        code, lines = made.told(spoilt)
        assert code == 4 or spoilt == signed or any(spot in hole for hole in safe), (spot, length, new, lines)


def test_what_is_no_pdf_is_refused(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and one line each; a folder is no file, a root must be a certificate, a file must be named."""
    word = tmp_path / "a.docx"
    word.write_bytes(b"PK\x03\x04")
    results = verify([word, tmp_path / "khong-co.pdf", tmp_path], made.build / "khong-co", made.build, None, [])
    assert [(r.refused.split(" (")[0], r.exit_code) for r in results] == [
        ("không phải tệp PDF", 2),
        ("không có tệp này", 2),
        ("không đọc được", 2),
    ]
    for files, trust in (([word], [word]), ([word], [tmp_path / "khong-co.pem"]), ([], [])):
        with pytest.raises(DataError):
            verify(files, made.build / "khong-co", made.build, None, trust)
    assert main(["verify", "--build", str(made.build), str(word)]) == DataError.exit_code
    assert capsys.readouterr().err == f"lỗi: {word.as_posix()}: không phải tệp PDF\n"


def test_the_command_says_it_all(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Options before or after the files; the worst file decides the exit code."""
    good, bad = tmp_path / "tot.pdf", tmp_path / "hong.pdf"
    good.write_bytes(made.signed)
    bad.write_bytes(made.chair.sign(made.bundle, LAST))
    options = ["--build", str(made.build), "--trust", str(made.root)]
    assert main(["verify", str(good), *options]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == good.as_posix() and out[-1] == f"  Kết luận: {UNCOMPARED}đã đủ chữ ký."
    assert main(["verify", *options, str(good), str(bad), "--year", "2023"]) == OutputError.exit_code
    out = capsys.readouterr().out.splitlines()
    assert bad.as_posix() in out and out[-1] == "  Kết luận: KHÔNG ĐẠT (1 lỗi)."
    assert main(["verify", str(good), "--build", str(made.build), "--year", "2022"]) == OutputError.exit_code


def test_signed_parts_do_not_go_into_a_bundle(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "d1.pdf"
    path.write_bytes(made.secretary.sign(made.document, FIRST))
    with pytest.raises(OutputError, match="đã ký"):
        front = front_pages(dossier((SECRETARY, CHAIR)), [2, 1], "", [dict.fromkeys((FIRST, LAST), 2), {}])
        bundle(tmp_path / "b.pdf", front, [Part("Biên bản", path)], b"", DECLARED, "Hồ sơ", "Sở")
    assert not (tmp_path / "b.pdf").exists()
