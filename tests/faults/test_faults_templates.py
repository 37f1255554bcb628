"""Faults 23 to 28: forms that are wrong, that reach out, that run something, that are traps, that tell who edited them. The real command line."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from pipeline.places import TEMPLATES
from pipeline.problems import TemplateError
from pipeline.rendering.strict import render
from pipeline.signoff.office import Job, convert, find_office
from tests.end_to_end.reading import pdf_pages, squeezed
from tests.faults import bad_templates as bad
from tests.faults.bad_input import NAME, SmallYear, scratch
from tests.faults.bad_templates import BODY, LETTER, MINUTES, REPORT, SETTINGS, SHEET, STATE
from tests.forms.test_check import bomb, climbing, crowd, rewritten
from tests.rendering.tiny import DECLARED, template

pytest_plugins = ("tests.faults.odd_year",)

AGAIN = "mở bằng Word rồi lưu lại thành .docx"
OUT = "bỏ khỏi tệp rồi lưu lại"
ALLOWED = "chỉ dùng {{ trường }}, {{p trường }}, {%p for %}, {%tr for %}, {%p if %}, {%tr if %}"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    return bad.forms(tmp_path)


def refused(year: SmallYear, forms: Path) -> list[str]:
    """Exit code 3, nothing made or changed. -> the lines, without the folder's name."""
    return [line.removeprefix("templates_docx/") for line in year.refused(3, "--templates", str(forms))]


def test_case_23_undefined_variables(odd: SmallYear, forms: Path) -> None:
    """Three in two forms and a standard: 3, form, place, name and the nearest name of each, all at once."""
    rewritten(REPORT, "{{ tap_the_thuong }}", "{{ tap_the_thong }}")(forms)
    rewritten(SHEET, "{{ h.tham_dinh }}", "{{ h.tham_dnh }}")(forms)
    rewritten(STATE, "{{ ky.ho_ten }}", "{{ ky.ho_tn }}")(forms)
    told = refused(odd, forms)
    assert f"{REPORT}, đoạn 9: lỗi: chương trình không có trường «tap_the_thong» — có phải ý bạn là {{{{ tap_the_thuong }}}}?" in told
    assert (
        f"{SHEET}, bảng 1, hàng 6, cột 5: lỗi: chương trình không có trường «h.tham_dnh» — có phải ý bạn là {{{{ h.tham_dinh }}}}?" in told
    )
    assert any(line.startswith(f"{STATE}, ") and "không có trường «ky.ho_tn» — có phải ý bạn là {{ ky.ho_ten }}?" in line for line in told)


def test_case_24_tags_out_of_order(odd: SmallYear, forms: Path) -> None:
    """`{% tr`, a loop without its end, tags where nothing fills them (comment, keywords): 3, before any data is read."""
    rewritten(SHEET, "{%tr for k in", "{% tr for k in")(forms)
    rewritten(REPORT, "{%p endfor %}", "")(forms)
    bad.change(forms / LETTER, "docProps/core.xml", "<cp:keywords/>", "<cp:keywords>{{ nam }}</cp:keywords>")
    bad.change(forms / MINUTES, "word/comments.xml", "", "<x>{{ nam }}</x>")
    odd.unit.write_bytes(b"\xff")  # not even looked at
    told = refused(odd, forms)
    assert f"{SHEET}, bảng 3, hàng 2, cột 1: lỗi: thừa dấu cách trong «{{% tr for k in dieu_kien %}}» — viết liền {{%tr" in told
    assert f"{REPORT}, đoạn 16: lỗi: thẻ {{%p for c in chi_tieu.danh_muc %}} chưa có thẻ đóng — thêm {{%p endfor %}}" in told
    assert f"{LETTER}: lỗi: tệp Word có thẻ {{{{ ... }}}} trong thuộc tính của tệp (docProps/core.xml) — {OUT}" in told
    assert f"{MINUTES}: lỗi: tệp Word có ghi chú của người soát (word/comments.xml) — {OUT}" in told


