"""Who issues a document, under which standard -> the fields every form shares: heading, number, date, title, signature, recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.forms.catalogue import Form, Office, Profile
from pipeline.model.submission import DocumentNumber, Signer, Submission, head_of
from pipeline.model.unit import Unit
from pipeline.rendering.vietnamese import NBSP, capital, in_sentence, long_date, lower_first

MISSING = "[chưa có nội dung]"
DRAFT = "DỰ THẢO"
PROVINCE = re.compile(r"\bTỈNH (?!ỦY|ĐOÀN).+")  # "TỈNH BẮC GIANG": kept on one line of the letterhead


@dataclass(frozen=True)
class Issuer:
    """The body a document speaks for."""

    superior: str
    name: str
    symbol: str
    collective: str
    on_behalf: str = ""


def unit_issuer(unit: Unit) -> Issuer:
    return Issuer(unit.superior, (unit.heading or unit.name).upper(), unit.symbol, unit.collective, unit.on_behalf or "")


def office_issuer(office: Office) -> Issuer:
    return Issuer(office.superior or "", office.name, office.symbol, office.author, office.on_behalf or "")


def shared_fields(
    form: Form,
    profile: Profile,
    issuer: Issuer,
    number: DocumentNumber | None,
    place: str,
    year: int,
    recipients: list[str],
    draft: bool,
    about: str = "",
) -> dict[str, Any]:
    """`about` is the collective a form's title names when it is not the issuer's own."""
    subject = _subject(form, profile, year, about or in_sentence(issuer.collective))
    return {
        "dau": {"cap_tren": PROVINCE.sub(lambda name: name[0].replace(" ", NBSP), issuer.superior), "ten": issuer.name},
        "so": number_line(form, profile, issuer, number),
        "dia_danh_ngay": long_date(number.date if number else None, place),
        "van_ban": {
            "ten_loai": form.type_name.upper(),
            "trich_yeu": subject,
            "kinh_gui": _addressee(form, profile),
            "trich_yeu_cong_van": profile.letter_subject.format(trich_yeu=lower_first(subject)),
        },
        "noi_nhan": _recipients(recipients or form.recipients, profile),
        "nam": str(year),
        "nam_sau": str(year + 1),
        "nam_truoc": str(year - 1),
        "het": profile.end,
        "du_thao": DRAFT if draft else "",
    }


def number_line(form: Form, profile: Profile, issuer: Issuer, number: DocumentNumber | None) -> str:
    """ "Số: 05/BC-SNV" or "Số 05-BC/BTCTU"; the number stays blank until the văn thư gives one."""
    given = number.number if number and number.number else ""
    shown = given.zfill(2) if given.isdigit() else given or NBSP * 6
    pattern = profile.letter_number if form.type == "CV" else profile.number
    return pattern.format(so=shown, loai=form.type, ky_hieu=issuer.symbol) if form.type else ""


def _subject(form: Form, profile: Profile, year: int, collective: str) -> str:
    text = form.subject.replace("{nam_sau}", str(year + 1)).replace("{nam}", str(year)).replace("{tap_the}", collective)
    return capital(text) if profile.subject_capital == "co" and form.subject_lower != "co" else text


def _addressee(form: Form, profile: Profile) -> str:
    return (form.addressee or "") if form.type in profile.addressed else ""


def _recipients(items: list[str], profile: Profile) -> list[str]:
    listed = [f"{item.rstrip('.,;')}{profile.list_break}" for item in items]
    return [*listed, f"{profile.keep}{profile.list_end}"]


# --- signatures -----------------------------------------------------------------------------------------------------


def unit_signature(form: Form, profile: Profile, unit: Unit, submission: Submission) -> dict[str, Any]:
    """Head or whoever signs instead; collectives are signed for (TM., T/M); minutes by secretary and chair."""
    meeting = submission.conference
    if form.signs == "bien_ban":
        return {"thu_ky": (meeting.secretary if meeting else None) or "", "chu_tri": (meeting.chair if meeting else None) or ""}
    leader = head_of(submission.members or ())
    signer = submission.signer
    post = (signer.post if signer else leader.post if leader else None) or ""
    name = (signer.name if signer else leader.name if leader else None) or ""
    body = unit.on_behalf or ("TẬP THỂ LÃNH ĐẠO" if form.signs == "tap_the" else "")
    lines = [profile.on_behalf.format(tap_the=body)] if body else []
    if signer and signer.authority:
        lines.append(signer.authority.upper())
    return {"quyen_han": lines, "chuc_vu": _post(post, body), "ho_ten": name}


def office_signature(profile: Profile, office: Office, signer: Signer | None) -> dict[str, Any]:
    lines = [profile.on_behalf.format(tap_the=office.on_behalf)] if office.on_behalf else []
    if signer and signer.authority:
        lines.append(signer.authority.upper())
    return {
        "quyen_han": lines,
        "chuc_vu": ((signer.post if signer else None) or "").upper(),
        "ho_ten": (signer.name if signer else None) or "",
    }


def _post(post: str, body: str) -> str:
    """The first post before the comma; under "T/M BAN CÁN SỰ ĐẢNG" just "BÍ THƯ"."""
    first = post.split(",")[0].strip().upper()
    short = first.replace(body, "").strip() if body else first
    return short if " " in short else first
