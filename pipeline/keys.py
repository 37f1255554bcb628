"""A document or bundle as planned, and the tools -> its key: a hash for each thing it is made from, and one over all of them."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.fonts import FACES, font_file
from pipeline.model.files import DocumentPlan, DossierPlan
from pipeline.model.province import ProvinceYear
from pipeline.rendering.markup import Paragraphs
from pipeline.rendering.picture import Picture
from pipeline.signoff import office

CROSSCHECK = "doi_chieu.yaml"
SHORT = 12
LIBRARIES = ("docxtpl", "python-docx", "jinja2", "lxml", "pikepdf", "pypdfium2", "reportlab", "pillow", "markdown-it-py")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@functools.cache
def file_digest(path: Path) -> str:
    return digest(path.read_bytes())


@functools.cache
def code_digest() -> str:
    """Our own code that shapes documents; a change there makes everything again."""
    root = Path(__file__).parent
    files = sorted(
        [
            *root.glob("forms/*.py"),
            *root.glob("rendering/*.py"),
            *(path for path in root.glob("signoff/**/*.py") if not path.name.startswith("verify")),  # these only read
            *root.glob("signoff/srgb/*.icc"),
            *root.glob("signoff/*.xcu"),
            root / "fonts.py",
            root / "model" / "files.py",
            *(root / name for name in ("batching.py", "making.py", "bundling.py", "producing.py", "staging.py", "assembling.py")),
        ]
    )
    return digest("".join(file_digest(f) for f in files).encode())


@functools.cache
def audit_digest(templates: Path) -> str:
    """What finished files are audited by: a stricter audit looks at every dossier again, though no document is made again."""
    files = [*sorted(Path(__file__).parent.glob("audit/*.py")), templates / CROSSCHECK]
    return digest("".join(file_digest(f) for f in files).encode())


@functools.cache
def library_versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


@dataclass(frozen=True)
class Key:
    """`parts`: what a file is made from -> a short hash of it, to say later what has changed; `whole`: the hash over all of it."""

    whole: str
    parts: Mapping[str, str]


def _key(parts: Mapping[str, Any]) -> Key:
    hashes = {name: digest(json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain).encode()) for name, value in parts.items()}
    return Key(digest(json.dumps(hashes, sort_keys=True).encode()), {name: value[:SHORT] for name, value in hashes.items()})


@dataclass(frozen=True)
class Machine:
    """What of a machine shapes a file; two that are equal make the same bytes."""

    office: str
    fonts: str
    code: str
    libraries: Mapping[str, str]


def this_machine(scratch: Path | None = None) -> Machine:
    """`scratch`: folder for what LibreOffice writes, None = the machine's own. Raises EnvironmentFault when LibreOffice or a font is missing."""
    fonts = digest("".join(file_digest(font_file(name)) for name in FACES.values()).encode())
    return Machine(office.office_version(office.find_office(), scratch), fonts, code_digest(), library_versions())


@dataclass(frozen=True)
class Tools:
    """Everything outside the data that shapes a file."""

    machine: Machine
    declared: str
    templates: Path

    def key(self) -> dict[str, Any]:
        return {
            "libreoffice": self.machine.office,
            "phong_chu": self.machine.fonts,
            "ngay_lap": self.declared,
            "chuong_trinh": self.machine.code,
            "thu_vien": self.machine.libraries,
        }


def tools_of(province: ProvinceYear | None, templates: Path, scratch: Path | None = None) -> Tools:
    """Those of this machine, for a year that can be built. Raises EnvironmentFault when LibreOffice or a font is missing."""
    assert province is not None and province.declared is not None
    return Tools(this_machine(scratch), province.declared.isoformat(), templates)


def document_key(document: DocumentPlan, tools: Tools) -> Key:
    """Of the fields the document uses, its form, its standard and the tools."""
    return _key(
        {
            "noi_dung": {
                "fields": document.fields,
                "title": document.title,
                "author": document.author,
                "expect": document.expect,
                "signatures": [(s.field, s.blank, s.words) for s in document.signatures],
            },
            "bieu_mau": file_digest(tools.templates / "bieu_mau" / document.form),
            "the_thuc": [
                document.profile,
                file_digest(tools.templates / "the_thuc" / f"{document.profile}.docx"),
                file_digest(tools.templates / "quy_cach.yaml"),
            ],
            **tools.key(),
        }
    )


def _plain(value: object) -> str:
    if isinstance(value, Paragraphs):
        return value.text
    if isinstance(value, Picture):  # the numbers it shows; how they are drawn is in the key as code, library and fonts
        return repr(value)
    raise TypeError(type(value).__name__)


def bundle_key(plan: DossierPlan, pdfs: list[str], tools: Tools, secrecy: str) -> Key:
    """Of the documents' PDFs (their hashes), of everything the cover and the index say, of what finished files are held against."""
    return _key(
        {
            "tai_lieu": pdfs,
            "bia": [
                [(d.name, d.number, d.signers) for d in plan.documents],
                [plan.code, plan.title, plan.owner, plan.lines, plan.missing, plan.illustrative, plan.signing_sheet, secrecy],
            ],
            "doc_lai": audit_digest(tools.templates),
            **tools.key(),
        }
    )


def whole_key(bundles: Mapping[str, str], tools: Tools) -> str:
    """Of the bundles in one file, by how the file calls them, in order; and of the tools that bind them."""
    return _key({"goi": list(bundles.items()), **tools.key()}).whole
