"""Ways to damage a good PDF/A file, each with the one rule of the lint that it breaks."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pipeline.signoff.pdfa.intent import profile

Damage = Callable[[Pdf], object]

AS_IT_IS: dict[str, Any] = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}


def page(pdf: Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj


def font(pdf: Pdf) -> pikepdf.Object:
    return next(iter(page(pdf).Resources.Font.values()))


def set_key(holder: pikepdf.Object, key: str, value: object) -> None:
    holder[f"/{key}"] = value


def drop(holder: pikepdf.Object, key: str) -> None:
    del holder[f"/{key}"]


def draw(pdf: Pdf, operators: bytes) -> None:
    pdf.pages[0].contents_add(b"\n" + operators + b"\n")


def draw_form(pdf: Pdf, data: bytes = b"q Q", **entries: object) -> None:
    form = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **entries)
    pdf.pages[0].add_resource(form, Name.XObject, Name.Hinh)


def draw_image(pdf: Pdf, **entries: object) -> None:
    settings = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, **entries}
    image = pdf.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, **settings)
    pdf.pages[0].add_resource(image, Name.XObject, Name.Anh)


def state(pdf: Pdf, **entries: object) -> None:
    pdf.pages[0].add_resource(Dictionary(Type=Name.ExtGState, **entries), Name.ExtGState, Name.TrangThai)


def annotate(pdf: Pdf, subtype: str, **entries: object) -> None:
    found = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([9, 9, 90, 90]), **{"F": 4, **entries})
    page(pdf).Annots = Array([pdf.make_indirect(found)])


def picture(pdf: Pdf) -> Dictionary:
    return Dictionary(N=pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary()))


def field(pdf: Pdf, **entries: object) -> None:
    """An empty field for a signature; sound as it is."""
    annotate(pdf, "Widget", **{"F": 132, "FT": Name.Sig, "T": String("KY_01"), "AP": picture(pdf), **entries})
    pdf.Root.AcroForm = Dictionary(Fields=Array([page(pdf).Annots[0]]), SigFlags=1)


def composite(pdf: Pdf, with_set: bytes | None = None, **entries: object) -> None:
    """The page's font once more, as a composite one."""
    descriptor = Dictionary(**{key[1:]: value for key, value in font(pdf).FontDescriptor.items()})
    if with_set is not None:
        descriptor.CIDSet = pdf.make_stream(with_set)
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=font(pdf).BaseFont,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        **entries,
    )
    above = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=font(pdf).BaseFont,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
        ToUnicode=font(pdf).ToUnicode,
    )
    pdf.pages[0].add_resource(pdf.make_indirect(above), Name.Font, Name.Ghep)


def helvetica(pdf: Pdf) -> None:
    """Not embedded, and only in the resources of a drawn form."""
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    draw_form(pdf, b"BT /H 9 Tf (x) Tj ET", Resources=Dictionary(Font=Dictionary(H=plain)))


