"""ProvinceView and the documents of the parcel -> the fields of its list of contents: number, document, its own number and date, pages, copies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pipeline.forms.catalogue import Forms, Profiles
from pipeline.model.files import DocumentPlan, PackedDocument
from pipeline.rendering.fields_office import signature_of, with_copy
from pipeline.rendering.letterhead import office_issuer, shared_fields
from pipeline.rendering.level_rows import ROMAN
from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.vietnamese import NBSP, count

SCOPE = "goi_trinh"
TO_FILL_IN = "......"
Listed = tuple[PackedDocument, DocumentPlan]


def listing(
    view: ProvinceView, forms: Forms, profiles: Profiles, documents: Sequence[Listed], bound: tuple[str, int], draft: bool
) -> DocumentPlan:
    """`bound`: name and pages of the file that binds the province's documents. Signed on paper: it has no signature field."""
    form = forms.of(SCOPE)[0]
    office = forms.office(form.office)
    issuer, profile = office_issuer(office), profiles.of(office.format, view.declared, form.code)
    shared = shared_fields(form, profile, issuer, None, view.province.place or "", view.year, [], draft)
    names = view.regulation_name
    own = {
        "quy_dinh": {key: names[key] for key in ("ngan", "day_du", "dieu_xep_loai")},
        "danh_muc": _rows(view, documents),
        "tong": _totals(view, documents),
        "goi": {"ten_tep": bound[0], "so_trang": count(bound[1])},
    }
    return DocumentPlan(
        form.code,
        form.file,
        profile.code,
        form.name,
        f"{form.name} năm {view.year}",
        office.author,
        {**own, **with_copy(shared, office, profile), "ky": signature_of(view, forms, form, profile)},
        (issuer.name, *dict.fromkeys(packed.heading for packed, _ in documents)),
    )


def copies_key(stem: str) -> str:
    """How `so_ban_trinh` names a document: "7-bieu-tham-dinh/25-so-noi-vu" -> "bieu_tham_dinh"."""
    return stem.split("/")[0].partition("-")[2].replace("-", "_")


def without_copies(view: ProvinceView, documents: Sequence[Listed]) -> list[str]:
    """Keys for which nobody has said how many copies there are to be."""
    return [key for key in dict.fromkeys(copies_key(packed.stem) for packed, _ in documents) if view.province.copies_of(key) is None]


def _rows(view: ProvinceView, documents: Sequence[Listed]) -> list[dict[str, str]]:
    """A heading for each folder, then its documents numbered anew; the last row of all stays with the totals."""
    collectives = {v.unit.folder: v.unit.collective for v in view.units}
    rows: list[dict[str, str]] = []
    for roman, (folder, group) in zip(ROMAN, groupby(documents, key=lambda pair: pair[0].folder)):
        inside = list(group)
        title = f"{roman}- {inside[0][0].heading} ({count(len(inside))} tài liệu, thư mục {folder})"
        rows.append({"de_muc": title, "giu": "", "stt": "", "ten": "", "so_ngay": "", "so_trang": "", "so_ban": ""})
        for number, (packed, plan) in enumerate(inside, 1):
            copies = view.province.copies_of(copies_key(packed.stem))
            rows.append(
                {
                    "de_muc": "",
                    "giu": "",
                    "stt": str(number),
                    "ten": collectives.get(packed.name, plan.name),
                    "so_ngay": plan.number.removeprefix(f"ngày{NBSP}"),
                    "so_trang": count(packed.pages),
                    "so_ban": TO_FILL_IN if copies is None else count(copies),
                }
            )
    return [*rows[:-1], *({**row, "giu": "có"} for row in rows[-1:])]


def _totals(view: ProvinceView, documents: Sequence[Listed]) -> dict[str, Any]:
    copies = [view.province.copies_of(copies_key(packed.stem)) for packed, _ in documents]
    known = [number for number in copies if number is not None]
    return {
        "tai_lieu": count(len(documents)),
        "so_trang": count(sum(packed.pages for packed, _ in documents)),
        "so_ban": count(sum(known)) if len(known) == len(copies) else TO_FILL_IN,
    }
