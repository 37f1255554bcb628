"""templates_docx/*.yaml -> the forms, the presentation standards and the province's offices."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from pipeline.model.values import Shape, YesNo
from pipeline.problems import TemplateError
from pipeline.reading.shape import load

Model = TypeVar("Model", bound=BaseModel)


class Form(Shape):
    """One document: its file, title, type symbol, addressee and who signs."""

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
    office: str | None = Field(None, alias="co_quan")
    body: str | None = Field(None, alias="chu_the")
    recipients: list[str] = Field(alias="noi_nhan")


class Office(Shape):
    code: str = Field(alias="ma")
    superior: str | None = Field(alias="cap_tren")
    name: str = Field(alias="ten")
    symbol: str = Field(alias="ky_hieu")
    format: str = Field(alias="the_thuc")
    on_behalf: str | None = Field(None, alias="thay_mat")
    author: str = Field(alias="tac_gia")


class Forms(Shape):
    place: str = Field(alias="dia_danh")
    forms: list[Form] = Field(alias="bieu_mau")
    offices: list[Office] = Field(alias="co_quan")

    def of(self, scope: str) -> list[Form]:
        return [f for f in self.forms if f.scope == scope]

    def office(self, code: str | None) -> Office:
        return next(o for o in self.offices if o.code == code)


class Profile(Shape):
    """The words of a presentation standard; its looks are in the_thuc/<code>.docx."""

    code: str = Field(alias="ma")
    name: str = Field(alias="ten")
    number: str = Field(alias="so_ky_hieu")
    letter_number: str = Field(alias="so_cong_van")
    subject_capital: YesNo = Field(alias="trich_yeu_hoa")
    letter_subject: str = Field(alias="trich_yeu_cong_van")
    on_behalf: str = Field(alias="thay_mat")
    addressed: list[str] = Field(alias="kinh_gui")
    end: str = Field(alias="het")
    list_break: str = Field(alias="ngat_noi_nhan")
    list_end: str = Field(alias="het_noi_nhan")
    keep: str = Field(alias="luu")


class Profiles(Shape):
    profiles: list[Profile] = Field(alias="the_thuc")

    def of(self, code: str) -> Profile:
        return next(p for p in self.profiles if p.code == code)


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
