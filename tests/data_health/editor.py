"""A YAML file as an editor's YAML 1.2 reader sees it, and what the schema of its kind says about it."""

from __future__ import annotations

import functools
import json
import re
from typing import Any

import yaml
from jsonschema import Draft7Validator

from pipeline.schemas import schema_text

NUMBERS = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Scalars by the core rules of YAML 1.2: `no`, `12:30` and `2023-01-05` stay text, `08` and `9.5` are numbers."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:number", re.compile(rf"^{NUMBERS.pattern}$"), list("-+.0123456789"))
Core.add_constructor("tag:yaml.org,2002:number", lambda loader, node: number(str(node.value)))


def number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)


@functools.cache
def validator(kind: str) -> Draft7Validator:
    schema = json.loads(schema_text(kind))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def refused(kind: str, text: str) -> bool:
    """Whether an editor underlines anything; a file that is no YAML, or has a key twice, is refused before the schema is asked."""
    try:
        document: Any = yaml.load(text, Core)
    except (yaml.YAMLError, ValueError):
        return True
    return document is None or not validator(kind).is_valid(document)
