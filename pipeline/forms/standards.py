"""templates_docx/quy_cach.yaml -> the figures each presentation standard asks of a finished document."""

from __future__ import annotations

import functools
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from pipeline.model.values import Points as Number
from pipeline.model.values import Shape, YesNo, choice
from pipeline.problems import TemplateError
from pipeline.reading.shape import load

Range = list[Number]  # lowest and highest allowed


class Page(Shape):
    """Millimetres."""

    width: Number = Field(alias="rong")
    height: Number = Field(alias="cao")
    top: Range = Field(alias="le_tren")
    bottom: Range = Field(alias="le_duoi")
    left: Range = Field(alias="le_trai")
    right: Range = Field(alias="le_phai")


class PageNumber(Shape):
    style: str = Field(alias="kieu")
    size: Range = Field(alias="co")
    edge: Number = Field(None, alias="cach_mep")


class Component(Shape):
    """What paragraphs of one style must look like and say; None = the standard does not say."""

    style: str = Field(alias="kieu")
    name: str = Field(alias="ten")
    size: Range = Field(alias="co")
    bold: YesNo | None = Field(None, alias="dam")
    italic: YesNo | None = Field(None, alias="nghieng")
    underline: YesNo | None = Field(None, alias="gach_chan")
    capitals: YesNo | None = Field(None, alias="hoa")
    align: choice("giua", "deu", "trai", "phai") = Field(None, alias="can")  # type: ignore[valid-type]
    indent: Range | None = Field(None, alias="thut")
    between: Number = Field(None, alias="cach_doan")
    spacing: Range | None = Field(None, alias="gian_dong")
    exact_line: Number = Field(None, alias="dong_chinh_xac")
    words: str | None = Field(None, alias="chu")
    not_words: str | None = Field(None, alias="khong_chu")
    last: str | None = Field(None, alias="cuoi")


class Standard(Shape):
    code: str = Field(alias="the_thuc")
    source: str = Field(alias="nguon")
    like: str | None = Field(None, alias="theo")
    font: str | None = Field(None, alias="phong")
    page: Page | None = Field(None, alias="trang")
    page_number: PageNumber | None = Field(None, alias="so_trang")
    signing_room: Number = Field(None, alias="cho_ky")
    signing_width: Number = Field(None, alias="o_ky")
    under_issuer: choice("vach", "dau_sao", "ba_sao") = Field(None, alias="duoi_co_quan")  # type: ignore[valid-type]
    under_subject: choice("vach", "gach_noi") = Field(None, alias="duoi_trich_yeu")  # type: ignore[valid-type]
    end: str | None = Field(None, alias="het")
    components: list[Component] = Field(alias="thanh_phan")

    def component(self, style: str) -> Component | None:
        return next((c for c in self.components if c.style == style), None)


class Standards(Shape):
    standards: list[Standard] = Field(alias="quy_cach")


@functools.cache
def read_standards(folder: Path) -> dict[str, Standard]:
    """Code -> standard, one that is `theo` another completed from it. Raises TemplateError."""
    loaded = load(folder / "quy_cach.yaml", "templates_docx/quy_cach.yaml", Standards)
    if loaded.value is None or loaded.problems:
        raise TemplateError("\n".join(str(p) for p in loaded.problems))
    found: dict[str, Standard] = {}
    for standard in loaded.value.standards:
        found[standard.code] = _completed(standard, found[standard.like]) if standard.like else standard
    return found


def _completed(standard: Standard, base: Standard) -> Standard:
    own = {name: value for name, value in standard if value is not None and name != "components"}
    kept = [c for c in base.components if standard.component(c.style) is None]
    return base.model_copy(update={**own, "components": [*standard.components, *kept]})


def within(value: float | Decimal, allowed: Range, slack: float = 0.05) -> bool:
    """Lengths are stored in twentieths of a point: a little slack."""
    low, high = (float(edge or 0) for edge in allowed)
    return low - slack <= float(value) <= high + slack
