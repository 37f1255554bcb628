"""A YAML file as an editor's YAML 1.2 reader sees it, and what the schema of its kind says about it."""

from __future__ import annotations

import functools
import json
import re
from typing import Any

import yaml
from jsonschema import Draft7Validator

from pipeline.law_words import LawWords, law_words
from pipeline.places import PROJECT
from pipeline.schemas import SchemaWriter, schema_text

WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
NUMBERS = re.compile(rf"{WHOLE.pattern}|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
LAW = law_words(PROJECT / "data")


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Scalars by the core rules of YAML 1.2: `no`, `12:30` and `2023-01-05` stay text, `08` and `9.5` are numbers. A key twice is no YAML."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError("a key twice", node.start_mark)
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:number", re.compile(rf"^({NUMBERS.pattern})$"), list("-+.0123456789"))
Core.add_constructor("tag:yaml.org,2002:number", lambda loader, node: number(str(node.value)))


def number(text: str) -> int | float:
    """`0x1F` is 31, `08` is 8."""
    if not WHOLE.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".nan", "nan")) if text.lower().lstrip("+-") in (".inf", ".nan") else float(text)
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text[2:] if base != 10 else text, base)


def typed(text: str) -> Any:
    """What an editor makes of a value as it stands behind its key."""
    return yaml.load(f"k: {text}\n", Core)["k"]


def validator(kind: str, law: LawWords) -> Draft7Validator:
    schema = json.loads(schema_text(kind, law))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@functools.cache
def own_validator(kind: str) -> Draft7Validator:
    """For the project's regulation."""
    return validator(kind, LAW)


@functools.cache
def validator_of(annotation: Any) -> Draft7Validator:
    """The schema of one kind of value."""
    writer = SchemaWriter(LAW)
    found = writer.value(annotation)
    return Draft7Validator({**found, "definitions": writer.definitions()})


def refused(kind: str, text: str, check: Draft7Validator | None = None) -> bool:
    """Whether an editor underlines anything; a file that is no YAML is refused before the schema is asked."""
    try:
        document: Any = yaml.load(text, Core)
    except (yaml.YAMLError, ValueError):
        return True
    return not (check or own_validator(kind)).is_valid(document)


@functools.cache
def underlined(kind: str, text: str) -> bool:
    """`refused` by the project's own schemas, asked once for each text."""
    return refused(kind, text)
