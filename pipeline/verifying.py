"""Files that came back from signing + the manifests of the build folder -> a verdict on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.assembling import WHOLE
from pipeline.bundling import BUNDLE
from pipeline.comparing import Comparison, compare
from pipeline.freshness import DossierRecord, read_records
from pipeline.places import Places
from pipeline.problems import DataError, Kind, OutputError, Place, Problem
from pipeline.recording import recorded
from pipeline.signoff.verify import Line, Mark, Open, Verdict, judge
from pipeline.signoff.verify_origin import BuiltFile
from pipeline.signoff.verify_signatures import Roots, read_roots

MOST = 5  # differences told of one file
HEAD = 1024  # bytes in which a PDF says that it is one


@dataclass(frozen=True)
class Verified:
    """A file with its verdict, or why there is none."""

    path: Path
    verdict: Verdict | None
    refused: str = ""

    @property
    def exit_code(self) -> int:
        if self.verdict is None:
            return DataError.exit_code
        return 0 if self.verdict.sound and not self.verdict.leaves(Open.SIGNER) else OutputError.exit_code


def verify(files: Sequence[Path], data: Path, build: Path, year: int | None, trust: Sequence[Path]) -> list[Verified]:
    """Held against every year of the build folder unless one is given, and against the data of that year as they are now.

    Raises DataError for a root that is no certificate, or no file at all.
    """
    roots = _roots(trust)
    if not files:
        raise DataError([Problem(Place("verify"), Kind.ERROR, "chưa ghi tệp cần kiểm tra", "viết thêm tên tệp PDF")])
    years = {places.year: places for places in _years(data, build, year)}
    built = [file for places in years.values() for file in _built(places)]
    return [_verified(path, built, roots, lambda file: _of_data(years[file.year], file)) for path in files]


def _of_data(places: Places, file: BuiltFile) -> Iterator[Line]:
    folder, _, name = file.path.partition("/")
    if name == WHOLE:
        yield Line(Mark.NOTE, "toàn tập không được đối chiếu với dữ liệu hiện nay — kiểm tra tệp của từng hồ sơ", Open.DATA)
        return
    record = read_records(recorded(places)).get(folder)
    found = compare(places, file.path, record) if record else Comparison(why="manifest.json không còn ghi hồ sơ này")
    if found.why:
        yield Line(Mark.NOTE, f"chưa đối chiếu được với dữ liệu hiện nay: {found.why}", Open.DATA)
    elif not found.differs:
        yield Line(Mark.GOOD, "điểm, mức, họ tên, ngày và số phiếu in trong tệp đúng với dữ liệu hiện nay")
    for words in found.differs[:MOST]:
        yield Line(Mark.FAULT, f"dữ liệu hiện nay đã khác: {words}")
    if len(found.differs) > MOST:
        yield Line(Mark.FAULT, f"và {len(found.differs) - MOST} chỗ khác nữa")


def _verified(path: Path, built: Sequence[BuiltFile], roots: Roots | None, of_data: Callable[[BuiltFile], Iterable[Line]]) -> Verified:
    try:
        data = path.read_bytes()
    except OSError as error:
        return Verified(path, None, "không có tệp này" if isinstance(error, FileNotFoundError) else f"không đọc được ({error.strerror})")
    if b"%PDF-" not in data[:HEAD]:
        return Verified(path, None, "không phải tệp PDF")
    return Verified(path, judge(data, built, roots, of_data))


def _roots(trust: Sequence[Path]) -> Roots | None:
    """None when nobody is to be trusted: then nobody is called trusted either."""
    if not trust:
        return None
    roots: list[object] = []
    for path in trust:
        try:
            found = read_roots(path)
        except OSError:
            found = []
        if not found:
            raise DataError(
                [Problem(Place(path.as_posix()), Kind.ERROR, "không phải tệp chứng thư", "dùng tệp .pem hoặc .cer của nơi cấp")]
            )
        roots += found
    return roots


def _years(data: Path, build: Path, year: int | None) -> list[Places]:
    found = sorted(int(p.parent.name) for p in build.glob("[0-9][0-9][0-9][0-9]/manifest.json"))
    return [Places(data, build, y) for y in ([year] if year is not None else found)]


def _built(places: Places) -> Iterator[BuiltFile]:
    """Every PDF the year's manifest has a hash of; a damaged record counts as none."""
    manifest = recorded(places)
    for folder, record in read_records(manifest).items():
        yield from built_files(places.year, folder, record)
    whole = manifest.get("toan_tap")
    if isinstance(whole, dict) and isinstance(whole.get("sha256"), str):
        yield BuiltFile(places.year, f"tinh/{WHOLE}", "toàn tập để đọc, không ký", whole["sha256"], 0)


def built_files(year: int, folder: str, record: DossierRecord) -> Iterator[BuiltFile]:
    """The PDFs of one dossier."""
    rows = tuple(record.signing)
    yield BuiltFile(year, f"{folder}/{BUNDLE}", "gói hồ sơ", record.bundle, record.size, rows, record.draft)
    for stem, document in record.documents.items():
        path = f"{folder}/{stem}.pdf"
        own = tuple(row for row in rows if row.file == path)
        yield BuiltFile(year, path, "tài liệu", document.pdf, document.size, own, record.draft)
