"""An agency of the regulation's list and how it appears on paper."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field, field_validator

from pipeline.model.values import Shape, Written, complaint

SLUG = re.compile(r"^[a-z0-9][a-z0-9-]{1,40}$")
FORMATS = ("nha_nuoc", "dang", "doan")
Whole = Annotated[int, Written("so_thu_tu", "viết số nguyên", pattern=r"^[0-9]+$", number="integer")]
Line = Annotated[str, Written("ten_goi", "viết trên một dòng, trong dấu nháy kép", one_line=True)]
DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(1, 10)), *(f"lpt{i}" for i in range(1, 10))}


class Unit(Shape):
    """One of the 56; `code` names its files, `section` is its part of Phụ lục B, `format` its presentation standard."""

    number: Whole = Field(alias="stt")
    code: Annotated[str, Written(write="viết chữ thường không dấu, số, dấu gạch ngang", pattern=SLUG.pattern)] = Field(alias="ma")
    name: Line = Field(alias="ten")
    section: Line = Field(alias="phu_luc")
    group: Whole = Field(alias="nhom")
    format: Annotated[str, Written(allowed=FORMATS)] = Field(alias="the_thuc")
    symbol: Line = Field(alias="ky_hieu")
    superior: Line = Field(alias="cap_tren")
    bodies: list[str] = Field(alias="chu_the")
    heading: str | None = Field(None, alias="ten_tieu_de")
    drafter: str = Field("VP", alias="don_vi_soan")  # in the numbers of its letters and beside "Lưu: VT"
    on_behalf: str | None = Field(None, alias="thay_mat")
    collective_name: str | None = Field(None, alias="ten_tap_the")

    @field_validator("number", "group", mode="before")
    @classmethod
    def _number(cls, value: Any) -> Any:
        if not isinstance(value, str) or not value.isascii() or not value.isdigit():
            raise complaint(f"«{value}» không phải là số thứ tự", "viết số nguyên")
        return int(value)

    @field_validator("code")
    @classmethod
    def _slug(cls, value: str) -> str:
        if not SLUG.match(value) or value in DEVICE_NAMES:
            raise complaint(
                f"mã «{value}» không dùng được làm tên tệp", "chỉ dùng chữ thường không dấu, số và dấu gạch ngang, 2 đến 41 ký tự"
            )
        return value

    @field_validator("format")
    @classmethod
    def _format(cls, value: str) -> str:
        if value not in FORMATS:
            raise complaint(f"thể thức «{value}» không có", f"viết một trong: {', '.join(FORMATS)}")
        return value

    @property
    def collective(self) -> str:
        """How the leading collective is called in a sentence."""
        return (self.collective_name or "Tập thể lãnh đạo {ten}").replace("{ten}", self.name)

    @property
    def folder(self) -> str:
        """`25-so-noi-vu`: the name of its data file and of its build folder."""
        return f"{self.number:02d}-{self.code}"


class Register(Shape):
    units: list[Unit] = Field(alias="don_vi")
