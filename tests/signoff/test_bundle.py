"""Bundles: page counts, outline, links and stamps point where they say; same input, same bytes."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.signoff.bundle import Part, bundle, combine
from pipeline.signoff.finished import texts
from pipeline.signoff.front import Front, Row, front_pages, signing_lines, stamps
from tests.signoff.small_pdf import DECLARED, archival, draw

COVER = Front(draw(["bìa"]), 1, [], [], [])
Outline = list[tuple[str, int, "Outline"]]  # type: ignore[misc]


def plan(names: Sequence[str], missing: Sequence[str] = ()) -> DossierPlan:
    documents = tuple(
        DocumentPlan(f"d{i}", "mau.docx", "nha_nuoc", name, name, "", {}, (), number="15/BC-SNV ngày 12/12/2023")
        for i, name in enumerate(names, 1)
    )
    return DossierPlan("25-so-noi-vu", "25-2023", "HỒ SƠ ĐÁNH GIÁ", "Sở Nội vụ", (("Năm", "2023"),), documents, tuple(missing))


def make(folder: Path, parts: dict[str, int], name: str = "ho-so.pdf") -> Path:
    """A whole bundle over documents of so many pages, each with outline, same-named places and a link from its first to its last page."""
    made = [
        Part(
            title,
            archival(folder / f"{title}.pdf", draw([f"{title} trang {i}" for i in range(1, count + 1)], outline=True, link=(0, count - 1))),
        )
        for title, count in parts.items()
    ]
    front = front_pages(plan(list(parts)), list(parts.values()), "", [{}] * len(parts))
    total = front.rows[-1].last
    assert bundle(folder / name, front, made, stamps("25-2023", total, draft=False), DECLARED, "Hồ sơ", "Sở Nội vụ") == total
    return folder / name


def test_documents_of_one_name_share_a_line_for_who_signs() -> None:
    """Letters of one form to different bodies do not: each names its own addressee."""
    names = ("Công văn xin ý kiến A", "Công văn xin ý kiến B", "Biểu thẩm định: X", "Biểu thẩm định: Y", "Phụ lục")
    signers = ("Trưởng ban T", "Trưởng ban T", "Chủ tịch C", "Chủ tịch C", "")
    documents = tuple(DocumentPlan(n, "mau.docx", "dang", n, n, "", {}, (), signers=s) for n, s in zip(names, signers))
    rows = [Row(str(i), name, "", i, i) for i, name in enumerate(names, 1)]
    assert signing_lines(dataclasses.replace(plan([]), documents=documents), rows) == [
        "1. Công văn xin ý kiến A: Trưởng ban T",
        "2. Công văn xin ý kiến B: Trưởng ban T",
        "3-4. Biểu thẩm định: Chủ tịch C",
    ]


def pages_of(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}


def outline(path: Path) -> Outline:
    with pikepdf.open(path) as pdf:
        pages = pages_of(pdf)

        def walk(items: list[pikepdf.OutlineItem]) -> Outline:
            return [(i.title, pages[i.destination[0].objgen], walk(i.children)) for i in items]  # type: ignore[index]

        with pdf.open_outline() as found:
            return walk(list(found.root))


def links(path: Path) -> list[tuple[int, int]]:
    """(from page, to page), from 1, in drawing order."""
    with pikepdf.open(path) as pdf:
        pages = pages_of(pdf)
        return [(n, pages[a.Dest[0].objgen]) for n, page in enumerate(pdf.pages, 1) for a in page.obj.get("/Annots", Array())]


def test_bundle_leads_to_the_right_pages(tmp_path: Path) -> None:
    """Outline by document and heading; every row of the index and every inner link lands in its own document."""
    path = make(tmp_path, {"Báo cáo": 2, "Biểu": 1, "Biên bản": 3})
    assert outline(path) == [
        ("Bìa và mục lục", 1, []),
        ("Báo cáo", 3, [("Báo cáo trang 1", 3, [("Báo cáo trang 2", 4, [])])]),
        ("Biểu", 5, [("Biểu trang 1", 5, [])]),
        ("Biên bản", 6, [("Biên bản trang 1", 6, [("Biên bản trang 2", 7, []), ("Biên bản trang 3", 8, [])])]),
    ]
    assert links(path) == [(2, 3), (2, 5), (2, 6), (3, 4), (5, 5), (6, 8)]


def test_every_page_has_its_stamp(tmp_path: Path) -> None:
    """Its own one, once, also where pages of a part share their list of names."""
    shared = archival(tmp_path / "chung.pdf", draw(["một", "hai"]))
    with pikepdf.open(shared, allow_overwriting_input=True) as pdf:
        names = pdf.make_indirect(pdf.pages[0].resources)
        for page in pdf.pages:
            page.obj.Resources = names
        pdf.save(shared)
    bundle(tmp_path / "a.pdf", COVER, [Part("Chung", shared)], stamps("25-2023", 3, draft=True), DECLARED, "t", "a")
    for number, (text, word) in enumerate(zip(texts(tmp_path / "a.pdf"), ("bìa", "một", "hai"), strict=True), 1):
        assert text.count("tr. ") == 1
        assert f"DỰ THẢO · HS 25-2023 · tr. {number}/3" in text and word in text


def test_markers_and_labels(tmp_path: Path) -> None:
    """PDF/A marker with its output intent, version, language, title; no dangling keys of lost tags."""
    with pikepdf.open(make(tmp_path, {"Báo cáo": 1})) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["dc:title"], str(pdf.Root.Lang)) == ("2", "B", "Hồ sơ", "vi-VN")
        assert len(pdf.Root.OutputIntents) == 1 and pdf.pdf_version == "1.7"
        assert pdf.Root.PageLabels.Nums[1].S == Name.D and "/ID" in pdf.trailer
        assert not any(key in page.obj for page in pdf.pages for key in ("/StructParents", "/Tabs"))
        assert not pdf.check_pdf_syntax()


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Bundles of bundles too."""
    one, two = (make(tmp_path, {"Báo cáo": 2, "Biểu": 1}, name).read_bytes() for name in ("1.pdf", "2.pdf"))
    assert one == two
    for name in ("x.pdf", "y.pdf"):
        combine(tmp_path / name, [Part("A", tmp_path / "1.pdf"), Part("B", tmp_path / "2.pdf")], DECLARED, "t", "a")
    assert (tmp_path / "x.pdf").read_bytes() == (tmp_path / "y.pdf").read_bytes()


