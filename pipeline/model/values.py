"""Text a clerk wrote -> exact value of its field (number, share, date, yes/no, ...), or a Vietnamese complaint."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

AMBIGUOUS = re.compile(r"^[0-9]{1,3}([.,][0-9]{3})+$")
YES_NO = {"co": "co", "có": "co", "khong": "khong", "không": "khong"}


def complaint(what: str, write: str) -> PydanticCustomError:
    """`what` is wrong and what to `write`; reading/shape.py turns it into a Problem with its place."""
    return PydanticCustomError("clerk", "{what} — {write}", {"what": what, "write": write})


def clerk_text(value: Any) -> Any:
    """Every scalar arrives as text; a list or mapping where text is due is the clerk's mistake."""
    if value is None or isinstance(value, str):
        return value
    raise complaint("chỗ này cần một giá trị, không phải danh sách hay nhóm mục", "viết một giá trị sau dấu hai chấm")


def folded(text: str) -> str:
    """ "Hoàn thành Tốt" -> "hoan_thanh_tot": how a word is compared when someone may have meant another way to write it."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold().replace("đ", "d")) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


MEANT = {  # what people write for words that stand for others
    "hoan_thanh_xuat_sac_nhiem_vu": "xuat_sac",
    "hoan_thanh_xuat_sac": "xuat_sac",
    "htxs": "xuat_sac",
    "htxsnv": "xuat_sac",
    "hoan_thanh_tot_nhiem_vu": "tot",
    "hoan_thanh_tot": "tot",
    "htt": "tot",
    "httnv": "tot",
    "hoan_thanh_nhiem_vu": "hoan_thanh",
    "ht": "hoan_thanh",
    "htnv": "hoan_thanh",
    "khong_hoan_thanh_nhiem_vu": "khong_hoan_thanh",
    "kht": "khong_hoan_thanh",
    "khtnv": "khong_hoan_thanh",
    "yes": "co",
    "true": "co",
    "x": "co",
    "dat": "co",
    "no": "khong",
    "false": "khong",
    "khong_dat": "khong",
}


def nearest(text: str, allowed: tuple[str, ...]) -> str | None:
    """The word that was probably meant; None when nobody could say."""
    word = MEANT.get(folded(text), folded(text))
    by_fold = {folded(a): a for a in allowed}
    near = difflib.get_close_matches(word, by_fold, 1, 3 / 4)
    return by_fold.get(word) or (by_fold[near[0]] if near else None)


def parse_number(text: str) -> Decimal:
    """`9,5` = `9.5`; at most two decimals; `1.234` and `1,234` could be a thousand and are refused."""
    if AMBIGUOUS.match(text):
        raise complaint(f"số «{text}» không rõ là hàng nghìn hay số thập phân", _plainly(text))
    if not re.fullmatch(r"[0-9]{1,9}([.,][0-9]+)?", text):
        raise complaint(f"«{text}» không phải là số", "viết số không âm, ví dụ 9,5")
    if not re.fullmatch(r"[0-9]+([.,][0-9]{1,2})?", text):
        raise complaint(f"số «{text}» có quá hai chữ số thập phân", "làm tròn đến hai chữ số thập phân")
    return Decimal(text.replace(",", "."))


def _plainly(text: str) -> str:
    """1.234 -> "viết 1234 hoặc 1,23"."""
    whole, *groups = re.split("[.,]", text)
    decimal = f" hoặc {whole},{groups[0][:2]}" if len(groups) == 1 else ""
    return f"viết {whole}{''.join(groups)}{decimal}"


def parse_percent(text: str) -> Decimal:
    if ratio := re.fullmatch(r"([0-9]+)\s*/\s*([0-9]+)", text):
        raise complaint(f"«{text}» không phải là tỷ lệ", f"viết hai dòng: ke_hoach: {ratio[2]} và thuc_hien: {ratio[1]}")
    if not text.endswith("%"):
        raise complaint(
            f"tỷ lệ «{text}» thiếu dấu %", f"viết {text}%" if re.fullmatch(r"[0-9.,]+", text) else "viết tỷ lệ kèm dấu %, ví dụ 90%"
        )
    return parse_number(text[:-1].strip())


def parse_count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        whole = re.sub(r"[.,]", "", text) if AMBIGUOUS.match(text) else ""
        raise complaint(f"«{text}» không phải là số đếm", f"viết {whole}" if whole else "viết số nguyên không âm, ví dụ 12")
    return int(text)


def parse_copies(text: str) -> int:
    number = parse_count(text)
    if not number:
        raise complaint("số bản phải từ 1 trở lên", "viết số bản, ví dụ 15; không nộp bản giấy thì bỏ mục này")
    return number


def parse_date(text: str) -> dt.date:
    """`05/01/2024`, `5/1/2024`, `5-1-2024` (day first) or `2024-01-05`."""
    match = re.fullmatch(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})", text)
    order = (3, 2, 1)
    if not match:
        match, order = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text), (1, 2, 3)
    if not match:
        raise complaint(f"ngày «{text}» viết không đúng", _date_meant(text))
    try:
        return dt.date(*(int(match[i]) for i in order))
    except ValueError:
        swapped = order == (3, 2, 1) and int(match[2]) > 12 >= int(match[1]) > 0
        advice = f"viết ngày trước, tháng sau: {match[2]}/{match[1]}/{match[3]}" if swapped else "viết ngày/tháng/năm, ví dụ 05/01/2024"
        raise complaint(f"không có ngày «{text}»", advice) from None


def _date_meant(text: str) -> str:
    """What to write instead, in the clerk's own figures where they are all there."""
    whole = re.fullmatch(r"([0-9]{1,2})[. ]+([0-9]{1,2})[. ]+([0-9]{4})", text) or re.fullmatch(
        r"(?:ngày\s+)?([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})", text.casefold()
    )
    if whole:
        return f"viết {whole[1]}/{whole[2]}/{whole[3]}"
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}", text):
        return "viết đủ bốn chữ số của năm, ví dụ 05/01/2024"
    return "viết ngày/tháng/năm, ví dụ 05/01/2024"


