"""Filling a form: every character arrives, every mistake of a template is an error, the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.problems import TemplateError
from pipeline.rendering.chart_levels import GroupBar, LevelChart
from pipeline.rendering.chart_ranks import IN, Candidate, RankChart
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.picture import Picture
from pipeline.rendering.strict import _parts, render
from tests.rendering.tiny import DECLARED, NAME, filled, read, saved, template, with_table

ROOT = Path(__file__).parents[2]
WORST = [
    'A & B < C > "D"',
    "{{ x }}",
    "{% raw %}",
    "{#",
    "#}",
    "{_{",
    "}_}",
    "{_%",
    "%_}",
    "{_",
    "_}",
    "&amp;",
    "</w:t></w:r></w:p>",
    "<!--",
    "{{{{",
    "'\\n'",
    "ạ₫…“”",
]
FORM = template("{{ x }}", "{{ x }}{{ y }}", "{{p dai }}", change=with_table, header="{{ x }}")


def fill(text: str, other: str = "") -> Any:
    return read(filled(FORM, {"x": text, "y": other, "dai": Paragraphs(text), "don_vi": [{"ten": text}, {"ten": other}]}))


@pytest.mark.parametrize("text", [*WORST, " ".join(WORST)])
def test_the_worst_characters_arrive_everywhere(text: str) -> None:
    """Body, table, header and narrative read back as they were typed."""
    document = fill(text, "cuối")
    body = [p.text for p in document.paragraphs]
    assert body[:3] == [text, text + "cuối", text]
    assert [c.text for c in document.tables[0].columns[0].cells] == ["STT", text, "cuối"]
    assert document.sections[0].header.paragraphs[0].text == text


@settings(max_examples=30, deadline=None)
@given(st.text("{}%#_&<>\"' ax", max_size=8).map(str.strip), st.text("}%_{a", max_size=4))
def test_neighbours_do_not_make_a_tag_together(text: str, other: str) -> None:
    """Two fields side by side stay two fields: they arrive, or the form is refused, but they are never changed."""
    try:
        document = fill(text, other)
    except TemplateError as error:
        assert "thẻ mẫu" in str(error)
    else:
        assert [p.text for p in document.paragraphs][:2] == [text, text + other]


def test_a_neighbouring_underscore_is_kept() -> None:
    """`{_` beside `{` is what docxtpl would rewrite to a tag."""
    assert fill("{_", "{").paragraphs[1].text == "{_{"


def test_an_undefined_field_is_named() -> None:
    """Form and field, also below another field and inside a loop."""
    with pytest.raises(TemplateError, match=rf"{NAME}.*khong_co"):
        filled(template("{{ khong_co }}"), {})
    with pytest.raises(TemplateError, match=rf"{NAME}.*thieu"):
        filled(template("{{ dau.thieu }}"), {"dau": {"ten": "x"}})
    with pytest.raises(TemplateError, match=rf"{NAME}.*ten"):
        filled(FORM, {"x": "", "y": "", "dai": Paragraphs(""), "don_vi": [{"sai": ""}]})


@pytest.mark.parametrize("value", [None, True, 1, 0.5, [], {}, object()])
def test_only_text_is_printed(value: object) -> None:
    """Neither "None" nor "0.30000000000000004" ever reaches paper."""
    with pytest.raises(TemplateError, match=f"{NAME}.*kiểu {type(value).__name__}"):
        filled(template("{{ x }}"), {"x": value})


@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ x.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ x.format.__self__ }}",
        "{{ lipsum.__globals__['os'] }}",
        "{% for i in range(999999999) %}{% endfor %}",
        "{{ 1 // 0 }}",
        "{{ don_vi.append('x') }}",
    ],
)
def test_a_template_cannot_reach_out(payload: str) -> None:
    """The sandbox refuses, and the refusal is an error of the form."""
    with pytest.raises(TemplateError, match=f"{NAME}: (không điền|mẫu dùng trường)"):
        filled(template(payload), {"x": "x", "don_vi": ["a"]})


@pytest.mark.parametrize("text", ["trước\ud800sau", "trước\x00sau", "trước\x0bsau", "trước\ufffesau"])
@pytest.mark.parametrize("form", [template("{{ x }}", "sau"), template("{{p dai }}", "sau"), template("sau", header="{{ x }}")])
def test_characters_outside_xml_are_refused(form: bytes, text: str) -> None:
    """Never a document cut short."""
    with pytest.raises(TemplateError, match=f"{NAME}: (không điền|mẫu dùng trường)"):
        filled(form, {"x": text, "dai": Paragraphs(text)})


@pytest.mark.parametrize("form", ["{% if x %}", "{% tr for d in x %}", "{{ x", "{% endif %}"])
def test_broken_tags_are_refused(form: str) -> None:
    """Whether Jinja notices or the tag is left standing in the document."""
    with pytest.raises(TemplateError, match=NAME):
        filled(template(form), {"x": "x"})


@pytest.mark.parametrize("name", ["items", "keys", "get", "setdefault"])
def test_a_field_named_like_a_method_is_refused(name: str) -> None:
    """`{{ d.items }}` would print the method, not the field."""
    with pytest.raises(TemplateError, match=name):
        filled(template("x"), {"d": [{name: "x"}]})


def external(document: Any) -> None:
    document.part.relate_to("http://example.org/anh.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)


def comments(document: Any) -> None:
    document.part.relate_to(
        Part(PackURI("/word/comments.xml"), "application/xml", b"<x/>", document.part.package), RELATIONSHIP_TYPE.COMMENTS
    )


def field(kind: str) -> Callable[[Any], object]:
    return lambda document: document.paragraphs[0]._p.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:instrText> {kind} \\@ "d" </w:instrText></w:r>')
    )


def split_field(document: Any) -> None:
    for piece in (" DA", "TE "):
        document.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:instrText>{piece}</w:instrText></w:r>"))


def simple_field(document: Any) -> None:
    document.paragraphs[0]._p.append(parse_xml(f"<w:fldSimple {nsdecls('w')} w:instr=' DATE '/>"))


def tracked(tag: str) -> Callable[[Any], object]:
    return lambda document: document.paragraphs[0]._p.append(parse_xml(f"<w:{tag} {nsdecls('w')} w:id='1' w:author='a'/>"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (external, "liên kết ra ngoài"),
        (comments, "comments.xml"),
        (field("DATE"), "DATE"),
        (field("time"), "TIME"),
        (field("DDEAUTO"), "DDEAUTO"),
        (split_field, "DATE"),
        (simple_field, "DATE"),
        (tracked("ins"), "w:ins"),
        (tracked("del"), "w:del"),
        (tracked("pPrChange"), "w:pPrChange"),
    ],
)
def test_what_does_not_belong_is_refused(change: Callable[[Any], object], reason: str) -> None:
    """Links, comments, tracked changes and fields of the clock."""
    with pytest.raises(TemplateError, match=f"{NAME}.*{reason}"):
        filled(template("một", change=change), {})


LEVELS = LevelChart(("Xuất sắc", "Tốt"), (GroupBar("Nhóm {{ 1 }} {_{ & <2>", (1, 2)),))
RANKS = RankChart((Candidate(1, "Sở Nội vụ", Decimal("97.5"), IN),), (), ((IN, "Trong hạn mức"),))


def test_charts_arrive_with_their_words() -> None:
    """One file each, an id each, 160 mm wide, and the alternative text as it is, whatever a name contains."""
    form = template("{{ a }}", "{{ b }}", "{{ a }}")
    data = filled(form, {"a": Picture(LEVELS), "b": Picture(RANKS)})
    document = read(data)
    shapes = document.inline_shapes
    assert [shape.width.mm for shape in shapes] == [160, 160, 160]
    shown = [shape._inline.docPr for shape in shapes]
    assert len({properties.get("id") for properties in shown}) == 3
    assert [properties.get("descr") for properties in shown] == [LEVELS.told(), RANKS.told(), LEVELS.told()]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        media = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert sorted(media) == sorted([Picture(LEVELS).png(), Picture(RANKS).png()])
    assert filled(form, {"a": Picture(LEVELS), "b": Picture(RANKS)}) == data


def foreign(document: Any) -> None:
    document.add_picture(io.BytesIO(Picture(RANKS).png()))


@pytest.mark.parametrize("fields", [{}, {"a": Picture(LEVELS)}])
def test_a_picture_that_is_not_drawn_here_is_refused(fields: dict[str, Any]) -> None:
    """Also beside one that is, and also when it looks like one of ours."""
    with pytest.raises(TemplateError, match=f"{NAME}: tệp Word chứa hình hoặc tệp lạ .word/media/"):
        filled(template("{{ a }}" if fields else "một", change=foreign), fields)


def test_a_page_number_is_welcome() -> None:
    """PAGE depends on nothing outside the document."""
    assert read(filled(template("một", change=field("PAGE")), {})).paragraphs[0].text == "một"


def test_a_missing_sentinel_means_a_cut_document() -> None:
    """Also when it is there but not last."""
    with pytest.raises(TemplateError, match="bị cắt"):
        filled(template("một", sentinel=False), {})
    document = read(template("một"))
    document.add_paragraph("sau dấu cuối")
    with pytest.raises(TemplateError, match="bị cắt"):
        filled(saved(document), {})


def test_a_leftover_tag_is_told_from_a_clerks_braces() -> None:
    """A template that prints braces of its own is refused; the same braces in data are not."""
    with pytest.raises(TemplateError, match="thẻ mẫu"):
        filled(template("{_{ x }_}"), {"x": "x"})
    assert read(filled(template("{{ x }}"), {"x": "{{ x }}"})).paragraphs[0].text == "{{ x }}"


def test_properties_are_ours() -> None:
    """Title and author as given, however long; nothing of python-docx."""
    core = read(render(template("một"), {}, "A & <B> " + "dài " * 100, "Sở Nội vụ", DECLARED, NAME)).core_properties
    assert core.title.startswith("A & <B> dài") and len(core.title) == 255
    assert (core.author, core.last_modified_by, core.comments, core.created.replace(tzinfo=None)) == (
        "Sở Nội vụ",
        "Sở Nội vụ",
        "",
        DECLARED,
    )


def test_a_form_filled_before_leaves_nothing_behind() -> None:
    """A form's code is kept; values, pictures and what counts as a clerk's braces are each document's own."""
    first = filled(FORM, {"x": "{{ một }}", "y": "hai\nba", "dai": Paragraphs("bốn"), "don_vi": [{"ten": "a"}, {"ten": "b"}]})
    second = filled(FORM, {"x": "năm", "y": "", "dai": Paragraphs("sáu"), "don_vi": []})
    assert [p.text for p in read(second).paragraphs][:3] == ["năm", "năm", "sáu"]
    assert [p.text for p in read(first).paragraphs][:3] == ["{{ một }}", "{{ một }}hai\nba", "bốn"]
    form = template("{{ x }}", "{_{ x }_}")
    with pytest.raises(TemplateError, match="thẻ mẫu"):
        filled(form, {"x": "bảy"})
    assert filled(FORM, {"x": "năm", "y": "", "dai": Paragraphs("sáu"), "don_vi": []}) == second
    with pytest.raises(TemplateError, match="y"):
        filled(FORM, {"x": "năm", "dai": Paragraphs("sáu"), "don_vi": []})