def intent(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root.OutputIntents[0]


def colours(pdf: Pdf, data: bytes, n: int = 3) -> None:
    intent(pdf).DestOutputProfile = pdf.make_stream(data, N=n)


def xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata = pdf.make_stream(data.replace(old, new), Type=Name.Metadata, Subtype=Name.XML)


def layers(pdf: Pdf, **entries: object) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Lớp")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(**{"Order": Array([layer]), **entries}))


def lose_page(pdf: Pdf) -> None:
    """It is out of the page tree, and something else still holds it."""
    pdf.Root.GiuLai = pdf.pages[1].obj
    del pdf.pages[1]


def javascript() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


DAMAGES: list[tuple[str, Damage]] = [
    ("do-dai-luong", lambda p: set_key(page(p), "Contents", p.make_stream(b"q Q", Filter=Name.FlateDecode))),
    ("luong-ngoai", lambda p: set_key(page(p).Contents, "F", String("khac.bin"))),
    ("bo-loc", lambda p: draw_form(p, b"\x80\x0b\x60\x50", Filter=Name.LZWDecode, Resources=Dictionary())),
    ("quyen", lambda p: set_key(p.Root, "Perms", Dictionary(La=1))),
    ("gioi-han", lambda p: set_key(p.Root, "So", 2**31)),
    ("gioi-han", lambda p: set_key(p.Root, "Ten", Name("/" + "a" * 128))),
    ("gioi-han", lambda p: set_key(p.Root, "Chuoi", Array([String("a" * 32768)]))),
    ("kho-trang", lambda p: set_key(page(p), "CropBox", Array([0, 0, 2, 500]))),
    ("kho-trang", lambda p: set_key(page(p), "TrimBox", Array([0, 0, Name.A, 500]))),
    ("long-nhau", lambda p: draw(p, b"q " * 29 + b"Q " * 29)),
    ("long-nhau", lambda p: draw(p, b"q")),
    ("tai-nguyen", lambda p: draw_form(p, b"BT /F1 9 Tf ET")),
    ("mot-ho-so-mau", lambda p: drop(p.Root, "OutputIntents")),
    ("mot-ho-so-mau", lambda p: p.Root.OutputIntents.append(intent(p))),
    ("mot-ho-so-mau", lambda p: set_key(intent(p), "S", Name.GTS_PDFX)),
    ("ho-so-mau", lambda p: drop(intent(p), "DestOutputProfile")),
    ("ho-so-mau", lambda p: colours(p, profile(), 4)),
    ("ho-so-mau", lambda p: colours(p, profile().replace(b"RGB ", b"CMYK"))),
    ("ho-so-mau", lambda p: colours(p, profile()[:-9])),
    ("ho-so-mau-la", lambda p: colours(p, profile().replace(b"use freely", b"use rarely"))),
    ("mau-thiet-bi", lambda p: draw(p, b"0 0 0 1 k")),
    ("mau-thiet-bi", lambda p: draw_image(p, ColorSpace=Name.DeviceCMYK)),
    ("mau-thiet-bi", lambda p: draw(p, b"BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI")),
    ("do-hoa", lambda p: state(p, TR=Name.Identity)),
    ("do-hoa", lambda p: state(p, HT=Dictionary(Type=Name.Halftone, HalftoneType=6))),
    ("y-dinh-mau", lambda p: state(p, RI=Name.DepNhat)),
    ("y-dinh-mau", lambda p: draw(p, b"/DepNhat ri")),
    ("hinh-thay-the", lambda p: draw_image(p, Alternates=Array())),
    ("hinh-thay-the", lambda p: draw_image(p, BitsPerComponent=7)),
    ("noi-suy", lambda p: draw_image(p, Interpolate=True)),
    ("noi-suy", lambda p: draw(p, b"BI /W 1 /H 1 /BPC 8 /CS /G /I true ID a EI")),
    ("hinh-ngoai", lambda p: draw_form(p, Subtype2=Name.PS)),
    ("hinh-ngoai", lambda p: draw_form(p, Ref=Dictionary())),
    ("hoa-tron", lambda p: state(p, BM=Name.Dep)),
    ("phong-loai", lambda p: set_key(font(p), "Subtype", Name.La)),
    ("phong-loai", lambda p: set_key(font(p), "Widths", Array([500]))),
    ("phong-ghep", composite),
    ("phong-nhung", lambda p: drop(font(p).FontDescriptor, "FontFile2")),
    ("phong-nhung", lambda p: set_key(font(p).FontDescriptor, "FontFile2", p.make_stream(b"khong phai phong"))),
    ("phong-nhung", helvetica),
    ("cidset", lambda p: composite(p, b"\x80", CIDToGIDMap=Name.Identity)),
    ("phong-bang-ma", lambda p: set_key(font(p), "Encoding", Name.WinAnsiEncoding)),
    ("to-unicode", lambda p: drop(font(p), "ToUnicode")),
    ("chu-thich-loai", lambda p: annotate(p, "Screen")),
    ("chu-thich-co", lambda p: annotate(p, "Link", F=0)),
    ("chu-thich-co", lambda p: field(p, F=4 | 2)),
    ("chu-thich-hinh", lambda p: annotate(p, "Text")),
    ("chu-thich-hinh", lambda p: field(p, AP=Dictionary(N=picture(p).N, D=picture(p).N))),
    ("bieu-mau", lambda p: set_key(p.Root, "AcroForm", Dictionary(Fields=Array(), NeedAppearances=True))),
    ("bieu-mau", lambda p: field(p, A=Dictionary(S=Name.Named, N=Name.NextPage))),
    ("xfa", lambda p: set_key(p.Root, "AcroForm", Dictionary(Fields=Array(), XFA=String("x")))),
    ("chu-ky", lambda p: field(p, V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite")))),
    ("hanh-dong", lambda p: set_key(p.Root, "OpenAction", javascript())),
    ("hanh-dong", lambda p: set_key(p.Root, "Names", Dictionary(JavaScript=Dictionary()))),
    ("hanh-dong", lambda p: annotate(p, "Link", A=Dictionary(S=Name.Launch))),
    ("hanh-dong", lambda p: annotate(p, "Link", A=Dictionary(S=Name.Named, N=Name.Print))),
    ("hanh-dong-kem", lambda p: set_key(page(p), "AA", Dictionary())),
    ("ra-ngoai", lambda p: annotate(p, "Link", A=Dictionary(S=Name.URI, URI=String("https://example.org")))),
    ("xmp", lambda p: drop(p.Root, "Metadata")),
    ("xmp", lambda p: xmp(p, b"</rdf:RDF>", b"")),
    ("xmp", lambda p: xmp(p, b'id="W5M0', b'bytes="9" id="W5M0')),
    ("xmp-la", lambda p: xmp(p, b"</rdf:Description>", b'<la:x xmlns:la="http://example.org/">1</la:x></rdf:Description>')),
    ("pdfaid", lambda p: xmp(p, b">B<", b">A<")),
    ("pdfaid", lambda p: xmp(p, b">2<", b">1<")),
    ("thong-tin", lambda p: set_key(p.docinfo, "Title", String("Tên khác"))),
    ("thong-tin", lambda p: set_key(p.docinfo, "Producer", String("Công cụ"))),
    ("thong-tin", lambda p: set_key(p.docinfo, "ModDate", String("D:20240106000000+00'00'"))),
    ("tep-kem", lambda p: set_key(p.Root, "Names", Dictionary(EmbeddedFiles=Dictionary()))),
    ("tep-kem", lambda p: set_key(p.Root, "AF", Array())),
    ("lop", layers),
    ("lop", lambda p: layers(p, Name=String("Mặc định"), AS=Array())),
    ("lop", lambda p: layers(p, Name=String("Mặc định"), Order=Array())),
    ("trinh-dien", lambda p: set_key(page(p), "PresSteps", Dictionary())),
    ("yeu-cau", lambda p: set_key(p.Root, "Requirements", Array())),
    ("ngon-ngu", lambda p: set_key(p.Root, "Lang", String("en-US"))),
    ("the-cau-truc", lambda p: set_key(page(p), "StructParents", 0)),
    ("the-cau-truc", lambda p: set_key(p.Root, "MarkInfo", Dictionary(Marked=True))),
    ("trang-roi", lose_page),
]

BYTES: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("mo-tep", lambda d: d.replace(b"startxref", b"startxxxx")),
    ("mo-tep", lambda d: d.replace(b"/Root ", b"/Xoot ")),
    ("phien-ban", lambda d: d.replace(b"%PDF-1.", b"%PDF-2.", 1)),
    ("dau-nhi-phan", lambda d: d.replace(b"%\xbf\xf7\xa2\xfe", b"%abcd", 1)),
    ("cuoi-tep", lambda d: d + b"\nthem\n"),
    ("xmp", lambda d: d.replace(b"/Subtype /XML", b"/Subtype /XXL")),
    ("dinh-danh", lambda d: d.replace(b"/ID ", b"/XD ")),
]


def damaged(data: bytes, damage: Damage) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        damage(pdf)
        pdf.save(made, deterministic_id=True, fix_metadata_version=False, **AS_IT_IS)
    return made.getvalue()


def plain(data: bytes) -> bytes:
    """The same with an old-fashioned trailer, for changes of bytes."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()
