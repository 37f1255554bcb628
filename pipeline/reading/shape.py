"""Located tree + a model -> the model's object and every problem of shape (unknown, missing, blank, wrong kind) with its place."""

from __future__ import annotations

import difflib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pipeline.model.values import folded
from pipeline.problems import Kind, Place, Problem
from pipeline.reading.blanks import Blank, told
from pipeline.reading.text import read_text
from pipeline.reading.tree import Mapping, Node, Scalar, Sequence, read_tree

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]
NOTHING = {"khong", "khong_co", "khong_co_ai", "0", "none"}


@dataclass
class Loaded(Generic[Model]):
    """A file as read: its object (None when unusable), its problems, and where each key stands."""

    shown: str
    value: Model | None = None
    problems: list[Problem] = field(default_factory=list)
    tree: Node | None = None

    def place(self, *path: str | int) -> Place:
        """Line and column of the value at `path` (keys and list positions), or of the nearest thing around it."""
        return place_of(self.tree, path, self.shown)

    def holds(self, *path: str | int) -> bool:
        """Whether the file itself has something at `path`."""
        return self.tree is not None and len(_reached(self.tree, path)) == len(path)

    def key_place(self, *path: str | int) -> Place:
        """Where the key itself stands."""
        return Place(self.shown) if self.tree is None else _key_place(self.tree, path, self.shown)


def load(path: Path, shown: str, model: type[Model], may_be_empty: bool = False) -> Loaded[Model]:
    """Reads a YAML file whole; nothing is raised for what a clerk may have written. `may_be_empty`: only comments is no fault."""
    text, problems = read_text(path, shown)
    return load_text(text, problems, shown, model, may_be_empty)


def load_text(text: str | None, problems: list[Problem], shown: str, model: type[Model], may_be_empty: bool = False) -> Loaded[Model]:
    """The same for a text that has been read, with the problems found on the way."""
    if text is None:
        return Loaded(shown, None, problems)
    if may_be_empty and all(line.lstrip().startswith("#") or not line.strip() for line in text.split("\n")):
        return Loaded(shown, model(), problems, Mapping(Place(shown, 1, 1)))
    tree, more = read_tree(text, shown)
    problems += more
    if tree is None:
        return Loaded(shown, None, problems)
    value, more = fit(tree, model, shown, {p.place.line for p in problems if p.kind is Kind.ERROR})
    return Loaded(shown, value, problems + more, tree)


def fit(tree: Node, model: type[Model], shown: str, faulty: AbstractSet[int] = frozenset()) -> tuple[Model | None, list[Problem]]:
    """Blank values become None and are `thiếu`; everything else the model refuses is `lỗi`.

    `faulty`: lines with an error of writing: a group emptied by a slip is not blank as well.
    """
    blanks: list[Blank] = []
    plain = _plain(tree, (), blanks)
    blanks = [blank for blank in blanks if blank.place.line not in faulty]
    if not isinstance(plain, dict):
        return None, [Problem(tree.place, Kind.ERROR, "tệp phải gồm các mục «tên: giá trị»", "chép lại từ tệp mẫu rồi điền")]
    try:
        return model.model_validate(plain), told(blanks)
    except ValidationError as error:
        details = error.errors(include_url=False)
        meant = {(*d["loc"][:-1], near) for d in details if d["type"] == "extra_forbidden" and (near := _near(model, tuple(d["loc"])))}
        slips = [d for d in details if d["type"] != "missing" or tuple(d["loc"]) not in meant]  # a misspelt key is one slip, not two
        found = [_problem(detail, tree, model, shown) for detail in slips]
        refused = {p.place for p in found}
        return None, [*told(blank for blank in blanks if blank.place not in refused), *found]


def _plain(node: Node, path: Path_, blanks: list[Blank]) -> Any:
    if isinstance(node, Scalar):
        if not node.text.strip():
            blanks.append(Blank(path, node.place))
            return None
        return node.text
    if isinstance(node, Sequence):
        return [v for i, n in enumerate(node.items) if (v := _plain(n, (*path, i), blanks)) is not None]
    if path and not node.entries:
        blanks.append(Blank(path, node.place, "điền các mục con"))
    return {key: _plain(n, (*path, key), blanks) for key, n in node.entries.items()}