def test_a_constant_of_a_form_is_printed_by_each_document() -> None:
    """It is not looked at while the form is compiled: its braces are counted, and a number is refused, each time."""
    for _ in range(2):
        assert read(filled(template("{{ '{{' }}"), {})).paragraphs[0].text == "{{"
        with pytest.raises(TemplateError, match="kiểu int"):
            filled(template("{{ 1 }}"), {})


def test_the_parts_are_those_python_docx_would_save() -> None:
    """Taken from the opened file without packing it first; here with a picture, a header and nothing to bind."""
    document = read(template("một", change=foreign, header="hai"))
    with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
        assert _parts(document.part.package) == {name: archive.read(name) for name in archive.namelist()}


SCRIPT = """
import hashlib, sys
from tests.rendering.test_strict import fixed
print(hashlib.sha256(fixed(open(sys.argv[1], 'rb').read())).hexdigest())
"""


def fixed(form: bytes) -> bytes:
    return filled(form, {"y": "y", "x": "A & B", "don_vi": [{"ten": "a"}, {"ten": "b"}], "dai": Paragraphs("- một\n**hai**")})


def test_same_input_same_bytes_in_any_process(tmp_path: Path) -> None:
    """Neither the clock nor the seed of Python's hashes nor the time zone shows."""
    form = tmp_path / "mau.docx"
    form.write_bytes(FORM)
    ours = hashlib.sha256(fixed(FORM)).hexdigest()
    assert hashlib.sha256(fixed(FORM)).hexdigest() == ours
    for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(form)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == ours