def parse_clock(text: str) -> str:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:hg]([0-5][0-9])?", text)
    if not match:
        raise complaint(f"giờ «{text}» viết không đúng", 'viết giờ:phút, ví dụ "08:00"')
    return f"{int(match[1]):02d}:{match[2] or '00'}"


def one_of(*allowed: str, synonyms: dict[str, str] | None = None) -> Any:
    """A field that takes one of `allowed` (after `synonyms`)."""

    def parse(text: str) -> str:
        word = (synonyms or {}).get(text, text)
        if word not in allowed:
            near = nearest(text, allowed)
            advice = f"có phải ý bạn là «{near}»? " if near else ""
            raise complaint(f"giá trị «{text}» không có ở đây", f"{advice}viết một trong: {', '.join(allowed)}")
        return word

    return parse


def _field(parse: Any) -> BeforeValidator:
    def validate(value: Any) -> Any:
        value = clerk_text(value)
        return None if value is None else parse(value)

    return BeforeValidator(validate)


def _words(text: str) -> str:
    """What programs write for nothing would be printed as it stands."""
    if text.strip().casefold() in ("~", "null", "none", "nan", "undefined"):
        raise complaint(f"«{text.strip()}» là ký hiệu của máy tính, không phải nội dung", "chưa có nội dung thì để trống sau dấu hai chấm")
    return text


def _single_line(text: str) -> str:
    """White space that nobody can see (two spaces, a non-breaking one) is one space: it would make two names of one."""
    if "\n" in text:
        raise complaint("giá trị này chỉ được viết trên một dòng", "nối thành một dòng trong dấu nháy kép")
    return " ".join(_words(text).split())