def test_combined_bundles_keep_their_own_places(tmp_path: Path) -> None:
    """Outline of two levels; links and page numbers stay inside their bundle, pages are labelled as it stamps them."""
    path = make(tmp_path, {"Báo cáo": 2})
    assert combine(tmp_path / "toan-tap.pdf", [Part("Tỉnh", path, "HS TINH"), Part("Sở", path, "HS 25")], DECLARED, "Toàn tập", "Ban") == 8
    inner: Outline = [("Bìa và mục lục", 1, []), ("Báo cáo", 3, [])]

    def moved(items: Outline, by: int) -> Outline:
        return [(title, page + by, moved(below, by)) for title, page, below in items]

    assert outline(tmp_path / "toan-tap.pdf") == [("Tỉnh", 1, inner), ("Sở", 5, moved(inner, 4))]
    assert links(tmp_path / "toan-tap.pdf") == [(2, 3), (3, 4), (6, 7), (7, 8)]
    with pikepdf.open(tmp_path / "toan-tap.pdf") as pdf:
        assert [page.label for page in pdf.pages][3:6] == ["HS TINH tr. 4", "HS 25 tr. 1", "HS 25 tr. 2"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda page: {"Dest": pikepdf.String("ten")},
        lambda page: {"A": Dictionary(S=Name.GoTo, D=pikepdf.String("ten"))},
        lambda page: {"A": Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]))},
    ],
)
def test_named_places_of_a_part_stay_its_own(tmp_path: Path, wrap: Callable[[object], dict[str, object]]) -> None:
    """The same name in two documents leads to two pages, by name or by action."""
    parts = []
    for title in ("A", "B"):
        path = archival(tmp_path / f"{title}.pdf", draw(["một", "hai"]))
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            last = pdf.pages[1].obj
            pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([pikepdf.String("ten"), Array([last, Name.Fit])])))
            pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], **wrap(last))])
            pdf.save(path)
        parts.append(Part(title, path))
    combine(tmp_path / "c.pdf", parts, DECLARED, "t", "a")
    assert links(tmp_path / "c.pdf") == [(1, 2), (3, 4)]


def test_an_index_over_several_pages_counts_itself(tmp_path: Path) -> None:
    """80 documents: every printed span and every link is exact, nothing is skipped."""
    names = [f"Biểu thẩm định của đơn vị thứ {i}" for i in range(1, 81)]
    counts = [1 + i % 3 for i in range(80)]
    front = front_pages(plan(names, missing=["quyết định"]), counts, "mật", [{}] * len(counts))
    made, rows = front.links, front.rows
    (tmp_path / "bia.pdf").write_bytes(front.pdf)
    written = texts(tmp_path / "bia.pdf")
    assert len(written) > 3 and rows[0].first == len(written) + 1
    assert all(a.last + 1 == b.first for a, b in zip(rows, rows[1:])) and rows[-1].last == len(written) + sum(counts)
    assert [link.target for link in made] == [row.first for row in rows]
    flat = [" ".join(text.split()) for text in written]
    for row, link in zip(rows, made, strict=True):
        span = str(row.first) if row.first == row.last else f"{row.first}-{row.last}"
        assert f"{row.number} {row.name} {row.own_number} {span}" in flat[link.page]
    assert f"số trang: {rows[-1].last}" in flat[0] and "MẬT" in flat[0] and all("DỰ THẢO" in text for text in flat)


def test_long_titles_wrap_inside_their_column(tmp_path: Path) -> None:
    """A long name, also with mark-up characters, is printed whole and left of the next column."""
    name = "Biên bản họp <b>Hội đồng</b> & " + "thẩm định đánh giá, xếp loại chất lượng " * 6 + "hết"
    front = front_pages(plan([name, "Ngắn"]), [1, 1], "", [{}, {}])
    made = front.links
    (tmp_path / "bia.pdf").write_bytes(front.pdf)
    assert name in " ".join(texts(tmp_path / "bia.pdf")[1].split())
    tall, low = (link.box[3] - link.box[1] for link in made)
    assert tall > 2 * low and made[0].box[1] == made[1].box[3]


def test_front_pages_are_reproducible() -> None:
    """ReportLab keeps the clock out."""
    assert front_pages(plan(["a"]), [1], "", [{}]).pdf == front_pages(plan(["a"]), [1], "", [{}]).pdf
    assert stamps("1", 2, draft=False) == stamps("1", 2, draft=False)


def test_stamps_and_pages_must_agree(tmp_path: Path) -> None:
    """A bundle longer than its stamps would be a wrong count somewhere."""
    path = archival(tmp_path / "a.pdf", draw(["một", "hai"]))
    with pytest.raises(ValueError, match="shorter"):
        bundle(tmp_path / "b.pdf", COVER, [Part("A", path)], stamps("1", 2, draft=False), DECLARED, "t", "a")
    with pikepdf.open(io.BytesIO(stamps("1", 2, draft=False))) as pdf:
        assert len(pdf.pages) == 2