def test_case_25_what_reaches_out(odd: SmallYear, forms: Path) -> None:
    """Linked picture, attached template, macro, embedded object, date and include fields: 3, each named; the web server sees nobody."""
    with bad.server() as (address, asked):
        bad.change(forms / REPORT, bad.RELATIONS, "</Relationships>", bad.relation("image", f"{address}/hinh.png"))
        bad.append(forms / REPORT, bad.linked_picture("rId990"), bad.automatic(f'INCLUDEPICTURE "{address}/truong.png"'))
        bad.change(forms / SHEET, "word/_rels/settings.xml.rels", "", attached(address))
        bad.change(forms / SHEET, SETTINGS, "<w:zoom", f'<w:attachedTemplate xmlns:r="{bad.OFFICE}" r:id="rId1"/><w:zoom')
        bad.change(forms / LETTER, "word/vbaProject.bin", "", "x")
        bad.change(forms / MINUTES, "word/embeddings/oleObject1.bin", "", "x")
        bad.append(forms / STATE, bad.automatic("DATE"))
        told = refused(odd, forms)
        assert asked == []
    for line in (
        f"{REPORT}: lỗi: tệp Word có liên kết ra ngoài ({address}/hinh.png) — {OUT}",
        f"{REPORT}: lỗi: tệp Word có trường tự động INCLUDEPICTURE — {OUT}",
        f"{SHEET}: lỗi: tệp Word có liên kết ra ngoài ({address}/mau.dotx) — {OUT}",
        f"{SHEET}: lỗi: tệp Word có mẫu đính kèm (w:attachedTemplate) — {OUT}",
        f"{LETTER}: lỗi: tệp Word có macro (word/vbaProject.bin) — {OUT}",
        f"{MINUTES}: lỗi: tệp Word có tệp nhúng (word/embeddings/oleObject1.bin) — {OUT}",
        f"{STATE}: lỗi: tệp Word có trường tự động DATE — {OUT}",
    ):
        assert line in told


def attached(address: str) -> str:
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return head + bad.relation("attachedTemplate", f"{address}/mau.dotx", "rId1")


def hostile(path: Path, address: str) -> None:
    """A .docx that asks for a picture, an include field's picture, a text and a template from elsewhere."""
    document = Document()
    document.add_paragraph("Nội dung")
    document.save(str(path))
    bad.change(path, bad.RELATIONS, "</Relationships>", bad.relation("image", f"{address}/hinh.png"))
    included = (
        bad.linked_picture("rId990"),
        bad.automatic(f'INCLUDEPICTURE "{address}/truong.png" \\d'),
        bad.automatic(f'INCLUDETEXT "{address}/chu.docx"'),
    )
    bad.change(path, BODY, END, "".join(f"<w:p>{run}</w:p>" for run in included) + END)
    bad.change(path, "word/_rels/settings.xml.rels", "", attached(address))
    bad.change(path, SETTINGS, "<w:zoom", f'<w:attachedTemplate xmlns:r="{bad.OFFICE}" r:id="rId1"/><w:zoom')


END = "<w:sectPr"