def name_key(name: str | None) -> str:
    """What people and units are compared by: the same name however it is spaced, capitalised or composed."""
    return " ".join(unicodedata.normalize("NFC", name or "").split()).casefold()


@dataclass(frozen=True)
class Written:
    """How a value looks in a file, for editors (schemas.py): words allowed, or a pattern; whether a bare number will do; one line only.

    Never more than a help: the parser beside it decides.
    """

    name: str = ""  # of the kind of value; empty: words of one key alone
    write: str = ""  # what to write, said where something else stands
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    number: str = ""  # integer | number
    least: int = 0
    most: int = 999_999_999
    one_line: bool = False


YES_NO_WORDS = (*YES_NO, "chua_ro", "chưa rõ")
DAY, MONTH = r"(0?[1-9]|[12][0-9]|3[01])", r"(0?[1-9]|1[0-2])"
DATES = rf"^({DAY}[/-]{MONTH}[/-][0-9]{{4}}|[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$"
LEVELS = ("xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh")
GRADES = ("xuat_sac", "tot", "trung_binh", "kem")

Text = Annotated[str | None, _field(_single_line), Written("mot_dong", "viết trên một dòng, trong dấu nháy kép", one_line=True)]
LongText = Annotated[str | None, _field(_words), Written("nhieu_dong", "viết dấu | rồi xuống dòng, lùi vào hai dấu cách")]
NUMBER = r"[0-9]{1,9}([.,][0-9]{1,2})?"
_POINTS = Written("so", "viết số không âm, nhiều nhất hai chữ số thập phân, ví dụ 9,5", pattern=f"^{NUMBER}$", number="number")
_SHARE = Written("ty_le", "viết tỷ lệ kèm dấu %, ví dụ 90%", pattern=rf"^{NUMBER}\s*%$")
_COUNT = Written("so_dem", "viết số nguyên không âm, ví dụ 12", pattern=r"^[0-9]{1,6}$", number="integer", most=999_999)
_COPIES = Written("so_ban", "viết số bản, ví dụ 15", pattern=r"^0*[1-9][0-9]{0,5}$", number="integer", least=1, most=999_999)
_TIME = Written("gio", 'viết giờ:phút, ví dụ "08:00"', pattern=r"^([01]?[0-9]|2[0-3])[:hg]([0-5][0-9])?$")
Points = Annotated[Decimal | None, _field(parse_number), _POINTS]
Percent = Annotated[Decimal | None, _field(parse_percent), _SHARE]
Count = Annotated[int | None, _field(parse_count), _COUNT]
Copies = Annotated[int | None, _field(parse_copies), _COPIES]
Date = Annotated[dt.date | None, _field(parse_date), Written("ngay", "viết ngày/tháng/năm, ví dụ 05/01/2024", pattern=DATES)]
Clock = Annotated[str | None, _field(parse_clock), _TIME]
YesNo = Annotated[str | None, _field(one_of("co", "khong", synonyms=YES_NO)), Written("co_khong", allowed=tuple(YES_NO))]
YesNoOpen = Annotated[
    str | None,
    _field(one_of("co", "khong", "chua_ro", synonyms={**YES_NO, "chưa rõ": "chua_ro"})),
    Written("co_khong_chua_ro", allowed=YES_NO_WORDS),
]
Level = Annotated[str | None, _field(one_of(*LEVELS)), Written("muc", allowed=LEVELS)]
Grade = Annotated[str | None, _field(one_of(*GRADES)), Written("cap_do", allowed=GRADES)]


ONE_FOR_ALL = "một giá trị cho mọi mục con"  # marks a mapping that may also be written as one value


def choice(*allowed: str) -> Any:
    return Annotated[str | None, _field(one_of(*allowed)), Written(allowed=allowed)]


class Shape(BaseModel):
    """Base of every model read from YAML: frozen, unknown keys refused, English names with Vietnamese keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
