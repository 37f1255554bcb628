"""One font file per face: pages and text stay as they were, and what is not understood is not touched."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from pipeline.problems import OutputError
from pipeline.signoff import truetype_union
from pipeline.signoff.bundle import Part, combine
from pipeline.signoff.code_map import IN_A_BLOCK, code_map
from pipeline.signoff.page_list import TRAVELLING, PageList
from pipeline.signoff.paper import new_canvas
from pipeline.signoff.pdfa.lint import lint
from pipeline.signoff.shared_fonts import HOME, SharedFonts
from pipeline.signoff.truetype import NotUnderstood, components, read_subset
from tests.signoff.small_pdf import DECLARED, draw
from tests.signoff.test_bundle import make

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵAĂÂBCDĐEÊ 0123456789.,;:()/-–“”"
FACES = ("Thuong", "Dam", "Nghieng")
Seen = list[tuple[bytes, str]]  # per page: its picture, its text


def joined(parts: Sequence[bytes]) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as source:
            pdf.pages.extend(source.pages)
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    packed = io.BytesIO()
    pdf.save(packed, deterministic_id=True)
    return packed.getvalue()


def shared(data: bytes) -> bytes:
    """Within one file: font dictionaries change where they stand."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = SharedFonts(pdf)
        fonts.look(pdf)
        fonts.decide()
        fonts.send(pdf)
        fonts.settle()
        return saved(pdf)


def combined(sources: Sequence[bytes], share: bool = True) -> bytes:
    """As the year is bound: each source opened twice, its fonts left behind, its pages copied."""
    with pikepdf.new() as pdf:
        pages, fonts = PageList(pdf), SharedFonts(pdf)
        for source in sources if share else ():
            with pikepdf.open(io.BytesIO(source)) as opened:
                fonts.look(opened)
        fonts.decide()
        for source in sources:
            with pikepdf.open(io.BytesIO(source)) as opened:
                if share:
                    fonts.send(opened)
                pages.take(opened)
        pages.settle()
        fonts.settle()
        return saved(pdf)


def untouched(data: bytes) -> bytes:
    """What saving alone makes of it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf)


def seen(data: bytes, dpi: int = 72) -> Seen:
    with pypdfium2.PdfDocument(data) as pdf:
        return [(bytes(page.render(scale=dpi / 72, grayscale=True).buffer), page.get_textpage().get_text_range()) for page in pdf]


def fonts_of(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font]


def font_files(data: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kept = {o.FontFile2.objgen: o.FontFile2.read_bytes() for o in pdf.objects if isinstance(o, Dictionary) and "/FontFile2" in o}
        return list(kept.values())


def number_of_files(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len({o.FontFile2.objgen for o in pdf.objects if isinstance(o, Dictionary) and "/FontFile2" in o})


def changed(data: bytes, change: Callable[[pikepdf.Pdf, Any], object]) -> bytes:
    """The same after a change to its first simple font."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf, next(font for font in fonts_of(pdf) if font.Subtype == Name.TrueType and "/FontDescriptor" in font))
        return saved(pdf)


def subset_of(text: str) -> bytes:
    return font_files(draw([text]))[0]


def table(program: bytes, tag: bytes) -> tuple[int, int]:
    """Where it starts, how long it is."""
    for number in range(struct.unpack_from(">H", program, 4)[0]):
        name, _, start, length = struct.unpack_from(">4sLLL", program, 12 + 16 * number)
        if name == tag:
            return start, length
    raise AssertionError(tag)


TWO = saved(joined([draw(["Bí thư Tỉnh ủy"]), draw(["Sở Nội vụ, ngày 05/12"])]))


def test_one_file_for_two_subsets() -> None:
    """Same pictures at two sizes, same text; nothing of the simple fonts is left over."""
    merged = shared(TWO)
    assert (len(font_files(TWO)), len(font_files(merged))) == (2, 1)
    assert seen(merged) == seen(TWO) and seen(merged, 100) == seen(TWO, 100)
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        kinds = sorted(str(font.Subtype) for font in fonts_of(pdf))
        assert kinds == ["/CIDFontType2", "/Type0", "/Type0"]


