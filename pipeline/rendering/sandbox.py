"""What prints a document's values -> the environment that fills its form: sandboxed, strict, each form's source compiled once in a process."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined
from jinja2.nodes import Impossible
from jinja2.sandbox import ImmutableSandboxedEnvironment

TEMPLATES = 128  # bodies and headers of composed templates kept ready, under 100 kB each


class _Environment(ImmutableSandboxedEnvironment):
    """Its own in everything a document may touch; only the code comes from a store."""

    def compile(self, source: Any, *_: Any, **__: Any) -> CodeType:  # type: ignore[override]  # jinja would allow an uncompiled one
        return _code(source)


def environment(finalize: Callable[[Any], Any]) -> ImmutableSandboxedEnvironment:
    """`finalize`: what a document does with each value that is printed."""
    return _settings(_Environment, finalize)


def _settings(kind: type[ImmutableSandboxedEnvironment], finalize: Callable[[Any], Any]) -> ImmutableSandboxedEnvironment:
    return kind(undefined=StrictUndefined, autoescape=True, finalize=finalize)


@functools.lru_cache(TEMPLATES)
def _code(source: str) -> CodeType:
    """A form as Python code, without anything of a document: jinja binds it to an environment when it is run."""
    return _settings(ImmutableSandboxedEnvironment, _not_yet).compile(source)


def _not_yet(_: Any) -> Any:
    """A constant in a form is printed by the document as well, and not while the form is compiled."""
    raise Impossible
