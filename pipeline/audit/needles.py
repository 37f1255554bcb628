"""Texts with whom they belong to -> an index of word sequences; a text -> the sequences in it, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.audit.text import letters, sentences, words

LONG_ENOUGH = 40  # letters of a sentence that nobody else would write the same
Sequence_ = tuple[str, ...]
KEY = 3  # words by which a sequence is looked up


@dataclass
class Needle:
    """What must not be found outside its owners' files, and what kind of thing it is, for messages."""

    text: str
    kind: str
    owners: set[str] = field(default_factory=set)


@dataclass
class Needles:
    """`by_key`: first words -> whole sequences; `found`: sequence -> needle; `firsts`: a first word -> how many words its keys have."""

    found: dict[Sequence_, Needle] = field(default_factory=dict)
    by_key: dict[Sequence_, list[Sequence_]] = field(default_factory=dict)
    firsts: dict[str, set[int]] = field(default_factory=dict)

    def add(self, owner: str, kind: str, text: str) -> None:
        """A whole name or symbol."""
        sequence = tuple(words(text))
        if not sequence:
            return
        if sequence not in self.found:
            self.found[sequence] = Needle(" ".join(text.split()), kind)
            self.firsts.setdefault(sequence[0], set()).add(len(sequence[:KEY]))
            self.by_key.setdefault(sequence[:KEY], []).append(sequence)
        self.found[sequence].owners.add(owner)

    def add_sentences(self, owner: str, kind: str, texts: Iterable[str]) -> None:
        """Sentences long enough to be told from anybody's; a sentence of a few figures is not."""
        for text in texts:
            for sentence in sentences(text):
                if letters(sentence) >= LONG_ENOUGH and len(words(sentence)) > KEY:
                    self.add(owner, kind, sentence)

    def inside(self, text: Sequence[str]) -> Iterator[tuple[int, Sequence_]]:
        """Place of the first word and the sequence."""
        for place in (number for number, word in enumerate(text) if word in self.firsts):
            for length in sorted(self.firsts[text[place]]):
                for sequence in self.by_key.get(tuple(text[place : place + length]), ()):
                    if tuple(text[place : place + len(sequence)]) == sequence:
                        yield place, sequence

    def sequences_in(self, texts: Iterable[str]) -> frozenset[Sequence_]:
        """Those that an allowed text holds."""
        return frozenset(sequence for text in texts for _, sequence in self.inside(words(text)))
