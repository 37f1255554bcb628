"""A document as read back + facts + its sentences of the table of facts -> sentences that are not there or say another value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.audit.crosscheck import FormRule, SentenceRule
from pipeline.audit.documents import ReadDocument
from pipeline.audit.printed import hole, loose, says, shown
from pipeline.audit.text import tight
from pipeline.model.audit import AuditFinding, Facts, Row, Value

PLACE = "{}"
SHOWN = 60
SHORTEST = 4  # letters of a name by which a reader finds the place
NAMED = re.compile(r"\{(\w+)\}")


def sentence_findings(document: ReadDocument, rule: FormRule, facts: Facts) -> Iterator[AuditFinding]:
    for sentence in rule.sentences:
        for words, value in _sayings(sentence, facts):
            yield from _said(document, words, value, facts.own)
    for line in rule.row_sentences:
        for row in facts.rows.get(line.rows, ()):
            yield from _row_said(document, line.sentence, row)
    for name in rule.names:
        if isinstance(named := facts.values.get(name), str):
            yield from _named(document, named)


def _sayings(rule: SentenceRule, facts: Facts) -> Iterator[tuple[str, Value]]:
    """The sentence with its words filled in, and the value; nothing while the data do not hold the value (a draft)."""
    sentence = rule.sentence
    for word, text in facts.words.items():
        sentence = sentence.replace(f"{{{word}}}", text)
    if rule.fact in facts.values:
        yield sentence, facts.values[rule.fact]
    for key, value in facts.several.get(rule.fact, {}).items():
        yield sentence.replace("{ten}", key), value


def _said(document: ReadDocument, sentence: str, value: Value, own: str) -> Iterator[AuditFinding]:
    """In both files: at least once, and never with another value (unless the unit's own text holds just that)."""
    lead, _, tail = sentence.partition(PLACE)
    pattern = re.compile(_edge(lead, r"\s*") + hole(value) + _edge(tail, r"\s*", after=True), re.DOTALL)
    for ending, text in ((".docx", document.word_text), (".pdf", document.pdf_text)):
        found = list(pattern.finditer(text))
        for match in found:
            if not says(value, match[1]) and tight(match[0]) not in tight(own):
                page = document.page_of(match[0]) or document.page_of(lead)
                words = f"«{_short(sentence)}» ghi «{match[1][:SHOWN]}», dữ liệu là «{shown(value)}»"
                yield AuditFinding(document.name + ending, page, words)
        if not found:
            page = document.page_of(lead or tail)
            yield AuditFinding(document.name + ending, page, f"không đọc được «{_short(sentence)}» với dữ kiện «{shown(value)}»")


def _row_said(document: ReadDocument, sentence: str, row: Row) -> Iterator[AuditFinding]:
    """Words of the row stand as they are, its values are read; a row that lacks one of them is not told so yet."""
    pieces = NAMED.split(sentence)
    values = [row.get(name) for name in pieces[1::2]]
    if None in values:
        return
    read = [value for value in values if not isinstance(value, str)]
    holes = [loose(value) if isinstance(value, str) else hole(value) for value in values if value is not None]
    pattern = re.compile(r"\s*".join(part for pair in zip(map(_literal, pieces[::2]), [*holes, ""]) for part in pair if part), re.DOTALL)
    begins = next((value for value in values if isinstance(value, str) and len(value) > SHORTEST), "")
    for ending, text in ((".docx", document.word_text), (".pdf", document.pdf_text)):
        match, page = pattern.search(text), document.page_of(begins)
        if match is None:
            told = ", ".join(shown(value) for value in read)
            words = f"«{begins}» với dữ kiện «{told}»" if told else f"«{sentence.format_map(row)}»"
            yield AuditFinding(document.name + ending, page, f"không đọc được {words}")
            continue
        for value, printed in zip(read, match.groups()):
            if value is not None and not says(value, printed):
                yield AuditFinding(document.name + ending, page, f"«{begins}» ghi «{printed}», dữ liệu là «{shown(value)}»")


def _literal(words: str) -> str:
    return loose(words) if words.strip() else ""


def _edge(words: str, between: str, after: bool = False) -> str:
    if not words.strip():
        return ""
    return between + loose(words) if after else loose(words) + between


def _short(sentence: str) -> str:
    return sentence.replace(PLACE, "...")


def _named(document: ReadDocument, name: str) -> Iterator[AuditFinding]:
    """Somewhere in both files; inside a sentence a name may lose its first capital."""
    forms = (tight(name), tight(name[:1].lower() + name[1:]))
    for ending, text in ((".docx", tight(document.word_text)), (".pdf", document.tight_text)):
        if not any(form in text for form in forms):
            yield AuditFinding(document.name + ending, 0, f"không thấy «{name}»")
