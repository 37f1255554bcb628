"""YearResult, the plans and what the last build recorded -> YearOverview: for each unit how far it is, what it scored, what it owes, what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.bundling import BUNDLE
from pipeline.assessing import YearResult
from pipeline.freshness import DossierRecord, overtaken
from pipeline.keys import Tools
from pipeline.model.assessment import Assessment
from pipeline.model.files import DossierPlan
from pipeline.model.procedure import GIVEN, OWED, WAIVED
from pipeline.model.regulation import Regulation
from pipeline.model.unit import Unit
from pipeline.model.year import UnitFiles
from pipeline.overview.filled import Filled, filled
from pipeline.places import PROVINCE, Places
from pipeline.problems import Kind, Problem, in_order
from pipeline.rating.levels import by_self_score
from pipeline.rating.procedure import opinion_state

FAULTY, DRAFT, READY = "loi", "du_thao", "du"
ABSENT, FRESH, OLD = "chua_lap", "moi_nhat", "cu"
STATES = {FAULTY: "Còn lỗi", DRAFT: "Dự thảo", READY: "Đã đủ"}
PUBLISHED = {ABSENT: "chưa lập", FRESH: "mới nhất", OLD: "cần lập lại"}


@dataclass(frozen=True)
class FileLink:
    """A published document: its name, and the files of it that are there, below the year's folder."""

    name: str
    docx: str = ""
    pdf: str = ""


@dataclass(frozen=True)
class UnitOverview:
    """One unit; scores None while a row is blank or nothing has been appraised; levels as codes."""

    unit: Unit
    filled: Filled | None  # None = the file cannot be read
    problems: tuple[Problem, ...]
    self_score: Decimal | None
    appraised_score: Decimal | None
    claimed: str | None  # the level the collective proposes for itself
    by_score: tuple[str, ...]  # what its own score and facts allow
    level: str | None  # by the rules, or a recorded decision
    possible: tuple[str, ...]  # when that is open
    official: str | None
    candidate: bool
    rank: int | None
    state: str
    published: str
    owed_opinions: tuple[str, ...]  # names of the bodies asked that have not answered
    files: tuple[FileLink, ...]

    def count(self, kind: Kind) -> int:
        return sum(p.kind is kind for p in self.problems)

    @property
    def percent(self) -> int | None:
        """Share of the items answered; 100 only of a dossier that is ready: a reason or a document owed for an answer keeps it below."""
        if self.filled is None:
            return None
        return self.filled.percent if self.state == READY else min(self.filled.percent, 99)


@dataclass(frozen=True)
class BodyOverview:
    """A consulted body: how many units it was asked about, how many opinions are there, how many a named person goes on without; of whom one is owed."""

    name: str
    asked: int
    given: int
    waived: int
    owing: tuple[str, ...]


@dataclass(frozen=True)
class YearOverview:
    year: int
    regulation: Regulation
    units: tuple[UnitOverview, ...]
    bodies: tuple[BodyOverview, ...]
    quota: tuple[int | None, int | None]  # base and most units at the highest level, None while open
    chosen: int
    missing: tuple[str, ...]  # what the province's dossier still lacks
    published: str  # the province's dossier
    files: tuple[FileLink, ...]
    others: tuple[FileLink, ...]  # results, lists, the year in one file
    problems: tuple[Problem, ...]  # of the province's files
    illustrative: bool


def year_overview(
    places: Places, result: YearResult, plans: Mapping[str, DossierPlan], records: Mapping[str, DossierRecord], tools: Tools
) -> YearOverview:
    """`plans`: by folder, the province's among them (None of a unit whose file has errors)."""
    files, look = (
        result.files,
        _Look(places, plans, records, tools, (result.files.province.value and result.files.province.value.secrecy) or ""),
    )
    units = tuple(look.unit(files.regulation, f, result.assessments[code]) for code, f in files.units.items())
    bodies = tuple(_body(files.regulation, body.code, files.units.values()) for body in files.regulation.procedure.bodies)
    province, quota = plans[PROVINCE], result.quota
    return YearOverview(
        places.year,
        files.regulation,
        units,
        bodies,
        (quota.n, quota.limit),
        len(quota.chosen),
        province.missing,
        look.published(PROVINCE),
        look.files(PROVINCE),
        tuple(look.others()),
        tuple(in_order([*files.stray, *files.province.problems, *files.decisions.problems])),
        bool(files.province.value and files.province.value.illustrative == "co"),
    )


