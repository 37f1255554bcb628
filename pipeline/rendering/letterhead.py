"""Who issues a document, under which standard -> the fields every form shares: heading, number, date, title, signature, recipients."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from pipeline.forms.catalogue import Form, Office, Profile
from pipeline.model.files import Signature
from pipeline.model.submission import DocumentNumber, Signer, Submission, head_of
from pipeline.model.unit import Unit
from pipeline.rendering.vietnamese import NBSP, capital, in_sentence, long_date, lower_first, short_date

MISSING = "[chưa có nội dung]"
DRAFT = "DỰ THẢO"
LINE = " / "  # in the register and the list of forms: where a name or a subject goes on to the next line
SAME = "Như trên"
DEPUTY = re.compile(r"\s*K\W?T\b", re.IGNORECASE)  # K/T, KT.
IN_BRACKETS = re.compile(r"\([^)]{1,40}\)")  # "(qua Ban Tổ chức Tỉnh ủy)" goes whole to the next line


@dataclass(frozen=True)
class Issuer:
    """The body a document speaks for; superior and name by lines of the letterhead."""

    superior_lines: tuple[str, ...]
    name_lines: tuple[str, ...]
    symbol: str
    collective: str
    on_behalf: str = ""
    drafter: str = ""

    @property
    def name(self) -> str:
        return " ".join(self.name_lines)


def unit_issuer(unit: Unit) -> Issuer:
    return Issuer(
        _lines(unit.superior),
        _lines((unit.heading or unit.name).upper()),
        unit.symbol,
        unit.collective,
        unit.on_behalf or "",
        unit.drafter,
    )


def office_issuer(office: Office) -> Issuer:
    return Issuer(_lines(office.superior), _lines(office.name), office.symbol, office.author, office.on_behalf or "")


def _lines(name: str | None) -> tuple[str, ...]:
    return tuple(name.split(LINE)) if name else ()


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
    addressee = _addressee(form, profile)
    return {
        "dau": {"cap_tren": list(issuer.superior_lines), "ten": list(issuer.name_lines)},
        "so": number_line(form, profile, issuer, number),
        "dia_danh_ngay": long_date(number.date if number else None, place),
        "van_ban": {
            "ten_loai": form.type_name.upper(),
            "trich_yeu": list(_lines(subject)),
            "kinh_gui": addressee,
            "trich_yeu_cong_van": profile.letter_subject.format(trich_yeu=lower_first(subject)).replace(LINE, "\n"),  # one paragraph
        },
        "noi_nhan": _recipients(recipients or form.recipients, addressee, issuer, profile),
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
    return pattern.format(so=shown, loai=form.type, ky_hieu=issuer.symbol, soan=issuer.drafter) if form.type else ""


def _subject(form: Form, profile: Profile, year: int, collective: str) -> str:
    text = form.subject.replace("{nam_sau}", str(year + 1)).replace("{nam}", str(year)).replace("{tap_the}", collective)
    return capital(text) if profile.subject_capital == "co" and form.subject_lower != "co" else text


def _addressee(form: Form, profile: Profile) -> str:
    return (form.addressee or "") if form.type in profile.addressed else ""


def _recipients(items: list[str], addressee: str, issuer: Issuer, profile: Profile) -> list[str]:
    """Whoever stands after "Kính gửi" is "Như trên", first of the list."""
    named = [IN_BRACKETS.sub(lambda part: unbroken(part[0]), item.rstrip(".,;")) for item in items]
    if addressee:
        named = [SAME, *(item for item in named if item.replace(NBSP, " ") not in (SAME, addressee))]
    return [*(f"{item}{profile.list_break}" for item in named), f"{profile.keep.format(soan=issuer.drafter)}{profile.list_end}"]


# --- signatures -----------------------------------------------------------------------------------------------------


def unit_signature(form: Form, profile: Profile, unit: Unit, submission: Submission) -> dict[str, Any]:
    """Head or whoever signs instead; collectives are signed for (TM., T/M); minutes by secretary and chair."""
    if form.signs == "bien_ban":
        secretary, chair = _of_the_minutes(submission)
        return {"thu_ky": secretary, "chu_tri": chair}
    lines, post, name = _signing(form, profile, unit, submission)
    return {"quyen_han": lines, "chuc_vu": post.upper(), "ho_ten": name}


def unit_signatures(form: Form, profile: Profile, unit: Unit, submission: Submission) -> tuple[Signature, ...]:
    """Who signs, each in the blank of the standard's block that is theirs."""
    if form.signs == "bien_ban":
        secretary, chair = _of_the_minutes(submission)
        return Signature("thu_ky", secretary, "Thư ký hội nghị"), Signature("chu_tri", chair, "Chủ trì hội nghị")
    _, post, name = _signing(form, profile, unit, submission)
    return (Signature("nguoi_ky", name, post),)