def test_case_25_libreoffice_asks_nobody(tmp_path: Path) -> None:
    """The same file given straight to our LibreOffice: a PDF and no request; an ordinary LibreOffice does ask, so the server would have seen it."""
    source, target = tmp_path / "doc.docx", tmp_path / "doc.pdf"
    with bad.server() as (address, asked):
        hostile(source, address)
        with scratch() as left:
            complaint = convert(find_office(), [Job(source, target, "doc")])
            assert left() == []
        assert "quá thời hạn" not in complaint and "Nội dung" in pdf_pages(target)[0] and asked == []
        profile, elsewhere = (tmp_path / "profile").as_uri(), tmp_path / "thuong"
        plain = [
            find_office(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(elsewhere),
            str(source),
        ]
        subprocess.run(plain, capture_output=True, timeout=120, check=True)
        assert any("/hinh.png" in request for request in asked)


PAYLOADS = (
    "{{ lipsum.__globals__['os'].popen('touch CANARY').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('touch CANARY').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ nam|attr('__class__') }}",
    "{{ self.__init__.__globals__.__builtins__.__import__('os').system('touch CANARY') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(nam) }}",
    "{% set x = namespace.__init__.__globals__ %}{{ x['os'].system('touch CANARY') }}",
)


def test_case_26_payloads_in_forms(odd: SmallYear, forms: Path, tmp_path: Path) -> None:
    """Seven ways to run a command, one paragraph each: 3, each named before anything is rendered, none carried out."""
    canary = tmp_path / "chim"
    written = [payload.replace("CANARY", str(canary)) for payload in PAYLOADS]
    bad.append(forms / REPORT, *(f"<w:r><w:t>{payload}</w:t></w:r>" for payload in written))
    told = refused(odd, forms)
    for payload in written:
        first = re.match(r"\{[{%].*?[}%]\}", payload)
        assert first and any(
            line.startswith(f"{REPORT}, đoạn ") and f"thẻ {first[0]} dùng cách viết không được phép trong biểu mẫu — {ALLOWED}" in line
            for line in told
        ), payload
    assert not canary.exists()


@pytest.mark.parametrize("payload", [*PAYLOADS, "{% for i in range(1000000000) %}{% endfor %}"])
def test_case_26_payloads_in_the_sandbox(payload: str, tmp_path: Path) -> None:
    """Should a form get past its check: the sandbox refuses each, with exit code 3, and nothing is carried out."""
    canary = tmp_path / "chim"
    form = template("{{ nam }}", payload.replace("CANARY", str(canary)))
    with pytest.raises(TemplateError, match="không điền được mẫu|mẫu dùng trường không có") as caught:
        render(form, {"nam": "2023"}, "", "", DECLARED, "mẫu thử")
    assert caught.value.exit_code == 3 and not canary.exists()


def test_case_27_zips_that_are_traps(odd: SmallYear, forms: Path) -> None:
    """A bomb, 10,000 parts, names that climb: 3 within a second of processor time, nothing unpacked, nothing outside touched."""
    for name, data in ((REPORT, bomb()), (SHEET, crowd()), (LETTER, climbing())):
        (forms / name).write_bytes(data)
    refused(odd, forms)  # whatever has to be loaded is
    start = time.process_time()
    told = refused(odd, forms)
    assert time.process_time() - start < 1
    assert f"{REPORT}: lỗi: tệp nén bất thường (1 phần, 60.000.000 byte khi mở) — {AGAIN}" in told
    assert f"{SHEET}: lỗi: tệp nén bất thường (10.000 phần, 0 byte khi mở) — {AGAIN}" in told
    assert f"{LETTER}: lỗi: tệp nén chứa đường dẫn không hợp lệ (../../tmp/x) — {AGAIN}" in told
    assert not Path("/tmp/x").exists()


def test_case_27_zips_that_lie_or_are_damaged(odd: SmallYear, forms: Path) -> None:
    """A directory that tells a smaller size, a flipped byte, encryption, entities that multiply: 3 and the file, no trace of Python."""
    sound = (forms / REPORT).read_bytes()
    for name, data in ((REPORT, lying(sound)), (SHEET, flipped(sound)), (LETTER, encrypted(sound)), (MINUTES, laughing(sound))):
        (forms / name).write_bytes(data)
    told = refused(odd, forms)
    for name in (REPORT, SHEET, LETTER, MINUTES):
        assert any(
            line.startswith(f"{name}: lỗi: tệp Word bị hỏng (") and line.endswith(") — mở bằng Word, chọn sửa chữa, rồi lưu lại")
            for line in told
        ), name


def lying(sound: bytes) -> bytes:
    """The body is a bomb, the directory says it has 100 bytes."""
    data = bad.packed({**bad.parts_of(sound), BODY: b" " * 60_000_000})
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(BODY.encode()))
    return data[: entry + 24] + (100).to_bytes(4, "little") + data[entry + 28 :]


