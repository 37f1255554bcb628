"""templates_docx/doi_chieu.yaml -> which fact must be read in which document, in which sentence or table; words no unit's dossier may hold."""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import Field

from pipeline.model.values import Shape
from pipeline.problems import TemplateError
from pipeline.reading.shape import load

FILE = "doi_chieu.yaml"


class SentenceRule(Shape):
    """The form's own words; {} is where the fact stands."""

    fact: str = Field(alias="du_kien")
    sentence: str = Field(alias="cau")


class RowSentence(Shape):
    """A sentence for each row of facts; each name in braces is a column."""

    rows: str = Field(alias="hang")
    sentence: str = Field(alias="cau")


class TableRule(Shape):
    """`heads`: cells of the heading row, "" = it has none; `columns`: which column of the facts each printed one shows, "-" = not compared, "?" = may be missing."""

    rows: str = Field(alias="hang")
    heads: str = Field("", alias="dau")
    columns: str = Field(alias="cot")


class GroupedTable(Shape):
    rows: str = Field(alias="hang")
    heads: str = Field(alias="dau")


class FormRule(Shape):
    form: str = Field(alias="bieu_mau")
    names: list[str] = Field(default_factory=list, alias="co")
    sentences: list[SentenceRule] = Field(default_factory=list, alias="cau")
    row_sentences: list[RowSentence] = Field(default_factory=list, alias="cau_theo_hang")
    tables: list[TableRule] = Field(default_factory=list, alias="bang")
    grouped: GroupedTable | None = Field(None, alias="bang_theo_muc")
    scoring: str | None = Field(None, alias="bang_cham_diem")


class Crosscheck(Shape):
    forms: list[FormRule] = Field(alias="doi_chieu")
    foreign_to_units: list[str] = Field(alias="ho_so_don_vi_khong_ghi")

    def of(self, form: str) -> FormRule:
        """A form without an entry shows none of the facts."""
        return next((rule for rule in self.forms if rule.form == form), FormRule.model_validate({"bieu_mau": form}))


def split(cells: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells.split("|"))


@functools.cache
def read_crosscheck(folder: Path) -> Crosscheck:
    loaded = load(folder / FILE, f"templates_docx/{FILE}", Crosscheck)
    if loaded.value is None or loaded.problems:
        raise TemplateError("\n".join(str(p) for p in loaded.problems) or f"templates_docx/{FILE}: không đọc được")
    return loaded.value
