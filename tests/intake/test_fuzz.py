"""Mutated bytes of valid files: only problems come back, quickly, never an exception."""

from __future__ import annotations

import gc
import random
import re
import time
from pathlib import Path

import pytest

from pipeline.intake.year import _unit, read_year
from pipeline.model.province import ProvinceYear
from pipeline.problems import DataError, Kind, Problem, errors
from pipeline.reading.shape import load
from tests.support import FILES, VALID, assess, law, register, write_year

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
PER_ROUND = 500
UNIT_ROUNDS, APPRAISAL_ROUNDS, OTHERS = 14, 4, 350  # with the three other files 10,050 in all


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


def swapped(chance: random.Random, raw: bytes) -> bytes:
    """Structure kept, sense lost: values change places, keys are taken out, doubled or pushed in, lists and groups stand where words are due."""
    lines = raw.decode("utf-8").split("\n")
    places = [i for i, line in enumerate(lines) if re.match(r"\s*(- )?[\w.]+:", line)]
    for _ in range(chance.randint(1, 3)):
        i, j = chance.choice(places), chance.choice(places)
        key, _, value = lines[i].partition(":")
        lines[i] = chance.choice(
            [
                f"{key}:{lines[j].partition(':')[2]}",
                f"{lines[j].partition(':')[0]}:{value}",
                f"  {lines[i]}",
                lines[i].removeprefix("  "),
                f"{key}: [{value.strip()}]",
                f"{key}: {{{value.strip()}}}",
                f"{key}:\n{re.match(r' *', key)[0]}    x: {value.strip()}",  # type: ignore[index]
                f"{key}: {chance.choice(TOKENS).decode('utf-8', 'ignore')}{value}",
                f"{lines[i]}\n{lines[i]}",
                f"{key}:",
                "",
            ]
        )
    return "\n".join(lines).encode()


def one(chance: random.Random, raw: bytes) -> bytes:
    return chance.choice([mutated, swapped])(chance, raw)


class Patient:
    """A year read once; a mutated file of its one unit is read and checked alone, as the whole year would."""

    def __init__(self, folder: Path) -> None:
        self.places = write_year(folder / "data", quyet_dinh=None)
        self.files = read_year(self.places, law)
        self.unit = self.files.register[0]
        self.province = load(self.places.province, "tinh.yaml", ProvinceYear)
        gc.collect()
        gc.freeze()  # the clerk's program does not carry what a thousand tests before this one left in memory

    def problems(self, kind: str, raw: bytes) -> list[Problem]:
        """What is wrong with the file as mutated; a sound one is rated too."""
        (self.places.year_data / FILES[kind]).write_bytes(raw)
        start = time.process_time()
        _, own, council = _unit(self.places, self.files.regulation, self.unit, self.province)
        found = [*own.problems, *(council.problems if council else [])]
        if not errors(found):
            found = assess(self.places).files.problems
        assert time.process_time() - start < 1, raw
        return found


@pytest.mark.parametrize(
    ("kind", "seed"), [*(("don_vi", n) for n in range(UNIT_ROUNDS)), *(("tham_dinh", n) for n in range(APPRAISAL_ROUNDS))]
)
def test_mutations(kind: str, seed: int, tmp_path: Path) -> None:
    """Each problem names a file of the unit and a line it has, and says something; each file takes less than a second."""
    chance, patient = random.Random(f"{kind} {seed}"), Patient(tmp_path)
    valid = (VALID / f"{kind}.yaml").read_bytes()
    for _ in range(PER_ROUND):
        raw = one(chance, valid)
        for p in patient.problems(kind, raw):
            assert p.place.file.endswith("25-so-noi-vu.yaml") and p.what, raw
            if f"/{FILES[kind]}" in p.place.file:
                assert p.place.line <= raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1, raw


@pytest.mark.parametrize("kind", ["quyet_dinh", "tinh", "don_vi_danh_sach"])
def test_mutations_of_what_units_share(kind: str, tmp_path: Path) -> None:
    """The decisions, the province's year, the register: problems, or one refusal of the whole year."""
    chance = random.Random(kind)
    valid = register().encode() if kind == "don_vi_danh_sach" else (VALID / f"{kind}.yaml").read_bytes()
    places = write_year(tmp_path / "data")
    path = places.register if kind == "don_vi_danh_sach" else places.year_data / FILES[kind]
    for _ in range(OTHERS):
        path.write_bytes(one(chance, valid))
        start = time.process_time()
        try:
            assess(places)
        except DataError as refused:
            assert refused.problems
        assert time.process_time() - start < 1, path.read_bytes()


HOSTILE = {
    "a bomb of aliases": b"a: &a [x, x, x]\n" + b"".join(b"b%d: &b%d [*a, *a, *a]\n" % (n, n) for n in range(500)),
    "a list that holds itself": b"don_vi: &x [*x]\n",
    "five thousand brackets": b"[" * 5_000,
    "five thousand braces": b"{a: " * 5_000,
    "five thousand dashes": b"- " * 5_000,
    "stars before brackets": b"['*" * 5_000,
    "fifty megabytes": b"a: " + b"x" * 50_000_000,
    "one line of a megabyte": b"don_vi: " + b"x " * 499_000,
    "twenty thousand keys": b"".join(b"k%d: 1\n" % n for n in range(20_000)),
    "a key of a hundred thousand letters": b"k" * 100_000 + b": 1\n",
    "a number of a hundred thousand digits": RAW.replace(b"diem: 2,5", b"diem: " + b"9" * 100_000),
    "a value of a hundred thousand quotes": RAW.replace(b'"Ch\xe1\xba\xadm m\xe1\xbb\x99t th\xc3\xa1ng"', b'"' * 99_999),
    "ten thousand rows": RAW.replace(b"  A.1.2: 100%\n", b"".join(b"  A.%d.9: 1\n" % n for n in range(9_000))),
    "ten thousand members": RAW.replace(b"thanh_vien:\n", b"thanh_vien:\n" + b"  - ho_ten: A\n" * 9_000),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_files(raw: bytes, tmp_path: Path) -> None:
    """Files made to take for ever, or all memory: refused within a second."""
    patient = Patient(tmp_path)
    assert errors(patient.problems("don_vi", raw))


def test_cut_anywhere(tmp_path: Path) -> None:
    """A file that ends too early is always refused: no cut leaves a file without errors."""
    for size in range(0, RAW.index(b"dang_ky_nam_sau"), 97):
        places = write_year(tmp_path / "data", don_vi=RAW[:size], tham_dinh=None, quyet_dinh=None)
        assert any(p.kind is Kind.ERROR for p in assess(places).files.problems), size
