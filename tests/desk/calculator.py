"""The little of a spreadsheet that the form's formulas use, computed anew from cells as they were filled in; numbers are binary, as there."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TOKEN = re.compile(
    r'\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>"[^"]*")|(?P<name>\$?[A-Z]+\$?\d+|[A-Z]+)|(?P<sign><>|<=|>=|[-+*/&=<>(),:]))'
)
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


class Sheet:
    """`cells`: A1 -> text, number, or formula beginning with =; None or absent = blank."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        self.cells, self.known = cells, dict[str, Any]()

    def __getitem__(self, name: str) -> Any:
        name = name.replace("$", "")
        if name not in self.known:
            value = self.cells.get(name)
            if isinstance(value, str) and value.startswith("="):
                value = parsed(value[1:])(self)
            self.known[name] = float(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value
        return self.known[name]

    def column(self, first: str, last: str) -> list[Any]:
        letter = re.match("[A-Z]+", first)
        assert letter and last.startswith(letter[0])
        start, end = (int(re.sub(r"\D", "", name)) for name in (first, last))
        return [self[f"{letter[0]}{row}"] for row in range(start, end + 1)]


Formula = Callable[[Sheet], Any]


@functools.cache
def parsed(text: str) -> Formula:
    tokens = [m[m.lastgroup or 0] for m in TOKEN.finditer(text)]
    assert "".join(tokens) == text.replace(" ", "") or '"' in text, text
    formula, rest = _comparison(tokens)
    assert not rest, (text, rest)
    return formula


def _number(value: Any) -> float:
    return 0.0 if value in (None, "") else float(value)


def _each(do: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
    """Cell by cell where one side is a column."""
    if isinstance(one, list):
        return [do(item, other) for item in one]
    return do(one, other)


def _compared(sign: str, one: Any, other: Any) -> bool:
    if isinstance(one, str) != isinstance(other, str):
        if None in (one, other):
            return COMPARE[sign](one or "", other or "")
        return sign == "<>" if sign in ("=", "<>") else COMPARE[sign](isinstance(one, str), isinstance(other, str))  # text is above numbers
    return COMPARE[sign](_number(one), _number(other)) if not isinstance(one, str) else COMPARE[sign](one, other)


def _comparison(tokens: list[str]) -> tuple[Formula, list[str]]:
    left, rest = _joined(tokens)
    if rest and rest[0] in COMPARE:
        sign = rest[0]
        right, rest = _joined(rest[1:])
        return lambda s, a=left, b=right: _each(functools.partial(_compared, sign), a(s), b(s)), rest  # type: ignore[misc]
    return left, rest


def _chain(
    signs: Mapping[str, Callable[[Any, Any], Any]], inner: Callable[[list[str]], tuple[Formula, list[str]]], tokens: list[str]
) -> tuple[Formula, list[str]]:
    first, rest = inner(tokens)
    steps: list[tuple[Callable[[Any, Any], Any], Formula]] = []
    while rest and rest[0] in signs:
        do = signs[rest[0]]
        right, rest = inner(rest[1:])
        steps.append((do, right))
    return lambda s: functools.reduce(lambda value, step: step[0](value, step[1](s)), steps, first(s)), rest


def _shown(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _joined(tokens: list[str]) -> tuple[Formula, list[str]]:
    return _chain({"&": lambda a, b: _shown(a) + _shown(b)}, _sum, tokens)


def _sum(tokens: list[str]) -> tuple[Formula, list[str]]:
    return _chain({"+": lambda a, b: _number(a) + _number(b), "-": lambda a, b: _number(a) - _number(b)}, _product, tokens)


def _product(tokens: list[str]) -> tuple[Formula, list[str]]:
    return _chain({"*": lambda a, b: _number(a) * _number(b), "/": lambda a, b: _number(a) / _number(b)}, _unary, tokens)


def _unary(tokens: list[str]) -> tuple[Formula, list[str]]:
    if tokens[0] == "-":
        inner, rest = _unary(tokens[1:])
        return lambda s: _each(lambda a, _: -_number(a), inner(s), None), rest
    return _atom(tokens)


def _atom(tokens: list[str]) -> tuple[Formula, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head == "(":
        inner, rest = _comparison(rest)
        assert rest[0] == ")"
        return inner, rest[1:]
    if head[0] == '"':
        return lambda s: head[1:-1], rest
    if head[0].isdigit():
        return lambda s: float(head), rest
    if rest and rest[0] == "(":
        return _function(head, rest[1:])
    if rest and rest[0] == ":":
        return lambda s: s.column(head, rest[1]), rest[2:]
    if head in ("TRUE", "FALSE"):
        return lambda s: head == "TRUE", rest
    return lambda s: s[head], rest


def _function(name: str, tokens: list[str]) -> tuple[Formula, list[str]]:
    arguments: list[Formula] = []
    while True:
        argument, tokens = _comparison(tokens)
        arguments.append(argument)
        sign, tokens = tokens[0], tokens[1:]
        if sign == ")":
            return lambda s: FUNCTIONS[name](s, *arguments), tokens
        assert sign == ",", sign


def _numbers(s: Sheet, arguments: tuple[Formula, ...]) -> list[float]:
    columns = [a(s) for a in arguments]
    found = [value for column in columns for value in (column if isinstance(column, list) else [column])]
    return [v for v in found if isinstance(v, float)]


def _sumproduct(s: Sheet, *arguments: Formula) -> float:
    columns = [[v if isinstance(v, float) else 0.0 for v in a(s)] for a in arguments]
    return sum(math.prod(row) for row in zip(*columns, strict=True))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "IF": lambda s, test, yes, no: yes(s) if test(s) else no(s),
    "AND": lambda s, *a: all(x(s) for x in a),
    "OR": lambda s, *a: any(x(s) for x in a),
    "SUM": lambda s, *a: math.fsum(_numbers(s, a)),
    "MIN": lambda s, *a: min(_numbers(s, a)),
    "COUNTIF": lambda s, cells, value: float(sum(v == value(s) for v in cells(s) if isinstance(v, float))),
    "SUMPRODUCT": _sumproduct,
    "INT": lambda s, a: float(math.floor(_number(a(s)))),
    "MOD": lambda s, a, b: float(_number(a(s)) % _number(b(s))),
    "ROUND": lambda s, a, d: float(Decimal(repr(_number(a(s)))).quantize(Decimal(1).scaleb(-int(d(s))), ROUND_HALF_UP)),
    "N": lambda s, a: a(s) if isinstance(a(s), float) else 0.0,
    "ISNUMBER": lambda s, a: isinstance(a(s), float),
}
