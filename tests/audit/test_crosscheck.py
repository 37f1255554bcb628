"""The table of facts against the forms it speaks of: every form has an entry, every sentence and heading stands in its form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.audit.crosscheck import FormRule, read_crosscheck, split
from pipeline.audit.text import tight
from pipeline.audit.word_file import read_word
from pipeline.forms.catalogue import read_forms
from pipeline.places import TEMPLATES
from pipeline.problems import TemplateError
from pipeline.rendering.fields_parcel import SCOPE

TABLE = read_crosscheck(TEMPLATES)
FORMS = {form.code: form for form in read_forms(TEMPLATES).forms}
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def test_every_form_is_checked() -> None:
    """Of the dossiers; the parcel's list of contents holds nothing but counts of files."""
    assert {rule.form for rule in TABLE.forms} == {form.code for form in FORMS.values() if form.scope != SCOPE}


def said_by_form(rule: FormRule) -> list[str]:
    sentences = [s.sentence for s in rule.sentences] + [s.sentence for s in rule.row_sentences]
    heads = [t.heads for t in rule.tables] + ([rule.grouped.heads] if rule.grouped else []) + ([rule.scoring] if rule.scoring else [])
    pieces = [piece for sentence in sentences for piece in re.split(r"\{\w*\}", sentence)]
    return [piece for piece in [*pieces, *(cell for head in heads for cell in split(head))] if len(piece.strip(" .,:;/()")) > 5]


@pytest.mark.parametrize("rule", TABLE.forms, ids=lambda rule: rule.form)
def test_its_words_are_the_forms_own(rule: FormRule) -> None:
    """Blocks of dates and letterheads and sentences that the program makes (counts by level) are not in the form itself."""
    word = read_word(TEMPLATES / "bieu_mau" / FORMS[rule.form].file)
    own = tight(TAG.sub("", " ".join(word.paragraphs)))
    made = ("tập thể", "tập thể đủ điều kiện", "trong đó", "phút,", "người; vắng", "điểm; tổng điểm")
    assert [p for p in said_by_form(rule) if tight(p) not in own and p.strip() not in made and "mục" not in p] == []


def test_a_misspelt_key_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "doi_chieu.yaml").write_text("doi_chieu:\n  - bieu_mau: a\n    caau: []\nho_so_don_vi_khong_ghi: []\n", "utf-8")
    with pytest.raises(TemplateError, match=r"templates_docx/doi_chieu.yaml:3:5: lỗi: .*caau"):
        read_crosscheck(tmp_path)
