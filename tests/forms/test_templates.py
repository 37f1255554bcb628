"""The real forms and standards: every pair composes, every style exists, nothing foreign or personal is in the files."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from pipeline.forms.catalogue import read_forms, read_profiles
from pipeline.forms.compose import SENTINEL, compose
from pipeline.forms.lines import NEW_SECTION, read_lines
from pipeline.places import TEMPLATES
from pipeline.problems import TemplateError
from pipeline.rendering.markup import BODY_STYLE, ITEM_STYLE
from tests.rendering.tiny import saved

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = sorted({form.file for form in read_forms(TEMPLATES).forms})
PROFILES = [profile.code for profile in read_profiles(TEMPLATES).profiles]
A4 = {("11906", "16838"), ("11907", "16840"), ("11907", "16839")}
FILES = sorted(TEMPLATES.glob("*/*.docx"))
DIRECT = [f"{W}{tag}" for tag in ("rFonts", "sz", "szCs", "color", "rStyle")]
SHOWN = [f"{f.parent.name}/{f.name}" for f in FILES]


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def test_every_form_has_its_file_and_every_file_its_form() -> None:
    """With its fields (.yaml) and its text (.txt); nothing missing, nothing left over; the same for the standards."""
    stems = [Path(form).stem for form in FORMS]
    beside = sorted(f"{stem}{ending}" for stem in stems for ending in (".docx", ".txt", ".yaml"))
    assert sorted(f.name for f in (TEMPLATES / "bieu_mau").iterdir()) == beside
    assert sorted(f.name for f in (TEMPLATES / "the_thuc").iterdir()) == sorted(f"{p}{e}" for p in PROFILES for e in (".docx", ".txt"))


def test_form_codes_are_unique_and_offices_known() -> None:
    """A code becomes a file name, an office a letterhead."""
    forms = read_forms(TEMPLATES)
    assert len({f.code for f in forms.forms}) == len(forms.forms)
    assert {f.office for f in forms.of("tinh")} <= {o.code for o in forms.offices}
    assert {o.format for o in forms.offices} <= set(PROFILES)


def test_numbers_are_where_clerks_write_them() -> None:
    """A form's `so_van_ban` is its code without the digit, as ho_so.yaml and the consulted bodies give it; blank = no number."""
    keys = {form.code.partition("-")[2].replace("-", "_"): form.number_key for form in read_forms(TEMPLATES).forms}
    assert {key: given for key, given in keys.items() if given not in (key, None)} == {}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_composes_with_every_standard(form: str, profile: str) -> None:
    """Blocks filled in, styles known, a section for the text and one for each annex, the sentinel last, every tag closed, all of it A4."""
    found = parts(compose(TEMPLATES, form, profile))
    body = found["word/document.xml"].find(f"{W}body")
    assert body is not None
    styles = {style.get(f"{W}styleId") for style in found["word/styles.xml"].iter(f"{W}style")}
    for part in (root for name, root in found.items() if re.match(r"word/(document|header|footer)", name)):
        assert {s.get(f"{W}val") for s in part.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")} <= styles
    assert {BODY_STYLE, ITEM_STYLE} <= styles
    assert body[-2].find(f"{W}bookmarkStart[@{W}name='{SENTINEL}']") is not None
    text = "".join(body.itertext())
    assert "[[" not in text
    assert len(re.findall(r"\{%\w* (?:if|for) ", text)) == len(re.findall(r"\{%\w* end(?:if|for) ", text))
    sections = list(body.iter(f"{W}sectPr"))
    assert len(sections) == 1 + sum(line.block == NEW_SECTION for line in read_lines((TEMPLATES / "bieu_mau" / form).read_bytes()))
    assert {(s.find(f"{W}pgSz").get(f"{W}w"), s.find(f"{W}pgSz").get(f"{W}h")) for s in sections} <= A4
    assert [s.find(f"{W}pgNumType") is not None for s in sections] == [i > 0 for i in range(len(sections))]  # annexes from 1
    assert len({etree.tostring(s.find(f"{W}pgMar")) for s in sections}) == 1


def test_composing_twice_gives_the_same() -> None:
    """The standard's own parts are not changed by the first form."""
    first = parts(compose(TEMPLATES, FORMS[0], PROFILES[0]))
    compose.cache_clear()
    again = parts(compose(TEMPLATES, FORMS[0], PROFILES[0]))
    assert {name: etree.tostring(root) for name, root in first.items()} == {name: etree.tostring(root) for name, root in again.items()}


@pytest.mark.parametrize("file", FILES, ids=SHOWN)
def test_no_template_brings_anything_foreign(file: Path) -> None:
    """No link, macro, object, comment, tracked change, picture of python-docx or name of a person."""
    data = file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = " ".join(archive.namelist())
        assert not re.search(r"vba|embeddings|comments|customXml|thumbnail|media/", names)
        whole = b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert 'TargetMode="External"' not in whole
    assert "python-docx" not in whole
    assert not re.search(r"<w:(ins|del|moveFrom|moveTo|[a-zA-Z]+Change|commentReference|altChunk|object)[ >/]", whole)
    core = Document(str(file)).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.title) == ("", "", "", "")