def place_of(tree: Node | None, path: Path_, shown: str) -> Place:
    return Place(shown, 1, 1) if tree is None else _node(tree, path).place


def _node(tree: Node, path: Path_) -> Node:
    """What stands at `path`, or the nearest thing around it."""
    return [tree, *_reached(tree, path)][-1]


def _reached(tree: Node, path: Path_) -> list[Node]:
    """What stands at each step of `path`, as far as the file goes."""
    node, found = tree, list[Node]()
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
        found.append(node)
    return found


def _key_place(tree: Node, path: Path_, shown: str) -> Place:
    """Where the key itself stands (for unknown keys and for groups)."""
    node: Node | None = tree
    for step in path[:-1]:
        if isinstance(node, Mapping):
            node = node.entries.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    if isinstance(node, Mapping) and path and str(path[-1]) in node.keys:
        return node.keys[str(path[-1])]
    return place_of(tree, path, shown)


def _problem(detail: Any, tree: Node, model: type[BaseModel], shown: str) -> Problem:
    path: Path_ = tuple(detail["loc"])
    kind, name = detail["type"], str(path[-1]) if path else ""
    if kind == "missing":
        return Problem(place_of(tree, path[:-1], shown), Kind.ERROR, f"thiếu mục «{name}»", f"thêm dòng «{name}:» và điền giá trị")
    place = place_of(tree, path, shown)
    if kind == "clerk":
        if path and isinstance(path[-1], int) and isinstance(_node(tree, path), Mapping):
            return Problem(
                place, Kind.ERROR, f"giá trị trong danh sách «{_label(path)}» có dấu hai chấm", 'đặt cả giá trị trong dấu nháy kép "..."'
            )
        return Problem(place, Kind.ERROR, detail["ctx"]["what"], detail["ctx"]["write"])
    if kind == "extra_forbidden":
        near = _near(model, path)
        advice = f"có phải ý bạn là «{near}»?" if near else "bỏ mục này, hoặc dùng một trong: " + ", ".join(known_keys(model, path[:-1]))
        return Problem(_key_place(tree, path, shown), Kind.ERROR, f"không có mục «{name}» ở đây", advice)
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return Problem(place, Kind.ERROR, f"«{_label(path)}» phải gồm các mục con", "xuống dòng, viết từng mục con «tên: giá trị»")
    if kind == "list_type" and folded(str(detail["input"])) in NOTHING:
        return Problem(place, Kind.ERROR, f"«{_label(path)}» phải là danh sách", f"không có thì viết {_label(path)}: []")
    if kind == "list_type":
        return Problem(place, Kind.ERROR, f"«{_label(path)}» phải là danh sách", "xuống dòng, mỗi mục bắt đầu bằng dấu gạch ngang «- »")
    return Problem(place, Kind.ERROR, f"giá trị của «{_label(path)}» không đúng", "xem lại mẫu")


def _near(model: type[BaseModel], path: Path_) -> str | None:
    """The key that was probably meant by the last one of `path`, however it is capitalised or accented."""
    known = {folded(key): key for key in known_keys(model, path[:-1])}
    near = difflib.get_close_matches(folded(str(path[-1])), known, 1, 0.6)
    return known[near[0]] if near else None


def _label(path: Path_) -> str:
    return next((str(p) for p in reversed(path) if isinstance(p, str)), "mục này")


def known_keys(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys allowed at `path` of `model`."""
    current: Any = model
    for step in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            match = [f for n, f in current.model_fields.items() if (f.alias or n) == step]
            current = match[0].annotation if match else None
        else:
            current = next((a for a in reversed(get_args(current)) if a is not type(None)), None)
        current = _strip(current, step)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [f.alias or n for n, f in current.model_fields.items()]
    return []


def _strip(annotation: Any, step: str | int) -> Any:
    """Optional[X] and Annotated[X, ...] -> X; containers stay until the next step enters them."""
    while True:
        args = get_args(annotation)
        if getattr(annotation, "__metadata__", None):
            annotation = args[0]
        elif type(None) in args:
            annotation = next(a for a in args if a is not type(None))
        else:
            return annotation
