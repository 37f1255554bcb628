"""The name of who has to sign + the name on a certificate -> whether the certificate's holder can be that person."""

from __future__ import annotations

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below


def names(holder: str, expected: str) -> bool:
    """The expected name's words stand in the holder's name, whole and one after the other; titles, "CN=" and brackets around them do no harm."""
    within, words = _words(holder), _words(expected)
    return bool(words) and any(within[at : at + len(words)] == words for at in range(len(within) - len(words) + 1))


def plain(name: str) -> str:
    """Equal for two ways of writing one name."""
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    """Without capitals; letters and tones count, the letter a tone is written on ("Hòa", "Hoà") does not."""
    return [_tone_last(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).casefold())]


def _tone_last(word: str) -> str:
    return "".join(sorted(unicodedata.normalize("NFD", word), key=lambda letter: letter in TONES))