@pytest.mark.parametrize("file", FILES, ids=SHOWN)
def test_looks_come_from_paragraph_styles(file: Path) -> None:
    """Fonts, sizes and colours are the standard's business, never a run's; every paragraph has a style."""
    body = parts(file.read_bytes())["word/document.xml"]
    assert [e.tag for e in body.iter(*DIRECT)] == []
    assert ["".join(p.itertext()) for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle") is None] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A form and a standard with one block, to be spoiled by a test."""
    for name in ("the_thuc", "bieu_mau"):
        (tmp_path / name).mkdir()
    standard = Document()
    standard.styles.add_style("ThanBai", 1)
    standard.styles.add_style("SauBang", 1)
    standard.add_paragraph("[[khoi: dau_van_ban]]")
    standard.add_paragraph("CỘNG HÒA")
    (tmp_path / "the_thuc" / "thu.docx").write_bytes(saved(standard))
    return tmp_path


def form(folder: Path, text: str, style: str = "ThanBai", attribute: str = "") -> None:
    document = Document()
    document.styles.add_style(style, 1)
    paragraph = document.add_paragraph(text, style=style)
    if attribute:
        paragraph._p.set(f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{attribute}", "rId1")
    (folder / "bieu_mau" / "mau.docx").write_bytes(saved(document))
    compose.cache_clear()


def test_a_block_takes_the_place_of_its_marker(folder: Path) -> None:
    """The form's other words stay around it."""
    form(folder, "[[khoi: dau_van_ban]]")
    assert [p.text for p in Document(io.BytesIO(compose(folder, "mau.docx", "thu"))).paragraphs] == ["CỘNG HÒA", ""]


@pytest.mark.parametrize(
    ("text", "style", "attribute", "reason"),
    [
        ("[[khoi: khong_co]]", "ThanBai", "", "không có khối «khong_co»"),
        ("x", "KieuLa", "", "kiểu «KieuLa»"),
        ("x", "ThanBai", "embed", "hình hoặc liên kết"),
    ],
)
def test_what_the_standard_lacks_is_named(folder: Path, text: str, style: str, attribute: str, reason: str) -> None:
    """An unknown block or style, and a picture that cannot move with the words."""
    form(folder, text, style, attribute)
    with pytest.raises(TemplateError, match=f"mau.docx.*{reason}"):
        compose(folder, "mau.docx", "thu")


def test_a_missing_or_broken_file_is_named(folder: Path) -> None:
    """As a fault of the template, without a traceback."""
    (folder / "bieu_mau" / "hong.docx").write_bytes(b"PK khong phai zip")
    for name in ("hong.docx", "vang.docx"):
        with pytest.raises(TemplateError, match=f"bieu_mau/{name}"):
            compose(folder, name, "thu")
