"""templates_docx/ -> every problem of every form and standard, with the paragraph or cell, before any document is made.

Both ways: a field a form asks for must be one the program offers, and a field a form must print may not be lost while editing.
"""

from __future__ import annotations

import difflib
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.forms.asked import ITEM, Asked, fields_of
from pipeline.forms.catalogue import read_forms, read_profiles
from pipeline.forms.contract import NARRATIVE, Contract, read_contracts
from pipeline.forms.lines import Line, read_lines
from pipeline.forms.package import foreign, parts, styles_of, trap
from pipeline.forms.signing_marks import mark_faults
from pipeline.forms.tags import tags_of
from pipeline.problems import FormsError, Kind, Place, Problem

PROPERTIES = ("docProps/", "customXml/")
# what lxml, zipfile and zlib say of damaged, cut, encrypted and strangely packed parts
UNREADABLE = (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Template:
    """A .docx as opened: its name in messages, its lines, the styles it defines."""

    shown: str
    lines: tuple[Line, ...]
    styles: frozenset[str]


def check_templates(folder: Path) -> list[Problem]:
    """Raises TemplateError when a .yaml of the folder cannot be read."""
    files = tuple(dict.fromkeys(form.file for form in read_forms(folder).forms))
    contracts = read_contracts(folder, files)
    problems: list[Problem] = []
    standards = [_opened(folder, f"the_thuc/{p.code}.docx", problems) for p in read_profiles(folder).profiles]
    known = [t for t in standards if t]
    for standard in known:
        problems += _check_standard(standard, contracts.blocks)
    for file in files:
        form = _opened(folder, f"bieu_mau/{file}", problems)
        if form:
            problems += _check_form(form, contracts.forms[file], known)
    return problems


def require_usable(folder: Path) -> None:
    """Raises FormsError with every problem, before a document is made."""
    problems = check_templates(folder)
    if problems:
        raise FormsError(problems)


def _opened(folder: Path, name: str, problems: list[Problem]) -> Template | None:
    shown = f"templates_docx/{name}"
    try:
        data = (folder / name).read_bytes()
    except OSError:
        problems.append(_problem(shown, "", "không mở được tệp Word", "đặt lại tệp này vào thư mục biểu mẫu"))
        return None
    if why := trap(data):
        problems.append(_problem(shown, "", why, "mở bằng Word rồi lưu lại thành .docx"))
        return None
    try:
        found = [fault for part, root in parts(data) for fault in (*foreign(part, root), *_hidden_tags(part, root))]
        template = Template(shown, tuple(read_lines(data)), styles_of(data))
    except UNREADABLE as error:
        problems.append(_problem(shown, "", f"tệp Word bị hỏng ({error})", "mở bằng Word, chọn sửa chữa, rồi lưu lại"))
        return None
    problems += [_problem(shown, "", f"tệp Word {fault}", "bỏ khỏi tệp rồi lưu lại") for fault in dict.fromkeys(found)]
    return template


def _hidden_tags(part: str, root: etree._Element | None) -> Iterator[str]:
    """Tags where nothing fills them: title, keywords."""
    if root is not None and part.startswith(PROPERTIES) and any(mark in "".join(map(str, root.itertext())) for mark in ("{{", "{%")):
        yield f"có thẻ {{{{ ... }}}} trong thuộc tính của tệp ({part})"


def _problem(shown: str, where: str, what: str, write: str) -> Problem:
    return Problem(Place(f"{shown}, {where}" if where else shown), Kind.ERROR, what, write)


# --- forms and blocks --------------------------------------------------------------------------------------------------


def _check_form(form: Template, contract: Contract, standards: list[Template]) -> Iterator[Problem]:
    blocks = [line.block for line in form.lines if line.block]
    for line in form.lines:
        if line.block and line.block not in contract.blocks:
            listed = ", ".join(contract.blocks)
            yield _problem(form.shown, line.where, f"khối «{line.block}» không dùng trong biểu mẫu này", f"dùng một trong: {listed}")
        for standard in standards:
            if line.style not in standard.styles:
                said = f"kiểu chữ «{line.style or 'không có'}» không có trong {standard.shown}"
                yield _problem(form.shown, line.where, said, "chọn một kiểu chữ có sẵn của thể thức")
    for block in contract.blocks:
        if block not in blocks:
            yield _problem(form.shown, "", f"thiếu dòng [[khoi: {block}]]", "thêm lại dòng này vào đúng chỗ của khối")
    yield from _check_fields(form.shown, form.lines, contract)


def _check_standard(standard: Template, contracts: Mapping[str, Contract]) -> Iterator[Problem]:
    """Block by block; what stands in headers and footers may print any field that every document has."""
    current, blocks = "", dict[str, list[Line]]()
    for line in standard.lines:
        current = "" if line.around else line.block or current
        blocks.setdefault(current, []).append(line)
    for where, what, write in mark_faults(standard.lines):
        yield _problem(standard.shown, where, what, write)
    for name, contract in contracts.items():
        if name not in blocks:
            yield _problem(standard.shown, "", f"thiếu khối [[khoi: {name}]]", "thêm lại khối này")
        else:
            yield from _check_fields(standard.shown, blocks[name], contract, f"khối {name}")
    common = next(iter(contracts.values())).offered if contracts else {}
    yield from _check_fields(standard.shown, blocks.get("", []), Contract(common, ()))


def _check_fields(shown: str, lines: Iterable[Line], contract: Contract, inside: str = "") -> Iterator[Problem]:
    tags = tags_of(lines)
    fields = fields_of(tags.tags) if not tags.faults else None
    for where, what, write in (*tags.faults, *(fields.faults if fields else ())):
        yield _problem(shown, where, what, write)
    if fields is None or fields.faults:
        return
    for asked in fields.asked:
        yield from _check_asked(shown, asked, contract)
    printed = {asked.path for asked in fields.asked if asked.printed}
    for path in contract.required:
        if path not in printed:
            meaning = contract.offered[path].meaning if path in contract.offered else "trường phải có"
            yield _problem(
                shown,
                inside,
                f"thiếu trường «{path}» ({meaning})",
                "thêm lại thẻ này; nếu chủ ý bỏ, xóa dòng ấy trong phai_co của biểu mẫu",
            )


def _check_asked(shown: str, asked: Asked, contract: Contract) -> Iterator[Problem]:
    """A list is asked for by a loop or a test; everything else must be a field of its own."""
    offered = contract.offered.get(asked.path)
    if offered is None:
        inner = tuple(path for path in contract.offered if path.startswith(f"{asked.path}{ITEM}"))
        if not inner or asked.printed:
            yield _problem(shown, asked.where, f"chương trình không có trường «{asked.written}»", _suggestion(asked, contract.offered))
    elif asked.printed and (offered.kind == NARRATIVE) != (asked.prefix == "p"):
        tag = f"{{{{p {asked.written} }}}}" if offered.kind == NARRATIVE else f"{{{{ {asked.written} }}}}"
        yield _problem(shown, asked.where, f"trường «{asked.written}» viết không đúng loại thẻ", f"viết {tag}")


def _suggestion(asked: Asked, offered: Iterable[str]) -> str:
    """The nearest field, as this form would write it."""
    variable = asked.written.split(".")[0]
    base = asked.path.removesuffix(asked.written[len(variable) :])
    near = difflib.get_close_matches(asked.path, list(offered), 1, 0.6)
    if not near:
        return "xem các trường dùng được trong templates_docx/truong.yaml"
    written = f"{variable}{near[0].removeprefix(base)}" if near[0].startswith(base) and base != variable else near[0]
    return f"có phải ý bạn là {{{{ {written} }}}}?"
