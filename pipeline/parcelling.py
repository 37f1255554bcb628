"""The published dossiers, the manifest and the data they must still agree with -> the parcel for the Standing Committee, one zip beside the province's dossier."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.assessing import YearResult
from pipeline.bundling import BUNDLE
from pipeline.assessing import check
from pipeline.explaining import explain_year
from pipeline.forms.catalogue import read_forms
from pipeline.forms.check import require_usable
from pipeline.freshness import DocumentRecord, DossierRecord, Reason, overtaken, read_records
from pipeline.keys import Tools, digest, document_key, tools_of
from pipeline.making import Fault
from pipeline.model.files import DocumentPlan, DossierPlan, PackedDocument
from pipeline.packing import BOUND, ParcelRecord, contents, discard, files_key
from pipeline.places import PROVINCE, Places
from pipeline.planning import ListingPlan, PlannedYear, plan_listing, plan_province, plan_units
from pipeline.problems import OutputError, TemplateError, errors
from pipeline.progress import Stages
from pipeline.publishing import build_lock, clean_staging, write_file
from pipeline.recording import record, recorded
from pipeline.rendering.vietnamese import count
from pipeline.signoff.parcel import packed, with_sums
from pipeline.signoff.verify import Mark, Open, judge
from pipeline.signoff.verify_origin import BuiltFile, find_built
from pipeline.staging import Work, make_loose
from pipeline.verifying import built_files

AGAIN = "chạy make dossiers rồi làm lại"


@dataclass(frozen=True)
class Parcel:
    """What was made and what a person should know of it, or why it was refused."""

    path: Path | None = None
    documents: int = 0
    pages: int = 0
    remarks: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def exit_code(self) -> int:
        return max((fault.exit_code for fault in self.faults), default=0)


@dataclass(frozen=True)
class _Published:
    """What the last build recorded, and what of it goes into the parcel."""

    manifest: Mapping[str, Any]
    records: Mapping[str, DossierRecord]
    documents: tuple[PackedDocument, ...]

    @property
    def province(self) -> DossierRecord:
        return self.records[PROVINCE]


@dataclass(frozen=True)
class _Expected:
    """A published file: its name in the parcel, where it lies, its recorded hash; of a PDF what a signed one is held against."""

    name: str
    path: Path
    sha256: str
    built: BuiltFile | None = None


@dataclass
class _Found:
    """Files by their names in the parcel, how many of them people have signed, what is wrong with the others."""

    files: dict[str, bytes] = field(default_factory=dict)
    signed: int = 0
    faults: list[str] = field(default_factory=list)


def parcel(places: Places, draft: bool, stages: Stages) -> Parcel:
    """`draft`: one that is called so, in which drafts may lie. Raises DataError, TemplateError, EnvironmentFault, BusyError."""
    with build_lock(places):
        clean_staging(places)
        require_usable(places.templates)
        try:
            return _parcel(places, draft, stages)
        finally:
            shutil.rmtree(places.staging, ignore_errors=True)


def _parcel(places: Places, draft: bool, stages: Stages) -> Parcel:
    published = _last_build(places)
    with stages.run("So với dữ liệu và lần lập cuối", 1) as step:
        result = check(places)
        broken = _broken(places, published, result)
        if broken:
            return _refused(broken)
        year, tools = _planned(result, places.templates), tools_of(result.files.province.value, places.templates)
        found = _read(_expected(places, published))
        faults = [*_overtaken(year, published, tools), *([] if draft else _drafts(published)), *found.faults]
        step(1)
    listing = plan_listing(year, published.documents, (BOUND, published.province.pages), draft, places.templates)
    if faults or listing is None:  # a document that is planned no longer is among the faults
        return _refused(faults)
    work = _with_listing(places, listing.document, tools, stages)
    if work.faults:
        return Parcel(faults=tuple(work.faults))
    files = {**found.files, **{path.name: path.read_bytes() for path in sorted(work.staged.iterdir())}}
    _write(places, files, published, document_key(listing.document, tools).whole, draft)
    pages = sum(d.pages for d in published.documents)
    return Parcel(places.parcel(draft), len(published.documents), pages, tuple(_remarks(places, listing, found)))


# --- what was published, and whether it may go out ----------------------------------------------------------------------


def _last_build(places: Places) -> _Published:
    forms, manifest = read_forms(places.templates), recorded(places)
    if not forms.parcel:
        raise TemplateError("templates_docx/bieu_mau.yaml: chưa có mục goi_trinh — ghi các thư mục của gói trình")
    records = read_records(manifest)
    return _Published(manifest, records, contents(forms, records))


def _refused(faults: Iterable[str]) -> Parcel:
    return Parcel(faults=tuple(Fault(text, OutputError.exit_code) for text in faults))


def _broken(places: Places, published: _Published, result: YearResult) -> list[str]:
    """Nothing was built, or files of data have errors: the dossiers they belong to are old or missing."""
    if PROVINCE not in published.records:
        return [f"chưa có hồ sơ của tỉnh trong {places.shown(places.out)} — {AGAIN}"]
    files = dict.fromkeys(problem.place.file for problem in errors(result.files.problems))
    return [f"{file}: dữ liệu còn lỗi, hồ sơ liên quan là bản cũ hoặc chưa có — sửa lỗi (make check), {AGAIN}" for file in files]


def _planned(result: YearResult, templates: Path) -> PlannedYear:
    explanations = explain_year(result)
    return PlannedYear(result, explanations, (*plan_units(result, templates), plan_province(result, explanations, templates)))


def _overtaken(year: PlannedYear, published: _Published, tools: Tools) -> list[str]:
    """Dossiers that a build would make again or take away."""
    province = year.result.files.province.value
    secrecy = (province.secrecy if province else None) or ""
    names = [plan.folder for plan in year.plans if overtaken(plan, published.records.get(plan.folder), tools, secrecy)]
    names += sorted(set(published.records) - {plan.folder for plan in year.plans})
    return (
        [f"dữ liệu, biểu mẫu hoặc công cụ đã thay đổi sau lần lập cuối, hồ sơ phải lập lại: {', '.join(names)} — {AGAIN}"] if names else []
    )


def _drafts(published: _Published) -> list[str]:
    names = [name for name in dict.fromkeys([PROVINCE, *(d.dossier for d in published.documents)]) if published.records[name].draft]
    advice = f"bổ sung cho đủ, {AGAIN}; cần gửi bản dự thảo thì thêm DRAFT=1 (--draft)"
    return [f"hồ sơ còn là dự thảo: {', '.join(names)} — {advice}"] if names else []


# --- its files ----------------------------------------------------------------------------------------------------------


def _expected(places: Places, published: _Published) -> Iterator[_Expected]:
    """Every published file of the parcel."""
    records, out = published.records, places.out
    built = {file.path: file for name, record in records.items() for file in built_files(places.year, name, record)}
    for d in published.documents:
        source = f"{d.dossier}/{d.stem}"
        yield _Expected(f"{d.folder}/{d.name}.docx", out / f"{source}.docx", d.docx)
        yield _Expected(f"{d.folder}/{d.name}.pdf", out / f"{source}.pdf", d.pdf, built[f"{source}.pdf"])
    bundle = f"{PROVINCE}/{BUNDLE}"
    yield _Expected(BOUND, out / bundle, published.province.bundle, built[bundle])


def _read(expected: Iterable[_Expected]) -> _Found:
    """What is packed is exactly what was looked at: each file is read once."""
    found = _Found()
    for file in expected:
        data = file.path.read_bytes() if file.path.is_file() else None
        if data is None:
            found.faults.append(f"{file.path.as_posix()}: mất tệp — {AGAIN}")
        elif digest(data) != file.sha256 and (fault := _signed_fault(data, file.built)):
            found.faults.append(f"{file.path.as_posix()}: {fault}")
        else:
            found.files[file.name] = data
            found.signed += digest(data) != file.sha256
    return found


def _signed_fault(data: bytes, built: BuiltFile | None) -> str:
    """'' for a PDF that is the recorded one with sound signatures added to it."""
    if built is None or find_built(data, [built]) is None:
        return f"tệp bị sửa hoặc hỏng sau khi lập — {AGAIN}"
    verdict = judge(data, [built], None, lambda _: ())
    faults = [line.text for line in verdict.lines if line.mark is Mark.FAULT or line.open is Open.SIGNER]
    return f"{'; '.join(faults)} — thay bằng tệp ký đúng, hoặc chuyển tệp này đi, {AGAIN}" if faults else ""


def _with_listing(places: Places, listing: DocumentPlan, tools: Tools, stages: Stages) -> Work:
    """The list of contents made and proved like every document."""
    plan = DossierPlan("goi-trinh", "", "", "", (), (listing,))
    work = Work(
        plan, DossierRecord(documents={listing.stem: DocumentRecord()}), {listing.stem: Reason("gói trình")}, places.staging / plan.folder
    )
    make_loose(work, places.templates, dt.datetime.fromisoformat(tools.declared), stages)
    return work


def _write(places: Places, files: Mapping[str, bytes], published: _Published, listing_key: str, draft: bool) -> None:
    """The zip, then the manifest that knows it; a parcel of the other kind goes."""
    data, path = packed(with_sums(files)), places.parcel(draft)
    discard(places, but=draft)
    write_file(path, data)
    key = files_key(published.documents, published.province.bundle)
    made = ParcelRecord(path.relative_to(places.out).as_posix(), digest(data), key, listing_key, draft)
    kept = {
        key: value for key, value in published.manifest.items() if key != "ho_so"
    }  # written anew from the records, last as a build does
    record(places, {**kept, "goi_trinh": made.to_json()}, published.records)


def _remarks(places: Places, listing: ListingPlan, found: _Found) -> Iterator[str]:
    if found.signed:
        yield f"{count(found.signed)} tệp PDF đã ký được đưa vào gói cùng chữ ký"
    if listing.without_copies:
        keys = ", ".join(listing.without_copies)
        yield f"chưa ghi số bản ({keys}), cột Số bản để trống — ghi vào so_ban_trinh trong {places.shown(places.province)}"