def _opinion(regulation: Regulation, files: UnitFiles, body: str) -> str:
    """As the rating sees it: one without a level is owed."""
    return opinion_state(regulation.procedure.body(body), files.appraisal.usable if files.appraisal else None).state


def _body(regulation: Regulation, code: str, units: Iterable[UnitFiles]) -> BodyOverview:
    states = {f.unit.name: _opinion(regulation, f, code) for f in units if code in f.unit.bodies}
    told = list(states.values())
    owing = tuple(name for name, state in states.items() if state == OWED)
    return BodyOverview(regulation.procedure.body(code).name, len(told), told.count(GIVEN), told.count(WAIVED), owing)


@dataclass(frozen=True)
class _Look:
    """What is planned against what is published."""

    places: Places
    plans: Mapping[str, DossierPlan]
    records: Mapping[str, DossierRecord]
    tools: Tools
    secrecy: str

    def unit(self, regulation: Regulation, files: UnitFiles, a: Assessment) -> UnitOverview:
        submission, folder = files.submission.value, files.unit.folder
        plan = self.plans.get(folder)
        return UnitOverview(
            unit=files.unit,
            filled=filled(submission, regulation, files.unit.section) if submission else None,
            problems=tuple(in_order([*files.submission.problems, *(files.appraisal.problems if files.appraisal else [])])),
            self_score=a.self_sheet.total if a.self_sheet else None,
            appraised_score=a.appraised_total,
            claimed=submission.proposed if submission else None,
            by_score=tuple(by_self_score(regulation, a)),
            level=a.level,
            possible=tuple(a.possible),
            official=a.official,
            candidate=a.candidate,
            rank=a.rank,
            state=FAULTY if plan is None else DRAFT if plan.draft else READY,
            published=self.published(folder),
            owed_opinions=tuple(regulation.procedure.body(b).name for b in files.unit.bodies if _opinion(regulation, files, b) == OWED),
            files=self.files(folder),
        )

    def published(self, folder: str) -> str:
        plan, record = self.plans.get(folder), self.records.get(folder)
        if record is None or not (self.places.out / folder).is_dir():
            return ABSENT
        names = [BUNDLE, *(f"{stem}{ending}" for stem in record.documents for ending in (".docx", ".pdf"))]
        lost = any(not (self.places.out / folder / name).is_file() for name in names)
        return OLD if lost or plan is None or overtaken(plan, record, self.tools, self.secrecy) else FRESH

    def files(self, folder: str) -> tuple[FileLink, ...]:
        """The bundle first, then each document under the name it has in the index."""
        plan, record = self.plans.get(folder), self.records.get(folder)
        names = {d.stem: d.name for d in plan.documents} if plan else {}
        stems = list(record.documents) if record else []
        found = [self._link("Gói hồ sơ", f"{folder}/ho-so"), *(self._link(names.get(stem, stem), f"{folder}/{stem}") for stem in stems)]
        return tuple(link for link in found if link.docx or link.pdf)

    def others(self) -> Iterator[FileLink]:
        whole = self._link("Toàn tập của năm", f"{PROVINCE}/toan-tap")
        if whole.pdf:
            yield whole
        names = {
            "Kết quả (ket_qua.json)": self.places.results,
            "Danh sách ký": self.places.signing,
            "Bảng tổng hợp (Excel)": self.places.workbook,
            "Gói trình Ban Thường vụ Tỉnh ủy": self.places.parcel(False),
            "Gói trình (dự thảo)": self.places.parcel(True),
        }
        for name, path in names.items():
            if path.is_file():
                yield FileLink(name, pdf=path.relative_to(self.places.out).as_posix())

    def _link(self, name: str, stem: str) -> FileLink:
        there = {ending: f"{stem}{ending}" if (self.places.out / f"{stem}{ending}").is_file() else "" for ending in (".docx", ".pdf")}
        return FileLink(name, there[".docx"], there[".pdf"])
