"""Tags of a template -> the fields they ask for, each with its place, and tags that are not of the small language forms use.

Forms may print a field (`{{ x.y }}`, `{{p x }}` for a narrative), repeat (`for`) and choose (`if`). Everything else belongs into the
program: a tag with a filter, a call or arithmetic is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from pipeline.forms.tags import Tag

ENVIRONMENT = Environment()  # parses only; nothing is rendered with it
ITEM = "[]"
ADVICE = "chỉ dùng {{ trường }}, {{p trường }}, {%p for %}, {%tr for %}, {%p if %}, {%tr if %}"


@dataclass(frozen=True)
class Asked:
    """A field by its path ("hang[].ten"), as the form writes it ("h.ten"); `printed`: not only tested or repeated over."""

    path: str
    written: str
    where: str
    printed: bool
    prefix: str  # "p" of {{p x }}


@dataclass
class Fields:
    """What a template asks for, and which tags are no tags of a form (place, what, what to write)."""

    asked: list[Asked] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)


def fields_of(tags: list[Tag]) -> Fields:
    """`tags` in order and well paired; each becomes one line of Jinja, so that every node knows its tag."""
    found = Fields()
    try:
        tree = ENVIRONMENT.parse("\n".join(tag.plain for tag in tags))
    except TemplateSyntaxError as error:
        tag = tags[min(error.lineno, len(tags)) - 1]
        found.faults.append((tag.line.where, f"thẻ viết sai: {tag.written}", ADVICE))
        return found
    _Walk(found, tags).body(tree.body, {})
    return found


@dataclass
class _Walk:
    """Down the tree; `scope` holds loop variables with the path each stands for."""

    found: Fields
    tags: list[Tag]

    def body(self, items: Iterable[nodes.Node], scope: dict[str, str]) -> None:
        for item in items:
            if isinstance(item, nodes.Output):
                for value in item.nodes:
                    if not isinstance(value, nodes.TemplateData):
                        self._ask(value, scope, printed=True)
            elif isinstance(item, nodes.For) and isinstance(item.target, nodes.Name) and not (item.else_ or item.test or item.recursive):
                path = self._ask(item.iter, scope, printed=False)
                self.body(item.body, {**scope, item.target.name: f"{path}{ITEM}"})
            elif isinstance(item, nodes.If):
                for operand in _operands(item.test):
                    if not isinstance(operand, nodes.Const):
                        self._ask(operand, scope, printed=False)
                for part in (item.body, item.elif_, item.else_):
                    self.body(part, scope)
            else:
                self._refuse(item)

    def _ask(self, node: nodes.Node, scope: dict[str, str], printed: bool) -> str:
        written = _path(node)
        if written is None:
            self._refuse(node)
            return ""
        first, dot, rest = written.partition(".")
        path = f"{scope.get(first, first)}{dot}{rest}"
        tag = self._tag(node)
        self.found.asked.append(Asked(path, written, tag.line.where, printed, tag.prefix))
        return path

    def _refuse(self, node: nodes.Node) -> None:
        tag = self._tag(node)
        self.found.faults.append((tag.line.where, f"thẻ {tag.written} dùng cách viết không được phép trong biểu mẫu", ADVICE))

    def _tag(self, node: nodes.Node) -> Tag:
        return self.tags[node.lineno - 1]


def _operands(node: nodes.Node) -> Iterator[nodes.Node]:
    """`x`, `not x`, `x == 'word'` and these joined by and, or."""
    if isinstance(node, (nodes.And, nodes.Or)):
        yield from (*_operands(node.left), *_operands(node.right))
    elif isinstance(node, nodes.Not):
        yield from _operands(node.node)
    elif isinstance(node, nodes.Compare) and all(operand.op in ("eq", "ne") for operand in node.ops):
        yield from (node.expr, *(operand.expr for operand in node.ops))
    else:
        yield node


def _path(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        base = _path(node.node)
        return f"{base}.{node.attr}" if base else None
    return None