def unit_signers(form: Form, profile: Profile, unit: Unit, submission: Submission) -> str:
    """The same for the cover: "TM. TẬP THỂ LÃNH ĐẠO, Giám đốc Nguyễn Văn A"; names are not broken."""
    if form.signs == "bien_ban":
        secretary, chair = _of_the_minutes(submission)
        return "; ".join(f"{role} {unbroken(name)}" for role, name in (("thư ký", secretary), ("chủ trì", chair)) if name)
    lines, post, name = _signing(form, profile, unit, submission)
    return signed_by(lines, post, name)


def signed_by(lines: list[str], post: str, name: str) -> str:
    return ", ".join(v for v in (*lines, f"{post} {unbroken(name)}".strip()) if v)


def number_and_date(line: str, number: DocumentNumber | None, date: dt.date | None) -> str:
    """For the index: "Số 30-TTr/BTCTU ngày 28/12/2023"; a break comes before "ngày", not after."""
    return " ".join(v for v in (line if number and number.number else "", f"ngày{NBSP}{short_date(date)}" if date else "") if v)


def unbroken(name: str) -> str:
    return name.replace(" ", NBSP)


def _of_the_minutes(submission: Submission) -> tuple[str, str]:
    meeting = submission.conference
    return (meeting.secretary if meeting else None) or "", (meeting.chair if meeting else None) or ""


def _signing(form: Form, profile: Profile, unit: Unit, submission: Submission) -> tuple[list[str], str, str]:
    """Lines of authority, post as written, name."""
    leader, signer = head_of(submission.members or ()), submission.signer
    post = (signer.post if signer else main_post(leader.post) if leader else None) or ""
    name = (signer.name if signer else leader.name if leader else None) or ""
    body = unit.on_behalf or ("TẬP THỂ LÃNH ĐẠO" if form.signs == "tap_the" else "")
    lines = [profile.on_behalf.format(tap_the=body)] if body else []
    if signer and signer.authority and not (body and profile.deputy_line == "khong" and DEPUTY.match(signer.authority)):
        lines.append(signer.authority.upper())
    return lines, _post(post, body), name


def office_signature(profile: Profile, office: Office, signer: Signer | None) -> dict[str, Any]:
    lines = [profile.on_behalf.format(tap_the=office.on_behalf)] if office.on_behalf else []
    if signer and signer.authority:
        lines.append(signer.authority.upper())
    return {
        "quyen_han": lines,
        "chuc_vu": ((signer.post if signer else None) or "").upper(),
        "ho_ten": (signer.name if signer else None) or "",
    }


def office_signatures(signer: Signer | None) -> tuple[Signature, ...]:
    return (Signature("nguoi_ky", (signer.name if signer else None) or "", (signer.post if signer else None) or ""),)


def main_post(posts: str | None) -> str:
    """A member's posts are a list ("Giám đốc, Bí thư Đảng ủy"): the first one signs. What a clerk writes for a signer stands as written."""
    return (posts or "").split(",")[0].strip()


def _post(post: str, body: str) -> str:
    """Under "T/M BAN CÁN SỰ ĐẢNG" just "BÍ THƯ": the body's last words are not said twice; one word alone may be chance."""
    said, known = post.split(), body.upper().split()
    shared = next((n for n in range(len(known), 1, -1) if [word.upper() for word in said[-n:]] == known[-n:]), 0)
    short = said[: len(said) - shared]
    return " ".join(short if len(short) > 1 else said)
