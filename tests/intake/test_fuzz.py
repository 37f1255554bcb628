"""Mutated bytes of valid files: only problems come back, quickly, never an exception."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from pipeline.problems import DataError, Kind
from tests.support import VALID, assess, write_year

RAW = (VALID / "don_vi.yaml").read_bytes()
TOKENS = [
    b"\t",
    b"\xc2\xa0",
    b"\xff",
    b"\x00",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"&a ",
    b"*a",
    b"!!x ",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"'",
    b": ",
    b":",
    b"- ",
    b"\n",
    b"\r",
    b"\n---\n",
    b"#",
    b" #3",
    b"|\n",
    b">\n",
    b"?",
    b",",
    b"%",
    b"\\ud800",
    b"-1",
    b"1.234",
    b"99999999",
    b"31/02/2023",
    b"co",
    b"\xcc\x81",
    "Đ".encode(),
    b"<<: ",
    b"{{ x }}",
]
ROUNDS, PER_ROUND = 10, 60


def mutated(chance: random.Random, raw: bytes = RAW) -> bytes:
    """One to four edits: a token put in, bytes or lines cut, doubled, moved or changed."""
    for _ in range(chance.randint(1, 4)):
        at, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        end = min(end, at + chance.choice([1, 5, 40, 400]))
        lines = raw.splitlines(keepends=True) or [b""]
        line = chance.randrange(len(lines))
        raw = chance.choice(
            [
                raw[:at] + chance.choice(TOKENS) + raw[at:],
                raw[:at] + raw[end:],
                raw[:end] + raw[at:end] + raw[end:],
                raw[:at] + bytes(chance.randrange(256) for _ in range(end - at)) + raw[end:],
                b"".join(lines[:line] + lines[line + 1 :]),
                b"".join(lines[:line] + [lines[line], lines[line]] + lines[line + 1 :]),
                b"".join(lines[:line] + [b"  " + lines[line]] + lines[line + 1 :]),
                b"".join(lines[:line] + [lines[line].split(b":")[0] + b": " + chance.choice(TOKENS) + b"\n"] + lines[line + 1 :]),
            ]
        )
    return raw


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_mutations(seed: int, tmp_path: Path) -> None:
    """Each problem names this file and says something; each file takes less than a second."""
    chance = random.Random(seed)
    for _ in range(PER_ROUND):
        raw = mutated(chance)
        places = write_year(tmp_path / "data", don_vi=raw, tham_dinh=None, quyet_dinh=None)
        start = time.perf_counter()
        problems = assess(places).files.problems
        assert time.perf_counter() - start < 1, raw
        assert all(p.place.file.endswith("25-so-noi-vu.yaml") and p.what for p in problems), raw
        assert all(p.place.line <= raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1 for p in problems), raw


@pytest.mark.parametrize("kind", ["tham_dinh", "quyet_dinh", "tinh"])
def test_mutations_of_other_files(kind: str, tmp_path: Path) -> None:
    """The council's file, the decisions and the province's year: problems, or one refusal of the whole year."""
    chance, valid = random.Random(kind), (VALID / f"{kind}.yaml").read_bytes()
    for _ in range(PER_ROUND):
        try:
            assess(write_year(tmp_path / "data", **{kind: mutated(chance, valid)}))
        except DataError as refused:
            assert refused.problems


def test_cut_anywhere(tmp_path: Path) -> None:
    """A file that ends too early is always refused: no cut leaves a file without errors."""
    for size in range(0, RAW.index(b"dang_ky_nam_sau"), 97):
        places = write_year(tmp_path / "data", don_vi=RAW[:size], tham_dinh=None, quyet_dinh=None)
        assert any(p.kind is Kind.ERROR for p in assess(places).files.problems), size
