"""ProvinceView -> what the provincial offices' papers share: number and date, signature, a unit's own result."""

from __future__ import annotations

from typing import Any

from pipeline.forms.catalogue import Form, Forms, Office, Profile
from pipeline.model.files import Signature
from pipeline.model.submission import DocumentNumber, Signer
from pipeline.rendering.letterhead import MISSING, office_signature, office_signatures, signed_by
from pipeline.rendering.province_view import ProvinceView, UnitView
from pipeline.rendering.vietnamese import (
    score,
)

DECISION = "quyet_dinh"
WITH_PROPOSAL = "cung_trinh"  # a body asked together with the proposal


def number_of(view: ProvinceView, key: str | None) -> DocumentNumber | None:
    """Number and date as the văn thư gave them; the decision has its own in quyet_dinh.yaml."""
    if key == DECISION:
        decisions = view.files.decisions.value
        given = decisions and (decisions.number or decisions.date)
        return DocumentNumber.model_construct(number=decisions.number, date=decisions.date) if decisions and given else None
    return (view.province.numbers or {}).get(key or "")


def signature_of(view: ProvinceView, forms: Forms, form: Form, profile: Profile) -> dict[str, Any]:
    council = view.province.council
    if form.signs in ("hoi_dong", "thay_mat_hoi_dong"):
        people = {m.role: m for m in (council.members if council else None) or []}
        names = {
            key: (people[role].name if role in people else None) or "" for key, role in (("thu_ky", "thu_ky"), ("chu_tri", "chu_tich"))
        }
        if form.signs == "hoi_dong":
            return names
        chair = people.get("chu_tich")
        post = ((chair.post if chair else None) or "").split(",")[0].upper()
        return {**names, "thay_mat": profile.on_behalf.format(tap_the="HỘI ĐỒNG"), "chuc_vu": post}
    office = forms.office(form.office)
    return office_signature(profile, office, _signer(view, form))


def _signer(view: ProvinceView, form: Form) -> Signer | None:
    signers = view.province.signers
    return (signers.committee if form.signs == "ban_thuong_vu" else signers.organiser) if signers else None


def signatures_of(view: ProvinceView, form: Form) -> tuple[Signature, ...]:
    """Who signs, each in the blank of the standard's block that is theirs."""
    if form.signs not in ("hoi_dong", "thay_mat_hoi_dong"):
        return office_signatures(_signer(view, form))
    council = view.province.council
    people = {m.role: m.name or "" for m in (council.members if council else None) or []}
    return (
        Signature("thu_ky", people.get("thu_ky", ""), "Thư ký Hội đồng thẩm định"),
        Signature("chu_tri", people.get("chu_tich", ""), "Chủ tịch Hội đồng thẩm định"),
    )


def signers_of(view: ProvinceView, forms: Forms, form: Form, profile: Profile) -> str:
    """For the cover, like a unit's: "T/M BAN THƯỜNG VỤ, Phó Bí thư Phùng Thị Đ"; papers of the council name both who sign."""
    signature = signature_of(view, forms, form, profile)
    if "thu_ky" in signature:
        chair = ([signature["thay_mat"]], "Chủ tịch") if "thay_mat" in signature else ([], "chủ trì")
        both = (signed_by([], "thư ký", signature["thu_ky"]), signed_by(*chair, signature["chu_tri"]))
        return "; ".join(said for said, name in zip(both, (signature["thu_ky"], signature["chu_tri"])) if name)
    signer = _signer(view, form)
    return signed_by(signature["quyen_han"], (signer.post if signer else None) or "", signature["ho_ten"]) if signer else ""


def with_copy(shared: dict[str, Any], office: Office, profile: Profile) -> dict[str, Any]:
    """The last line of the recipients: where the office itself keeps a copy."""
    return {**shared, "noi_nhan": [*shared["noi_nhan"][:-1], f"{office.keep}{profile.list_end}"]} if office.keep else shared


def own_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    total = v.assessment.self_sheet.total if v.assessment.self_sheet else None
    return {
        "stt": str(v.unit.number),
        "ten": v.unit.collective,
        "tu_cham": score(total),
        "tu_nhan_ngan": view.regulation.level_short(v.submission.proposed) if v.submission.proposed else MISSING,
    }


def proposed_row(view: ProvinceView, v: UnitView) -> dict[str, str]:
    a = v.assessment
    return {
        "tham_dinh": score(a.appraised_total) or "...",
        "de_xuat_ngan": view.regulation.level_short(a.level) if a.level else view.level_text(a),
    }
