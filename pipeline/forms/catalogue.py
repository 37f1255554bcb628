"""templates_docx/*.yaml -> the forms, the presentation standards and the province's offices."""

from __future__ import annotations

import datetime as dt
import functools
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, model_validator

from pipeline.model.values import Count, Date, Shape, YesNo, complaint
from pipeline.problems import TemplateError
from pipeline.reading.shape import load

Model = TypeVar("Model", bound=BaseModel)


class Form(Shape):
    """One document: its file, title, type symbol, addressee, who signs, which other documents it rests on."""

    code: str = Field(alias="ma")
    scope: str = Field(alias="pham_vi")
    file: str = Field(alias="tep")
    number_key: str | None = Field(alias="so_van_ban")
    name: str = Field(alias="ten")
    type: str | None = Field(alias="loai")
    type_name: str = Field(alias="ten_loai")
    subject: str = Field(alias="trich_yeu")
    subject_lower: YesNo = Field("khong", alias="trich_yeu_thuong")
    addressee: str | None = Field(alias="kinh_gui")
    signs: str = Field(alias="ky")
    signing_turn: Count = Field(alias="thu_tu_ky")
    office: str | None = Field(None, alias="co_quan")
    body: str | None = Field(None, alias="chu_the")
    recipients: list[str] = Field(alias="noi_nhan")
    cites: list[str] = Field(default_factory=list, alias="dan_chieu")


class Office(Shape):
    code: str = Field(alias="ma")
    superior: str | None = Field(alias="cap_tren")
    name: str = Field(alias="ten")
    symbol: str = Field(alias="ky_hieu")
    format: str = Field(alias="the_thuc")
    on_behalf: str | None = Field(None, alias="thay_mat")
    author: str = Field(alias="tac_gia")
    keep: str | None = Field(None, alias="luu")  # where a copy is kept; absent = as the standard says


class ParcelFolder(Shape):
    """A folder of the parcel for the Standing Committee: its heading in the list of contents, which forms' documents lie in it."""

    folder: str = Field(alias="thu_muc")
    heading: str = Field(alias="de_muc")
    scope: str = Field(alias="pham_vi")
    form: str | None = Field(None, alias="bieu_mau")  # absent = every form of the scope


class Forms(Shape):
    place: str = Field(alias="dia_danh")
    forms: list[Form] = Field(alias="bieu_mau")
    offices: list[Office] = Field(alias="co_quan")
    parcel: list[ParcelFolder] = Field(default_factory=list, alias="goi_trinh")

    def of(self, scope: str) -> list[Form]:
        return [f for f in self.forms if f.scope == scope]

    def office(self, code: str | None) -> Office:
        return next(o for o in self.offices if o.code == code)


class Profile(Shape):
    """The words of a presentation standard and since when it holds; its looks are in the_thuc/<code>.docx."""

    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    since: Date = Field(alias="tu_ngay")
    replaces: str | None = Field(None, alias="thay_cho")
    number: str = Field(alias="so_ky_hieu")
    letter_number: str = Field(alias="so_cong_van")
    subject_capital: YesNo = Field(alias="trich_yeu_hoa")
    letter_subject: str = Field(alias="trich_yeu_cong_van")
    on_behalf: str = Field(alias="thay_mat")
    deputy_line: YesNo = Field("co", alias="ky_thay_duoi_thay_mat")  # "KT. ..." below "TM. ..."
    addressed: list[str] = Field(alias="kinh_gui")
    end: str = Field(alias="het")
    list_break: str = Field(alias="ngat_noi_nhan")
    list_end: str = Field(alias="het_noi_nhan")
    keep: str = Field(alias="luu")


class Profiles(Shape):
    """A kind (what registers name) is the code of its oldest standard; a later one says which it replaces."""

    profiles: list[Profile] = Field(alias="the_thuc")

    @model_validator(mode="after")
    def _in_order(self) -> Profiles:
        """Every date is there, every replaced standard is older and replaced once: each kind is one line without a fork."""
        for profile in self.profiles:
            if profile.since is None:
                raise complaint(f"thể thức «{profile.code}» chưa có tu_ngay", "viết ngày có hiệu lực, ví dụ 05/3/2020")
            older = next((p for p in self.profiles if p.code == profile.replaces), None)
            if profile.replaces and (older is None or older.since is None or older.since >= profile.since):
                raise complaint(f"thể thức «{profile.code}»: thay_cho «{profile.replaces}» không phải thể thức có trước", "sửa thay_cho")
        for before, after in pairwise(sorted(p.replaces for p in self.profiles if p.replaces)):
            if before == after:
                raise complaint(f"hai thể thức cùng thay cho «{after}»", "chỉ giữ một")
        return self

    def of(self, kind: str, date: dt.date, document: str = "") -> Profile:
        """The standard of the kind that is in force on the date. Raises TemplateError for an unknown kind or a date before the first.

        `document` is who asks, for the message.
        """
        line = self._line(kind)
        if not line:
            raise TemplateError(f"templates_docx/the_thuc.yaml: không có thể thức «{kind}»")
        in_force = [p for p in line if p.since and p.since <= date]
        if not in_force:
            raise TemplateError(
                f"templates_docx/the_thuc.yaml: chưa có thể thức «{kind}» nào cho văn bản {f'{document} ' if document else ''}ngày {date:%d/%m/%Y}; "
                f"«{line[0].name}» có hiệu lực từ {line[0].since:%d/%m/%Y}"
            )
        return in_force[-1]

    def _line(self, kind: str) -> list[Profile]:
        """Oldest first."""
        line = [p for p in self.profiles if p.code == kind and not p.replaces]
        while line and (later := next((p for p in self.profiles if p.replaces == line[-1].code), None)):
            line.append(later)
        return line


@functools.cache
def read_forms(folder: Path) -> Forms:
    return _read(folder / "bieu_mau.yaml", Forms)


@functools.cache
def read_profiles(folder: Path) -> Profiles:
    return _read(folder / "the_thuc.yaml", Profiles)


def _read(path: Path, model: type[Model]) -> Model:
    loaded = load(path, f"templates_docx/{path.name}", model)
    if loaded.value is None:
        raise TemplateError("\n".join(str(p) for p in loaded.problems))
    return loaded.value