def test_composite_fonts_as_pdfa_wants_them() -> None:
    """Names equal, system equal, CMap horizontal in both places, one width for every glyph as the file has it, text by a table; the file adds up."""
    with pikepdf.open(io.BytesIO(shared(TWO))) as pdf:
        for font in (f for f in fonts_of(pdf) if f.Subtype == Name.Type0):
            (below,) = font.DescendantFonts
            assert font.BaseFont == below.BaseFont == below.FontDescriptor.FontName
            assert dict(font.Encoding.CIDSystemInfo) == dict(below.CIDSystemInfo)
            assert font.Encoding.WMode == 0 and b"/WMode 0 def" in font.Encoding.read_bytes()
            assert str(font.Encoding.CMapName).encode() in font.Encoding.read_bytes()
            assert "/ToUnicode" in font and below.CIDToGIDMap == Name.Identity and set(font.keys()) & {"/Widths", "/FirstChar"} == set()
            program = below.FontDescriptor.FontFile2.read_bytes()
            (start, length), widths = table(program, b"hmtx"), list(below.W[1])
            advances = [advance for advance, _ in struct.iter_unpack(">Hh", program[start : start + length])]
            assert below.W[0] == 0 and len(widths) == len(advances) and below.FontDescriptor.FontFile2.Length1 == len(program)
            assert all(abs(float(width) - advance * 1000 / 2048) <= 1 for width, advance in zip(widths, advances))
            assert sum(struct.unpack(f">{len(program) // 4}L", program)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_a_year_passes_the_lint(tmp_path: Path) -> None:
    """Bundles of several faces; one file for each of them; the same bytes twice."""
    bundles = []
    for number, owner in enumerate(("Sở Nội vụ", "Ủy ban Kiểm tra Tỉnh ủy")):
        (tmp_path / str(number)).mkdir()
        bundles.append(Part(owner, make(tmp_path / str(number), {f"Báo cáo của {owner}": 2}), f"HS {number}"))
    for name in ("1.pdf", "2.pdf"):
        combine(tmp_path / name, bundles, DECLARED, "Toàn tập", "Ban Tổ chức Tỉnh ủy")
    whole = (tmp_path / "1.pdf").read_bytes()
    assert whole == (tmp_path / "2.pdf").read_bytes()
    assert lint(whole) == []
    with pikepdf.open(tmp_path / "1.pdf") as pdf:
        files = {(str(o.FontName), o.FontFile2.objgen) for o in pdf.objects if isinstance(o, Dictionary) and "/FontFile2" in o}
    assert sorted(name.split("+")[1] for name, _ in files) == ["LiberationSerif", "LiberationSerif-Bold"]
    before = [page for part in bundles for page in seen(part.path.read_bytes())]
    assert seen(whole) == before


def test_words_are_spaced_as_before() -> None:
    """Justified lines widen the code of the space: one byte, so a composite font may do so too."""
    parts = []
    for text in ("Kính gửi Ban Tổ chức", "Nơi nhận và lưu"):
        buffer = io.BytesIO()
        canvas = new_canvas(buffer)
        line = canvas.beginText(60, 700)
        line.setFont("Thuong", 13)
        line.setWordSpace(17)
        line.textOut(text)
        canvas.drawText(line)
        canvas.save()
        parts.append(buffer.getvalue())
    data = saved(joined(parts))
    assert seen(shared(data)) == seen(data) and len(font_files(shared(data))) == 1


def other_encoding(pdf: pikepdf.Pdf, font: Any) -> None:
    font.Encoding = Name.WinAnsiEncoding


def not_symbolic(pdf: pikepdf.Pdf, font: Any) -> None:
    font.FontDescriptor.Flags = 32


def no_text(pdf: pikepdf.Pdf, font: Any) -> None:
    del font.ToUnicode


def own_widths(pdf: pikepdf.Pdf, font: Any) -> None:
    font.Widths = Array([width + 3 for width in font.Widths])


def few_widths(pdf: pikepdf.Pdf, font: Any) -> None:
    font.Widths = Array(list(font.Widths)[:5])


def odd_widths(pdf: pikepdf.Pdf, font: Any) -> None:
    font.Widths[40] = Name.Rong


def unknown_key(pdf: pikepdf.Pdf, font: Any) -> None:
    font.FontDescriptor.CharSet = pikepdf.String("/a")


def no_figures(pdf: pikepdf.Pdf, font: Any) -> None:
    del font.FontDescriptor.FontBBox


def other_name(pdf: pikepdf.Pdf, font: Any) -> None:
    font.BaseFont = font.FontDescriptor.FontName = Name("/AAAAAA+KhacHan")


def program(change: Callable[[bytearray], object]) -> Callable[[pikepdf.Pdf, Any], None]:
    def put(pdf: pikepdf.Pdf, font: Any) -> None:
        data = bytearray(font.FontDescriptor.FontFile2.read_bytes())
        change(data)
        font.FontDescriptor.FontFile2 = pdf.make_stream(bytes(data), Length1=len(data))

    return put


def word(tag: bytes, place: int, value: int) -> Callable[[pikepdf.Pdf, Any], None]:
    """Two bytes of a table of the font file put over; a place below 0 counts from its end."""

    def change(data: bytearray) -> None:
        start, length = table(bytes(data), tag)
        struct.pack_into(">H", data, start + (place if place >= 0 else length + place), value)

    return program(change)


def cut_stream(pdf: pikepdf.Pdf, font: Any) -> None:
    font.FontDescriptor.FontFile2 = pdf.make_stream(b"not deflated", Filter=Name.FlateDecode)


FOREIGN = {
    "an encoding of its own": other_encoding,
    "not symbolic": not_symbolic,
    "no table for copying": no_text,
    "other widths than its file": own_widths,
    "codes without a width": few_widths,
    "widths that are no numbers": odd_widths,
    "a key not known": unknown_key,
    "a figure missing": no_figures,
    "another face": other_name,
    "an empty file": program(bytearray.clear),
    "a file cut short": program(lambda data: data.__delitem__(slice(len(data) // 2, None))),
    "not a font": program(lambda data: data.__setitem__(slice(0, 4), b"OTTO")),
    "a table not known": program(lambda data: data.__setitem__(slice(12, 16), b"GSUB")),
    "a stream that cannot be opened": cut_stream,
    "more glyphs than there are": word(b"maxp", 4, 0xFFFF),
    "another version": word(b"maxp", 0, 2),
    "other instructions": word(b"prep", 4, 0xB0B0),
    "another em": word(b"head", 18, 1000),
    "no em": word(b"head", 18, 0),
    "no advances": word(b"hhea", 34, 0),
    "places in disorder": word(b"loca", 2, 0xFFFF),
    "a table of codes for Windows": word(b"cmap", 4, 3),
    "two tables of codes": word(b"cmap", 2, 2),
    "codes by segments": word(b"cmap", 12, 4),
    "codes of two bytes": word(b"cmap", 18, 0x200),
    "a code for no glyph": word(b"cmap", -2, 0xFFF0),
}


@pytest.mark.parametrize("spoil", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_understood_stays(spoil: Callable[[pikepdf.Pdf, Any], None]) -> None:
    """Fonts and font files byte by byte, here both, since the other one is then the only one of its face."""
    data = changed(TWO, spoil)
    assert shared(data) == untouched(data)


@pytest.mark.parametrize("spoil", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_understood_stays_in_its_file(spoil: Callable[[pikepdf.Pdf, Any], None]) -> None:
    """The same where each font comes in a file of its own; the sound ones beside it get their common file."""
    sources = [draw(["một hai"]), changed(draw(["ba bốn"]), spoil), draw(["năm sáu"])]
    whole, apart = combined(sources), combined(sources, share=False)
    assert [number_of_files(data) for data in (apart, whole)] == [3, 2]
    assert seen(whole) == seen(apart)
    assert combined(sources[1:]) == combined(sources[1:], share=False)


def test_nothing_of_the_journey_is_left() -> None:
    whole = combined([draw(["một hai"]), draw(["ba bốn"])])
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        held = [o for o in pdf.objects if isinstance(o, (Dictionary, pikepdf.Stream))]
        assert [o for o in held if HOME in o or o.get("/Type") == TRAVELLING] == []
    assert len(font_files(whole)) == 1


def test_figures_that_stand_elsewhere() -> None:
    """A box by reference: what it refers to in one file is something else in another."""

    def elsewhere(pdf: pikepdf.Pdf, font: Any) -> None:
        font.FontDescriptor.FontBBox = pdf.make_indirect(font.FontDescriptor.FontBBox)

    plain = [draw(["một hai"]), draw(["ba bốn"])]
    whole = combined([changed(source, elsewhere) for source in plain])
    assert number_of_files(whole) == 1 and whole == combined([changed(source, lambda pdf, font: None) for source in plain])


def test_a_bundle_replaced_while_the_year_is_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its letters would be those of the file it replaced."""
    for owner in ("so-noi-vu", "so-y-te"):
        (tmp_path / owner).mkdir()
    one, other = (make(tmp_path / owner, {f"Báo cáo của {owner}": 1}) for owner in ("so-noi-vu", "so-y-te"))
    decide = SharedFonts.decide

    def replaced(fonts: SharedFonts) -> None:
        one.write_bytes(other.read_bytes())
        decide(fonts)

    monkeypatch.setattr(SharedFonts, "decide", replaced)
    with pytest.raises(OutputError, match=rf"so-noi-vu/{one.name}: tệp bị thay trong lúc ghép, chạy lại"):
        combine(tmp_path / "a.pdf", [Part("Một", one, "HS 1"), Part("Hai", other, "HS 2")], DECLARED, "Toàn tập", "Ban Tổ chức Tỉnh ủy")
    assert not (tmp_path / "a.pdf").exists()


def test_others_are_merged_all_the_same() -> None:
    """One spoilt font of three."""
    three = changed(saved(joined([draw([text]) for text in ("một hai", "ba bốn", "năm sáu")])), other_name)
    merged = shared(three)
    assert (len(font_files(three)), len(font_files(merged))) == (3, 2)
    assert seen(merged) == seen(three)


def test_the_same_file_many_times_is_kept_once() -> None:
    """Nothing to merge: the font stays a simple one."""
    data = saved(joined([draw(["một"]), draw(["một"])]))
    merged = shared(data)
    assert (len(font_files(data)), len(font_files(merged))) == (2, 1)
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        assert {str(font.Subtype) for font in fonts_of(pdf)} == {"/TrueType"}


def test_fonts_that_disagree_in_widths() -> None:
    """Within PDF/A's tolerance, as LibreOffice and ReportLab do: each gets a list of widths of its own."""

    def a_little(pdf: pikepdf.Pdf, font: Any) -> None:
        font.Widths = Array([int(width) for width in font.Widths])

    data = changed(TWO, a_little)
    merged = shared(data)
    assert len(font_files(merged)) == 1 and seen(merged) == seen(data)
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        assert len([font for font in fonts_of(pdf) if font.Subtype == Name.CIDFontType2]) == 2


def test_a_font_with_two_widths_for_one_glyph() -> None:
    """Two codes for the zero, half a thousandth apart: no list of widths by glyph can say that, so it stays; the others are merged."""
    three = saved(joined([draw([text]) for text in ("01", "ba bốn", "năm sáu")]))
    zero = read_subset(font_files(three)[0]).codes[ord("0")]

    def twice(pdf: pikepdf.Pdf, font: Any) -> None:
        word(b"cmap", 22 + 2 * ord("1"), zero)(pdf, font)
        font.Widths[ord("1") - font.FirstChar] = Decimal("500.5")

    data = changed(three, twice)
    merged = shared(data)
    with pikepdf.open(io.BytesIO(merged)) as pdf:
        assert sorted(str(font.Subtype) for font in fonts_of(pdf)) == ["/CIDFontType2", "/TrueType", "/Type0", "/Type0"]
    assert len(font_files(merged)) == 2 and seen(merged) == seen(data)


def test_as_libreoffice_writes_them() -> None:
    """The other mark of TrueType, and the table of codes with a byte for each of 256."""
    plain = subset_of("Tỉnh ủy")
    subset = read_subset(plain)
    other = bytearray(b"true" + plain[4:])
    record = 12 + 16 * next(n for n in range(plain[5]) if plain[12 + 16 * n : 16 + 16 * n] == b"cmap")
    codes = struct.pack(">HHHHLHHH", 0, 1, 1, 0, 12, 0, 262, 0) + bytes(subset.codes.get(code, 0) for code in range(256))
    struct.pack_into(">LL", other, record + 8, len(other), len(codes))
    assert read_subset(bytes(other + codes)) == subset


def test_too_many_glyphs_for_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truetype_union, "MOST_GLYPHS", 20)
    assert shared(TWO) == untouched(TWO)


def test_more_glyphs_than_numbers_of_two_bytes() -> None:
    """What does not fit beside the others any more stays as it is, and so does a font that is then the only one of its face."""
    sources = [draw(["một hai"]), draw(["ba bốn"])]
    with pikepdf.new() as pdf:
        fonts = SharedFonts(pdf)
        for source in sources:
            with pikepdf.open(io.BytesIO(source)) as opened:
                fonts.look(opened)
            (face,) = fonts.faces.values()
            face.union.glyphs += face.union.glyphs[:1] * 0x10000
        fonts.decide()
        assert face.files == 1 and [file is None for file in fonts.seen] == [False, True]
        for source in sources:
            with pikepdf.open(io.BytesIO(source)) as opened:
                before = opened.Root.unparse(resolved=True), [font.unparse(resolved=True) for font in fonts_of(opened)]
                fonts.send(opened)
                assert before == (opened.Root.unparse(resolved=True), [font.unparse(resolved=True) for font in fonts_of(opened)])


def test_composite_glyphs_keep_their_parts() -> None:
    """Vietnamese letters are put together of a letter and marks: all parts are there, each once."""
    one, two = read_subset(subset_of("ế")), read_subset(subset_of("ề ệ"))
    union = truetype_union.Union(dict(one.face), one.units)
    codes = [union.add(subset) for subset in (one, two, one)]
    assert codes[0] == codes[2] and one.face == two.face
    assert len(set(union.glyphs)) == len(union.glyphs)
    built = [number for number, glyph in enumerate(union.glyphs) if list(components(glyph.outline))]
    assert len(built) >= 3
    for number in built:
        assert all(part < number for _, part in components(union.glyphs[number].outline))


def test_a_glyph_made_of_itself_is_refused() -> None:
    data = bytearray(subset_of("ế"))
    subset = read_subset(bytes(data))
    number, glyph = next((n, g) for n, g in enumerate(subset.glyphs) if list(components(g.outline)))
    place, _ = next(components(glyph.outline))
    struct.pack_into(">H", data, bytes(data).index(glyph.outline) + place, number)
    with pytest.raises(NotUnderstood, match="made of itself"):
        read_subset(bytes(data))


def test_code_map_in_blocks() -> None:
    """A line for each run of codes and glyphs that go on together; never more than a hundred in a block."""
    with pikepdf.new() as pdf:
        text = code_map(pdf, {3: 7, 4: 8, 5: 9, 7: 11, 8: 1}).read_bytes().decode()
        assert "3 begincidrange\n<03> <05> 7\n<07> <07> 11\n<08> <08> 1\nendcidrange\n" in text
        many = code_map(pdf, {code: 2 * code for code in range(256)}).read_bytes().decode()
        assert [f"{n} begincidrange" in many for n in (IN_A_BLOCK, 56)] == [True, True] and many.count("endcidrange") == 3


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FACES), st.text(LETTERS, min_size=1, max_size=60)), min_size=2, max_size=4))
def test_any_letters_stay(parts: list[tuple[str, str]]) -> None:
    """Pictures and text of every page; at most one file per face; the same bytes twice; done again, nothing changes."""
    data = saved(joined([draw([text], font=face) for face, text in parts]))
    merged = shared(data)
    assert seen(merged) == seen(data)
    assert len(font_files(merged)) == len({face for face, _ in parts})
    assert shared(data) == merged and shared(merged) == untouched(merged)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_files_are_told(data: st.DataObject) -> None:
    """Random bytes put over a font file: read or refused, never another failure; what can be read can be made a file of."""
    spoilt = bytearray(subset_of("Tỉnh ủy"))
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        subset = read_subset(bytes(spoilt))
        union = truetype_union.Union(dict(subset.face), subset.units)
        union.add(subset)
        truetype_union.font_file(union)
    except NotUnderstood:
        pass