def flipped(sound: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        entry = archive.getinfo(BODY)
    middle = entry.header_offset + 30 + len(BODY) + entry.compress_size // 2
    return sound[:middle] + bytes([sound[middle] ^ 0xFF]) + sound[middle + 1 :]


def encrypted(sound: bytes) -> bytes:
    entry = sound.rindex(b"PK\x01\x02", 0, sound.rindex(BODY.encode()))
    return sound[: entry + 8] + bytes([sound[entry + 8] | 1]) + sound[entry + 9 :]


def laughing(sound: bytes) -> bytes:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
    parts = bad.parts_of(sound)
    body = parts[BODY].decode().partition("?>")[2].replace("<w:t>", "<w:t>&i;", 1)
    return bad.packed({**parts, BODY: f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]>{body}'.encode()})


TRACES = (
    "rsid",
    "00AB12CD",
    "Người Soạn Mẫu",
    "soan.mau@",
    "Công ty Mẫu",
    "Normal.dotm",
    "Người Lưu Cuối",
    "{11111111-",
    "Microsoft Office Word",
)
PEOPLE = (
    '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="Người Soạn Mẫu">'
    '<w15:presenceInfo w15:providerId="AD" w15:userId="soan.mau@tinh.example"/></w15:person></w15:people>'
)


def edited_in_word(path: Path) -> None:
    """What Word leaves in a file: sittings, author, company, template, the file's number, who once commented."""
    bad.change(path, BODY, "<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">')
    bad.change(path, "docProps/core.xml", "</cp:coreProperties>", "<cp:contentStatus>Người Soạn Mẫu</cp:contentStatus></cp:coreProperties>")
    company = (
        "<Application>Microsoft Office Word</Application><Company>Công ty Mẫu</Company><Template>C:\\Users\\mau\\Normal.dotm</Template>"
    )
    bad.change(path, "docProps/app.xml", "</Properties>", f"{company}</Properties>")
    own = '<w15:docId xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" w15:val="{11111111-2222-3333-4444-555555555555}"/>'
    bad.change(path, SETTINGS, "</w:settings>", f"{own}</w:settings>")
    bad.change(path, SETTINGS, "<w:rsids>", '<w:rsids><w:rsid w:val="00AB12CD"/>')
    bad.change(path, "word/people.xml", "", PEOPLE)
    people = '<Relationship Id="rId991" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="people.xml"/></Relationships>'
    bad.change(path, bad.RELATIONS, "</Relationships>", people)
    kind = '<Override PartName="/word/people.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml"/></Types>'
    bad.change(path, "[Content_Types].xml", "</Types>", kind)
    document = Document(str(path))
    document.core_properties.author, document.core_properties.last_modified_by = "Người Soạn Mẫu", "Người Lưu Cuối"
    document.save(str(path))


def traces(path: Path) -> list[str]:
    """What of TRACES stands in the parts of a .docx, or in objects, streams and metadata of a .pdf."""
    if path.suffix == ".docx":
        found = b"\n".join(name.encode() + content for name, content in bad.parts_of(path.read_bytes()).items())
    else:
        with pikepdf.open(path) as pdf:
            found = b"\n".join(
                [
                    str(pdf.docinfo).encode(),
                    *(o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/XML"),
                ]
            )
    return [word for word in TRACES if word.encode() in found]


@pytest.fixture(scope="module")
def previewed(published: SmallYear, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One document by forms that somebody edited in Word and whose page header prints the unit's name. -> its path, without ending."""
    base = tmp_path_factory.mktemp("sua-mau")
    forms, year = bad.forms(base), SmallYear(base / "nam")
    published.copy_data(year)
    for name in (STATE, REPORT):
        edited_in_word(forms / name)
    style = '<w:p><w:pPr><w:pStyle w:val="DuThao"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    name = "".join(style.format(text) for text in ("{%p for t in dau.ten %}", "{{ t }}", "{%p endfor %}"))
    bad.change(forms / STATE, "word/header1.xml", "</w:hdr>", f"{name}</w:hdr>")
    told = year.run("preview", "--unit", "25", "--form", "2", "--templates", str(forms))
    assert (told.code, told.err) == (0, "")
    return year.out / "xem-truoc" / "25-so-noi-vu" / "2-bao-cao-tong-ket"


def test_case_13_name_in_the_page_header(previewed: Path) -> None:
    """Where a standard prints the unit's name on every page: `&`, `<`, quotes as written, Word and PDF."""
    document = Document(str(previewed.with_suffix(".docx")))
    assert NAME.upper() in [p.text for s in document.sections for p in s.header.paragraphs]
    assert squeezed(NAME.upper()) in squeezed(pdf_pages(previewed.with_suffix(".pdf"))[1])


def test_case_28_traces_of_editing(published: SmallYear, previewed: Path, tmp_path: Path) -> None:
    """Author, company, template, accounts, sittings (rsid) of a form: gone from Word and PDF, here and in everything that is published."""
    for name in (STATE, REPORT):
        edited_in_word(shutil.copytree(TEMPLATES, tmp_path / name.replace("/", "-")) / name)
        assert traces(tmp_path / name.replace("/", "-") / name)
    assert {path.suffix: traces(path) for path in (previewed.with_suffix(".docx"), previewed.with_suffix(".pdf"))} == {
        ".docx": [],
        ".pdf": [],
    }
    files = [path for path in sorted(published.out.rglob("*")) if path.suffix in (".docx", ".pdf")]
    assert len(files) > 40 and {path.name: traces(path) for path in files if traces(path)} == {}


def test_case_28_words_of_reviewers(odd: SmallYear, forms: Path) -> None:
    """A comment and tracked changes: somebody has to decide about them, so 3, each named."""
    bad.change(forms / REPORT, "word/comments.xml", "", "<x/>")
    bad.append(forms / SHEET, '<w:ins w:id="1" w:author="Người Soạn Mẫu"><w:r><w:t>x</w:t></w:r></w:ins>')
    bad.append(forms / STATE, '<w:del w:id="2" w:author="Người Soạn Mẫu"><w:r><w:delText>x</w:delText></w:r></w:del>')
    told = refused(odd, forms)
    assert f"{REPORT}: lỗi: tệp Word có ghi chú của người soát (word/comments.xml) — {OUT}" in told
    assert f"{SHEET}: lỗi: tệp Word có theo dõi thay đổi (w:ins) — {OUT}" in told
    assert f"{STATE}: lỗi: tệp Word có theo dõi thay đổi (w:del) — {OUT}" in told
    assert "Người Soạn Mẫu" not in "".join(told)
